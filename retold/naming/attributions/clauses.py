"""What a cue governs: from the syntax around a verb or noun to the words that may be its content.

Dependency labels are those of spaCy's English models (ClearNLP style). A frame is a syntactic position of content:
``that`` (finite or embedded question), ``to`` (infinitive), ``ing`` (gerund), ``obj`` (noun phrase), ``obj-to``
(object and infinitive), ``obj-as`` (object and ``as`` phrase), ``obj-prep`` (object and the phrase after it), ``pred``
(object and what is predicated of it), the name of a preposition, and ``pass-obj``, ``pass-to``,
``pass-that`` for passives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Governed:
    """A frame that a cue fills, the tokens of its content, and the preposition that belongs to the cue, if any."""

    frame: str
    tokens: tuple[Token, ...]
    preposition: Token | None = None


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents of a token with one of the labels, in order."""
    return [child for child in token.children if child.dep_ in labels]


def subtree(token: Token, without: Iterable[Token] = ()) -> tuple[Token, ...]:
    """A token and everything below it, in order, except the branches given in ``without``."""
    barred = {t.i for branch in without for t in branch.subtree}
    return tuple(sorted((t for t in token.subtree if t.i not in barred), key=lambda t: t.i))


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: with an auxiliary, or as a bare participle with an agent."""
    return bool(children(verb, "auxpass", "nsubjpass", "agent"))


def has_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with ``to``."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def governed(verb: Token) -> Iterator[Governed]:
    """Every frame the verb fills, the most telling first."""
    if is_passive(verb):
        yield from _passive(verb)
        return
    yield from _clausal(verb)
    yield from _objects(verb)
    yield from prepositional(verb)
    yield from _parenthetical(verb)


def _clausal(verb: Token) -> Iterator[Governed]:
    for clause in sorted(children(verb, "ccomp", "xcomp"), key=lambda c: c.i < verb.i):
        tokens = subtree(clause)
        objects = [o for o in children(verb, "dobj") if verb.i < o.i < clause.i]
        own = children(clause, "nsubj", "nsubjpass")
        if has_to(clause):
            if objects and clause.dep_ == "xcomp":
                yield Governed("obj-to", subtree(objects[0]) + tokens)
                yield Governed("tell-to", tokens)
            else:
                yield Governed("obj-to" if own else "to", tokens)
        elif clause.tag_ == "VBG" and not children(clause, "aux"):
            yield Governed("ing", tokens)
        elif clause.pos_ in {"NOUN", "ADJ", "PROPN", "ADV", "NUM"} and not children(clause, "aux", "mark"):
            yield Governed("pred", (subtree(objects[0]) if objects and not own else ()) + tokens)
            if own:
                yield Governed("that", tokens)
        elif clause.dep_ == "ccomp" or children(clause, "nsubj", "nsubjpass", "expl"):
            yield Governed("that", tokens)
            if clause.i > verb.i and not children(clause, "mark"):
                yield Governed("pred", tokens)
        else:
            yield Governed("bare", tokens)


def _objects(verb: Token) -> Iterator[Governed]:
    for target in children(verb, "dobj")[:1]:
        tokens = subtree(target)
        for predicate in children(verb, "oprd") + children(verb, "dobj")[1:]:
            yield Governed("pred", tokens + subtree(predicate))
        after = [p for p in children(verb, "prep") if p.i > target.i]
        for preposition in after:
            if preposition.lower_ == "as":
                yield Governed("obj-as", tokens + subtree(preposition))
            elif preposition.lower_ in {"of", "for", "to", "with", "about", "on", "against", "from", "over"}:
                yield Governed(f"obj-{preposition.lower_}", tokens + subtree(preposition))
        yield Governed("obj", tokens)
    for predicate in children(verb, "oprd"):
        yield Governed("pred", subtree(predicate))


def prepositional(head: Token) -> Iterator[Governed]:
    """What a verb, adjective or noun governs through a preposition."""
    for preposition in children(head, "prep", "prt", "agent"):
        inner = children(preposition, "pobj", "pcomp")
        nested = [q for p in children(preposition, "prep") for q in children(p, "pobj", "pcomp")]
        called = [p for p in children(head, "prep") if p.lower_ == "as" and p.i > preposition.i]
        for target in (inner or nested)[:1]:
            tokens = subtree(target) + tuple(t for p in called[:1] for t in subtree(p))
            yield Governed(preposition.lower_, tokens, preposition)


def without_tail(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without a loose clause at their end, set off by a comma or a dash: what the writer adds."""
    held = {t.i for t in tokens}
    after = next((t.i for t in tokens if _after_a_mark(t) and t.i - 2 in held), None)
    if after is not None:
        return tuple(t for t in tokens if t.i < after)
    end = len(tokens)
    while end and (tokens[end - 1].is_punct or tokens[end - 1].is_space or tokens[end - 1].dep_ == "cc"):
        end -= 1
    tokens = tokens[:end] or tokens
    if not end:
        return tokens
    cut = None
    at = tokens[end - 1]
    while at.i in held:
        set_off = at.left_edge.i - 1
        while set_off in held and at.doc[set_off].is_quote:
            set_off -= 1
        adjoined = at.tag_ == "VBG" or at.left_edge.lower_ in {"which", "who"}
        loose = at.dep_ == "relcl" or (at.dep_ == "advcl" and adjoined)
        if loose and set_off in held and at.doc[set_off].text in {",", "-", "–", "—", "--"}:
            cut = set_off
        if at.head.i == at.i:
            break
        at = at.head
    if cut is None:
        return tokens
    kept = tuple(t for t in tokens if t.i < cut)
    return kept or tokens


def _after_a_mark(token: Token) -> bool:
    """Whether a participle follows a comma and a closing mark, which ends what is quoted: "“safe,” pointing at"."""
    return token.tag_ == "VBG" and token.i > 1 and token.nbor(-1).is_quote and token.nbor(-2).text == ","


def nominal(noun: Token) -> Iterator[Governed]:
    """What a noun of saying governs: "claim that ...", "promise to ...", "criticism of ..."."""
    for clause in children(noun, "acl", "ccomp", "relcl"):
        if clause.dep_ == "acl" and has_to(clause):
            yield Governed("to", subtree(clause))
        elif any(m.lower_ == "that" for m in children(clause, "mark")):
            yield Governed("that", subtree(clause))
    yield from prepositional(noun)


def adjectival(adjective: Token) -> Iterator[Governed]:
    """What an adjective of attitude governs: "sure that ...", "critical of ..."."""
    if adjective.dep_ not in {"acomp", "conj", "amod", "oprd", "advcl"}:
        return
    for clause in children(adjective, "ccomp", "xcomp"):
        yield Governed("to" if has_to(clause) else "that", subtree(clause))
    yield from prepositional(adjective)


def _passive(verb: Token) -> Iterator[Governed]:
    subjects = children(verb, "nsubjpass", "nsubj")
    if children(verb, "agent") and not subjects and any(m.lower_ == "as" for m in children(verb, "mark", "advmod")):
        if verb.head.i != verb.i:
            yield Governed("as-by", subtree(verb.head, without=[verb]))
        return
    dummy = any(s.lower_ in {"it", "there"} for s in subjects) or bool(children(verb, "expl"))
    for clause in children(verb, "ccomp", "xcomp"):
        if clause.dep_ == "ccomp" or not has_to(clause):
            yield Governed("pass-that", subtree(clause))
        elif subjects:
            yield Governed("pass-to", subtree(subjects[0]) + subtree(clause))
    for subject in subjects:
        if not dummy:
            extra = [p for p in children(verb, "prep", "oprd") if p.dep_ == "oprd" or p.lower_ == "as"]
            yield Governed(
                "pass-as" if extra else "pass-obj", subtree(subject) + tuple(t for p in extra for t in subtree(p))
            )
    yield from prepositional(verb)


def _parenthetical(verb: Token) -> Iterator[Governed]:
    """The clause in or after which "he said" is put in: the verb hangs on it instead of governing it."""
    head = verb.head
    if verb.dep_ not in {"parataxis", "advcl", "ccomp", "relcl", "conj", "acl"} or head.i == verb.i or has_to(verb):
        return
    if not children(verb, "nsubj") or children(verb, "dobj", "ccomp", "xcomp", "mark"):
        return
    yield Governed("in-clause", subtree(head, without=[verb]))
