"""Credits and captions by their wording and form. The wording is in ``credits.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from retold.reading.layout.datelines import DATE, wires
from retold.reading.layout.furniture import beginning

_LONGEST, _LONGEST_LINE = 90, 1_000  # words and characters of a credit or a caption
_PARTICLES = frozenset(
    "de van von der den bin ibn al el la le da di du dos y and & for in of the with at from / | et und e".split()
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december the this that these those then now when while contrast comparison law "
    "default design far night day dawn noon midnight mistake accident law order end year".split()
)
_DATE = re.compile(DATE, re.I)
_HANDLE = re.compile(r"@\w+|(?<=\s)[-–—](?=\s)|\S+@\S+")
_LABEL_ALONE = re.compile(r"(?:reporters?|authors?|byline|photographers?|writers?|text|photos)\s?:")
_TOKEN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]*|[&/|]")
_INITIALS = re.compile(
    r"(?:[a-z]{2,4}-)?[a-z]{2,4}(?:/[a-z]{2,5}){1,4}(?:\s*\([^)]*\))?"
    r"|/{1,2}\s?[A-Z](?:\.\s?[A-Z])*\.?|enditem|\(?ends\)?"
)


@dataclass(frozen=True)
class Lexicon:
    """``credits.yml``, ready to compare."""

    agencies: frozenset[str]
    starts: re.Pattern[str]
    holds: re.Pattern[str]
    biography: re.Pattern[str]
    roles: re.Pattern[str]
    caption_starts: re.Pattern[str]
    caption_ends: re.Pattern[str]
    scene: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lists of ``credits.yml``."""
    raw: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "credits.yml").read_text(encoding="utf-8"))
    sources = _any(raw["picture_sources"])
    scene = _any(raw["scene_verbs"] + raw["scene_prepositions"])
    name = r"(?-i:[A-ZÀ-Þ@])[^\n]{0,60}"
    return Lexicon(
        agencies=frozenset(str(name).lower() for name in raw["agencies"]),
        starts=beginning([str(phrase) for phrase in raw["starts"]]),
        holds=re.compile(rf"\b(?:{_any(raw['holds'])})\b", re.I),
        biography=re.compile(rf"\b(?:{_any(raw['biography'])})\b", re.I),
        roles=re.compile(rf"\b(?:{_any(raw['roles'])})s?$", re.I),
        caption_starts=re.compile(rf"[\W_]*(?:{_any(raw['caption_starts'])})(?!\w)", re.I),
        caption_ends=re.compile(
            r"(?:(?:photo|image|picture|photograph|pic|illustration|credit|source)s?\s?"
            rf"(?:credit|source|courtesy)?\s?(?:by)?\s?(?::|\.\.\.|…|/|©|\|)\s?{name}"
            rf"|[Pp](?:hoto|hotograph|icture)s? (?:by|courtesy of) {name}"
            rf"|©\s?{name}"
            rf"|\b(?:{sources})\s?(?:/|via)\s?{name}|/\s?(?:{sources})\b[^.\n]{{0,40}}"
            r"|\((?:[^()\n]{0,40}\b(?:photo|photos|image|picture|supplied|handout|courtesy|credit|source|screengrab|"
            r"photograph|file photo|getty images)\b[^()\n]{0,50}|file)\)"
            r"|(?-i:\([A-Z][^()\n]{1,40}/[A-Z][^()\n]{1,40}\))"
            r"|\[(?:photo|image|picture)[^\]\n]*\])[\s.|)\]]*$",
            re.I,
        ),
        scene=re.compile(rf"\b(?:{scene})\b"),
    )


def _any(phrases: list[Any]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(map(str, phrases), key=lambda p: (-len(p), p)))


def name_like(text: str, limit: int = 14) -> bool:
    """Whether the words look like names of people and outlets: capitals throughout, but for particles."""
    if len(text) > _LONGEST_LINE:
        return False
    tokens = re.findall(r"[^\s,;|/&]+|[&|/]", _HANDLE.sub(" ", _DATE.sub(" ", text)).strip(" .,:;-–—|()"))
    if not tokens or len(tokens) > limit or tokens[0].lower().strip(".") in _NOT_NAMES:
        return False
    return bool(_TOKEN.match(tokens[0])) and all(
        _TOKEN.fullmatch(token) is not None or token.lower() in _PARTICLES for token in tokens
    )


def person(text: str) -> bool:
    """Whether a line is nothing but a name or two, perhaps with an office ("Ana Poe, Political Editor")."""
    head = re.split(r",| and | & |\|", text.strip(" .,:;-–—|"))
    first = head[0].split()
    if not 2 <= len(first) <= 4 or len(text.split()) > 10 or re.search(r"[\d?!:;]", text):
        return False
    return name_like(text) and all(re.fullmatch(r"[A-ZÀ-Þ][\w.'’-]*", token) for token in first)


@lru_cache(maxsize=65536)
def is_credit(line: str) -> bool:
    """Whether the wording of a line says who wrote, took, edited or supplied something."""
    if len(line) > _LONGEST_LINE or len(line.split()) > _LONGEST:
        return False
    text = line.strip(" \t()[]*_-–—•|/")
    low = " ".join(text.lower().split())
    if (
        low.rstrip(".") in lexicon().agencies
        or text in wires()
        or _INITIALS.fullmatch(line.strip())
        or _INITIALS.fullmatch(low)
    ):
        return True
    if _labelled(text, low) or _with_role(text):
        return True
    return bool(lexicon().holds.search(low)) and not re.search(r"[\"“”]", line) and len(low.split()) <= 60


_FREE = re.compile(
    r"(?:written|reported|reporting|writing|editing|edited|compiled|translated|produced"
    r"|(?:with )?additional reporting|with reporting|with inputs?|with agency inputs)\b"
)
_BARE = frozenset(
    "from source sources photo photos photographs picture image images video via words text author authors reporter "
    "credit credits ht".split()
)


def _labelled(text: str, low: str) -> bool:
    """By Ana Poe; Credit: A; B; (Reporting by C; Editing by D); Source: Reuters."""
    match = lexicon().starts.match(low)
    if match is None or len(low.split()) == 1:
        return _LABEL_ALONE.fullmatch(low) is not None
    rest = " ".join(text.split())[match.end() :]
    colon = rest.lstrip()[:1] in (":", "|", "/", "©")
    rest = rest.strip(" :|/©")
    if _FREE.match(low):
        return rest[:1].isupper() or (colon and rest != "") or rest.startswith(("the ", "our ", "staff"))
    if text[: match.end()].isupper() and text[match.end() :][:1] == " " and len(text.split()) <= 8:
        return name_like(rest)
    if not colon and match.group() in _BARE:
        return False
    short = colon and match.group() in ("source", "sources", "credit", "credits") and len(rest.split()) <= 10
    # With a colon a list of names may follow; without, only names.
    return (
        (short and rest[:1].isupper() and rest[-1:].isalnum())
        or name_like(rest)
        or _with_office(rest)
        or (colon and len(rest.split()) <= 6 and ";" in rest)
    )


def _with_office(text: str) -> bool:
    """Ana Poe, political editor: a name, and after a comma a few words with an occupation among them."""
    name, comma, office = text.partition(",")
    return bool(comma) and len(office.split()) <= 6 and name_like(name) and bool(lexicon().roles.search(office))


def _with_role(text: str) -> bool:
    """Ana Poe, Staff Writer; Science correspondent."""
    words = text.split()
    if not 2 <= len(words) <= 10 or not lexicon().roles.search(text):
        return False
    return name_like(text) or (len(words) <= 3 and text[:1].isupper() and text[-1].isalpha())


def is_biography(line: str) -> bool:
    """Whether a line is about the author ("Ana Poe is a former nurse and ..."); only at an article's ends."""
    match = lexicon().biography.search(line[:120])
    if match is None or not 4 <= len(line.split()) <= 60:
        return False
    subject = line[: match.start()].split(",", 1)[0]
    return person(subject) and len(line[: match.start()].split()) <= 12


_PLACED = re.compile(
    r"\((?:from |far |second |third )?(?:left|right|cent(?:re|er)|top|bottom|pictured|foreground|background|L|C)"
    r"\b[^)]{0,30}\)"
)


@lru_cache(maxsize=65536)
def is_caption(line: str) -> bool:
    """Whether a line says that it stands under a picture: by a label, a picture's source, or a day and a scene."""
    words = line.split()
    if not 4 <= len(words) <= _LONGEST or len(line) > _LONGEST_LINE:
        return False
    text = line.strip()
    if lexicon().caption_starts.match(text) or (_PLACED.search(text) and len(words) <= 45 and " said" not in text):
        return True
    tail = text[-140:]
    if (ended := lexicon().caption_ends.search(tail)) is not None and len(text) - len(tail) + ended.start() > 12:
        return True
    return _dated_scene(text)


def _dated_scene(text: str) -> bool:
    """People carry coffins in Baghdad, Iraq January 4, 2024."""
    return (
        re.search(rf"\b{DATE}\W{{0,2}}$", text) is not None
        and re.search(r"\d{4}\W*$", text) is not None
        and is_scene(text)
    )


def is_scene(text: str) -> bool:
    """Whether a line describes what can be seen: a capital, and early on a verb or preposition of pictures."""
    words = text.split()
    if not 3 <= len(words) <= 50 or not text[:1].isupper():
        return False
    return lexicon().scene.search(" ".join(words[1:9])) is not None
