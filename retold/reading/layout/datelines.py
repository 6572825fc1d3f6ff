"""Datelines: place, day and wire at the head of a report ("LONDON, Jan 5 (Reuters) -"), told by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LONGEST = 160  # no dateline is longer; callers need not hand over more of a line than this
_SHORTEST_REST = 1

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_YEAR = r"(?:,?\s+\d{4})?"
DATE = (
    rf"(?:(?:{_DAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}))"
)
_STAMP = (
    rf"(?:\W{{0,3}}(?:(?:date|dated?|published|posted|updated)\s*:?\s*)?{DATE}(?:\s+\d{{1,2}}:\d{{2}})?[\s:|,–—-]*)?"
)
_MARKS = r"[*_>\s]*"  # Markdown's emphasis may enclose a dateline
_CAPS = r"(?!I\b)[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*[A-ZÀ-ÖØ-Þ.](?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]*){0,4}"
_MIXED = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?:[ /-](?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|de|del|la|el|al|of|es|sur|the|and)){0,4}"
_REGION = r"(?:,\s*[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*){0,3})"
_DASH = r"(?:\s*[*_]*\s*(?:[-–—―]{1,3}|_(?=\s)|:(?=\s|$))|\s*$)"
_HARD_DASH = r"(?:\*{0,2}\s+(?:[-–]{1,3}|_)(?=\s|$)|\*{0,2}\s*(?:[—―]|--)|\.--|\*{0,2}:(?=\s))"


@dataclass(frozen=True)
class _Lexicon:
    wires: frozenset[str]
    not_places: frozenset[str]
    regions: frozenset[str]
    cities: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    raw: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "datelines.yml").read_text(encoding="utf-8"))

    def flat(key: str) -> frozenset[str]:
        return frozenset(name.strip() for line in raw[key] for name in str(line).split(","))

    return _Lexicon(flat("wires"), flat("not_places"), flat("regions"), flat("cities"))


def wires() -> frozenset[str]:
    """The names of news agencies as datelines give them."""
    return _lexicon().wires


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms of a dateline, strongest first. Group ``place`` is checked by ``_plausible`` where it is captured."""
    wire = "|".join(re.escape(name) for name in sorted(_lexicon().wires, key=lambda name: (-len(name), name)))
    # A wire may be followed by more inside the parentheses: "(AP Photo desk)", "(Reuters Health)".
    known = rf"(?:\((?:{wire})(?:[ /,][^()\n]{{0,24}})?\)|/(?:{wire})/\.?|\[(?:{wire})\])"
    any_wire = r"\([A-Z][\w.&/ '’-]{1,30}\)"
    day = rf"(?:[,.]?\s*{DATE}\.?,?)?"
    return tuple(
        re.compile(_STAMP + _MARKS + pattern)
        for pattern in (
            rf"(?:{_CAPS}|{_MIXED}){_REGION}{{0,2}}{day}\s*-?{known}-?{_DASH}",
            rf"(?P<place>{_CAPS}){_REGION}{{0,2}}{day}\s*{any_wire}{_DASH}",
            rf"(?:{_CAPS}|{_MIXED}){_REGION}{{0,2}}{day}\s*/[A-Z][\w ]{{1,20}}/(?:{_DASH}|\.?(?=\s))",
            rf"{known}{_DASH}",
            rf"(?:{wire})(?:,\s*{_MIXED})?{_HARD_DASH}",
            rf"(?P<place>{_CAPS}){_REGION}{{0,2}}{day}\s*(?:[-–—,/]\s*(?:{wire}))?{_HARD_DASH}",
            rf"(?P<mixed>{_MIXED}){_REGION}{{0,2}}[,.]?\s*{DATE}\s*(?:[-–—,/]\s*(?:{wire}))?{_HARD_DASH}",
            rf"(?P<known>{_MIXED}{_REGION}{{0,2}})\s*(?:[-–—,/]\s*(?:{wire}))?{_HARD_DASH}",
        )
    )


_REST = re.compile(r"[\s*_]*(?P<rest>[\"“‘'«(`]*[A-ZÀ-ÖØ-Þ0-9$£€])")
_WORDS_IN_CAPITALS = re.compile(r"[\s\"“‘'(]*[A-Z]{2,}[\w'’]*[ :,-]+[A-Z]{2,}[^\w]+[A-Z]{2}")


def length(text: str, colon: bool = True, opening: bool = True) -> int:
    """How many characters of the text's head are a dateline, its dash included; 0 if it begins with none.

    The prose after it must begin as a sentence does, unless the dateline has the text to itself. Without ``colon``, a
    place that only a colon parts from the prose does not count: further down a page that is a speaker's name. Without
    ``opening``, neither does a word in capitals and a dash that names no known place.
    """
    head = text[:LONGEST].split("\n", 1)[0]
    if not head[:1].strip() and not head.strip():
        return 0
    for form in _forms():
        match = form.match(head)
        if match and _plausible(match, text) and _strong(match, colon, opening):
            return len(text[: match.end()].rstrip("*_ \t"))
    return 0


def _strong(match: re.Match[str], colon: bool, opening: bool) -> bool:
    """Whether a wire, a date or a known place speaks for a dateline, or its place in the text does."""
    found = match.group()
    if re.search(r"[(/\[]|\d", found) or not match.groupdict().get("place"):
        return True
    if len(found.split()) > 7:
        return False
    if found.rstrip().endswith(":"):
        return colon and opening
    place = match["place"].rstrip(".")
    return opening or "," in found or place.title() in _lexicon().cities


def alone(line: str) -> bool:
    """Whether a line is a dateline and nothing else ("BAGHDAD, Jan 5 (Reuters)")."""
    return 0 < len(line.strip()) <= LONGEST and length(line) >= len(line.strip())


def _plausible(match: re.Match[str], text: str) -> bool:
    groups = match.groupdict()
    rest = text[match.end() :]
    if rest.strip():
        if not _REST.match(rest) or len(rest.split(maxsplit=3)) < 3:
            return False
        if _WORDS_IN_CAPITALS.match(rest):  # a headline in capitals
            return False
    elif groups.get("known") or groups.get("mixed") or (groups.get("place") and not re.search(r"\d", match.group())):
        return False
    lexicon = _lexicon()
    if place := groups.get("place"):
        first = re.split(r"[ /]", place.rstrip(":"))[0]
        letters = sum(1 for character in place if character.isalpha())
        return letters > 2 and place not in lexicon.not_places and first not in lexicon.not_places
    if place := groups.get("known"):
        parts = [part.strip() for part in place.split(",")]
        return (parts[-1] in lexicon.regions and len(parts) > 1) or place in lexicon.cities
    return True
