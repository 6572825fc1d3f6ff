"""The lexicon of attribution: which words report, where they keep their content, and what kind of source speaks.

The words are our own, in ``cues.yml``; the classes follow those of Levin's verb classes (37 communication, 29 and 30
cognition and perception, 32 desire, 33 judgement) and the guidelines of PARC 3.0 and PolNeAR.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.symbols import ADJ, AUX, NOUN, VERB
from spacy.tokens import Token

from retold.model import SourceType

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
SOURCE_TYPES: dict[str, SourceType] = {
    "document": "document",
    "media": "media",
    "organisation": "organisation",
    "person": "unnamed_person",
}
ALWAYS = frozenset({"according", "per"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``verbs``, ``nouns`` and ``adjectives`` map a lemma to its frames; ``sources`` maps a noun to its source type."""

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    sources: dict[str, SourceType]
    media_names: frozenset[str]
    forms: frozenset[str]
    titles: dict[str, tuple[str, ...]]
    masculine: frozenset[str]
    feminine: frozenset[str]
    claimable: frozenset[str]
    light: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with this release."""
    raw = yaml.safe_load((files("retold.naming.attributions") / "cues.yml").read_text(encoding="utf-8"))
    verbs, nouns, adjectives = (_frames(raw[part]) for part in ("verbs", "nouns", "adjectives"))
    sources: dict[str, SourceType] = {
        word: SOURCE_TYPES[kind] for kind, words in raw["sources"].items() for word in words.split()
    }
    titles = {short: tuple(words.split()) for short, words in raw["titles"].items()}
    reporting = [lemma for lemma, frames in verbs.items() if frames != {"quote"}]
    forms = {form for lemma in reporting for form in _inflected(lemma)} | set(raw["irregular"].split())
    forms |= {form for lemma in nouns for form in (lemma, lemma + "s", lemma[:-1] + "ies")} | set(adjectives) | ALWAYS
    return Lexicon(
        verbs,
        nouns,
        adjectives,
        sources,
        media_names=frozenset(raw["media_names"].lower().split()),
        forms=frozenset(forms),
        titles=titles,
        masculine=frozenset(raw["masculine"].split()),
        feminine=frozenset(raw["feminine"].split()),
        claimable=frozenset(raw["claimable"].split()),
        light=frozenset(raw["light"].split()),
    )


def _frames(classes: dict[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in classes.values():
        for word in entry["words"].split():
            found[word].update(entry["frames"])
    return {word: frozenset(frames) for word, frames in found.items()}


def _inflected(lemma: str) -> Iterable[str]:
    """The regular forms of a verb, and a few that are none, which does no harm here."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    yield from (lemma, lemma + "s", lemma + "es", stem + "ed", stem + "ing")
    yield from (stem + stem[-1] + "ed", stem + stem[-1] + "ing")
    if lemma.endswith("y"):
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied")


def has_cue(text: str) -> bool:
    """Whether a word of the text could report, judged by its spelling alone."""
    forms = lexicon().forms
    return any(word in forms for word in WORD.findall(text.lower()))


def frames(token: Token) -> frozenset[str]:
    """The frames that a word of a sentence opens by the lexicon; empty where it does not report."""
    return _frames_of(token.pos, token.lemma_)


@lru_cache(maxsize=50_000)
def _frames_of(part: int, lemma: str) -> frozenset[str]:
    tables = {VERB: lexicon().verbs, AUX: lexicon().verbs, NOUN: lexicon().nouns, ADJ: lexicon().adjectives}
    return tables.get(part, {}).get(lemma.lower(), frozenset())
