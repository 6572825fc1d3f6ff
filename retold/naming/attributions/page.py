"""One article being read: every word that reports, the frame it fills, and the quotations that belong to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from retold.naming.attributions import according, clauses, content, cues, headlines, sources, surface
from retold.naming.attributions.clauses import Governed
from retold.naming.attributions.content import Span, View
from retold.naming.attributions.sources import Source
from retold.naming.quotations import Quotation, inside, quotations
from retold.reading import extent

CLAUSAL = frozenset({"that", "obj-to", "obj-as"})
ENDED = frozenset({"that", "to", "about", "for", "obj", "pred"})  # frames whose content a quotation may end
THINGS = frozenset({"it", "this", "that", "what", "there"})
JOINING = frozenset({"and", "but", "then", "that", "who"})
FARTHEST = 2_000  # characters between a cue and its quotation; far more than its 25 words take


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


def _governed(token: Token) -> Iterator[Governed]:
    if token.pos_ in {"VERB", "AUX"}:
        return clauses.governed(token)
    return clauses.nominal(token) if token.pos_ == "NOUN" else clauses.adjectival(token)


def _source(view: View, token: Token, choice: Governed | None) -> Source | None:
    if choice is not None and choice.frame == "by" and token.pos_ == "VERB":
        return next((sources.named(view, s) for s in clauses.children(token, "nsubjpass", "nsubj")), None)
    if token.pos_ in {"VERB", "AUX"}:
        return sources.of_verb(view, token)
    return sources.of_noun(view, token) if token.pos_ == "NOUN" else sources.of_verb(view, token.head)


def _can_speak(source: Source | None, choice: Governed | None) -> bool:
    """Whether a source can hold an attitude: a reader addressed as "you" does not, and things do not want."""
    if choice is None:
        return source is not None and source.head.lower_ not in THINGS
    if source is None or choice.frame in {"that", "in-clause"}:
        return True
    if source.head.lower_ in {"you", "this", "that"}:
        return False
    return choice.frame != "to" or source.head.pos_ != "NOUN" or source.head.lemma_.lower() in cues.lexicon().sources


def _begins_sentence(gap: str) -> bool:
    return gap.rstrip()[-1:] in {".", "?", "!"} and gap[-1:].isspace()


def _with_quotations(text: str, spans: list[Span], held: list[Quotation], cue: Span) -> list[Span]:
    """The quotations that stand beside the cue, and the words of the same clause that lead into the first of them."""
    touching = [(s, e) for s, e in spans if any(q.start < e and s < q.end for q in held)]
    kept = []
    for start, end in touching:
        first = min(q.start for q in held)
        if ":" in text[start:first]:
            start = first  # noqa: PLW2901
        if end > cue[1] and all(q.end <= cue[0] for q in held):
            end = min(end, max(q.end for q in held))  # noqa: PLW2901
        kept.append((start, end))
    return kept + [(q.start, q.end) for q in held]


def _within_reach(quoted: list[Quotation], views: list[View]) -> list[Quotation]:
    """The quotations without those that stand where nobody looks: in the unread rest of a very long sentence."""
    unread = [
        (v.sentence.start + extent.READ, v.sentence.end)
        for v in views
        if v.sentence.end - v.sentence.start > extent.READ
    ]
    return [q for q in quoted if not any(start <= q.start < end for start, end in unread)] if unread else quoted


class Page:
    """The text of an article with its quotations, and which of them have found their cue."""

    def __init__(self, text: str, views: list[View]) -> None:
        self.text, self.views = text, views
        self.quoted = _within_reach(quotations(text), views)
        self.starts = [q.start for q in self.quoted]
        self.taken: dict[Quotation | None, Draft] = {}
        self.lexicon = cues.lexicon()

    def _is_quoted(self, at: int) -> bool:
        before = bisect_right(self.starts, at) - 1
        return before >= 0 and at < self.quoted[before].end

    def draft(self, view: View, token: Token) -> Draft | None:
        """The attribution that a word makes, if it makes one."""
        at = view.start(token)
        if self._is_quoted(at):
            return None
        if token.lower_ == "according":
            return self._according(view, token)
        frames = cues.frames(token)
        if not frames:
            return None
        choice = next((g for g in _governed(token) if g.frame in frames and self._sensible(token, g)), None)
        held = self._quotations(view, token, choice) if "quote" in frames else []
        source = _source(view, token, choice)
        if source is None and token.pos_ == "NOUN":
            return None
        cue = self._cue(view, token, choice)
        spans = self._content(view, token, cue, choice, held)
        source = self._speaker(view, token, source, held, spans)
        spans = content.joined(self.text, content.without(spans, source.span) if source else spans, self.quoted)
        if not spans or not (held or _can_speak(source, choice)):
            return None
        draft = Draft(view, token, cue, choice.frame if choice else "quote", spans, source, self.quoted, held)
        for q in held:
            self.taken[q] = draft
        return draft

    def _content(
        self, view: View, token: Token, cue: Span, choice: Governed | None, held: list[Quotation]
    ) -> list[Span]:
        if choice is None and not held:
            return content.whole(self._lost(view, token, cue), self.quoted, [cue])
        spans = content.stretches(view, clauses.without_tail(choice.tokens)) if choice else []
        if choice and choice.frame == "that" and spans[0][0] >= cue[1]:
            spans = surface.from_cue(view, cue, choice, spans)
        spans = content.whole(content.without(spans, cue), self.quoted, [cue])
        spans = [self._into_quotation(view, token, choice, span) if span[0] >= cue[1] else span for span in spans]
        return _with_quotations(self.text, spans, held, cue) if held else spans

    def _into_quotation(self, view: View, token: Token, choice: Governed | None, span: Span) -> Span:
        q = self._next(span[1])
        if q is not None and self._leads_on(view, token, choice, q) and q.start <= span[1] + 3:
            return span[0], q.end
        return surface.into_quotation(self.text, view, span, q)

    def _leads_on(self, view: View, token: Token, choice: Governed | None, q: Quotation) -> bool:
        ended = choice is not None and choice.frame in ENDED
        return ended and choice is not None and surface.leads_on(self.text, view, token, choice, q)

    def _next(self, at: int) -> Quotation | None:
        """The first quotation from an offset on, if no cue has taken it."""
        q = self._neighbour(bisect_left(self.starts, at))
        return None if q is None or q.start - at > FARTHEST else q

    def _lost(self, view: View, token: Token, cue: Span) -> list[Span]:
        """Content that the parser did not hang on the cue."""
        frames = cues.frames(token)
        return surface.clause(view, cue, frames, self.quoted) or surface.lead(
            self.text, view, cue, frames, self._next(cue[1])
        )

    def _speaker(
        self, view: View, token: Token, source: Source | None, held: list[Quotation], spans: list[Span]
    ) -> Source | None:
        """The source that syntax gives, or else the nearest that can be one."""
        if held:
            if source is not None and inside(self.quoted, *source.span):
                source = None
            source = source or sources.beside(view, token, self._is_quoted)
        if source is None and token.pos_ in {"VERB", "AUX"} and not clauses.is_passive(token):
            return sources.before(view, token, [*spans, *((q.start, q.end) for q in self.quoted)])
        return source

    def _sensible(self, token: Token, choice: Governed) -> bool:
        if token.lemma_.lower() == "claim" and choice.frame == "obj":
            return any(t.dep_ == "dobj" and t.lemma_.lower() in self.lexicon.claimable for t in choice.tokens)
        return True

    def _according(self, view: View, token: Token) -> Draft | None:
        found = according.according(view, token)
        if found is None:
            return None
        cue, spans, source = found
        spans = content.joined(self.text, content.whole(spans, self.quoted, [cue]), self.quoted)
        return Draft(view, token, cue, "according", spans, source, self.quoted) if spans else None

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

    def _quotations(self, view: View, token: Token, choice: Governed | None) -> list[Quotation]:
        """The quotations that stand beside a cue: before it with a comma, after it with a comma or a colon."""
        first = choice.tokens[0] if choice is not None and choice.frame in CLAUSAL else token
        follows = first.i > token.i and not self._is_quoted(view.start(first))
        return [q for q in (self._left(view, token, follows), self._right(view, token, choice)) if q is not None]

    def _left(self, view: View, token: Token, follows: bool) -> Quotation | None:
        at = view.start(token)
        q = self._neighbour(bisect_right(self.starts, at) - 1)
        if q is None or at - q.end > FARTHEST:
            return None
        gap = self.text[q.end : at]
        if q.end < view.sentence.start - 2 or "\n" in gap or len(gap.split()) > 25:
            return None
        if self._interrupted(view, q.end, at):
            return None
        if self.text[q.inner_end - 1] in ",?!…-–—" or gap.lstrip().startswith(","):
            joined = {t.lower_ for t in view.doc if q.end <= view.start(t) < at} & JOINING
            put_in = self.text.startswith(",", view.end(token))
            return q if not follows or (put_in and not joined) else None
        return q if not follows and self._is_utterance(q) else None

    def _neighbour(self, index: int) -> Quotation | None:
        """The quotation of that index, if there is one and no cue has taken it."""
        q = self.quoted[index] if 0 <= index < len(self.quoted) else None
        return None if q in self.taken else q

    def _is_utterance(self, q: Quotation) -> bool:
        """Whether a quotation reads as something said whole: some words long, and the start of a sentence."""
        before = self.text[max(0, q.start - 200) : q.start].rstrip(" ")
        return len(self.text[q.start : q.end].split()) > 3 and before[-1:] in {"", "\n", ".", "!", "?", ":", "”", '"'}

    def _right(self, view: View, token: Token, choice: Governed | None) -> Quotation | None:
        to = view.end(token)
        q = self._next(to)
        if q is None:
            return None
        gap = self.text[to : q.start]
        lead = gap.rstrip()
        if len(gap.split()) > 25 or ("\n" in gap and not lead.endswith(":")) or self._interrupted(view, to, q.start):
            return None
        if q.start > view.sentence.end and not lead.endswith(":"):
            return None
        if not lead:
            opens = self.text[q.inner_start : q.inner_end].lstrip(" '‘[(…")[:1]
            return q if "that" in cues.frames(token) or opens.isupper() else None
        if lead[-1] == "," and self._leads_on(view, token, choice, q):
            return None
        return q if lead[-1] in ",:—–-" else None

    def _interrupted(self, view: View, start: int, end: int) -> bool:
        """Whether another cue that can quote stands in the gap."""
        for token in view.doc:
            if start <= view.start(token) and view.end(token) <= end:
                if "quote" in cues.frames(token) and not inside(self.quoted, view.start(token), view.end(token)):
                    return True
                if token.text in {".", "!", "?"}:
                    return True
        return False

    def headlines(self, found: list[Draft]) -> list[Draft]:
        """Headlines divided by a colon or a dash, where no word of theirs reports."""
        more = []
        for view in self.views:
            if view.sentence.kind not in {"headline", "subheading"}:
                continue
            if any(d.view is view for d in found) or (parts := headlines.announced(view)) is None:
                continue
            source, cue, said = parts
            spans = content.joined(self.text, [said], self.quoted)
            if spans:
                more.append(Draft(view, source.head, cue, "headline", spans, source, self.quoted))
                self.taken.update({q: more[-1] for q in self.quoted if said[0] <= q.start < said[1]})
        return more

    def signed(self) -> list[Draft]:
        """Quotations that no cue has taken and that a name after a dash signs."""
        more = []
        for q in self.quoted:
            signature = headlines.signed(self.text, q.end, self.views) if q not in self.taken else None
            if signature is not None and self._is_utterance(q):
                view, source, cue = signature
                spans = [(q.start, q.end)]
                more.append(Draft(view, source.head, cue, "signed", spans, source, self.quoted, [q]))
                self.taken[q] = more[-1]
        return more

    def after_colons(self, found: list[Draft]) -> list[Draft]:
        """Quotations that a colon announces without a cue of the lexicon: "Ito: '...'", "she put it bluntly: '...'"."""
        used = [d.spans for d in found]
        more = []
        for view in self.views:
            for q in self.quoted:
                if not view.sentence.start < q.start <= view.sentence.end + 3:
                    continue
                lead = self.text[view.sentence.start : q.start].rstrip()
                if not lead.endswith(":") or q in self.taken:
                    continue
                if any(s < q.end and q.start < e for spans in used for s, e in spans):
                    continue
                draft = self._announced(view, q, view.sentence.start + len(lead) - 1)
                if draft is not None:
                    more.append(draft)
                    self.taken[q] = draft
        return more

    def _stands_alone(self, q: Quotation) -> bool:
        """Whether a quotation carries on the paragraph before it, or is a paragraph of its own."""
        before, after = self.text[max(0, q.start - 9) : q.start], self.text[q.end : q.end + 9]
        alone = before.rstrip(" ")[-1:] in {"", "\n"} and after.lstrip(" ")[:1] in {"", "\n"}
        return q.continues or alone

    def _announced(self, view: View, q: Quotation, colon: int) -> Draft | None:
        lead = [t for t in view.doc if view.end(t) <= colon and not inside(self.quoted, view.start(t), view.end(t))]
        finite = [t for t in lead if t.pos_ in {"VERB", "AUX"} and clauses.children(t, "nsubj", "nsubjpass")]
        if len(self.text[q.start : q.end].split()) < 3 or not lead:
            return None
        span = (q.start, q.end)
        if finite:
            cue = finite[-1]
            source = sources.of_verb(view, cue)
            return Draft(view, cue, self._cue(view, cue, None), "colon", [span], source, self.quoted, [q])
        mark = next((t for t in view.doc if view.start(t) <= colon < view.end(t)), None)
        head = next((t for t in lead if t.pos_ in {"PROPN", "NOUN", "PRON"} and t.head not in lead[:-1]), lead[-1])
        if mark is None or len(lead) > 12:
            return None
        source = Source(head, view.span(lead))
        return Draft(view, mark, (colon, colon + 1), "colon", [span], source, self.quoted, [q])

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
        more: list[Span] = []
        edge = max(last.end, draft.cue_span[1])
        for q in self.quoted:
            if q.start < edge:
                continue
            gap = self.text[edge : q.start]
            if not more and q.start < draft.view.sentence.end and not _begins_sentence(gap):
                continue  # a quoted word in the rest of the cue's own sentence
            if not more and q.start >= draft.view.sentence.end:
                gap = self.text[max(edge, draft.view.sentence.end) : q.start]
            elif not more:
                gap = ""
            if q in self.taken or any(c.isalnum() for c in gap) or ("\n" in gap and not self._stands_alone(q)):
                break
            more.append((q.start, q.end))
            self.taken[q] = draft
            edge = q.end
        if more:
            draft.spans = content.joined(self.text, draft.spans + more, self.quoted)
