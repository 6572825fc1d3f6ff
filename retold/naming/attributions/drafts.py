"""The attributions of a text, put together: which cue keeps its content, and which lies in the content of another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from retold.naming.attributions import clauses, content, cues, speakers
from retold.naming.attributions.content import View
from retold.naming.attributions.page import Draft, Page
from retold.naming.attributions.sources import Source

MOST = 60  # cues of one sentence; each walks the whole tree of its sentence
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def drafts(text: str, views: list[View]) -> list[Draft]:
    """The attributions of a text, in the order of their cues."""
    page = Page(text, views)
    found = [draft for view in views for draft in islice(_drafts(page, view), MOST)]
    found += page.headlines(found)
    found += page.signed()
    found += page.after_colons(found)
    found.sort(key=lambda d: d.cue_span)
    _part_coordinated(text, found)
    page.run_on(found)
    return _outermost(found)


def _drafts(page: Page, view: View) -> Iterator[Draft]:
    return (draft for token in view.doc if (draft := page.draft(view, token)))


def _part_coordinated(text: str, found: list[Draft]) -> None:
    """Cut content where a coordinated cue with a quotation of its own starts: "said he would go and added, '...'"."""
    for inner in found:
        at = inner.cue_span[0]
        for outer in found:
            spoken = any(text[: q.start].rstrip().endswith((",", ":")) for q in inner.attached)
            if outer is inner or not any(s <= at < e for s, e in outer.spans):
                continue
            if spoken or _alongside(inner, outer):
                barred = (at, max(e for _, e in outer.spans))
                kept = content.joined(text, content.without(outer.spans, barred), outer.quoted)
                if kept:
                    outer.spans = [(s, _without_conjunction(text, s, e)) for s, e in kept]
                    inner.source = _shared_source(inner, outer)


def _alongside(inner: Draft, outer: Draft) -> bool:
    """Whether a cue is coordinated with that of the content it lies in: "called it “a shame” and said that ..."."""
    cue, other = inner.cue, outer.cue
    verbs = cue.doc is other.doc and cue.i > other.i and {cue.pos_, other.pos_} <= {"VERB", "AUX"}
    if not verbs or clauses.children(cue, "nsubj", "nsubjpass"):
        return False
    first = cue
    while first.i and first.nbor(-1).dep_ in {"aux", "advmod", "neg"}:
        first = first.nbor(-1)
    if not first.i or first.nbor(-1).lower_ not in {"and", "but"}:
        return False
    if outer.frame in {"obj", "pred", "obj-as"}:  # a noun phrase holds no finite verb of its own
        return cue.tag_ in FINITE or cue.tag_ == other.tag_
    return cue.tag_ == other.tag_ and {"that", "quote"} <= cues.frames(cue)


def _shared_source(inner: Draft, outer: Draft) -> Source | None:
    if inner.source is None or any(s <= inner.source.span[0] < e for s, e in outer.spans):
        return outer.source
    return inner.source


def _without_conjunction(text: str, start: int, end: int) -> int:
    words = text[start:end].split()
    while len(words) > 1 and words[-1].lower().strip(",;") in {"and", "but", "then", "also", "later", "he", "she"}:
        end = start + text[start:end].rindex(words.pop())
        end = start + len(text[start:end].rstrip(" ,;\n"))
    return end


def _outermost(found: list[Draft]) -> list[Draft]:
    """Drafts whose cue does not lie in the content of another; those that do are kept where they report a report."""
    kept = []
    for draft in found:
        at = draft.cue_span[0]
        outer = next((o for o in found if o is not draft and any(s <= at < e for s, e in o.spans)), None)
        if outer is None:
            kept.append(draft)
        elif _is_report(draft, outer):
            draft.via = outer
            kept.append(draft)
    return [d for d in kept if d.via is None or d.via in kept]


def _is_report(inner: Draft, outer: Draft) -> bool:
    """Whether content holds another's words: "quoted him as saying ...", "reported that the mayor said ..."."""
    verbs = cues.lexicon().verbs
    says = {"quote", "that"} <= verbs.get(inner.cue.lemma_.lower(), frozenset()) and inner.cue.pos_ == "VERB"
    if not says or inner.source is None or inner.frame not in {"that", "quote", "in-clause"}:
        return False
    reports = outer.cue.lemma_.lower() in {"quote", "cite", "report"} or _is_outlet(outer.source)
    return reports and not any(inner.source.span == s for s in [outer.source.span if outer.source else None])


def _is_outlet(source: Source | None) -> bool:
    return source is not None and speakers.raw_type(source) == "media"
