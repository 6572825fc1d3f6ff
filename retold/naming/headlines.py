"""Headlines that attribute by punctuation alone: "Ito: We will rebuild", "Harbour to close - minister"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from retold.naming import cues
from retold.naming.content import Span, View
from retold.naming.sources import Source

LEAD = re.compile(r"\s*(?P<source>[^:“”\"‘]{2,48}?)\s*(?P<cue>:)\s+(?P<content>\S.*\S)")
TAIL = re.compile(r"(?P<content>\S.*?\S)\s*(?P<cue>:|\s[-–—]+)\s+(?P<source>[^:“”\"‘’-]{2,40}?)\s*$")
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
