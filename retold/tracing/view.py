"""What a rule sees of an edge: both sides with their words, quotations, attributions, names and numbers, and the rest
of both articles, so that what merely moved is not mistaken for lost or new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from retold.model import Attribution, Edge, Mention, Sentence, Suggestion
from retold.tracing.article_view import ArticleView, Fragment, read
from retold.tracing.words import numbers, worddiff
from retold.tracing.words.language import close, is_content, stem
from retold.tracing.words.numbers import Number
from retold.tracing.words.worddiff import Word

Span = tuple[int, int]
MOST = 60
"""Quotations, numbers, names and attributions of one side that rules look at; they compare each with each."""

_BREAKS = frozenset(
    """and but or while as after before when where who whom whose which that because since until if although though with
    without from in on at by for to of into over under during following including amid against between through about
    despite near across within outside inside along toward towards""".split()
)


@dataclass(slots=True)
class Stretch:
    """Neighbouring phrases of one side none of whose content words the other has; indices into the side's words."""

    first: int
    last: int
    start: int
    end: int
    content: list[Word]


class Side:
    """One side of an edge: its sentences and what lies in them. Offsets are the article's."""

    def __init__(self, view: ArticleView, sentences: list[Sentence]) -> None:
        self.view = view
        self.text = view.text
        self.sentences = sorted((read(s) for s in sentences), key=lambda s: s.start)
        self.parts: list[Span] = [(s.start, s.end) for s in self.sentences]

    @cached_property
    def words(self) -> list[Word]:
        """The words of this side."""
        return [w for s in self.sentences for w in self.view.words(s.id)]

    @cached_property
    def content(self) -> list[Word]:
        """The words that carry content."""
        return [w for w in self.words if is_content(w)]

    @cached_property
    def stems(self) -> set[str]:
        """The stems of the content words."""
        return {stem(w.key) for w in self.content}

    def __bool__(self) -> bool:
        return bool(self.sentences)

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return self.parts[0][0], max(end for _, end in self.parts)

    def overlaps(self, start: int, end: int) -> bool:
        """True if the stretch touches one of the side's sentences."""
        return any(start < stop and begin < end for begin, stop in self.parts)

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers in this side."""
        return [n for s in self.sentences for n in self.view.numbers_of(s.id)][:MOST]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The names in this side."""
        return [m for m in self.view.article.mentions if self.overlaps(m.start, m.end)][:MOST]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """The attributions whose cue stands in this side."""
        return [a for a in self.view.article.attributions if self.overlaps(a.cue_start, a.cue_end)][:MOST]

    @cached_property
    def covering(self) -> list[Attribution]:
        """The attributions whose cue or content reaches into this side, wherever the rest of them is."""
        reach = self.view.article.attributions
        parts = ((a, p) for a in reach for p in [(a.cue_start, a.cue_end), *a.content_parts])
        found = {a.id: a for a, (start, end) in parts if self.overlaps(start, end)}
        return list(found.values())[:MOST]

    @cached_property
    def quoted(self) -> list[Fragment]:
        """The quotations in this side, cut to its sentences."""
        found = []
        for fragment in self.view.fragments:
            if not self.overlaps(fragment.start, fragment.end):
                continue
            inside = [w for w in fragment.words if self.overlaps(w.start, w.end)]
            if inside:
                start = max(fragment.start, min(s for s, e in self.parts if e > fragment.start))
                end = min(fragment.end, max(e for s, e in self.parts if s < fragment.end))
                found.append(Fragment(*_trimmed(self.text, start, end), inside))
            if len(found) == MOST:
                break
        return found

    def in_quotation(self, start: int, end: int) -> bool:
        """True if the stretch lies inside quotation marks."""
        return any(f.start <= start and end <= f.end for f in self.view.fragments)

    def attributed(self, start: int, end: int) -> bool:
        """True if somebody is quoted or named as the source of the stretch."""
        inside = (p for a in self.view.article.attributions for p in a.content_parts)
        return self.in_quotation(start, end) or any(a <= start and end <= b for a, b in inside)

    def phrases(self) -> Iterator[tuple[int, int]]:
        """The side's words cut at sentences and before prepositions, conjunctions and punctuation: index ranges."""
        first = 0
        opening = {s.start for s in self.sentences}
        for index, word in enumerate(self.words):
            is_break = word.key in _BREAKS or word.kind in ("quote", "dash", "other") or word.start in opening
            if is_break and index > first:
                yield first, index
                first = index
        if first < len(self.words):
            yield first, len(self.words)

    def opening(self, position: int) -> int:
        """The position moved left over articles, pronouns and the like, to where people would begin."""
        for word in reversed([w for w in self.words if w.end <= position]):
            if is_content(word) or word.kind in ("quote", "dash", "other") or word.key in _BREAKS:
                break
            position = word.start
        return position

    def span_of(self, words: Iterable[Word]) -> Span | None:
        """From the first to the last of the words."""
        found = list(words)
        return (min(w.start for w in found), max(w.end for w in found)) if found else None

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence of this side that holds the offset."""
        return next((s for s in self.sentences if s.start <= position < s.end), None)


@dataclass
class EdgeView:
    """One edge, both of its sides, and what rules ask of the two together."""

    edge: Edge
    source: Side
    article: Side

    @cached_property
    def neighbours(self) -> list[Sentence]:
        """The sentences of the retelling that stand beside those of the edge."""
        view = self.article.view
        reach = {view.order[s.id] for s in self.edge.sentences if s.id in view.order}
        near = sorted({n + step for n in reach for step in (-1, 1)} - reach)
        return [view.prose[n] for n in near if 0 <= n < len(view.prose)]

    @property
    def paired(self) -> bool:
        """True of an edge that has both sides and differs in more than typography."""
        return bool(self.source) and bool(self.article) and self.edge.operation != "kept"

    @cached_property
    def runs(self) -> list[tuple[worddiff.Op, int, int, int, int]]:
        """The word difference of the two sides, as indices into their words."""
        return worddiff.runs(self.source.words, self.article.words)

    @cached_property
    def lost(self) -> set[int]:
        """Starts of the source's content words that the other side has in no form."""
        return _unmatched(self.source, self.article)

    @cached_property
    def new(self) -> set[int]:
        """Starts of the retelling's content words that the source side has in no form."""
        return _unmatched(self.article, self.source)

    def kept_share(self, words: Iterable[Word]) -> float:
        """How many of these source words' contents the other side still has; 1 if none of them carries content."""
        return _share([w for w in words if is_content(w)], self.lost)

    def known_share(self, words: Iterable[Word]) -> float:
        """How many of these retelling words' contents the source side has; 1 if none of them carries content."""
        return _share([w for w in words if is_content(w)], self.new)

    @cached_property
    def likeness(self) -> float:
        """How far the two sides tell the same: the smaller of the shares that either keeps of the other."""
        return min(self.kept_share(self.source.words), self.known_share(self.article.words))

    def counterpart(self, words: Iterable[Word], other: Side) -> Span | None:
        """The stretch of the other side that holds what these words say: the span of the stems they share."""
        wanted = {stem(w.key) for w in words if is_content(w)}
        found = other.span_of(w for w in other.content if stem(w.key) in wanted)
        return None if found is None else (other.opening(found[0]), found[1])

    @cached_property
    def lost_stretches(self) -> list[Stretch]:
        """Whole phrases of the source that the retelling side does not have."""
        return _stretches(self.source, self.lost)

    @cached_property
    def new_stretches(self) -> list[Stretch]:
        """Whole phrases of the retelling that the source side does not have."""
        return _stretches(self.article, self.new)

    def propose(
        self, confidence: float, explanation: str, before: Span | None = None, after: Span | None = None
    ) -> Suggestion:
        """A suggestion with its evidence; label and rule are filled in by whoever asked the rule."""
        source_start, source_end = before or (None, None)
        start, end = after or (None, None)
        return Suggestion(
            label="",
            rule="",
            confidence=round(min(0.99, max(0.05, confidence)), 2),
            explanation=explanation,
            source_start=source_start,
            source_end=source_end,
            start=start,
            end=end,
            before=None if before is None else self.source.text[slice(*before)],
            after=None if after is None else self.article.text[slice(*after)],
        )


def between(words: list[Word], start: int, end: int) -> list[Word]:
    """The words that lie in a stretch of text."""
    return [w for w in words if start <= w.start and w.end <= end]


def excerpt(text: str, limit: int = 60) -> str:
    """Text for an explanation: one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


def _share(content: list[Word], missing: set[int]) -> float:
    return sum(w.start not in missing for w in content) / len(content) if content else 1.0


def _unmatched(side: Side, other: Side) -> set[int]:
    """Content words of ``side`` without stem, name, number or near-synonym in ``other``."""
    loose = [w for w in side.content if stem(w.key) not in other.stems]
    same_names = {m.entity_id for m in other.mentions if m.entity_id}
    named = [(m.start, m.end) for m in side.mentions if m.entity_id in same_names]
    valued = [(n.start, n.end) for n in side.numbers if any(numbers.equivalent(n, o) for o in other.numbers)]
    free = sorted({w.key for w in other.content if stem(w.key) not in side.stems})
    return {
        w.start
        for w in loose
        if not any(a <= w.start < b for a, b in named + valued) and not (w.kind == "word" and close(w.key, free))
    }


def _stretches(side: Side, missing: set[int]) -> list[Stretch]:
    """Runs of neighbouring phrases whose content words are all missing from the other side."""
    found: list[Stretch] = []
    current: list[Span] = []
    for first, last in [*side.phrases(), (len(side.words), len(side.words))]:
        content = [w for w in side.words[first:last] if is_content(w)]
        opens = first < last and any(s.start == side.words[first].start for s in side.sentences)
        ends = opens or (not content and first < last and side.words[first].key in ".!?;")
        if ends and current:
            found.append(_stretch(side, current[0][0], current[-1][1]))
            current = []
        if content and all(w.start in missing for w in content):
            current.append((first, last))
        elif (content or first == last) and current:
            found.append(_stretch(side, current[0][0], current[-1][1]))
            current = []
    return found


def _stretch(side: Side, first: int, last: int) -> Stretch:
    while first < last - 1 and side.words[first].kind in ("quote", "dash", "other"):
        first += 1
    while first < last - 1 and not is_content(side.words[last - 1]):
        last -= 1
    content = [w for w in side.words[first:last] if is_content(w)]
    return Stretch(first, last, side.words[first].start, side.words[last - 1].end, content)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
