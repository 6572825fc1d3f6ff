"""Attribution: who stands behind each claim, in the wire and in the retelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from retold.model import Attribution, Suggestion
from retold.naming.quotations import quotations
from retold.tracing.rules.certainty import verb_class
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span, between, excerpt
from retold.tracing.words.language import is_content, matched, matches, stem
from retold.tracing.words.worddiff import Word, words

_PRONOUNS = frozenset("he she they it who i we his her their its that this which these those others".split())
_TITLES = frozenset(
    "mr mrs ms dr the a an prime minister president spokesman spokeswoman spokesperson official".split()
)
_KIND = {
    "named_person": "a named person",
    "unnamed_person": "an unnamed person",
    "organisation": "an organisation",
    "document": "a document",
    "media": "another outlet",
    "unknown": "an unclear source",
}


@rule("attribution_dropped")
def claim_without_its_source(view: EdgeView) -> Iterator[Suggestion]:
    """A claim that the retelling keeps in its own voice, although the wire gives it to a source."""
    if not view.paired or _nearby(view):
        return
    for one in view.source.attributions:
        claim = _claim(view.source, one)
        content = [w for w in claim if is_content(w)]
        kept = view.kept_share(content)
        empty = one.source_text is not None and {w.key for w in words(one.source_text)} <= {"that", "this", "which"}
        least = 0.6 if verb_class(one.cue) or one.source_text is None else 0.75
        if empty or len(content) < 3 or kept < least or _still_named(view, one):
            continue
        after = view.counterpart(claim, view.article)
        if after is None or after[1] - after[0] < 8 or _told_by_someone(view.article, after):
            continue
        yield view.propose(
            0.55 + 0.35 * kept,
            f"The wire gives this to “{_who(one)}”; the retelling states it as a fact, without a source.",
            _marker(view.source, one),
            after,
        )


@rule("attribution_changed")
def claim_given_to_another_source(view: EdgeView) -> Iterator[Suggestion]:
    """The same claim, told by a source that cannot be the wire's."""
    if not view.paired:
        return
    for one, other in _pairs(view):
        if not one.source_text or not other.source_text or _same_source(view, one, other):
            continue
        both = _heads(other.source_text) <= view.source.stems and _heads(one.source_text) <= view.article.stems
        if both or not (verb_class(one.cue) and verb_class(other.cue)):
            continue
        if None in (one.source_start, one.source_end, other.source_start, other.source_end):
            continue
        kinds = one.source_type, other.source_type
        how = ""
        if kinds[0] != kinds[1] and "unknown" not in kinds:
            how = f" ({_KIND[kinds[0]]} in the wire, {_KIND[kinds[1]]} in the retelling)"
        yield view.propose(
            0.7,
            f"The wire gives this to “{_who(one)}”, the retelling to “{_who(other)}”{how}.",
            (one.source_start or 0, one.source_end or 0),
            (other.source_start or 0, other.source_end or 0),
        )


@rule("attribution_added")
def plain_claim_given_to_a_source(view: EdgeView) -> Iterator[Suggestion]:
    """A claim that the wire makes in its own voice and the retelling gives to somebody."""
    if not view.paired or _speaks(view.source) or view.source.covering:
        return
    for one in view.article.attributions:
        claim = _claim(view.article, one)
        content = [w for w in claim if is_content(w)]
        known = view.known_share(content)
        pronoun = {w.key for w in words(one.source_text or "")} <= _PRONOUNS
        if len(content) < 3 or known < 0.7 or pronoun or not verb_class(one.cue) or _told_before(view, one):
            continue
        if _heads(one.source_text) & view.source.stems:
            continue
        before = view.counterpart(claim, view.source)
        if before is None:
            continue
        yield view.propose(
            0.5 + 0.35 * known,
            f"The wire states this itself; the retelling gives it to “{_who(one)}”.",
            before,
            _marker(view.article, one),
        )


def _claim(side: Side, one: Attribution) -> list[Word]:
    """The words of what is claimed, as far as they stand in this side."""
    return [w for start, end in one.content_parts for w in between(side.words, start, end)]


def _who(one: Attribution) -> str:
    return excerpt(one.source_text or one.cue)


def _marker(side: Side, one: Attribution) -> Span:
    """Source and cue in one stretch where they stand together, else the cue alone."""
    cue = one.cue_start, one.cue_end
    if one.source_start is None or one.source_end is None:
        return cue
    start, end = min(one.source_start, cue[0]), max(one.source_end, cue[1])
    between_them = side.text[min(one.source_end, cue[1]) : max(one.source_start, cue[0])]
    joined = len(between_them) < 40 and not quotations(between_them) and side.overlaps(start, end)
    return (start, end) if joined else cue


def _speaks(side: Side) -> bool:
    """True if the side names a source in any way, be it one that the attributions missed."""
    if side.covering:
        return True
    cues = matches("reporting", " ".join(s.text for s in side.sentences))
    return any(match.lastgroup for match in cues)


def _told_by_someone(side: Side, span: Span) -> bool:
    """True if the stretch is quoted, lies in what a source says, or shares its sentence with a reporting verb."""
    reach = [p for a in side.covering for p in [(a.cue_start, a.cue_end), *a.content_parts]]
    if side.in_quotation(*span) or any(span[0] < end and start < span[1] for start, end in reach):
        return True
    told = [s.text for s in side.sentences if s.start < span[1] and span[0] < s.end]
    # "... in shock?" and "he said." are two sentences to a splitter.
    told += [s.text for s in side.sentences if 0 <= s.start - span[1] < 8 and s.words <= 6]
    return any(matched("reporting", text) for text in told)


def _nearby(view: EdgeView) -> bool:
    """True if a sentence next to the retelling's has a source whose account this may continue."""
    reach = {s.id for s in view.neighbours}
    return any(a.sentence_id in reach and a.source_text for a in view.article.view.article.attributions) and any(
        w.key in _PRONOUNS for w in view.article.words
    )


def _still_named(view: EdgeView, one: Attribution) -> bool:
    """True if the retelling's side still names the wire's source, in whatever role."""
    if one.source_entity_id and any(m.entity_id == one.source_entity_id for m in view.article.mentions):
        return True
    return bool(_heads(one.source_text) & view.article.stems)


def _heads(text: str | None) -> set[str]:
    return {stem(w.key) for w in words(text or "") if is_content(w) and w.key not in _TITLES}


def _pairs(view: EdgeView) -> list[tuple[Attribution, Attribution]]:
    """Attributions of the two sides with the same content, each of the retelling's once."""
    found: list[tuple[Attribution, Attribution]] = []
    for one in view.source.attributions:
        mine = {stem(w.key) for w in _claim(view.source, one) if is_content(w)}
        best, score = None, 0.0
        for other in view.article.attributions:
            yours = {stem(w.key) for w in _claim(view.article, other) if is_content(w)}
            overlap = len(mine & yours) / max(1, min(len(mine), len(yours)))
            enough = len(mine & yours) >= 3 and len(mine & yours) >= 0.3 * max(len(mine), len(yours))
            if enough and overlap > max(score, 0.5) and all(other is not o for _, o in found):
                best, score = other, overlap
        if best is not None:
            found.append((one, best))
    return found


def _same_source(view: EdgeView, one: Attribution, other: Attribution) -> bool:
    """True if the two sources can be one: same entity, a shared word, a pronoun, or initials of the other."""
    if one.source_entity_id and one.source_entity_id == other.source_entity_id:
        return True
    left, right = words(one.source_text or ""), words(other.source_text or "")
    if any(w.key in _PRONOUNS for w in (left + right)) or _heads(one.source_text) & _heads(other.source_text):
        return True
    return (
        _shared_name(left, right)
        or _one_person(view, one.source_text or "", other.source_text or "")
        or _shared_entity(view, one, other)
    )


def _shared_name(left: list[Word], right: list[Word]) -> bool:
    names = [{w.key for w in left}, {w.key for w in right}]
    initials = ["".join(w.form[0] for w in some if is_content(w)).casefold() for some in (left, right)]
    return bool(names[0] & names[1] - {"the", "a", "an", "of"}) or initials[0] in names[1] or initials[1] in names[0]


def _shared_entity(view: EdgeView, one: Attribution, other: Attribution) -> bool:
    """True if the two stretches name one entity."""
    found = [
        {m.entity_id for m in side.mentions if m.entity_id and m.start < end and start < m.end}
        for side, start, end in (
            (view.source, one.source_start or 0, one.source_end or 0),
            (view.article, other.source_start or 0, other.source_end or 0),
        )
    ]
    return bool(found[0] & found[1])


def _one_person(view: EdgeView, one: str, other: str) -> bool:
    """True of two spellings of a name, and of a title that either article puts before the other's name."""
    plain = [_ascii(text) for text in (one, other)]
    if fuzz.partial_ratio(*plain) >= 75:
        return True
    texts = [_ascii(side.text) for side in (view.source, view.article)]
    for title, name in (plain, plain[::-1]):
        role, last = title.removeprefix("the ").strip(), name.split()[-1:]
        if last and any(
            re.search(rf"{re.escape(role)}\W+(?:\S+\s+){{0,3}}?\S*{re.escape(last[0])}", text) for text in texts
        ):
            return True
    return False


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def _told_before(view: EdgeView, one: Attribution) -> bool:
    """True if the wire's sentence reports with the same word, in whatever form: suggesting, suggest."""
    return any(stem(w.key) in view.source.stems for w in words(one.cue) if is_content(w))
