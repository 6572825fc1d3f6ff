"""What the parser lost, read off the surface: a clause after "that", words that lead into a quotation without a pause.

The small parser breaks on quotation marks more than on anything else. These rules look at the words between a cue and
a "that" or a quotation only, and give up where a verb or a colon stands between.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from retold.naming.attributions import clauses
from retold.naming.attributions.clauses import Governed, children
from retold.naming.attributions.content import Span, View
from retold.naming.quotations import Quotation, inside

THAT_WITHIN = 24  # tokens between a cue and its "that": "told a crowd in the harbour on Friday that ..."
LEAD_WORDS = 12  # words between a cue and the quotation that they lead into
TRAIL_WORDS = 10  # words between the end of a parsed content and such a quotation
LEADING = frozenset({"that", "pred", "obj", "obj-as"})
BESIDE = frozenset({"dobj", "dative", "prep", "advmod", "npadvmod", "nsubj", "prt", "punct", "oprd", "agent", "advcl"})


def clause(view: View, cue: Span, frames: frozenset[str], quoted: list[Quotation]) -> list[Span]:
    """The clause that "that" opens after a cue, to the end of its sentence; empty where there is none."""
    if "that" not in frames:
        return []
    first = next(i for i, t in enumerate(view.doc) if view.end(t) >= cue[1]) + 1
    for token in view.doc[first : first + THAT_WITHIN]:
        if token.lower_ == "that" and (token.dep_ == "mark" or token.i == first):
            start = view.start(token)
            if token.dep_ == "prep" or inside(quoted, start, start + 1) or not _runs(view, cue[1], start):
                return []
            return [(start, view.end(clauses.without_tail(tuple(view.doc[token.i :]))[-1]))]
    return []


def lead(text: str, view: View, cue: Span, frames: frozenset[str], q: Quotation | None) -> list[Span]:
    """From a cue to the end of the quotation that its own words lead into: "called that “beyond belief”"."""
    if q is None or q.start >= view.sentence.end or not frames & LEADING or not _runs(view, cue[1], q.start):
        return []
    return [(cue[1], q.end)] if len(text[cue[1] : q.start].split()) <= LEAD_WORDS else []


def into_quotation(text: str, view: View, span: Span, q: Quotation | None) -> Span:
    """The stretch with the quotation that follows it without a pause: "himself as a “law and order” candidate"."""
    if q is None or q.start >= view.sentence.end or q.start == span[1]:
        return span
    gap = text[span[1] : q.start]
    if gap.strip()[:1] in {",", "—", "–", "-"} or len(gap.split()) > TRAIL_WORDS or not _runs(view, span[1], q.start):
        return span
    return span[0], q.end


def from_cue(view: View, cue: Span, choice: Governed, spans: Sequence[Span]) -> list[Span]:
    """A clause from its true beginning: the words between it and its cue, where they hang on nothing of the cue's."""
    first = choice.tokens[0]
    group = [t for t in view.doc if cue[0] <= view.start(t) < cue[1]]
    barred = {t.i for word in group for c in children(word, *BESIDE) for t in c.subtree}
    start = first.i
    while start - 1 not in barred and start > 0 and view.start(view.doc[start - 1]) >= cue[1]:
        start -= 1
    return [(min(spans[0][0], view.start(view.doc[start])), spans[0][1]), *spans[1:]]


def leads_on(text: str, view: View, token: Token, choice: Governed, q: Quotation) -> bool:
    """Whether a quotation after a comma only ends the cue's own clause: "said it was fair, “like the last one”"."""
    near = token.i < choice.tokens[0].i <= token.i + 2 and len(choice.tokens) > 1
    return near and view.end(choice.tokens[-1]) <= q.start + 3 and text[q.inner_start].islower()


def _runs(view: View, start: int, end: int) -> bool:
    """Whether the words between two places are one phrase: no verb, no colon, no semicolon."""
    return not any(
        t.pos_ == "VERB" or t.text in {";", ":"} for t in view.doc if start <= view.start(t) and view.end(t) <= end
    )
