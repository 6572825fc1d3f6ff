"""Where content starts and ends: words to stretches of the article, whole quotations, and the kind of content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from retold.model import AttributionKind, Sentence
from retold.naming.quotations import Quotation

Span = tuple[int, int]
LOOSE_ENDS = frozenset(" \t\n\r\u00a0,;:.—–-…|•·*\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class View:
    """A parsed sentence and where it stands; token offsets become article offsets here and nowhere else."""

    sentence: Sentence
    doc: Doc

    def start(self, token: Token) -> int:
        return self.sentence.start + token.idx

    def end(self, token: Token) -> int:
        return self.sentence.start + token.idx + len(token)

    def span(self, tokens: Sequence[Token]) -> Span:
        """From the first of the tokens to the last, in text order."""
        return self.start(tokens[0]), self.end(tokens[-1])


def stretches(view: View, tokens: Iterable[Token]) -> list[Span]:
    """The tokens as article offsets, neighbours joined."""
    found: list[Span] = []
    last = -2
    for token in sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i):
        if token.i == last + 1 and found:
            found[-1] = (found[-1][0], view.end(token))
        else:
            found.append((view.start(token), view.end(token)))
        last = token.i
    return found


def trimmed(text: str, span: Span, quoted: Sequence[Quotation]) -> Span | None:
    """The stretch without loose punctuation and blanks at its edges; what a quotation holds stays."""
    start, end = span
    held = [q for q in quoted if q.start < end and start < q.end]
    while start < end and text[start] in LOOSE_ENDS and not any(q.start <= start < q.end for q in held):
        start += 1
    while end > start and text[end - 1] in LOOSE_ENDS and not any(q.start < end <= q.end for q in held):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def whole(spans: Iterable[Span], quoted: Sequence[Quotation], barred: Sequence[Span]) -> list[Span]:
    """The stretches with every quotation they touch taken in whole, unless it holds a ``barred`` stretch."""
    found = []
    for start, end in spans:
        for q in quoted:
            if q.start < end and start < q.end and not any(q.start < b[1] and b[0] < q.end for b in barred):
                start, end = min(start, q.start), max(end, q.end)  # noqa: PLW2901
        found.append((start, end))
    return found


def joined(text: str, spans: Iterable[Span], quoted: Sequence[Quotation]) -> list[Span]:
    """Trimmed stretches in order, those joined that touch or that only punctuation parts."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and (span[0] <= found[-1][1] or not any(c.isalnum() for c in text[found[-1][1] : span[0]])):
            found[-1] = (found[-1][0], max(found[-1][1], span[1]))
        else:
            found.append(span)
    return [kept for kept in (trimmed(text, span, quoted) for span in found) if kept]


def without(spans: Iterable[Span], barred: Span) -> list[Span]:
    """The stretches less what lies in ``barred``."""
    found = []
    for start, end in spans:
        if barred[1] <= start or end <= barred[0]:
            found.append((start, end))
            continue
        found += [piece for piece in ((start, barred[0]), (barred[1], end)) if piece[0] < piece[1]]
    return found


def kind(text: str, spans: Iterable[Span], quoted: Sequence[Quotation]) -> AttributionKind:
    """Direct where every word stands in quotation marks, mixed where some do, indirect where none does."""
    inside = outside = False
    for start, end in spans:
        held = [q for q in quoted if q.start < end and start < q.end]
        for at in range(start, end):
            if text[at].isalnum():
                if any(q.start <= at < q.end for q in held):
                    inside = True
                else:
                    outside = True
    return "mixed" if inside and outside else "direct" if inside else "indirect"
