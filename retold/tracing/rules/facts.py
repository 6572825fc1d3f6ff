"""Facts that cannot both hold. Left to people unless the evidence is strong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from retold.model import Suggestion
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side
from retold.tracing.words.language import is_content, lexicon, stem
from retold.tracing.words.worddiff import Word


@rule("fact_changed")
def opposite_word(view: EdgeView) -> Iterator[Suggestion]:
    """A word replaced by its opposite while everything around it stays."""
    if not view.paired:
        return
    for op, i, i_end, j, j_end in view.runs:
        before, after = view.source.words[i:i_end], view.article.words[j:j_end]
        if op != "replace" or len(before) > 3 or len(after) > 3 or not _framed(view, i, i_end, j, j_end):
            continue
        for a in before:
            for n, b in enumerate(after, j):
                denied = _denied(view.source, i) or _denied(view.article, n)
                if b.key in _opposites().get(a.key, ()) and not denied:
                    yield view.propose(
                        0.7,
                        f"“{a.form}” in the wire, “{b.form}” in the retelling, in otherwise the same words: "
                        "both cannot hold.",
                        (a.start, a.end),
                        (b.start, b.end),
                    )
                    return


@rule("fact_changed")
def arguments_swapped(view: EdgeView) -> Iterator[Suggestion]:
    """The same verb with its two neighbours exchanged: the bus hit a car, a car hit the bus."""
    if not view.paired:
        return
    theirs = {(a, v, b): words for a, v, b, words in _triples(view.source)}
    for a, v, b, words in _triples(view.article):
        if a != b and (b, v, a) in theirs and (a, v, b) not in theirs:
            before = theirs[b, v, a]
            yield view.propose(
                0.6,
                f"“{_told(view.source, before)}” in the wire, “{_told(view.article, words)}” in the retelling: "
                "who did it to whom is exchanged.",
                (before[0].start, before[-1].end),
                (words[0].start, words[-1].end),
            )
            return


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """Every word of the lexicon with the words that contradict it."""
    found: dict[str, set[str]] = {}
    for entry in lexicon("antonyms")["pairs"]:
        left, right = ([form.strip() for form in side.split(",")] for side in entry.split(" / "))
        for one, others in ((left, right), (right, left)):
            for form in one:
                found.setdefault(form, set()).update(others)
    return {form: frozenset(others) for form, others in found.items()}


def _framed(view: EdgeView, i: int, i_end: int, j: int, j_end: int) -> bool:
    """True if two content words before or after the difference are the same on both sides."""
    a = [w.key for w in view.source.words[:i] if is_content(w)][-2:]
    b = [w.key for w in view.article.words[:j] if is_content(w)][-2:]
    c = [w.key for w in view.source.words[i_end:] if is_content(w)][:2]
    d = [w.key for w in view.article.words[j_end:] if is_content(w)][:2]
    return (bool(a) and a == b) and (c == d or len(set(c) & set(d)) > 0)


def _denied(side: Side, index: int) -> bool:
    return any(w.key in ("not", "never", "no") or w.key.endswith("n't") for w in side.words[max(0, index - 4) : index])


def _triples(side: Side) -> Iterator[tuple[str, str, str, list[Word]]]:
    """Head, verb and head in a row, with nothing but articles and adjectives between them: never a passive."""
    place = {w.start: i for i, w in enumerate(side.words)}
    for n in range(1, len(side.content) - 1):
        one, verb = side.content[n - 1], side.content[n]
        if not (verb.key.endswith(("ed", "t", "s", "n")) and verb.form.islower()):
            continue
        if place[verb.start] - place[one.start] != 1:
            continue
        other = _head(side, place[verb.start] + 1)
        if other is not None:
            yield stem(one.key), stem(verb.key), stem(other.key), [one, verb, other]


def _head(side: Side, index: int) -> Word | None:
    """The last content word of the noun phrase that begins here."""
    head = None
    for word in side.words[index : index + 6]:
        if is_content(word):
            head = word
        elif head is not None or word.key not in ("a", "an", "the", "his", "her", "their", "its"):
            break
    return head


def _told(side: Side, words: list[Word]) -> str:
    return side.text[words[0].start : words[-1].end]
