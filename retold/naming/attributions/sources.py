"""Who speaks: the words that name the source of a cue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from retold.naming.attributions import cues
from retold.naming.attributions.clauses import children, has_to, is_passive
from retold.naming.attributions.content import Span, View

RELATIVE = frozenset({"who", "which", "that", "whom"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
TRAILING = frozenset({"relcl", "ccomp", "advcl", "parataxis", "punct"})
CLIMB = 5  # steps up the tree in search of an understood subject
REACH = 6  # tokens either side of a cue in which a source stands without syntax


@dataclass(frozen=True, slots=True)
class Source:
    """The word that heads the naming of a source, and where the naming stands."""

    head: Token
    span: Span


def of_verb(view: View, verb: Token) -> Source | None:
    """The source of a verb: its subject or agent, or that of the verb it depends on."""
    head = _agent(verb) if is_passive(verb) else _subject(verb)
    if head is None and not (is_passive(verb) and children(verb, "nsubjpass")):
        head = _inherited(verb)
    return None if head is None else named(view, head)


def of_noun(view: View, noun: Token) -> Source | None:
    """The source of a noun: whose claim, the claim by whom, or who makes it."""
    for child in children(noun, "poss"):
        return named(view, child)
    for preposition in children(noun, "prep"):
        if preposition.lower_ in {"by", "from"}:
            for child in children(preposition, "pobj"):
                return named(view, child)
    held = noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_.lower() in cues.lexicon().light
    return of_verb(view, noun.head) if held else None


def named(view: View, head: Token) -> Source:
    """The whole naming around its head: apposition and complements, no relative clause after it."""
    if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"}:
        clause = head.head
        while clause.dep_ == "conj" and clause.head.i != clause.i:
            clause = clause.head
        antecedent = clause.head if clause.dep_ == "relcl" else head
        return Source(antecedent, (view.start(head), view.end(head)))
    barred = {t.i for c in head.children if c.dep_ in TRAILING and c.i > head.i for t in c.subtree}
    held = {t.i for t in head.subtree} - barred
    doc, first, last = head.doc, head.i, head.i
    while first - 1 in held:
        first -= 1
    while last + 1 in held or (last + 2 in held and doc[last + 1].text == "," and doc[last + 2].dep_ == "appos"):
        last += 1
    while last > head.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if last > head.i and doc[last].tag_ == "POS":
        last -= 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in {"cc", "advmod"}):
        first += 1
    return Source(head, (view.start(doc[first]), view.end(doc[last])))


def _subject(verb: Token) -> Token | None:
    found = [s for s in children(verb, "nsubj", "csubj") if s.pos_ in NOMINAL]
    return found[0] if found and not (found[0].lower_ in {"it", "there"} and children(verb, "expl")) else None


def _agent(verb: Token) -> Token | None:
    for agent in children(verb, "agent"):
        for child in children(agent, "pobj"):
            return child
    return None


def _inherited(verb: Token) -> Token | None:
    """The understood subject of a verb without one: "vowed to say", "spoke, adding", "was quoted as saying"."""
    at = verb
    for _ in range(CLIMB):
        if at.head.i == at.i:
            return None
        found = _understood(at)
        if found is not None:
            return found
        at = at.head
        if at.pos_ not in {"VERB", "AUX", "ADP", "SCONJ"} and at.pos_ not in NOMINAL:
            return None
    return None


def _understood(at: Token) -> Token | None:
    """The subject that the word above ``at`` lends it, if it has one to lend."""
    head = at.head
    if head.pos_ in NOMINAL:
        if at.dep_ in {"acl", "relcl"}:
            return head if not has_to(at) else next(iter(children(head, "poss")), None)
        return None
    if head.pos_ not in {"VERB", "AUX"} or at.dep_ == "nsubj":
        return None
    lent = children(head, "dobj") if at.dep_ == "xcomp" or (at.dep_ == "prep" and at.lower_ == "as") else []
    subjects = [s for s in children(head, "nsubj", "nsubjpass") if s.pos_ in NOMINAL]
    return next(iter(lent + subjects), None)


def before(view: View, cue: Token, barred: Sequence[Span]) -> Source | None:
    """The nearest subject before a cue that the parser left without one, outside the ``barred`` stretches."""
    for token in reversed(view.doc[: cue.i]):
        if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ in {"PROPN", "PRON", "NOUN"}:
            at = view.start(token)
            if token.lower_ not in {"it", "there"} and not any(s <= at < e for s, e in barred):
                return named(view, token)
    return None


def beside(view: View, cue: Token, is_quoted: Callable[[int], bool]) -> Source | None:
    """A name or pronoun next to a cue where the parser saw no subject, outside quotation marks."""
    doc = view.doc
    for token in [*doc[cue.i + 1 : cue.i + REACH], *doc[max(0, cue.i - REACH) : cue.i]]:
        if token.pos_ not in {"PROPN", "PRON", "NOUN"} or token.dep_ in {"compound", "poss", "pobj"}:
            continue
        if not is_quoted(view.start(token)) and token.ent_type_ not in {"DATE", "TIME"}:
            return named(view, token)
    return None
