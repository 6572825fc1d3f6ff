"""What two articles have in common, measured: the evidence on which a derivation is decided."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.tracing.profiles import Corpus, Hashes, Profile, Runs

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
        self.shingles: Hashes = np.sort(profile.shingles)
        self.own_shingles: Hashes = profile.shingles[~profile.quoted[: len(profile.shingles)]]

    def presence(self, stems: NDArray[np.int64]) -> Coverage:
        """1 where a sentence (row) holds a stem of another article (column), else 0."""
        found: Coverage = np.zeros((len(self.weights), len(stems)), dtype=np.float32)
        if len(stems) and len(self.stems):
            place = np.minimum(np.searchsorted(stems, self.stems), len(stems) - 1)
            same = stems[place] == self.stems
            cell = same[self.columns]
            found[self.rows[cell], place[self.columns[cell]]] = 1
        return found


class Comparer:
    """Measures pairs of one corpus; keeps the bags of the articles it has met."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.bags: dict[int, Bags] = {}

    def both(self, a: int, b: int) -> tuple[Kinship, Kinship]:
        """The measures with ``a`` as the source of ``b``, and with ``b`` as the source of ``a``."""
        one, other = self._bag(a), self._bag(b)
        in_one, in_other = one.presence(other.stems), other.presence(one.stems)
        forward: Coverage = (other.weights @ in_one.T) / other.totals[:, None]
        backward: Coverage = (one.weights @ in_other.T) / one.totals[:, None]
        run = longest_run(one.runs, other.runs)
        return (
            _kinship((a, b), (one, other), in_one, forward, backward, run),
            _kinship((b, a), (other, one), in_other, backward, forward, run),
        )

    def _bag(self, number: int) -> Bags:
        if number not in self.bags:
            profile = self.corpus.profiles[number]
            self.bags[number] = Bags(profile, self.corpus.stem_weights, self.corpus.word_hashes)
        return self.bags[number]


def _kinship(
    pair: tuple[int, int], bags: tuple[Bags, Bags], present: Coverage, forward: Coverage, backward: Coverage, run: int
) -> Kinship:
    source, article = bags
    columns = np.asarray(present.any(axis=0)) if present.size else np.zeros(len(article.stems), dtype=bool)
    held = columns[article.of_word]
    best, sizes = _by_two(forward), article.totals
    counterpart = best >= COUNTERPART
    kept = _by_two(backward) >= COUNTERPART
    partner = forward.argmax(axis=1)[counterpart] if forward.size else np.zeros(0, dtype=np.int64)
    whole, weight = max(float(sizes.sum()), 1e-6), float(article.word_weights.sum())
    return Kinship(
        *pair,
        words_found=float(held.mean()) if held.size else 0.0,
        weight_found=float(article.word_weights @ held) / weight if weight else 0.0,
        copied=float(contained(article.own_shingles, source.shingles).mean()) if article.own_shingles.size else 0.0,
        longest_run=run,
        sentences_found=min(1.0, float(sizes @ counterpart) / whole),
        sentences_kept=float(kept.mean()) if kept.size else 0.0,
        order_kept=longest_chain(partner.tolist()) / len(partner) if len(partner) else 0.0,
        depth=min(1.0, float(sizes @ best) / whole),
    )


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


def longest_run(one: Runs, other: Runs) -> int:
    """The number of words of the longest run that both sequences hold."""
    low, high = 0, min(len(one.inverses), len(other.inverses))
    middle = min(8, high)
    while low < high:  # a common run of n words implies one of n - 1, so narrowing finds the longest
        if contained(one.of(middle), np.sort(other.of(middle))).any():
            low = middle
        else:
            high = middle - 1
        middle = min(2 * low, (low + high + 1) // 2) if low > 7 else (low + high + 1) // 2
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
