"""Selection: details lost, background and claims gained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.model import Suggestion
from retold.tracing.rules.certainty import verb_class
from retold.tracing.rules.framing import opinion_in
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span, Stretch, between, excerpt
from retold.tracing.words import numbers
from retold.tracing.words.language import is_content, matches, stem

# A sentence as close as this to one of the wire's is a paraphrase that the words do not show.
TOLD_ALREADY = 0.66
_NAMED = frozenset("PERSON ORG GPE LOC FAC NORP EVENT PRODUCT LAW WORK_OF_ART".split())
_DEFINES = re.compile(
    r"\b(?:known as|also called|is called|are called|refers to|stands for|home to|is based in|are based in"
    r"|is located in|which is an?|which are|who is an?)\b"
    r"|^\W*(?!(?:It|This|That|He|She|There|They|We|I|You)\b)(?:[\w’'-]+ ){1,5}"
    r"(?:is|are) (?:an?|one of the) (?:[\w’-]+ ){0,4}"
)
_APPOSITION = re.compile(r"(?:an?|the)\b")


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
        marker = _background(view, span)
        if marker and not opinion_in(view, span) and not _mostly_quoted(view.article, span):
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
        if _background(view, span) or opinion_in(view, span) or _mostly_quoted(view.article, span):
            continue
        known = (
            f"The wire has {share:.0%} of its content words in one sentence." if share else "The wire has none of it."
        )
        yield view.propose(
            0.4 + 0.35 * (1 - share), f"A new assertion: no sentence of the wire says this. {known}", None, span
        )


def _text(side: Side, stretch: Stretch) -> str:
    return side.text[stretch.start : stretch.end]


def _checkable(side: Side, stretch: Stretch, other: Side) -> tuple[str, float] | None:
    """What makes the lost phrase checkable, in words, and how sure; None if nothing does or it stands elsewhere."""
    elsewhere = other.view
    for n in side.numbers:
        if stretch.start <= n.start and n.end <= stretch.end:
            if any(numbers.equivalent(n, o) for o in (other.numbers if n.kind == "day" else elsewhere.numbers)):
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
    for sentence in view.article.sentences if view.edge.operation != "kept" else ():
        words = [w for w in view.article.words if sentence.start <= w.start < sentence.end]
        content = [w for w in words if is_content(w)]
        if sentence.kind != "body" or len(content) < 4:
            continue
        share = view.source.view.support({stem(w.key) for w in content})
        # One sentence for one is a rewording, however free; only its parts can be new.
        if not view.source or (len(view.article.sentences) > 1 and view.known_share(content) < 0.3):
            if share < (0.4 if view.source else 0.55) and view.source.view.nearness(sentence.text) < TOLD_ALREADY:
                yield (sentence.start, sentence.end), share
            continue
        parts = [s for s in view.new_stretches if sentence.start <= s.start < sentence.end]
        for part in sorted(parts, key=lambda s: (-len(s.content), s.start))[:1]:
            wanted = {stem(w.key) for w in part.content}
            known = view.source.view.support(wanted)
            if len(wanted) >= 4 and known <= 0.34 and not view.article.in_quotation(part.start, part.end):
                yield (part.start, part.end), known


def _background(view: EdgeView, span: Span) -> str:
    """The words that mark a stretch as background or a definition; empty if none do.

    What somebody is reported to say is an assertion of this event, whatever its tense.
    """
    side, (start, end) = view.article, span
    text = side.text[start:end]
    if any(a.cue_start >= start and a.cue_end <= end for a in side.covering if verb_class(a.cue)):
        return ""
    latest = _latest_year(view)
    years = [
        n
        for n in side.numbers
        if start <= n.start < end and ((n.kind == "year" and n.low == n.high) or (n.day and n.day.year))
    ]
    for n in years:
        year = n.day.year if n.day else int(n.low)
        if latest is None or (year is not None and year < latest):
            return side.text[n.start : n.end]
    found = next((m for m in matches("background", text) if m.lastgroup == "past"), None)
    if found is None:
        found = _DEFINES.search(text)
    if found is None and view.source and re.search(r"[,(–—]\s*$", side.text[max(0, start - 3) : start]):
        found = _APPOSITION.match(text)
    return found.group().strip() if found else ""


def _latest_year(view: EdgeView) -> int | None:
    """The year in which the event is told, from either article's date or else from the last year that they name."""
    dates = [a.published for a in (view.source.view.article, view.article.view.article) if a.published]
    years = [int(d[:4]) for d in dates if d[:4].isdigit()]
    if not years:
        named = [*view.source.view.numbers, *view.article.view.numbers]
        years = [int(n.low) for n in named if n.kind == "year"] + [n.day.year for n in named if n.day and n.day.year]
    return max((year for year in years if year < 2100), default=None)


def _mostly_quoted(side: Side, span: Span) -> bool:
    """True if most of the stretch is quotation: whether the quotation has support is another label's question."""
    inside = [w for w in between(side.words, *span) if is_content(w)]
    return bool(inside) and sum(side.in_quotation(w.start, w.end) for w in inside) > 0.5 * len(inside)
