"""Facts: how certain the claim is: hedges and modal verbs, negation, and reporting verbs that take a side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold.model import Suggestion
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span, between
from retold.tracing.words.language import is_content, lexicon, matches, pattern, stem
from retold.tracing.words.worddiff import Word

_LEVEL = {"doubt": 1, "possible": 2, "likely": 3, "planned": 3, "certain": 5}
_CALLED = {
    "doubt": "unproven",
    "possible": "possible",
    "likely": "likely",
    "planned": "planned",
    "certain": "certain",
}
# Shifts that are a change of wording more than of certainty.
# Below this the two sides tell different things, and a hedge that only one has says nothing.
TOLD_ALIKE = 0.4
_DENIES = (
    r"\b(?:no|none|nobody|nothing|little|few|lack\w*|without|rarely|hardly|forb\w+|bann?\w*|prevent\w*|declin\w*"
    r"|instead|against|avoid\w*|stop\w*|unable|refus\w*|hostile|wary|mixed|un\w+|dis\w+)\b"
)
_Cue = tuple[str, int, int]  # a reporting verb and where it stands
_SAME = frozenset({("likely", "planned"), ("planned", "likely")})


@dataclass(slots=True)
class Cue:
    """A hedge with its class and the words that it bears on."""

    start: int
    end: int
    level: str
    scope: list[Word]


@rule("certainty_shifted")
def hedge_or_modal_differs(view: EdgeView) -> Iterator[Suggestion]:
    """A hedge or a modal verb of one side has none of its strength on the other, though its claim is there."""
    if not view.paired or view.likeness < TOLD_ALIKE:
        return
    before, after = _cues(view.source), _cues(view.article)
    for cue in before:
        found = _told(view, cue, after, view.source, view.article)
        if found is not None:
            other, span = found
            yield _shift(view, cue.level, other, (cue.start, cue.end), span)
    for cue in after:
        found = _told(view, cue, before, view.article, view.source)
        if found is not None and found[0] == "":
            yield _shift(view, "", cue.level, found[1], (cue.start, cue.end))


@rule("certainty_shifted")
def negation_differs(view: EdgeView) -> Iterator[Suggestion]:
    """The same word is denied on one side and not on the other."""
    if not view.paired or view.likeness < TOLD_ALIKE:
        return
    if len(_denials(view.source)) == len(_denials(view.article)):
        return  # the same denials in other words
    for one, other, flipped in ((view.source, view.article, False), (view.article, view.source, True)):
        for denied in _denials(one):
            target = denied.scope[0]
            same = [w for w in other.content if stem(w.key) == stem(target.key)]
            affirmed = [w for w in same if not _is_denied(other, w)]
            if len(same) != 1 or not affirmed or _context(one, target, other, same[0]) < 2:
                continue
            spans = (denied.start, target.end), (affirmed[0].start, affirmed[0].end)
            before, after = (spans[1], spans[0]) if flipped else spans
            where = ("the retelling", "the wire") if flipped else ("the wire", "the retelling")
            yield view.propose(
                0.6,
                f"“{one.text[denied.start : target.end]}” in {where[0]}; {where[1]} has “{affirmed[0].form}” "
                "without the negation.",
                before,
                after,
            )


@rule("certainty_shifted")
def reporting_verb_takes_a_side(view: EdgeView) -> Iterator[Suggestion]:
    """The same claim reported with a verb that doubts it or grants it on one side alone."""
    if not view.paired or view.likeness < TOLD_ALIKE:
        return
    for (cue, *span), (other, *place) in _reported(view):
        before, after = verb_class(cue), verb_class(other)
        if before == after or not {before, after} <= {"plain", "doubting", "committing"}:
            continue
        says = {"plain": "takes no side", "doubting": "keeps a distance", "committing": "grants that it is true"}
        yield view.propose(
            0.65,
            f"“{cue}” {says[before]}; “{other}” {says[after]}.",
            (span[0], span[1]),
            (place[0], place[1]),
        )


def verb_class(cue: str) -> str:
    """The class of a reporting verb in our lexicon, ``plain`` to ``charged``; empty if it has none."""
    forms = [cue.casefold(), *cue.casefold().split()]
    verbs = lexicon("reporting")
    return next((name for form in forms for name, words in verbs.items() if form in words), "")


def _cues(side: Side) -> list[Cue]:
    found = []
    for sentence in side.sentences:
        for match in matches("certainty", sentence.text):
            start, end = match.start() + sentence.start, match.end() + sentence.start
            if match.group() in ("May", "MAY") or re.match(r"\s+(?:not|never|as well)\b", side.text[end : end + 12]):
                continue
            scope = [w for w in side.content if end <= w.start < sentence.end][:3]
            if len(scope) >= 2:
                found.append(Cue(start, end, match.lastgroup or "", scope))
    return found


def _told(view: EdgeView, cue: Cue, others: list[Cue], side: Side, other: Side) -> tuple[str, Span] | None:
    """How the other side tells the cue's claim: the class of its cue ("" for none) and where; None if as certain."""
    missing = view.lost if side is view.source else view.new
    if sum(w.start not in missing for w in cue.scope) < len(cue.scope) or cue.scope[0].start in missing:
        return None
    place = view.counterpart(cue.scope, other)
    if place is None or place[1] - place[0] > 80:
        return None
    near = [o for o in others if o.end > place[0] - 45 and o.start < place[1] + 10]
    same = any(o.level == cue.level for o in others) or any((cue.level, o.level) in _SAME for o in near)
    if same or side.text[cue.start : cue.end].casefold() in _text(other):
        return None
    if near:
        return near[0].level, (near[0].start, near[0].end)
    # "will meet" against "meets" is grammar, not doubt; other words of doubt may be unknown to the lexicon.
    # "an effort aimed to help" against "an effort to help" is style as well.
    if cue.level in ("certain", "planned") or re.search(
        r"\b(?:would|can|should|possib|expect|believ|thought|fear|seem|appear|if)\w*", _text(other)
    ):
        return None
    return "", place


def _text(side: Side) -> str:
    return " ".join(s.text for s in side.sentences).casefold()


def _shift(view: EdgeView, before: str, after: str, source: Span, article: Span) -> Suggestion:
    words = view.source.text[slice(*source)], view.article.text[slice(*article)]
    if before and after:
        text = f"“{words[0]}” ({_CALLED[before]}) in the wire is “{words[1]}” ({_CALLED[after]}) in the retelling."
        more = abs(_LEVEL[before] - _LEVEL[after]) > 1
        return view.propose(0.75 if more else 0.55, text, source, article)
    if before:
        text = f"The wire says “{words[0]}”; the retelling tells the same without it, as a fact."
        return view.propose(0.65 if before in ("doubt", "possible") else 0.5, text, source, article)
    text = f"The retelling adds “{words[1]}” to what the wire tells as a fact."
    return view.propose(0.6 if after in ("doubt", "possible") else 0.45, text, source, article)


_LIGHT = frozenset("be been have a an the yet even to".split())


def _denials(side: Side) -> list[Cue]:
    found = []
    for sentence in side.sentences:
        for match in matches("negation", sentence.text):
            start, end = match.start() + sentence.start, match.end() + sentence.start
            after = [w for w in side.words if end <= w.start < sentence.end and w.key not in _LIGHT][:1]
            scope = [w for w in after if is_content(w)]
            if scope and not re.match(r"\s+(?:only|just|least)\b", side.text[end : end + 8]):
                found.append(Cue(start, end, "negation", scope))
    return found


def _is_denied(side: Side, word: Word) -> bool:
    sentence = side.sentence_at(word.start)
    begin = sentence.start if sentence else word.start
    return bool(re.search(pattern("negation"), side.text[max(begin, word.start - 60) : word.start])) or bool(
        re.search(
            _DENIES,
            side.text[begin : word.end].casefold(),
        )
    )


def _context(one: Side, word: Word, other: Side, twin: Word) -> int:
    """How many content words the two words share within four of either."""
    nearby = []
    for side, at in ((one, word), (other, twin)):
        place = next(i for i, w in enumerate(side.content) if w.start == at.start)
        nearby.append({stem(w.key) for w in side.content[max(0, place - 4) : place + 5] if w.start != at.start})
    return len(nearby[0] & nearby[1])


def _reported(view: EdgeView) -> Iterator[tuple[_Cue, _Cue]]:
    """Reporting verbs of the two sides with the same claim, or with the same source where each side has only one."""
    found = False
    for one in view.source.attributions:
        for other in view.article.attributions:
            mine, yours = (
                {stem(w.key) for a, b in x.content_parts for w in between(side.words, a, b) if is_content(w)}
                for x, side in ((one, view.source), (other, view.article))
            )
            if len(mine & yours) >= 2 and len(mine & yours) >= 0.4 * min(len(mine), len(yours)):
                found = True
                yield (one.cue, one.cue_start, one.cue_end), (other.cue, other.cue_start, other.cue_end)
                break
    only = [_verbs(view.source), _verbs(view.article)]
    if not found and len(only[0]) == len(only[1]) == 1:
        near = [_beside(side, verbs[0]) for side, verbs in zip((view.source, view.article), only, strict=True)]
        if near[0] & near[1]:
            yield only[0][0], only[1][0]


def _verbs(side: Side) -> list[_Cue]:
    return [
        (match.group(), match.start() + s.start, match.end() + s.start)
        for s in side.sentences
        for match in matches("reporting", s.text)
    ]


def _beside(side: Side, cue: _Cue) -> set[str]:
    """The content words within three words of a reporting verb: its source, if it has one."""
    before = [w for w in side.words if w.end <= cue[1]][-3:]
    after = [w for w in side.words if w.start >= cue[2]][:4]
    return {stem(w.key) for w in before + after if is_content(w)}
