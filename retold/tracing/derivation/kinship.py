"""What two articles have in common, measured: the evidence on which a derivation is decided."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.tracing.profiles import SHINGLE, Corpus, Hashes, Profile, Runs

COUNTERPART = 0.45
"""A sentence has a counterpart where one or two sentences of the other article hold this share of its word weight."""
SECOND = 0.5

Coverage = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kinship:
    """How far ``article`` is found in ``source``; shares are 0 to 1, runs are words."""

    source: int
    article: int
    words_found: float
    weight_found: float
    copied: float
    longest_run: int
    sentences_found: float
    sentences_kept: float
    order_kept: float
    depth: float


class Bags:
    """One article's sentences over its own stems: ``weights`` has a row per sentence and a column per stem of
    ``stems``; ``rows`` and ``columns`` are its filled cells, ``of_word`` the column of each running word."""

    def __init__(self, profile: Profile, stem_weights: NDArray[np.float32], word_hashes: Hashes) -> None:
        sentences = len(profile.starts) - 1
        self.stems, self.of_word = np.unique(profile.stems, return_inverse=True)
        sentence_of = np.repeat(np.arange(sentences), np.diff(profile.starts))
        self.weights: Coverage = np.zeros((sentences, len(self.stems)), dtype=np.float32)
        self.weights[sentence_of, self.of_word] = stem_weights[profile.stems]
        self.rows, self.columns = np.nonzero(self.weights)
        self.totals = np.maximum(self.weights.sum(axis=1), np.float32(1e-6))
        self.word_weights = stem_weights[profile.stems]
        self.runs = Runs(word_hashes[profile.words])
        self.all_shingles: Hashes = profile.shingles
        self.shingles: Hashes = np.sort(profile.shingles)
        self.unquoted: NDArray[np.bool_] = ~profile.quoted[: len(profile.shingles)]
        self.whole, self.weight = max(float(self.totals.sum()), 1e-6), float(self.word_weights.sum())

    def presence(self, stems: NDArray[np.int64]) -> tuple[Coverage, NDArray[np.bool_]]:
        """1 where a sentence (row) holds a stem of another article (column), else 0; and the stems that any holds."""
        found: Coverage = np.zeros((len(self.weights), len(stems)), dtype=np.float32)
        held = np.zeros(len(stems), dtype=bool)
        if len(stems) and len(self.stems):
            place = np.minimum(np.searchsorted(stems, self.stems), len(stems) - 1)
            same = stems[place] == self.stems
            cell = same[self.columns]
            found[self.rows[cell], place[self.columns[cell]]] = 1
            held[place[same]] = True
        return found, held


class Comparer:
    """Measures pairs of one corpus; keeps the bags of the articles it has met."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.bags: dict[int, Bags] = {}

    def both(self, a: int, b: int) -> tuple[Kinship, Kinship]:
        """The measures with ``a`` as the source of ``b``, and with ``b`` as the source of ``a``."""
        one, other = self._bag(a), self._bag(b)
        (in_one, held_one), (in_other, held_other) = one.presence(other.stems), other.presence(one.stems)
        forward: Coverage = (other.weights @ in_one.T) / other.totals[:, None]
        backward: Coverage = (one.weights @ in_other.T) / one.totals[:, None]
        found = contained(other.all_shingles, one.shingles), contained(one.all_shingles, other.shingles)
        run = longest_run(one.runs, other.runs, min(_bound(shared) for shared in found))
        best = _by_two(forward), _by_two(backward)
        return (
            _kinship((a, b), other, held_one[other.of_word], forward, best, found[0], run),
            _kinship((b, a), one, held_other[one.of_word], backward, best[::-1], found[1], run),
        )

    def _bag(self, number: int) -> Bags:
        if number not in self.bags:
            profile = self.corpus.profiles[number]
            self.bags[number] = Bags(profile, self.corpus.stem_weights, self.corpus.word_hashes)
        return self.bags[number]


def _kinship(
    pair: tuple[int, int],
    article: Bags,
    held: NDArray[np.bool_],
    coverage: Coverage,
    best: tuple[NDArray[np.float32], NDArray[np.float32]],
    shingles: NDArray[np.bool_],
    run: int,
) -> Kinship:
    """``held`` tells which running words the source has, ``best`` how far sentences are held, the article's first."""
    sizes, own = article.totals, shingles[article.unquoted]
    counterpart, kept = best[0] >= COUNTERPART, best[1] >= COUNTERPART
    partner = coverage.argmax(axis=1)[counterpart] if coverage.size else np.zeros(0, dtype=np.int64)
    whole, weight = article.whole, article.weight
    return Kinship(
        *pair,
        words_found=_mean(held),
        weight_found=float(article.word_weights @ held) / weight if weight else 0.0,
        copied=_mean(own),
        longest_run=run,
        sentences_found=min(1.0, float(sizes @ counterpart) / whole),
        sentences_kept=_mean(kept),
        order_kept=longest_chain(partner.tolist()) / len(partner) if len(partner) else 0.0,
        depth=min(1.0, float(sizes @ best[0]) / whole),
    )


def _mean(true: NDArray[np.bool_]) -> float:
    return int(np.count_nonzero(true)) / true.size if true.size else 0.0


def _bound(shared: NDArray[np.bool_]) -> int:
    """The most words that a common run can have where these shingles of an article are in the other too."""
    missing = np.flatnonzero(~shared)
    ends = np.concatenate([np.full(1, -1), missing, np.full(1, len(shared))])
    return int(np.diff(ends).max()) - 1 + SHINGLE - 1


def _by_two(coverage: Coverage) -> NDArray[np.float32]:
    """How far each row is held by its best column, with part of what the second best holds: a merge of two sentences
    leaves about half of either."""
    if not coverage.shape[1]:
        return np.zeros(coverage.shape[0], dtype=np.float32)
    if coverage.shape[1] == 1:
        return coverage[:, 0]
    top = np.partition(coverage, -2, axis=1)[:, -2:]
    second = np.where(top[:, 0] > 0.2, np.minimum(top[:, 0], 1 - top[:, 1]), 0)
    return np.minimum(top[:, 1] + SECOND * second, 1.0).astype(np.float32)


def longest_run(one: Runs, other: Runs, most: int | None = None) -> int:
    """The number of words of the longest run that both sequences hold; no more than ``most``, where that is known."""
    low, high = 0, min(len(one.inverses), len(other.inverses))
    high = high if most is None else min(high, most)
    middle = high  # nearly always the shingles in a row that both have are one run
    while low < high:  # a common run of n words implies one of n - 1, so narrowing finds the longest
        if contained(one.of(middle), np.sort(other.of(middle))).any():
            low = middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return low


def contained(values: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    """Which values stand in a sorted array."""
    if not ordered.size:
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[place] == values
    return found


def longest_chain(places: list[int]) -> int:
    """The length of the longest non-decreasing chain: how many sentences stand in the order of the source."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place + 1)
        tails[at : at + 1] = [place]
    return len(tails)
