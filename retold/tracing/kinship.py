"""What two articles have in common, measured: the evidence on which a derivation is decided."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from retold.tracing.profiles import Corpus, Hashes, Profile, run_hashes

COUNTERPART = 0.45
"""A sentence has a counterpart where one or two sentences of the other article hold this share of its word weight."""
SECOND = 0.5
LONGEST_RUN = 4096

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


class Comparer:
    """Measures pairs of one corpus; keeps the sentence bags of the articles it has met."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.bags: dict[int, tuple[csr_array, NDArray[np.float32]]] = {}

    def both(self, a: int, b: int) -> tuple[Kinship, Kinship]:
        """The measures with ``a`` as the source of ``b``, and with ``b`` as the source of ``a``."""
        one, other = self.corpus.profiles[a], self.corpus.profiles[b]
        forward, backward = self.coverage(b, a), self.coverage(a, b)
        run = longest_run(self.corpus.word_hashes[one.words], self.corpus.word_hashes[other.words])
        return (
            self._kinship(a, b, one, other, forward, backward, run),
            self._kinship(b, a, other, one, backward, forward, run),
        )

    def coverage(self, article: int, source: int) -> Coverage:
        """Article sentences by source sentences: the share of an article sentence's word weight that the other holds."""
        weights, totals = self._bag(article)
        present, _ = self._bag(source)
        binary = csr_array((np.ones_like(present.data), present.indices, present.indptr), shape=present.shape)
        covered: Coverage = (weights @ binary.T).toarray() / totals[:, None]
        return covered

    def _bag(self, number: int) -> tuple[csr_array, NDArray[np.float32]]:
        if number not in self.bags:
            profile = self.corpus.profiles[number]
            shape = (len(profile.starts) - 1, len(self.corpus.stem_weights))
            bag = csr_array((np.ones(len(profile.stems), np.float32), profile.stems, profile.starts), shape=shape)
            bag.sum_duplicates()
            bag.data = self.corpus.stem_weights[bag.indices]
            totals = np.maximum(np.asarray(bag.sum(axis=1)).ravel(), 1e-6).astype(np.float32)
            self.bags[number] = bag, totals
        return self.bags[number]

    def _kinship(  # noqa: PLR0913, PLR0917 -- both ways share what was measured once
        self, a: int, b: int, source: Profile, article: Profile, forward: Coverage, backward: Coverage, run: int
    ) -> Kinship:
        held = np.isin(article.stems, source.stems)
        weight = self.corpus.stem_weights[article.stems]
        best = _by_two(forward)
        sizes = self._bag(b)[1]
        counterpart = best >= COUNTERPART
        kept = _by_two(backward) >= COUNTERPART
        partner = forward.argmax(axis=1)[counterpart] if forward.size else np.zeros(0, dtype=np.int64)
        return Kinship(
            a,
            b,
            float(held.mean()) if held.size else 0.0,
            float(weight @ held / max(weight.sum(), 1e-6)),
            self._copied(source, article),
            run,
            float(sizes @ counterpart / max(float(sizes.sum()), 1e-6)),
            float(kept.mean()) if kept.size else 0.0,
            longest_chain(partner.tolist()) / len(partner) if len(partner) else 0.0,
            float(sizes @ best / max(float(sizes.sum()), 1e-6)),
        )

    def _copied(self, source: Profile, article: Profile) -> float:
        """The share of the article's shingles outside quotations that the source has too: a quotation proves little,
        two reporters may have heard it."""
        own = ~article.quoted[: len(article.shingles)]
        shingles = article.shingles[own]
        return float(np.isin(shingles, source.shingles).mean()) if shingles.size else 0.0


def _by_two(coverage: Coverage) -> NDArray[np.float32]:
    """How far each row is held by its best column, with part of what the second best holds: a merge of two sentences
    leaves about half of either."""
    if not coverage.shape[1]:
        return np.zeros(coverage.shape[0], dtype=np.float32)
    if coverage.shape[1] == 1:
        return coverage[:, 0]
    top = np.partition(coverage, -2, axis=1)[:, -2:]
    both: NDArray[np.float32] = top[:, 1] + SECOND * np.minimum(top[:, 0], 1 - top[:, 1]) * (top[:, 0] > 0.2)
    return np.minimum(both, 1.0)


def longest_run(a: Hashes, b: Hashes) -> int:
    """The number of words of the longest run that both sequences hold; at most ``LONGEST_RUN``."""
    low, high = 0, min(len(a), len(b), LONGEST_RUN)
    while low < high:  # a common run of n words implies one of n - 1, so halving finds the longest
        middle = (low + high + 1) // 2
        if np.isin(run_hashes(a, middle), run_hashes(b, middle)).any():
            low = middle
        else:
            high = middle - 1
    return low


def longest_chain(places: list[int]) -> int:
    """The length of the longest non-decreasing chain: how many sentences stand in the order of the source."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place + 1)
        tails[at : at + 1] = [place]
    return len(tails)
