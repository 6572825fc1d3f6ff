"""What two articles' sentences have in common, feature by feature, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from retold.model import Article, Sentence
from retold.naming import embeddings, quotations
from retold.reading.extent import readable
from retold.tracing import terms
from retold.tracing.weights import Weights

Matrix = NDArray[np.float32]

FEATURES = frozenset(
    {"stems", "synonyms", "weights", "numbers", "entities", "quotations", "embeddings", "neighbourhood", "headline"}
)
"""Every feature by name; an aligner without one of them is what an ablation measures."""

ENTITY_FACTOR = 1.4
NUMBER_FACTOR = 1.25
SYNONYM_FROM, SYNONYM_TO, SYNONYM_CREDIT = 0.45, 0.9, 0.7
MEANING_FROM, MEANING_TO = 0.30, 0.85
MAX_SYNONYM_WORDS = 3000
VECTORS_KEPT = 100_000
SENTENCES_KEPT = 8192
LONGEST_QUOTATION, MOST_QUOTATIONS = 2_000, 40  # characters; quotations of one sentence


@dataclass(slots=True)
class Side:
    """The sentences of one article as bags of weighted terms: ``bags`` is sentences by vocabulary, cells are
    weights. ``vocabulary`` gives for each term, in the order of the columns, the word that it was first met as.
    ``columns`` and ``column_weights`` are the filled cells of each row, padded with weights of 0."""

    sentences: list[Sentence]
    vocabulary: dict[str, str]
    bags: Matrix
    meanings: Matrix
    numbers: list[frozenset[str]]
    quotes: list[list[str]]
    english: bool
    totals: Matrix = field(init=False)
    gram: Matrix = field(init=False)
    heads: NDArray[np.bool_] = field(init=False)
    columns: NDArray[np.int64] = field(init=False)
    column_weights: Matrix = field(init=False)
    subheadings: NDArray[np.bool_] = field(init=False)
    classes: NDArray[np.int8] = field(init=False)
    _words: Matrix | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.totals = np.maximum(self.bags.sum(axis=1), 1e-6).astype(np.float32)
        self.heads = np.array([s.kind == "headline" for s in self.sentences], dtype=bool)
        self.subheadings = np.array([s.kind == "subheading" for s in self.sentences], dtype=bool)
        self.classes = _headline_classes(self.sentences)
        self.gram = self.meanings @ self.meanings.T
        longest = int((self.bags > 0).sum(axis=1).max()) if self.bags.size else 0
        self.columns = np.argsort(self.bags <= 0, axis=1, kind="stable")[:, :longest].astype(np.int64)
        self.column_weights = np.take_along_axis(self.bags, self.columns, axis=1)

    @property
    def words(self) -> Matrix:
        """The meaning of each word of the vocabulary, looked up when first asked for."""
        if self._words is None:
            self._words = _word_vectors(list(self.vocabulary.values()))
        return self._words


@dataclass(slots=True)
class Pair:
    """Two sides compared. ``found_left`` (left sentences by right vocabulary) says how far a left sentence holds each
    term of the right side, 0 to 1, and ``found_right`` the reverse; the other matrices are left by right sentences."""

    left: Side
    right: Side
    found_left: Matrix
    found_right: Matrix
    cover_left: Matrix
    cover_right: Matrix
    cosines: Matrix
    meaning: Matrix
    bonus: Matrix
    allowed: NDArray[np.bool_]

    def headed(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which blocks (rows of sentence numbers) hold a headline."""
        return np.logical_or(self.left.heads[left].any(axis=1), self.right.heads[right].any(axis=1))


def side(article: Article, weights: Weights, features: frozenset[str] = FEATURES) -> Side:
    """The told sentences of an article, ready to compare."""
    sentences = terms.told(article)
    english = terms.is_english(article)
    named = _named(article) if "entities" in features else {}
    token_lists = [terms.tokens(readable(s.text)) for s in sentences]
    vocabulary: dict[str, str] = {}
    index: dict[str, int] = {}
    known: dict[str, tuple[int, float]] = {}
    rows: list[dict[int, float]] = []
    for sentence, tokens in zip(sentences, token_lists, strict=True):
        names = named.get(sentence.id, frozenset())
        cells: dict[int, float] = {}
        for word in dict.fromkeys(tokens):
            if word not in known:
                key, weight = _term(word, weights, english, features)
                known[word] = index.setdefault(key, len(index)), weight
                vocabulary.setdefault(key, word)
            column, weight = known[word]
            if word in names:
                weight *= ENTITY_FACTOR
            if weight > cells.get(column, 0.0):
                cells[column] = weight
        rows.append(cells)
    bags = np.zeros((len(sentences), len(index)), dtype=np.float32)
    for row, cells in enumerate(rows):
        bags[row, list(cells)] = list(cells.values())
    meanings = np.zeros((len(sentences), 0), dtype=np.float32)
    if english and "embeddings" in features:
        meanings = sentence_vectors([readable(s.text) for s in sentences])
    digits = {word for word in known if terms.is_number(word)}
    numbers = [frozenset(digits.intersection(tokens)) for tokens in token_lists]
    return Side(sentences, vocabulary, bags, meanings, numbers, _quotes(article, sentences), english)


_sentences: dict[str, Matrix] = {}


def sentence_vectors(texts: list[str]) -> Matrix:
    """One unit vector per text (0 where it has no token); kept for a while, because retellings share sentences."""
    if len(_sentences) > SENTENCES_KEPT:
        _sentences.clear()
    new = [text for text in dict.fromkeys(texts) if text not in _sentences]
    _sentences.update(zip(new, embeddings.embed(new), strict=True))
    return np.stack([_sentences[text] for text in texts]) if texts else np.zeros((0, 0), dtype=np.float32)


def _term(word: str, weights: Weights, english: bool, features: frozenset[str]) -> tuple[str, float]:
    """What a word is compared as, and its weight."""
    weight = weights.of(word, english) if "weights" in features else 1.0
    weight *= NUMBER_FACTOR if "numbers" in features and terms.is_number(word) else 1.0
    return terms.stem(word) if english and "stems" in features else word, weight


def _named(article: Article) -> dict[str, frozenset[str]]:
    """The words of the names in each sentence, by sentence id."""
    found: dict[str, set[str]] = {}
    for mention in article.mentions:
        found.setdefault(mention.sentence_id, set()).update(
            w for w in terms.words(mention.text) if w not in terms.FUNCTION_WORDS
        )
    return {key: frozenset(value) for key, value in found.items()}


def _quotes(article: Article, sentences: list[Sentence]) -> list[list[str]]:
    """What stands between quotation marks in each sentence, as normalised words; scraps of one word are left out.

    Of a very long quotation the beginning counts, of very many the first: they are compared each with each.
    """
    found: list[list[str]] = [[] for _ in sentences]
    spans = quotations.quotations(article.text)
    at = 0
    for row, sentence in enumerate(sentences):
        while at < len(spans) and spans[at].inner_end <= sentence.start:
            at += 1
        for quote in spans[at:]:
            if quote.inner_start >= sentence.end or len(found[row]) == MOST_QUOTATIONS:
                break
            start, end = max(quote.inner_start, sentence.start), min(quote.inner_end, sentence.end)
            tokens = terms.words(article.text[start : min(end, start + LONGEST_QUOTATION)])
            if len(tokens) > 1:
                found[row].append(" ".join(tokens))
    return found


def compare(left: Side, right: Side, features: frozenset[str] = FEATURES) -> Pair:
    """All that the decision needs to know of two articles."""
    used = features if left.english and right.english else features - {"synonyms"}
    alike = _alike(left, right, used)
    found_left = _found(left.bags, alike)
    found_right = _found(right.bags, alike.T)
    cover_right = (found_left @ right.bags.T) / right.totals[None, :]
    cover_left = ((found_right @ left.bags.T) / left.totals[None, :]).T
    cosines = _cosines(left.meanings, right.meanings)
    meaning = stretched(cosines)
    bonus = _bonus(left, right, features)
    allowed = _allowed(left, right) & ~_mere_topics(left, right, np.minimum(cover_left, cover_right))
    pair = Pair(left, right, found_left, found_right, cover_left, cover_right, cosines, meaning, bonus, allowed)
    if "neighbourhood" in features:
        pair.bonus += NEIGHBOUR * _neighbours(base(pair), left, right)
    return pair


NEIGHBOUR = 0.35
WORDS_SHARE = 0.65


def base(pair: Pair) -> Matrix:
    """How much either sentence of each pair supports the other, 0 to 1: shared weight, and nearness of meaning."""
    words: Matrix = (pair.cover_left + pair.cover_right) / np.float32(2)
    if not pair.meaning.size:
        return words
    mixed: Matrix = WORDS_SHARE * words + (1 - WORDS_SHARE) * pair.meaning
    return mixed


def _alike(left: Side, right: Side, features: frozenset[str]) -> Matrix:
    """Left by right vocabulary: 1 for the same term, part credit for words of near meaning."""
    mine, others = left.vocabulary, right.vocabulary
    alike = np.zeros((len(mine), len(others)), dtype=np.float32)
    if "synonyms" in features and max(len(mine), len(others)) <= MAX_SYNONYM_WORDS and mine and others:
        near = left.words @ right.words.T
        credit = SYNONYM_CREDIT * (near - SYNONYM_FROM) / (SYNONYM_TO - SYNONYM_FROM)
        alike = np.clip(credit, 0.0, SYNONYM_CREDIT).astype(np.float32)
    position = {term: n for n, term in enumerate(others)}
    shared = [term in position for term in mine]
    alike[shared, [position[term] for term in mine if term in position]] = 1.0
    return alike


_vectors: dict[str, Matrix] = {}


def _word_vectors(vocabulary: list[str]) -> Matrix:
    """One unit vector per word; zero for numbers and function words, whose nearness means nothing."""
    if len(_vectors) > VECTORS_KEPT:
        _vectors.clear()
    new = [word for word in vocabulary if word not in _vectors]
    for word, vector in zip(new, embeddings.embed(new), strict=True):
        blank = not word.isalpha() or word in terms.FUNCTION_WORDS or len(word) < 3
        _vectors[word] = np.zeros_like(vector) if blank else vector
    return np.concatenate([_vectors[word] for word in vocabulary]).reshape(len(vocabulary), -1)


def _found(bags: Matrix, alike: Matrix) -> Matrix:
    """Sentences by the other vocabulary: how far one of the sentence's terms is like each term of the other side."""
    found = np.zeros((bags.shape[0], alike.shape[1]), dtype=np.float32)
    for row, present in enumerate(bags > 0):
        if present.any():
            np.max(alike[present], axis=0, out=found[row])
    return found


def _cosines(left: Matrix, right: Matrix) -> Matrix:
    if not left.shape[1] or not right.shape[1]:
        return np.zeros((0, 0), dtype=np.float32)
    return left @ right.T


def stretched(cosines: Matrix) -> Matrix:
    """Cosines stretched so that 0 is the usual for unrelated sentences and 1 for a close paraphrase."""
    scaled: Matrix = np.clip((cosines - MEANING_FROM) / (MEANING_TO - MEANING_FROM), 0.0, 1.0)
    return scaled


QUOTE_BONUS, NUMBER_BONUS, NUMBER_MALUS, HEADLINE_BONUS = 0.25, 0.06, 0.04, 0.15


def _bonus(left: Side, right: Side, features: frozenset[str]) -> Matrix:
    bonus = np.zeros((len(left.sentences), len(right.sentences)), dtype=np.float32)
    if "quotations" in features:
        for i, j in _both(left.quotes, right.quotes):
            bonus[i, j] += QUOTE_BONUS * _same_quote(left.quotes[i], right.quotes[j])
    if "numbers" in features:
        for i, j in _both(left.numbers, right.numbers):
            bonus[i, j] += -NUMBER_MALUS if left.numbers[i].isdisjoint(right.numbers[j]) else NUMBER_BONUS
    if "headline" in features:
        for i, j in _both(left.heads.tolist(), right.heads.tolist()):
            bonus[i, j] += HEADLINE_BONUS
    return bonus


def _both(left: Sequence[object], right: Sequence[object]) -> Iterator[tuple[int, int]]:
    """The pairs of sentences both of which have something."""
    rows, columns = ([n for n, one in enumerate(side) if one] for side in (left, right))
    return product(rows, columns)


def _same_quote(left: list[str], right: list[str]) -> float:
    """0 to 1: how much of the shorter quotation stands in the longer, for the best matching two."""
    best = 0.0
    for a in left:
        for b in right:
            short = min(len(a.split()), len(b.split()))
            if short > 1:
                best = max(best, fuzz.partial_ratio(a, b, score_cutoff=60) / 100 * min(1.0, short / 5))
    return max(0.0, (best - 0.5) * 2)


def _neighbours(scores: Matrix, left: Side, right: Side) -> Matrix:
    """The mean of how well the sentences before and after a pair fit each other; a missing neighbour does not count."""
    rows, columns = scores.shape
    total = np.zeros((rows, columns), dtype=np.float32)
    count = np.zeros((rows, columns), dtype=np.float32)
    padded = np.zeros((rows + 2, columns + 2), dtype=np.float32)
    padded[1:-1, 1:-1] = scores
    for step in (-1, 1):
        diagonal = padded[1 + step : rows + 1 + step, 1 + step : columns + 1 + step]
        across = padded[1 + step : rows + 1 + step, 1:-1]
        down = padded[1:-1, 1 + step : columns + 1 + step]
        total += np.maximum(diagonal, 0.7 * np.maximum(across, down))
        count += 1
    if rows and columns:
        count[0] -= 0.5
        count[-1] -= 0.5
    return (total / np.maximum(count, 0.5)).astype(np.float32)


def _allowed(left: Side, right: Side) -> NDArray[np.bool_]:
    """A headline may stand against a headline or the lead only; everything else against anything but a headline."""
    rows, columns = left.classes, right.classes
    head_left, head_right = rows == 0, columns == 0
    ok: NDArray[np.bool_] = ~head_left[:, None] & ~head_right[None, :]
    ok |= head_left[:, None] & head_right[None, :]
    if not head_right.any():
        ok |= head_left[:, None] & (columns == 1)[None, :]
    if not head_left.any():
        ok |= (rows == 1)[:, None] & head_right[None, :]
    return ok


SAME_CLAIM = 0.6
"""The share of either's weight that a subheading and a sentence of the body must have in common to be joined."""


def _mere_topics(left: Side, right: Side, covered: Matrix) -> NDArray[np.bool_]:
    """A subheading names what sentences are about and claims nothing: it stands against a subheading, or against a
    sentence that says nearly the same."""
    one: NDArray[np.bool_] = left.subheadings[:, None] != right.subheadings[None, :]
    return one & (covered < SAME_CLAIM)


def _headline_classes(sentences: list[Sentence]) -> NDArray[np.int8]:
    """0 for a headline, 1 for the lead (the first paragraph of the body), 2 for the rest."""
    lead = next((s.paragraph for s in sentences if s.kind == "body"), None)
    classes = [0 if s.kind == "headline" else 1 if s.paragraph == lead else 2 for s in sentences]
    return np.array(classes, dtype=np.int8)
