"""Facts: names, places and roles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz

from retold.model import Mention, Suggestion
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span
from retold.tracing.words.language import lexicon, stem
from retold.tracing.words.worddiff import words

_GROUPS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "people"}


@rule("entity_changed")
def another_name_in_its_place(view: EdgeView) -> Iterator[Suggestion]:
    """A name of the wire that the retelling never gives, where another of the same kind stands in its place."""
    if not view.paired:
        return
    lost, new = _unmatched(view.source, view.article), _unmatched(view.article, view.source)
    used: set[str] = set()
    for a in lost:
        for b in new:
            alike = _GROUPS[a.type] == _GROUPS[b.type] and b.id not in used and not _related(a.text, b.text)
            if alike and _in_place(view, a, b):
                used.add(b.id)
                yield view.propose(
                    0.75,
                    f"Where the wire names “{a.text}”, the retelling names “{b.text}”.",
                    (a.start, a.end),
                    (b.start, b.end),
                )
                break


@rule("entity_changed")
def name_spelled_otherwise(view: EdgeView) -> Iterator[Suggestion]:
    """A person's name with other letters than in the wire: one of the two is wrong, or another transliteration."""
    if not view.paired:
        return
    people = [m for m in view.source.mentions if m.type == "PERSON"]
    others = [m for m in view.article.mentions if m.type == "PERSON"]
    if not people or not others:
        return
    theirs, ours = view.source.view.keys, view.article.view.keys
    seen: set[tuple[str, str]] = set()
    for b in others:
        for a in people:
            pair = _misspelled(a, b, theirs, ours)
            if pair and pair not in seen:
                seen.add(pair)
                yield view.propose(
                    0.5,
                    f"The name is spelled “{pair[0]}” in the wire and “{pair[1]}” in the retelling.",
                    (a.start, a.end),
                    (b.start, b.end),
                )


@rule("entity_changed")
def another_role(view: EdgeView) -> Iterator[Suggestion]:
    """The same person with another office or occupation beside the name."""
    if not view.paired:
        return
    for a in (m for m in view.source.mentions if m.type == "PERSON" and m.entity_id):
        role = _role_beside(view.source, a)
        for b in (m for m in view.article.mentions if m.entity_id == a.entity_id):
            other = _role_beside(view.article, b)
            if role and other and role[0] != other[0] and not _role_in_wire(view, other[0], a):
                yield view.propose(
                    0.7,
                    f"{a.text} is “{view.source.text[slice(*role[1])]}” in the wire and "
                    f"“{view.article.text[slice(*other[1])]}” in the retelling.",
                    role[1],
                    other[1],
                )
                return


def _unmatched(side: Side, other: Side) -> list[Mention]:
    """Names of one side whose entity, and whose words, the other article has nowhere."""
    return [
        m
        for m in side.mentions
        if m.type in _GROUPS
        and m.entity_id not in other.view.entity_ids
        and not {stem(w.key) for w in words(m.text) if w.kind in ("word", "acronym")} & other.view.all_stems
    ]


def _in_place(view: EdgeView, a: Mention, b: Mention) -> bool:
    """True if both names lie in one short replacement, so that the same words stand around them."""
    for op, i, i_end, j, j_end in view.runs:
        if op == "replace" and i_end - i <= 5 and j_end - j <= 5:
            before, after = view.source.words[i:i_end], view.article.words[j:j_end]
            if any(a.start <= w.start < a.end for w in before) and any(b.start <= w.start < b.end for w in after):
                return True
    return False


def _related(a: str, b: str) -> bool:
    """True of initials and of spellings of one name, also of a country and its people."""
    left, right = a.casefold().replace(".", ""), b.casefold().replace(".", "")
    initials = ["".join(part[0] for part in name.split() if part[0].isupper()).casefold() for name in (a, b)]
    if left in initials or right in initials or left in right or right in left:
        return True
    return left[:4] == right[:4] or fuzz.ratio(left, right) >= 75


def _misspelled(a: Mention, b: Mention, theirs: frozenset[str], ours: frozenset[str]) -> tuple[str, str] | None:
    """The first pair of words of the two names that differ by a letter or two, neither found in the other article."""
    for x in words(a.text):
        for y in words(b.text):
            fresh = x.key not in ours and y.key not in theirs and x.key != y.key
            if _letters(x.key) == _letters(y.key):
                continue
            if fresh and min(len(x.key), len(y.key)) >= 4 and fuzz.ratio(x.key, y.key) >= 78 and x.key[0] == y.key[0]:
                return x.form, y.form
    return None


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())


@cache
def _roles() -> dict[str, int]:
    """Every form of a role with the number of its entry; forms of one entry are one role."""
    entries = lexicon("roles")["roles"]
    return {form.strip().casefold(): n for n, entry in enumerate(entries) for form in entry.split(",")}


def _role_beside(side: Side, mention: Mention) -> tuple[int, Span] | None:
    """The role right before the name, or right after it between commas."""
    before = [w for w in side.words if w.end <= mention.start][-2:]
    for size in (2, 1):
        some = before[-size:]
        name = " ".join(w.key for w in some)
        if len(some) == size and name in _roles() and mention.start - some[-1].end <= 2:
            return _roles()[name], (some[0].start, some[-1].end)
    return None


def _role_in_wire(view: EdgeView, role: int, mention: Mention) -> bool:
    """True if the wire itself gives this role to the person elsewhere, or speaks of it at all."""
    forms = {form for form, n in _roles().items() if n == role}
    return not forms.isdisjoint(view.source.view.keys)
