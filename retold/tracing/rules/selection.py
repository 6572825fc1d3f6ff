"""Selection: details lost, background and claims gained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.model import Sentence, Suggestion
from retold.tracing import numbers
from retold.tracing.language import is_content, pattern, stem
from retold.tracing.rules.framing import opinion_in
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span, Stretch, between, excerpt

_NAMED = frozenset("PERSON ORG GPE LOC FAC NORP EVENT PRODUCT LAW WORK_OF_ART".split())
_PAST_PERFECT = re.compile(
    r"\b(?:had|has|have)\s+(?:\w+ly\s+)?(?:been|\w+ed)\b|\bin (?:1[5-9]|20)\d\d\b", re.IGNORECASE
)


@rule("detail_dropped")
def name_number_or_time_lost(view: EdgeView) -> Iterator[Suggestion]:
    """A phrase of the wire with a name, a number or a time that the retelling gives nowhere, in a sentence it keeps."""
    if not view.paired or view.kept_share(view.source.words) < 0.3:
        return
    for stretch in view.lost_stretches:
        found = _checkable(view.source, stretch, view.article)
        if found is None:
            continue
        what, confidence = found
        yield view.propose(
            confidence,
            f"The retelling keeps the sentence but leaves out “{excerpt(_text(view.source, stretch))}”: {what}",
            (stretch.start, stretch.end),
        )


@rule("detail_dropped")
def clause_lost(view: EdgeView) -> Iterator[Suggestion]:
    """A longer stretch of the wire's sentence, without name or number, that no sentence of the retelling tells."""
    if not view.paired or view.kept_share(view.source.words) < 0.4:
        return
    for stretch in view.lost_stretches:
        wanted = {stem(w.key) for w in stretch.content}
        quoted = view.source.in_quotation(stretch.start, stretch.end)
        if len(wanted) < 4 or quoted or _checkable(view.source, stretch, view.article):
            continue
        if view.article.view.support(wanted) < 0.4:
            yield view.propose(
                min(0.75, 0.4 + 0.05 * len(wanted)),
                f"The retelling keeps the sentence but tells nothing of “{excerpt(_text(view.source, stretch))}”.",
                (stretch.start, stretch.end),
            )


@rule("context_added")
def background_or_definition(view: EdgeView) -> Iterator[Suggestion]:
    """What the wire does not have, in the forms in which newspapers give background: dates past, definitions."""
    for span, share in _additions(view):
        marker = _background(view.article, span)
        if marker and not opinion_in(view, span):
            yield view.propose(
                0.45 + 0.25 * (1 - share),
                f"Nothing in the wire says this; “{marker}” marks it as background or a definition.",
                None,
                span,
            )


@rule("claim_added")
def new_assertion(view: EdgeView) -> Iterator[Suggestion]:
    """What the wire does not have, told as part of this event."""
    for span, share in _additions(view):
        if _background(view.article, span) or opinion_in(view, span) or _mostly_quoted(view.article, span):
            continue
        known = (
            f"The wire has {share:.0%} of its content words in one sentence." if share else "The wire has none of it."
        )
        yield view.propose(
            0.5 + 0.35 * (1 - share), f"A new assertion: no sentence of the wire says this. {known}", None, span
        )


def _text(side: Side, stretch: Stretch) -> str:
    return side.text[stretch.start : stretch.end]


def _checkable(side: Side, stretch: Stretch, other: Side) -> tuple[str, float] | None:
    """What makes the lost phrase checkable, in words, and how sure; None if nothing does or it stands elsewhere."""
    elsewhere = other.view
    for n in side.numbers:
        if stretch.start <= n.start and n.end <= stretch.end:
            if any(numbers.equivalent(n, o) for o in elsewhere.numbers):
                return None
            rival = any(numbers.comparable(n, o) for o in other.numbers)
            kind = "its time" if n.kind in ("day", "time", "year") else "its figure"
            if not rival:
                return f"{kind}, {side.text[n.start : n.end]}, stands nowhere in it.", 0.7 if n.kind != "day" else 0.6
    for m in side.mentions:
        if m.type in _NAMED and stretch.start <= m.start and m.end <= stretch.end:
            named = {stem(w.key) for w in between(side.words, m.start, m.end) if is_content(w)}
            if m.entity_id not in elsewhere.entity_ids and not named & elsewhere.all_stems:
                return f"{m.text} is named nowhere in it.", 0.75
    return None


def _additions(view: EdgeView) -> Iterator[tuple[Span, float]]:
    """Stretches of the retelling that the wire does not tell, with the share of their content found in one sentence."""
    if not view.source and view.article:
        for sentence in view.article.sentences:
            share = _support(view, sentence)
            if sentence.kind == "body" and share < 0.6:
                yield (sentence.start, sentence.end), share
        return
    if not view.paired:
        return
    for stretch in view.new_stretches:
        wanted = {stem(w.key) for w in stretch.content}
        share = view.source.view.support(wanted)
        quoted = view.article.in_quotation(stretch.start, stretch.end)
        if len(wanted) >= 4 and share < 0.5 and not quoted:
            yield (stretch.start, stretch.end), share


def _support(view: EdgeView, sentence: Sentence) -> float:
    words = view.article.view.words.get(sentence.id, [])
    content = {stem(w.key) for w in words if is_content(w)}
    return view.source.view.support(content) if len(content) >= 4 else 1.0


def _background(side: Side, span: Span) -> str:
    """The words that mark a stretch as background or a definition; empty if none do."""
    text = side.text[slice(*span)]
    found = _PAST_PERFECT.search(text)
    if found is None:
        found = next((m for m in pattern("background").finditer(text) if m.lastgroup == "past"), None)
    if found is None and len(text) > 20:
        found = next((m for m in pattern("background").finditer(text) if m.lastgroup == "defining"), None)
    return found.group() if found else ""


def _mostly_quoted(side: Side, span: Span) -> bool:
    """True if most of the stretch is quotation: whether the quotation has support is another label's question."""
    inside = [w for w in between(side.words, *span) if is_content(w)]
    return bool(inside) and sum(side.in_quotation(w.start, w.end) for w in inside) > 0.5 * len(inside)
