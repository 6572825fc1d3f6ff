"""Facts: numbers, amounts and dates."""

from __future__ import annotations

from collections.abc import Iterator

from retold.model import Suggestion
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span
from retold.tracing.words import numbers
from retold.tracing.words.language import is_content, stem
from retold.tracing.words.numbers import Number

_WORDS = {"under": "nearly ", "over": "more than ", "least": "at least ", "most": "up to ", "about": "about ", "": ""}
_WHAT = {
    "day": "date",
    "year": "year",
    "percent": "percentage",
    "points": "percentage",
    "money": "amount",
    "time": "time",
}


@rule("number_changed")
def value_differs(view: EdgeView) -> Iterator[Suggestion]:
    """A value of the wire that is none of the retelling's, where another stands in its place."""
    if not view.paired:
        return
    lost = _unmatched(view.source, view.article)
    new = _unmatched(view.article, view.source)
    scored = [
        (_in_place(view, a, b), -i, -j, a, b)
        for i, a in enumerate(lost)
        for j, b in enumerate(new)
        if numbers.comparable(a, b)
    ]
    used: set[int] = set()
    for score, _, _, a, b in sorted(scored, key=lambda item: item[:3], reverse=True):
        if score < 2 or a.start in used or -b.start - 1 in used:
            continue
        used |= {a.start, -b.start - 1}
        what = _WHAT.get(a.kind, "number")
        yield view.propose(
            0.5 + 0.1 * min(score, 4),
            f"The {what} differs: {_said(view.source, a)} in the wire, {_said(view.article, b)} in the retelling; "
            "rounding does not explain it.",
            _span(view.source, a),
            _span(view.article, b),
        )


def _unmatched(side: Side, other: Side) -> list[Number]:
    """Numbers of one side that no number of the other article can equal."""
    return [n for n in side.numbers if not any(numbers.equivalent(n, o) for o in other.view.numbers)]


def _in_place(view: EdgeView, a: Number, b: Number) -> float:
    """How surely ``b`` stands where ``a`` stood: the same thing counted, the same words around, the same difference."""
    score = 0.0
    if a.noun and stem(a.noun) == stem(b.noun):
        score += 2
    if a.kind == b.kind and a.unit and a.unit == b.unit and a.kind not in ("day",):
        score += 1
    near, there = _around(view.source, a), _around(view.article, b)
    score += min(2, len(near & there))
    for op, i, i_end, j, j_end in view.runs:
        if op == "replace" and i_end - i <= 6 and j_end - j <= 6:
            before, after = view.source.words[i:i_end], view.article.words[j:j_end]
            if any(a.start <= w.start < a.end for w in before) and any(b.start <= w.start < b.end for w in after):
                score += 2
    return score


def _around(side: Side, number: Number) -> set[str]:
    """The stems of the two content words on either side of a number, within its sentence."""
    sentence = side.sentence_at(number.start)
    content = [w for w in side.content if sentence is None or sentence.start <= w.start < sentence.end]
    before = [w for w in content if w.end <= number.start][-2:]
    after = [w for w in content if w.start >= number.end][:2]
    return {stem(w.key) for w in before + after if is_content(w) and not w.key.isdigit()}


def _said(side: Side, number: Number) -> str:
    return f"“{_WORDS[number.bound]}{side.text[number.start : number.end]}”"


def _span(side: Side, number: Number) -> Span:
    """The number with the word that bounds it ("nearly"), so that the evidence reads alone."""
    words = [w for w in side.words if w.end <= number.start][-2:]
    if number.bound and words:
        first = (
            words[-1] if words[-1].key not in ("than", "least", "to", "as", "of", "under", "estimated") else words[0]
        )
        sentence = side.sentence_at(number.start)
        if sentence is not None and first.start >= sentence.start and number.start - first.start < 24:
            return first.start, number.end
    return number.start, number.end
