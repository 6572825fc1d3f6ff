"""Cues with their content: every word that reports, the frame it fills, and the quotations that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from retold.naming import clauses, content, cues, sources
from retold.naming.clauses import Governed
from retold.naming.content import Span, View
from retold.naming.quotations import Quotation, inside, quotations
from retold.naming.sources import Source


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution being put together; ``spans`` are the parts of its content."""

    view: View
    cue: Token
    cue_span: Span
    frame: str
    spans: list[Span]
    source: Source | None
    quoted: list[Quotation]
    attached: list[Quotation] = field(default_factory=list)
    via: Draft | None = None


def drafts(text: str, views: list[View]) -> list[Draft]:
    """The attributions of a text, in the order of their cues."""
    page = Page(text, views)
    found = [draft for view in views for token in view.doc if (draft := page.draft(view, token))]
    page.run_on(found)
    return _outermost(found)


def _outermost(found: list[Draft]) -> list[Draft]:
    """Drafts whose cue does not lie in the content of another."""
    kept = []
    for draft in found:
        at = draft.cue_span[0]
        if not any(o is not draft and any(s <= at < e for s, e in o.spans) for o in found):
            kept.append(draft)
    return kept


class Page:
    """The text of an article with its quotations, and which of them have found their cue."""

    def __init__(self, text: str, views: list[View]) -> None:
        self.text, self.views = text, views
        self.quoted = quotations(text)
        self.taken: dict[Quotation, Draft | None] = {}
        self.lexicon = cues.lexicon()

    def frames(self, token: Token) -> frozenset[str]:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"}:
            return self.lexicon.verbs.get(lemma, frozenset())
        return frozenset()

    def draft(self, view: View, token: Token) -> Draft | None:
        """The attribution that a word makes, if it makes one."""
        at = view.start(token)
        if any(q.start <= at < q.end for q in self.quoted):
            return None
        if token.lower_ == "according":
            return self._according(view, token)
        frames = self.frames(token)
        if not frames:
            return None
        held = self._quotations(view, token) if "quote" in frames else []
        choice = next((g for g in clauses.governed(token) if g.frame in frames), None)
        source = sources.of_verb(view, token)
        cue = self._cue(view, token, choice)
        spans = content.stretches(view, choice.tokens) if choice else []
        spans = content.without(spans, cue)
        spans = content.whole(spans, self.quoted, [cue])
        if held:
            touching = any(q.start < e and s < q.end for q in held for s, e in spans)
            spans = (spans if touching else []) + [(q.start, q.end) for q in held]
            source = source or sources.beside(view, token, token.i - 6, token.i + 6)
        if source:
            spans = content.without(spans, source.span)
        spans = content.joined(self.text, spans, self.quoted)
        if not spans:
            return None
        draft = Draft(view, token, cue, choice.frame if choice else "quote", spans, source, self.quoted, held)
        for q in held:
            self.taken[q] = draft
        return draft

    def _according(self, view: View, token: Token) -> Draft | None:
        pointers = [p for p in clauses.children(token, "prep") if p.lower_ == "to"]
        named = [o for p in pointers for o in clauses.children(p, "pobj")]
        if not named:
            return None
        cue = view.span([token, pointers[0]])
        top = token
        while top.dep_ in {"prep", "advmod", "amod"} or top.pos_ not in {"VERB", "AUX"}:
            if top.head.i == top.i:
                break
            top = top.head
        if top.i == token.i:
            top = token.head
        clause = clauses.subtree(top, without=[token])
        spans = content.without(content.stretches(view, clause), cue)
        spans = content.whole(spans, self.quoted, [cue])
        spans = content.joined(self.text, spans, self.quoted)
        if not spans:
            return None
        return Draft(view, token, cue, "according", spans, sources.named(view, named[0]), self.quoted)

    def _cue(self, view: View, token: Token, choice: Governed | None) -> Span:
        """The verb with its auxiliaries, negation and particle, and the preposition that leads to the content."""
        group = {token.i: token}
        for child in token.children:
            if child.dep_ in {"aux", "auxpass", "neg", "prt"} and child.i < token.i + 3:
                group[child.i] = child
        if choice and choice.preposition is not None:
            group[choice.preposition.i] = choice.preposition
        first = last = token.i
        while first - 1 in group or (first - 2 in group and view.doc[first - 1].dep_ == "advmod"):
            first -= 1
        while last + 1 in group:
            last += 1
        return view.span(list(view.doc[first : last + 1]))

    def _quotations(self, view: View, token: Token) -> list[Quotation]:
        """The quotations that stand beside a cue: before it with a comma, after it with a comma or a colon."""
        found = []
        left = self._left(view, token)
        if left is not None:
            found.append(left)
        right = self._right(view, token)
        if right is not None:
            found.append(right)
        return found

    def _left(self, view: View, token: Token) -> Quotation | None:
        at = view.start(token)
        before = [q for q in self.quoted if q.end <= at]
        if not before or before[-1] in self.taken:
            return None
        q = before[-1]
        if q.end < view.sentence.start - 2:
            return None
        gap = self.text[q.end : at]
        if "\n" in gap or len(gap.split()) > 25 or self._interrupted(view, q.end, at):
            return None
        last = self.text[q.inner_end - 1]
        if last in ",?!…-–—" or gap.lstrip().startswith(",") or (last == "." and q.end <= view.sentence.start):
            return q if not (last == "." and gap[:2] != " " and q.end < view.sentence.start) else None
        return None

    def _right(self, view: View, token: Token) -> Quotation | None:
        to = view.end(token)
        after = [q for q in self.quoted if q.start >= to]
        if not after or after[0] in self.taken:
            return None
        q = after[0]
        gap = self.text[to : q.start]
        lead = gap.rstrip()
        if len(gap.split()) > 25 or ("\n" in gap and not lead.endswith(":")) or self._interrupted(view, to, q.start):
            return None
        if q.start > view.sentence.end and not lead.endswith(":"):
            return None
        return q if not lead or lead[-1] in ",:—–-" else None

    def _interrupted(self, view: View, start: int, end: int) -> bool:
        """Whether another cue that can quote stands in the gap."""
        for token in view.doc:
            if start <= view.start(token) and view.end(token) <= end:
                if "quote" in self.frames(token) and not inside(self.quoted, view.start(token), view.end(token)):
                    return True
                if token.text in {".", "!", "?"}:
                    return True
        return False

    def run_on(self, found: list[Draft]) -> None:
        """Quotations that carry on after the cue's sentence, in its paragraph or from paragraph to paragraph."""
        for draft in found:
            held = [q for q in self.quoted if any(s < q.end and q.start < e for s, e in draft.spans)]
            if not held:
                continue
            for q in held:
                self.taken.setdefault(q, draft)
        for draft in found:
            held = [q for q in self.quoted if any(s < q.end and q.start < e for s, e in draft.spans)]
            if held:
                self._carry_on(draft, held[-1])

    def _carry_on(self, draft: Draft, last: Quotation) -> None:
        following = [q for q in self.quoted if q.start >= last.end]
        more = []
        for q in following:
            edge = max(last.end, draft.view.sentence.end)
            gap = self.text[edge : q.start] if q.start > edge else self.text[last.end : q.start]
            if q in self.taken or any(c.isalnum() for c in gap) or ("\n" in gap and not q.continues):
                break
            if q.start < draft.view.sentence.end:
                break
            more.append((q.start, q.end))
            self.taken[q] = draft
            last = q
        if more:
            draft.spans = content.joined(self.text, draft.spans + more, self.quoted)
