"""What the search for stories keeps of an article: a few numbers, worked out from its text alone.

They do not depend on any other article, so they can be worked out anywhere, in any order, and once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from retold.model import Article
from retold.naming import embeddings
from retold.tracing import profiles, terms
from retold.tracing.profiles import Corpus, Hashes, Integers, Profile

PERMUTATIONS, BAND = 64, 2
SEED = 20240105
SCALE = 4096
"""Leads are kept as whole numbers: sums of these do not depend on their order."""
LEAD_SENTENCES, LEAD_LENGTH = 4, 1200


@dataclass(slots=True)
class Features:
    """One article for the search. ``number`` stands for its id; ``terms`` are hashes of its stems in ascending order
    with their ``counts``; ``bands`` are keys of its MinHash signature; ``lead`` is its opening's meaning times
    ``SCALE``, empty where there is none."""

    number: int
    id: str
    published: str | None
    supersedes: str | None
    terms: Integers
    counts: Integers
    bands: Integers
    lead: NDArray[np.int16]


def number_of(article_id: str) -> int:
    """The number that stands for an article in the search: 63 bits of its id's hash, the same everywhere."""
    return profiles.hash_of(article_id) >> 1


def term_of(stem: str) -> int:
    """The number that stands for a stem: even, so that no key of a band is like it."""
    return (profiles.hash_of(stem) >> 2) << 1


def day(published: str | None) -> int | None:
    """The day of publication as a number, None if unknown."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def of(corpus: Corpus) -> list[Features]:
    """The features of each profile of a corpus."""
    found = corpus.profiles
    term_numbers = np.array([term_of(stem) for stem in corpus.stems], dtype=np.int64)
    bands, leads = _bands(found), _leads([p.article for p in found])
    return [_features(*each, term_numbers) for each in zip(found, bands, leads, strict=True)]


def _features(profile: Profile, bands: Integers, lead: NDArray[np.int16], term_numbers: Integers) -> Features:
    article = profile.article
    stems, counts = np.unique(term_numbers[profile.stems], return_counts=True)
    return Features(
        number_of(article.id),
        article.id,
        article.published,
        article.supersedes,
        stems,
        counts,
        bands if len(profile.shingles) else bands[:0],
        lead if profile.english and len(profile.words) else lead[:0],
    )


def _bands(found: Sequence[Profile]) -> list[Integers]:
    """One key per band of each MinHash signature, shape (articles, bands); odd, so that no term is like it."""
    if not found:
        return []
    sizes = [len(p.shingles) for p in found]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)
    flat: Hashes = np.concatenate([p.shingles for p in found])
    digests = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, PERMUTATIONS, SEED)
    signatures = np.array(digests.to_rows(), dtype=np.uint64)
    keys = np.zeros((len(found), PERMUTATIONS // BAND), dtype=np.uint64)
    for band in range(PERMUTATIONS // BAND):
        keys[:, band] = band + 1
        for column in signatures[:, band * BAND : (band + 1) * BAND].T:
            keys[:, band] = (keys[:, band] ^ column) * np.uint64(0x9E3779B97F4A7C15)
            keys[:, band] ^= keys[:, band] >> np.uint64(31)
    odd = (keys >> np.uint64(1)) | np.uint64(1)
    return list(odd.astype(np.int64))


def _leads(articles: Iterable[Article]) -> list[NDArray[np.int16]]:
    vectors = embeddings.embed(_lead(article) for article in articles)
    return list(np.round(vectors * SCALE).astype(np.int16))


def _lead(article: Article) -> str:
    sentences = [s.text for s in terms.told(article)[:LEAD_SENTENCES]]
    return " ".join(sentences)[:LEAD_LENGTH]
