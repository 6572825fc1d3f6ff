"""What the lists beside the code know of names: places, peoples, organisations, titles, the words around names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'"})
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A name that a list holds: the name to show, its OntoNotes type, and whether it was an alias."""

    name: str
    type: str


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The text without case, diacritics and kinds of apostrophe; for comparing, never for storing."""
    plain = unicodedata.normalize("NFKD", text.translate(QUOTES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a name; letters between full stops are one word: ``U.S.`` gives ``us``."""
    joined = re.sub(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\b)", r"\1", fold(text)).replace("'", "")
    return tuple(WORD.findall(joined))


@cache
def _read(name: str) -> dict[str, Any]:
    """One of the lists, as parsed YAML."""
    content: dict[str, Any] = yaml.safe_load((files("retold.naming.entities") / name).read_text("utf-8"))
    return content


def _plural(word: str) -> str:
    """The plural of a people's name, where it takes an -s at all."""
    return word if re.search(r"(?:s|sh|ch|ese|men|x|z)$", word) else word + "s"


@cache
def known() -> dict[str, Known]:
    """Every name of the lists by its exact spelling; short letters such as ``US`` are known only as written."""
    found: dict[str, Known] = {}
    for name, aliases in _read("organisations.yml").items():
        _enter(found, name, aliases, "ORG")
    places = _read("places.yml")
    for part, kind in (("regions", "LOC"), ("towns", "GPE")):
        for name, aliases in places[part].items():
            _enter(found, name, aliases, kind)
    for name, about in places["countries"].items():
        _enter(found, name, about.get("aliases", ()), "GPE")
        for people in about.get("people", ()):
            _enter(found, people, [_plural(people)], "NORP")
    for people in places["peoples"]:
        _enter(found, people, [_plural(people)], "NORP")
    return found


def _enter(found: dict[str, Known], name: str, aliases: list[str], kind: str) -> None:
    """Enter a name and its aliases."""
    for spelling in (name, *aliases):
        found[spelling] = Known(name, kind)


@cache
def _folded() -> dict[tuple[str, ...], Known]:
    """The names of the lists by their folded words, short letters left out."""
    return {words(spelling): entry for spelling, entry in known().items() if len(spelling.replace(".", "")) > 3}


def look_up(name: str) -> Known | None:
    """What the lists know of a name: as written, or without regard to case and diacritics where it is long enough."""
    return known().get(name) or _folded().get(words(name))


@cache
def word_set(part: str) -> frozenset[str]:
    """A plain list of ``names.yml`` (never, given, particles, legal), folded."""
    return frozenset(fold(word) for word in _read("names.yml")[part])


@cache
def titles() -> frozenset[tuple[str, ...]]:
    """Titles as tuples of folded words."""
    return frozenset(words(title) for title in _read("names.yml")["titles"])


@cache
def heads() -> dict[str, str]:
    """The type that the last word of a name speaks for: ``ministry`` for ORG, ``airport`` for FAC."""
    return {fold(word): kind for kind, listed in _read("names.yml")["heads"].items() for word in listed}


@cache
def nicknames() -> dict[str, str]:
    """The given name that a short form stands for."""
    return {fold(short): fold(long) for short, long in _read("names.yml")["nicknames"].items()}
