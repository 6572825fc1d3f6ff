"""A corpus as numbers: every told word once, as the arrays that comparing thousands of articles needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retold.model import Article
from retold.naming import quotations
from retold.tracing import terms
from retold.tracing.weights import Weights

Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]

SHINGLE = 3
"""Words in a shingle: three running words in common are rarely chance, and survive light editing."""
BASE = np.uint64(0x9E3779B97F4A7C15)
INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


@dataclass(slots=True)
class Profile:
    """One article's told words. ``words`` and ``stems`` hold one number per running word; ``starts`` the first word of
    each sentence and the end; ``quoted`` marks words between quotation marks."""

    article: Article
    english: bool
    words: Integers
    stems: Integers
    starts: Integers
    quoted: NDArray[np.bool_]
    shingles: Hashes = field(init=False)

    def hashes(self, table: Hashes, length: int) -> Hashes:
        """A 64-bit hash of each run of ``length`` words, by its first word; runs go on across sentences."""
        return Runs(table[self.words]).of(length)


@dataclass(slots=True)
class Corpus:
    """Profiles in the order of article ids; the hash of each word, the spelling and the weight of each stem, and the
    counts that the weights come from."""

    profiles: list[Profile]
    word_hashes: Hashes
    stems: list[str]
    stem_weights: NDArray[np.float32]
    weights: Weights
    by_id: dict[str, int]

    def subset(self, article_ids: Iterable[str]) -> Corpus:
        """The same tables with some of the profiles only."""
        numbers = sorted(self.by_id[i] for i in article_ids)
        profiles = [self.profiles[n] for n in numbers]
        by_id = {profile.article.id: n for n, profile in enumerate(profiles)}
        return Corpus(profiles, self.word_hashes, self.stems, self.stem_weights, self.weights, by_id)


class Numbering(dict[str, int]):
    """Numbers things in the order in which they are first met."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


def corpus(articles: Iterable[Article], counted: Callable[[list[str]], Weights] | None = None) -> Corpus:
    """Profile a corpus. The weights of its stems come from the articles themselves, unless they are part of a larger
    corpus, of which ``counted`` tells the weights of some stems."""
    word_numbers, stem_numbers = Numbering(), Numbering()
    stem_of: list[int] = []
    english_stem: dict[str, int] = {}
    profiles = []
    for article in sorted(articles, key=lambda a: a.id):
        profiles.append(_profile(article, word_numbers, stem_numbers, stem_of, english_stem))
    hashes = np.array([hash_of(word) for word in word_numbers], dtype=np.uint64)
    for profile in profiles:
        profile.shingles = profile.hashes(hashes, SHINGLE)
    stems = list(stem_numbers)
    weights = _own(profiles, stems) if counted is None else counted(stems)
    stem_weights = np.array([weights.of_stem(stem) for stem in stems], dtype=np.float32)
    by_id = {profile.article.id: n for n, profile in enumerate(profiles)}
    return Corpus(profiles, hashes, stems, stem_weights, weights, by_id)


def _own(profiles: list[Profile], stems: list[str]) -> Weights:
    """The weights of stems by how many of these articles have them."""
    frequency = np.zeros(len(stems), dtype=np.int64)
    for profile in profiles:
        frequency[np.unique(profile.stems)] += 1
    return Weights(len(profiles), dict(zip(stems, frequency.tolist(), strict=True)))


def _profile(
    article: Article, word_numbers: Numbering, stem_numbers: Numbering, stem_of: list[int], cache: dict[str, int]
) -> Profile:
    english = terms.is_english(article)
    words: list[int] = []
    stems: list[int] = []
    starts = [0]
    quoted: list[bool] = []
    spans = quotations.quotations(article.text)
    for sentence in terms.told(article):
        found = terms.tokens(sentence.text)
        words += [word_numbers[w] for w in found]
        stems += [stem_numbers[terms.stem(w)] for w in found] if english else [stem_numbers[w] for w in found]
        inside = sum(
            max(0, min(q.inner_end, sentence.end) - max(q.inner_start, sentence.start))
            for q in spans
            if q.inner_end > sentence.start and q.inner_start < sentence.end
        )
        quoted += [2 * inside > sentence.end - sentence.start] * len(found)
        starts.append(len(words))
    return Profile(
        article,
        english,
        np.array(words, dtype=np.int64),
        np.array(stems, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        np.array(quoted, dtype=bool),
    )


@lru_cache(maxsize=1 << 16)
def hash_of(word: str) -> int:
    """64 bits of a hash that is the same in every process, which Python's own is not."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class Runs:
    """Hashes of all runs of a given number of words in a sequence, each length in linear time.

    A polynomial over 2^64 with an odd base, whose powers have inverses, so that the hash of a run does not depend on
    where it stands (Karp and Rabin 1987).
    """

    def __init__(self, words: Hashes) -> None:
        powers = np.full(len(words), BASE, dtype=np.uint64)
        inverses = np.full(len(words), INVERSE, dtype=np.uint64)
        powers[:1] = inverses[:1] = 1
        self.inverses: Hashes = np.cumprod(inverses, dtype=np.uint64)
        self.sums: Hashes = np.concatenate(
            [np.zeros(1, dtype=np.uint64), np.cumsum(words * np.cumprod(powers, dtype=np.uint64), dtype=np.uint64)]
        )

    def of(self, length: int) -> Hashes:
        """One hash per run of ``length`` words, in order; none if the sequence is shorter."""
        count = len(self.inverses) - length + 1
        if count <= 0:
            return np.zeros(0, dtype=np.uint64)
        found: Hashes = (self.sums[length : length + count] - self.sums[:count]) * self.inverses[:count]
        return found ^ (found >> np.uint64(32))
