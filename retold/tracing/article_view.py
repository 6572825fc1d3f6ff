"""One article as the rules read it: words, names, numbers and quotations by offset into its text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from retold.model import Article, Sentence
from retold.naming.quotations import quotations
from retold.reading.extent import readable
from retold.tracing.alignment.similarity import sentence_vectors
from retold.tracing.words import numbers, worddiff
from retold.tracing.words.language import is_content, stem
from retold.tracing.words.numbers import Number
from retold.tracing.words.worddiff import Word


@dataclass(slots=True)
class Fragment:
    """The part of one quotation that lies in an edge's side, without its marks."""

    start: int
    end: int
    words: list[Word]

    @property
    def keys(self) -> list[str]:
        """The quoted words to compare by."""
        return [word.key for word in self.words]


class ArticleView:
    """One article as the rules read it: everything by offset into its text, and nothing before it is asked for, since
    most edges say all there is to say by their operation. Made once for all edges of an article."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.prose = [read(s) for s in article.sentences if s.kind in ("headline", "subheading", "body")]
        self.order = {s.id: n for n, s in enumerate(self.prose)}
        self._words: dict[str, list[Word]] = {}
        self._numbers: dict[str, list[Number]] = {}
        self._published = _date(article.published)
        self._near: dict[str, float] = {}

    def words(self, sentence_id: str) -> list[Word]:
        """The words of a sentence of prose, none of any other."""
        if sentence_id not in self._words:
            place = self.order.get(sentence_id)
            one = None if place is None else self.prose[place]
            self._words[sentence_id] = [] if one is None else [_shifted(w, one.start) for w in _told(one.text).words]
        return self._words[sentence_id]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all words."""
        return frozenset().union(*(_told(s.text).keys for s in self.prose))

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """The stems of the content words of each sentence of prose, by its id."""
        return {s.id: _told(s.text).stems for s in self.prose}

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of all content words."""
        return frozenset().union(*self.stems.values())

    @cached_property
    def paragraphs(self) -> dict[int, int]:
        """The paragraphs of the body, each with its rank among them."""
        return {p: n for n, p in enumerate(sorted({s.paragraph for s in self.prose if s.kind == "body"}))}

    def numbers_of(self, sentence_id: str) -> list[Number]:
        """The numbers of a sentence of prose, none of any other."""
        if sentence_id not in self._numbers:
            place = self.order.get(sentence_id)
            found = [] if place is None else _placed(self.prose[place], self._published)
            self._numbers[sentence_id] = found
        return self._numbers[sentence_id]

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers of the sentences of prose."""
        return [n for s in self.prose for n in self.numbers_of(s.id)]

    @cached_property
    def fragments(self) -> list[Fragment]:
        """Every quotation of the article, without its marks."""
        spans = quotations(self.text)
        ends = [q.inner_end for q in spans]
        reached = ((s, bisect_right(ends, s.start)) for s in self.prose)
        holding = [s for s, n in reached if n < len(spans) and spans[n].inner_start < s.end]
        words = [w for s in holding for w in self.words(s.id)]
        starts = [w.start for w in words]
        found = []
        for q in spans:
            inside = words[bisect_left(starts, q.inner_start) : bisect_left(starts, q.inner_end)]
            spoken = [w for w in inside if w.kind not in ("quote", "dash", "other")]
            if spoken:
                found.append(Fragment(q.inner_start, q.inner_end, spoken))
        return found

    @cached_property
    def entity_ids(self) -> set[str]:
        """The canonical entities that the article names."""
        return {m.entity_id for m in self.article.mentions if m.entity_id}

    @cached_property
    def _meanings(self) -> NDArray[np.float32]:
        return sentence_vectors([s.text for s in self.prose])

    def nearness(self, text: str) -> float:
        """The closest of the article's sentences to the text in meaning: cosine, 0 to 1."""
        if not self.prose:
            return 0.0
        if text not in self._near:
            self._near[text] = float(np.max(self._meanings @ sentence_vectors([text])[0]))
        return self._near[text]

    def support(self, wanted: set[str]) -> float:
        """The largest share of the stems that one sentence of the article has; 1 if there are none."""
        if not wanted:
            return 1.0
        return max((len(wanted & have) for have in self.stems.values()), default=0) / len(wanted)


@dataclass(slots=True, frozen=True)
class _Told:
    """What the words of a sentence are, wherever it stands; offsets count from its beginning."""

    words: tuple[Word, ...]
    keys: frozenset[str]
    stems: frozenset[str]


def _told(text: str) -> _Told:
    """Retellings have most sentences from one source, so that those met last are kept."""
    return _kept_told(text) if len(text) <= LONGEST_KEPT else _read_words(text)


def _read_words(text: str) -> _Told:
    words = tuple(worddiff.words(text))
    keys, stems = frozenset(w.key for w in words), frozenset(stem(w.key) for w in words if is_content(w))
    return _Told(words, keys, stems)


LONGEST_KEPT = 1_000
_kept_told = lru_cache(maxsize=512)(_read_words)


def _placed(sentence: Sentence, published: date | None) -> list[Number]:
    start = sentence.start
    return [replace(n, start=n.start + start, end=n.end + start) for n in _numbers(sentence.text, published)]


@lru_cache(maxsize=512)
def _numbers(text: str, published: date | None) -> tuple[Number, ...]:
    return tuple(numbers.find(text, published))


def read(sentence: Sentence) -> Sentence:
    """The sentence as rules read it: of a very long one the text of the beginning; its offsets stay."""
    text = readable(sentence.text)
    return sentence if len(text) == len(sentence.text) else replace(sentence, text=text)


def _shifted(word: Word, by: int) -> Word:
    return Word(word.start + by, word.end + by, word.key, word.form, word.kind, word.opens)


def _date(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
