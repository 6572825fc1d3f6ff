"""Page furniture by its wording: buttons, invitations, counters, notices. The wording is in ``furniture.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from retold.reading.layout.datelines import DATE

LONGEST = 600  # a longer paragraph is never furniture by its wording
_PATTERN_LONGEST = 320
_EDGES = re.compile(r"^[^\w(©#@]+|[^\w)*]+$")
_COUNTS = re.compile(r"^\(?\d[\d.,]*\s?[km]?\)?\s+|\s*[(\[]?\d[\d.,]*\s?[km]?[)\]]?$")
_QUOTED = re.compile(r"[\"“”«»]|''|``|(?:^|\s)['‘]\w")
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")


@dataclass(frozen=True)
class Lexicon:
    """``furniture.yml``, ready to compare with plain lines."""

    lines: frozenset[str]
    calls: re.Pattern[str]
    labels: re.Pattern[str]
    reader: re.Pattern[str]
    holds: re.Pattern[str]
    headings: frozenset[str]
    before_links: frozenset[str]
    before_comments: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]


@cache
def lexicon() -> Lexicon:
    """The lists of ``furniture.yml``; an entry may hold several phrases, separated by commas."""
    raw: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "furniture.yml").read_text(encoding="utf-8"))

    def phrases(key: str) -> list[str]:
        return [phrase.strip().lower() for entry in raw[key] for phrase in str(entry).split(",") if phrase.strip()]

    return Lexicon(
        lines=frozenset(phrases("lines")),
        calls=beginning(phrases("calls")),
        labels=beginning(phrases("labels")),
        reader=re.compile(rf"\b(?:{_alternatives(phrases('reader'))})\b|@"),
        holds=re.compile(rf"\b(?:{_alternatives(phrases('holds'))})\b"),
        headings=frozenset(phrases("headings")),
        before_links=frozenset(phrases("before_links")),
        before_comments=frozenset(phrases("before_comments")),
        patterns=tuple(re.compile(pattern) for pattern in raw["patterns"]),
    )


def _alternatives(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def beginning(phrases: list[str]) -> re.Pattern[str]:
    """A pattern for lines that begin with one of the phrases and a word's end."""
    return re.compile(rf"(?:{_alternatives(phrases)})(?!\w)")


@lru_cache(maxsize=65536)
def plain(line: str) -> str:
    """A line as it is compared: lower case, single blanks, no marks, bullets or counts at its edges."""
    text = " ".join(line.casefold().replace("’", "'").split())
    if len(text) > LONGEST:  # never furniture, and the patterns look back from every place in it
        return text
    return _COUNTS.sub("", _EDGES.sub("", text)).strip() or text


def is_sentence(text: str) -> bool:
    """Whether the text is long enough and closed like a sentence of prose."""
    return len(text.split()) >= 9 and _SENTENCE.search(text.rstrip()) is not None


@lru_cache(maxsize=65536)
def matches(line: str) -> bool:
    """Whether the wording of a line alone says that it belongs to the page and not to the article."""
    if len(line) > LONGEST:
        return False
    lists = lexicon()
    text = " ".join(line.casefold().replace("’", "'").split())
    bare = plain(line)
    if bare in lists.lines or is_stamp(line):
        return True
    if len(text) <= _PATTERN_LONGEST and any(pattern.fullmatch(text) for pattern in lists.patterns):
        return True
    if is_sentence(line):
        return _calls_on_reader(text, bare)
    called = lists.calls.match(bare) or lists.labels.match(bare) or lists.labels.match(text)
    return called is not None or lists.holds.search(text) is not None


_CLOCK = re.compile(
    r"[+-]?\b\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z\b|\b)|\b\d{1,2}\s?(?=[ap]\.?m\b)|\b[ap]\.?m\.?(?!\w)"
    r"|\b(?:gmt|utc|bst|ist|cet|cest|eet|e[sd]?t|c[sd]t|m[sd]t|p[sd]t|jst|aest|hkt|sgt|wib|pkt|bdt|hrs?|edt)\b(?:[+-]\d+)?",
    re.I,
)
_STAMP_WORDS = re.compile(
    r"\b(?:and|first|last|late|early|final|edition|morning|evening|originally|published|posted|updated?|modified|edited|created|issued?|date|on|at|time|by|the|of|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.I,
)
_DATE = re.compile(DATE, re.I)


def is_stamp(line: str) -> bool:
    """Whether a line is a date and perhaps a time of day, perhaps what was done then ("Updated 4 May, 08:01")."""
    if len(line) > 120 or not any(character.isdigit() for character in line):
        return False
    dated, count = _DATE.subn(" ", re.sub(r"(?<=\d)T(?=\d\d:)", " ", line))
    rest, times = _CLOCK.subn(" ", dated)
    return count + times > 0 and not re.search(r"[^\W_]", _STAMP_WORDS.sub(" ", rest))


def _calls_on_reader(text: str, bare: str) -> bool:
    """A whole sentence is furniture only if it speaks to the reader of the page; quoted speech never does."""
    if _QUOTED.search(text):
        return False
    lists = lexicon()
    return bool((lists.calls.match(bare) or lists.holds.search(text)) and lists.reader.search(text))


def leads_to_links(line: str) -> bool:
    """Whether titles of other stories follow the line ("Read next")."""
    return plain(line).rstrip(":") in lexicon().before_links


def leads_to_comments(line: str) -> bool:
    """Whether readers' comments follow the line ("3 Comments")."""
    return plain(line).rstrip(":") in lexicon().before_comments


def leads_to_points(line: str) -> bool:
    """Whether the points of a summary follow the line ("Key points")."""
    return plain(line).rstrip(":") in lexicon().headings
