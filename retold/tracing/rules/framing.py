"""Framing: opinion, loaded words, emphasis, and rewording that changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retold.model import Suggestion
from retold.reading.extent import readable
from retold.tracing.rules.registry import rule
from retold.tracing.view import EdgeView, Side, Span
from retold.tracing.words.language import is_content, lexicon, matched, matches, stem
from retold.tracing.words.worddiff import Word, words

_PASSIVE = re.compile(
    r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?(?P<verb>\w+(?:ed|en|wn|ot|ght|ught|lt|ut|it))\b", re.I
)
_IRREGULAR = {"shot": "shoot", "hit": "hit", "cut": "cut", "caught": "catch", "bought": "buy", "fought": "fight"}


@rule("opinion_added")
def evaluation_in_the_outlets_voice(view: EdgeView) -> Iterator[Suggestion]:
    """Words of evaluation or inference that the wire does not have, outside quotations and with no source."""
    if not view.article or view.edge.operation == "kept":
        return
    for sentence in view.article.sentences:
        markers = opinion_in(view, (sentence.start, sentence.end)) if sentence.kind != "subheading" else []
        if not markers:
            continue
        named = ", ".join(f"“{view.article.text[a:b]}”" for a, b in markers[:3])
        strong = sum(_is_strong(view.article.text[a:b]) for a, b in markers)
        whole = not view.source
        span = (sentence.start, sentence.end) if whole else _around(view.article, markers)
        yield view.propose(
            0.55 + 0.1 * min(3, strong) + 0.05 * min(2, len(markers)),
            f"Evaluation or inference in the outlet’s own voice, with no source: {named}.",
            None,
            span,
        )


@rule("loaded_wording")
def charged_or_softened_word(view: EdgeView) -> Iterator[Suggestion]:
    """A word of our lexicon replaced by another for the same thing with another temper."""
    if not view.paired:
        return
    before, after = _tempered(view.source), _tempered(view.article)
    for concept in sorted(before.keys() & after.keys()):
        theirs, ours = before[concept], after[concept]
        gone = {t: w for t, w in theirs.items() if t not in ours}
        # A plainer word is what most editors want; only charge and softening are framing.
        come = {t: w for t, w in ours.items() if t not in theirs and t != "neutral"}
        for (old, a), (new, b) in zip(sorted(gone.items()), sorted(come.items()), strict=False):
            if _said_anyway(view, b) or view.article.in_quotation(*b) or not _same_place(view, a, b):
                continue
            how = "more charged" if new == "charged" else "softer"
            yield view.propose(
                0.6,
                f"“{view.source.text[slice(*a)]}” in the wire is “{view.article.text[slice(*b)]}” in the retelling: "
                f"{how} than the wire’s {old} word.",
                a,
                b,
            )


@rule("emphasis_shifted")
def moved_into_or_out_of_the_lead(view: EdgeView) -> Iterator[Suggestion]:
    """A sentence from the wire's lower half that opens the retelling, or the wire's lead far down in it."""
    if not view.source or not view.article:
        return
    there, here = _rank(view.source), _rank(view.article)
    if there is None or here is None:
        return
    (i, n), (j, m) = there, here
    opens, sinks = j == 0 and i >= n / 2, i == 0 and j >= m / 2 and view.edge.moved
    if n < 6 or m < 4 or not (opens or sinks) or view.likeness < 0.5:
        return
    if opens:
        text = f"The retelling leads with what is paragraph {i + 1} of {n} in the wire."
    else:
        text = f"The wire’s lead stands in paragraph {j + 1} of {m} of the retelling."
    yield view.propose(0.45, text, view.source.span, view.article.span)


@rule("emphasis_shifted")
def passive_without_agent(view: EdgeView) -> Iterator[Suggestion]:
    """An action whose agent the wire names in the active voice, told in the passive with the agent left out."""
    if not view.paired or view.source.in_quotation(*view.source.span):
        return
    for sentence in view.article.sentences:
        for match in _PASSIVE.finditer(sentence.text):
            verb = _IRREGULAR.get(match["verb"].casefold(), match["verb"])
            active = next(
                (w for w in view.source.words if stem(w.key) == stem(verb) and _is_active(view.source, w)), None
            )
            agent = _agent(view.source, active) if active else None
            if active is None or agent is None or re.search(r"\bby\b", sentence.text[match.end() :]):
                continue
            if agent.start not in view.lost or _agent_nearby(view, agent):
                continue
            start, end = match.start() + sentence.start, match.end() + sentence.start
            yield view.propose(
                0.55,
                f"The wire says who did it (“{view.source.text[agent.start : active.end]}”); the retelling has "
                f"“{view.article.text[start:end]}” and leaves the agent out.",
                (agent.start, active.end),
                (start, end),
            )
            return


@rule("style_only")
def reworded_without_other_change(view: EdgeView) -> Iterator[Suggestion]:
    """Other words, nearly all of whose contents the other side has too. Asked only where no other rule spoke."""
    if not view.paired or not (view.lost or view.new or _rearranged(view)):
        return
    if view.likeness < 0.6 or _loses_or_gains(view):
        return
    yield view.propose(
        0.35 + 0.5 * view.likeness,
        "Other words or another order, and no rule found a change of meaning.",
        view.source.span,
        view.article.span,
    )


def _loses_or_gains(view: EdgeView) -> bool:
    """True if a phrase of three content words, or one with a name or a figure, stands on one side alone."""
    for side, stretches in ((view.source, view.lost_stretches), (view.article, view.new_stretches)):
        for stretch in stretches:
            marked = [(m.start, m.end) for m in side.mentions] + [(n.start, n.end) for n in side.numbers]
            if len(stretch.content) >= 3 or any(stretch.start <= a and b <= stretch.end for a, b in marked):
                return True
    return False


def opinion_in(view: EdgeView, span: Span) -> list[Span]:
    """Markers of opinion in a stretch that suffice together; none that is quoted, attributed or the wire's own."""
    found: list[Span] = []
    weight = 0.0
    text = readable(view.article.text[span[0] : span[1]])
    told = matched("reporting", text)
    for match in matches("opinion", text):
        a, b = match.start() + span[0], match.end() + span[0]
        reported = told is not None and told.end() < match.start()
        if reported or view.article.attributed(a, b) or _in_wire(view, match.group()):
            continue
        said = any(view.article.text[x:y].casefold() == match.group().casefold() for x, y in found)
        found.append((a, b))
        weight += 1.0 if match.lastgroup == "strong" else 0.0 if said else 0.5
    if told is None and _asks(view, span):
        found.append(span)
        weight += 1.0
    return found if weight >= 1 else []


def _in_wire(view: EdgeView, marker: str) -> bool:
    """True if the wire has the marker's content words too: in the edge, or anywhere for an added sentence."""
    stems = {stem(w.key) for w in words(marker) if is_content(w)} or {stem(marker.rsplit(maxsplit=1)[-1])}
    return stems <= (view.source.stems if view.source else view.source.view.all_stems)


def _asks(view: EdgeView, span: Span) -> bool:
    """True of a question in the outlet's own voice that the wire does not ask."""
    text = view.article.text[slice(*span)]
    mark = span[0] + text.rfind("?")
    if not text.rstrip("”\"' ").endswith("?") or view.article.attributed(mark, mark + 1):
        return False
    asked = view.source and any("?" in s.text for s in view.source.sentences)
    return not asked and re.search(r"\b(?:ask(?:s|ed|ing)?|wondered|I)\b", text) is None


@cache
def _strong() -> frozenset[str]:
    return frozenset(word.casefold() for word in lexicon("opinion")["strong"])


def _is_strong(text: str) -> bool:
    return text.casefold().replace("’", "'") in _strong()


def _around(side: Side, markers: list[Span]) -> Span:
    """The phrases that hold the markers, from the first to the last."""
    start, end = min(a for a, _ in markers), max(b for _, b in markers)
    for first, last in side.phrases():
        a, b = side.words[first].start, side.words[last - 1].end
        if a < end and start < b:
            start, end = min(start, a), max(end, b)
    while start < end and not side.text[start].isalnum():
        start += 1
    return start, end


@cache
def _concepts() -> dict[str, list[tuple[str, str]]]:
    """Every form of the lexicon with its concept and temper."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, forms in lexicon("loaded").items():
        concept, temper = key.rsplit("_", 1)
        for form in forms:
            found.setdefault(form.casefold(), []).append((concept, temper))
    return found


@cache
def _concept_openings() -> frozenset[str]:
    """The first words of the forms."""
    return frozenset(form.split(" ")[0] for form in _concepts())


def _tempered(side: Side) -> dict[str, dict[str, Span]]:
    """By concept: the tempers in which this side speaks of it, each with its first word."""
    found: dict[str, dict[str, Span]] = {}
    for i, word in enumerate(side.words):
        if word.key not in _concept_openings():
            continue
        for size in (3, 2, 1):
            some = side.words[i : i + size]
            for concept, temper in _concepts().get(" ".join(w.key for w in some), ()) if len(some) == size else ():
                found.setdefault(concept, {}).setdefault(temper, (some[0].start, some[-1].end))
    return found


def _same_place(view: EdgeView, a: Span, b: Span) -> bool:
    """True if the two words replace each other, or stand among the same words."""
    for op, i, i_end, j, j_end in view.runs:
        if op == "replace" and max(i_end - i, j_end - j) <= 6:
            before, after = view.source.words[i:i_end], view.article.words[j:j_end]
            if any(w.start == a[0] for w in before) and any(w.start == b[0] for w in after):
                return True
    near = []
    for side, span in ((view.source, a), (view.article, b)):
        around = [w for w in side.content if w.end <= span[0]][-3:] + [w for w in side.content if w.start >= span[1]][
            :3
        ]
        near.append({stem(w.key) for w in around})
    return len(near[0] & near[1]) >= 2


def _said_anyway(view: EdgeView, span: Span) -> bool:
    """True if the wire uses the retelling's word itself somewhere."""
    inside = [w for w in view.article.words if span[0] <= w.start < span[1] and is_content(w)]
    return all(stem(w.key) in view.source.view.all_stems for w in inside)


def _rank(side: Side) -> tuple[int, int] | None:
    """The paragraph in which the side begins and the number of paragraphs, headline and subheadings apart."""
    ranks, first = side.view.paragraphs, side.sentences[0]
    return (ranks[first.paragraph], len(ranks)) if first.kind == "body" else None


def _is_active(side: Side, verb: Word) -> bool:
    before = [w.key for w in side.words if w.end <= verb.start][-3:]
    return not {"was", "were", "been", "being", "be", "is", "are", "to"} & set(before[-2:])


def _agent(side: Side, verb: Word) -> Word | None:
    """The noun right before an active verb: a name, a plural, or a word with its article."""
    before = [w for w in side.words if w.end <= verb.start][-4:]
    if before and before[-1].key.endswith("ly"):
        before.pop()
    if not before or not is_content(before[-1]) or before[-1].key.endswith(("ed", "est")):
        return None
    named = any(m.start <= before[-1].start < m.end for m in side.mentions)
    article = any(w.key in ("the", "a", "an", "his", "her", "their", "its") for w in before[:-1])
    return before[-1] if named or article or before[-1].key.endswith("s") else None


def _agent_nearby(view: EdgeView, agent: Word) -> bool:
    return stem(agent.key) in view.article.stems


def _rearranged(view: EdgeView) -> bool:
    """True if more than punctuation and function words changed place."""
    return any(
        any(is_content(w) for w in view.source.words[i:i_end] + view.article.words[j:j_end])
        for op, i, i_end, j, j_end in view.runs
        if op != "equal"
    )
