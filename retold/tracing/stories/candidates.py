"""Which pairs of articles are worth comparing: a bounded number for each, whatever the size of the corpus.

Three nets, each catching what slips through the others: MinHash over shingles finds shared wording (Broder 1997; banded
as in Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), the rarest terms find a common subject
told in other words (names and numbers are nearly always among them), and embeddings of leads, sorted by signs of random
projections (Charikar 2002), find what shares hardly a word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from retold.naming import embeddings
from retold.tracing import terms
from retold.tracing.profiles import Corpus, Hashes, Integers

PERMUTATIONS, BAND = 64, 2
SEED = 20240105
RARE_TERMS = 24
GROUP_LIMIT = 30
"""In a larger group each article is paired with its next neighbours only, in the order of dates."""
WINDOW = 6
LEADS, PROJECTIONS, LEAD_WINDOW = 4, 32, 3
KEPT = 24
"""Partners kept for each article, by shared evidence."""

Pairs = NDArray[np.int64]


def propose(corpus: Corpus) -> Pairs:
    """Pairs of profile numbers, shape (pairs, 2), the smaller first, each once, in order."""
    count = len(corpus.profiles)
    if count < 2:
        return np.zeros((0, 2), dtype=np.int64)
    order = _chronological(corpus)
    codes: list[Integers] = []
    votes: list[NDArray[np.float32]] = []
    for keys, members, vote in (_bands(corpus), _rare(corpus)):
        near, weight = _within_groups(keys, members, vote, order)
        codes.append(_code(near, count))
        votes.append(weight)
    leads = _leads(corpus)
    codes.append(_code(leads, count))
    votes.append(np.full(len(leads), 1.0, dtype=np.float32))
    code, place = np.unique(np.concatenate(codes), return_inverse=True)
    evidence: NDArray[np.float64] = np.bincount(place, weights=np.concatenate(votes), minlength=len(code)).astype(float)
    pairs: Pairs = np.stack([code // count, code % count], axis=1).astype(np.int64)
    found: Pairs = pairs[_best(pairs, evidence, count)]
    return found


def _chronological(corpus: Corpus) -> Integers:
    """The rank of each article by date, then id; undated articles last."""
    keys = [(p.article.published or "9999", p.article.id) for p in corpus.profiles]
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _code(pairs: Pairs, count: int) -> Integers:
    ordered = np.sort(pairs, axis=1)
    return ordered[:, 0] * count + ordered[:, 1]


def _best(pairs: Pairs, evidence: NDArray[np.float64], count: int) -> Integers:
    """The pairs that are among the ``KEPT`` of greatest evidence for at least one of their articles."""
    keep = np.zeros(len(pairs), dtype=bool)
    for side in (0, 1):
        order = np.lexsort((pairs[:, 1 - side], -evidence, pairs[:, side]))
        owner = pairs[order, side]
        first = np.searchsorted(owner, np.arange(count))
        keep[order[np.arange(len(order)) - first[owner] < KEPT]] = True
    return np.flatnonzero(keep)


def _bands(corpus: Corpus) -> tuple[Hashes, Integers, NDArray[np.float32]]:
    """One key per article and band of its MinHash signature; a shared band counts as three rare terms."""
    sizes = [len(p.shingles) for p in corpus.profiles]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)
    flat = np.concatenate([p.shingles for p in corpus.profiles])
    digests = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, PERMUTATIONS, SEED)
    signatures = np.array(digests.to_rows(), dtype=np.uint64)
    filled = np.array(sizes) > 0
    keys, members = [], []
    for band in range(PERMUTATIONS // BAND):
        part = signatures[:, band * BAND : (band + 1) * BAND]
        key = np.full(len(part), band + 1, dtype=np.uint64)
        for column in part.T:
            key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(31)
        keys.append(key[filled])
        members.append(np.flatnonzero(filled))
    flat_keys = np.concatenate(keys)
    return flat_keys, np.concatenate(members), np.full(len(flat_keys), 3.0, dtype=np.float32)


def _rare(corpus: Corpus) -> tuple[Hashes, Integers, NDArray[np.float32]]:
    """One key per article and term, for the heaviest terms of the article that some other article has too."""
    keys, members, votes = [], [], []
    for n, profile in enumerate(corpus.profiles):
        stems, counts = np.unique(profile.stems, return_counts=True)
        weight = corpus.stem_weights[stems] * (1 + np.log(counts)).astype(np.float32)
        weight[corpus.document_frequency[stems] < 2] = 0
        top = np.lexsort((stems, -weight))[:RARE_TERMS]
        top = top[weight[top] > 0]
        keys.append(stems[top].astype(np.uint64))
        members.append(np.full(len(top), n, dtype=np.int64))
        votes.append(corpus.stem_weights[stems[top]] ** 2)
    return np.concatenate(keys), np.concatenate(members), np.concatenate(votes)


def _within_groups(
    keys: Hashes, members: Integers, votes: NDArray[np.float32], order: Integers
) -> tuple[Pairs, NDArray[np.float32]]:
    """Pairs of members with the same key: all of a small group, near neighbours in time of a large one."""
    place = np.lexsort((order[members], keys))
    keys, members, votes = keys[place], members[place], votes[place]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    reach = np.where(sizes <= GROUP_LIMIT, sizes - 1, WINDOW)
    reach_of, end_of = np.repeat(reach, sizes), np.repeat(starts + sizes, sizes)
    found: list[Pairs] = []
    weights: list[NDArray[np.float32]] = []
    at = np.arange(len(keys))
    for step in range(1, GROUP_LIMIT):
        left = at[(at + step < end_of) & (step <= reach_of)]
        found.append(np.stack([members[left], members[left + step]], axis=1))
        weights.append(votes[left])
    return np.concatenate(found), np.concatenate(weights)


def _leads(corpus: Corpus) -> Pairs:
    """Neighbours in several sortings of the leads' embeddings by the signs of random projections."""
    english = [n for n, p in enumerate(corpus.profiles) if p.english and len(p.words)]
    if len(english) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    vectors = embeddings.embed(_lead(corpus, n) for n in english)
    vectors = vectors - vectors.mean(axis=0)
    numbers = np.array(english, dtype=np.int64)
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(LEADS):
        signs = vectors @ random.standard_normal((vectors.shape[1], PROJECTIONS)).astype(np.float32) > 0
        place = np.lexsort((numbers, *signs.T))
        for step in range(1, LEAD_WINDOW + 1):
            found.append(np.stack([numbers[place[:-step]], numbers[place[step:]]], axis=1))
    return np.concatenate(found)


def _lead(corpus: Corpus, number: int) -> str:
    sentences: Sequence[str] = [s.text for s in terms.told(corpus.profiles[number].article)[:4]]
    return " ".join(sentences)[:1200]
