""" "According to": the words that the phrase covers, and whom it names."""

from __future__ import annotations

from spacy.tokens import Token

from retold.naming.attributions import clauses, content, sources
from retold.naming.attributions.content import Span, View
from retold.naming.attributions.sources import Source

# A clause that hangs on another by one of these is covered together with it.
COVERED = frozenset({"prep", "advmod", "amod", "conj", "advcl", "xcomp", "ccomp", "relcl", "acl", "parataxis", "nsubj"})


def according(view: View, token: Token) -> tuple[Span, list[Span], Source] | None:
    """Cue, content and source of an "according to", the content not yet trimmed; None where it names nobody."""
    pointers = [p for p in clauses.children(token, "prep") if p.lower_ == "to"]
    named = [o for p in pointers for o in clauses.children(p, "pobj")]
    if not named:
        return None
    cue = view.span([token, pointers[0]])
    source = sources.named(view, named[0])
    tokens = clauses.subtree(_covered(token), without=[token])
    before = [t for t in tokens if t.i < token.i]
    after = [t for t in tokens if view.start(t) >= source.span[1]]
    return cue, content.without(content.stretches(view, before if len(before) > 2 else after), cue), source


def _covered(token: Token) -> Token:
    top = token
    while top.head.i != top.i and (top.dep_ in COVERED or top.pos_ not in {"VERB", "AUX"}):
        top = top.head
    return token.head if top.i == token.i else top
