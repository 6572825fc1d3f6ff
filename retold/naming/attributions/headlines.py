"""What attributes by punctuation alone: "Ito: We will rebuild", "Harbour to close - minister", a signed quotation."""

from __future__ import annotations

import re

from spacy.tokens import Token

from retold.naming.attributions import cues
from retold.naming.attributions.content import Span, View
from retold.naming.attributions.sources import Source

LEAD = re.compile(r"\s*(?P<source>[^:“”\"‘]{2,48}?)\s*(?P<cue>:)\s+(?P<content>\S.*\S)")
TAIL = re.compile(r"(?P<content>\S.*?\S)\s*(?P<cue>:|\s[-–—]+)\s+(?P<source>[^:“”\"‘’-]{2,40}?)\s*$")
SIGNATURE = re.compile(
    r"[ \t\u00a0]*\n?[ \t\u00a0]*(?P<cue>[–—―]|--?)[ \t\u00a0]*(?P<source>[^\W\d_a-z][^\n“”\":;]{2,70}?)[.\s]*(?=\n|\Z)"
)
SPEAKERS = frozenset({"PERSON", "ORG"})


def announced(view: View) -> tuple[Source, Span, Span] | None:
    """Source, cue and content of a headline that a colon or a dash divides; None where neither part can speak."""
    text = view.sentence.text
    for pattern in (LEAD, TAIL):
        match = pattern.match(text)
        if match is None or len(match["content"].split()) < 3 or len(match["source"].split()) > 6:
            continue
        tokens = [t for t in view.doc if match.start("source") <= t.idx < match.end("source") and not t.is_space]
        head = _speaker(tokens)
        if head is not None:
            return Source(head, view.span(tokens)), _at(view, match, "cue"), _at(view, match, "content")
    return None


def _at(view: View, match: re.Match[str], group: str) -> Span:
    blank = len(match[group]) - len(match[group].lstrip())
    return view.sentence.start + match.start(group) + blank, view.sentence.start + match.end(group)


def _speaker(tokens: list[Token]) -> Token | None:
    """The last word, where it can speak: a person, an organisation, a paper, or a common word for one of these."""
    if not tokens or any(t.pos_ in {"VERB", "AUX"} for t in tokens):
        return None
    head = tokens[-1]
    known = head.lemma_.lower() in cues.lexicon().sources or head.lower_ in cues.lexicon().sources
    return head if known or (head.ent_type_ in SPEAKERS and head.text[:1].isupper()) else None


def signed(text: str, end: int, views: list[View]) -> tuple[View, Source, Span] | None:
    """The sentence, source and cue of a name that signs the quotation ending at ``end``: "'...' — Ito"."""
    match = SIGNATURE.match(text, end)
    view = _view(views, match.start("source")) if match else None
    if match is None or view is None:
        return None
    start, stop = match.span("source")
    tokens = [t for t in view.doc if start <= view.start(t) < stop and not t.is_space]
    if not tokens or len(tokens) > 10 or any(t.pos_ in {"VERB", "AUX"} for t in tokens):
        return None
    head = next((t for t in tokens if t.head not in tokens or t.head.i == t.i), tokens[-1])
    return view, Source(head, view.span(tokens)), match.span("cue")


def _view(views: list[View], at: int) -> View | None:
    return next((v for v in views if v.sentence.start <= at < v.sentence.end), None)
