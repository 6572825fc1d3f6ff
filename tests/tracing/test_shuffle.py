"""The search by shuffle finds the very links of the search in the index, however it is cut up."""

from __future__ import annotations

import random
import sqlite3

import numpy as np
import pytest

from retold.model import Article, Document
from retold.reading import articles as reading
from retold.tracing import profiles
from retold.tracing.stories import candidates, features, grouping, shuffle
from retold.tracing.stories.index import SORTINGS, Index

WORDS = [
    f"{a}{b}" for a in "barn cove dell fern glen hill lake moor pond vale".split() for b in "ton ley wick by".split()
]


def made(count: int, seed: int, alike: int) -> list[Article]:
    """Articles of invented places, every ``alike`` of them with most of their words in common; some are undated."""
    chosen = random.Random(seed)
    found = []
    for n in range(count):
        event = random.Random(n // alike)
        subject = [event.choice(WORDS).title() + str(event.randrange(99)) for _ in range(8)]
        lines = [
            f"{chosen.choice(subject)} told {chosen.choice(subject)} of {event.choice(WORDS)}, {chosen.choice(WORDS)}."
            for _ in range(5)
        ]
        known = {"language": "en"}
        if chosen.random() < 0.8:
            known["published"] = f"2024-03-{1 + n % 28:02d}"
        found.append(reading.article(Document(f"{n}.txt", f"{n}.txt", " ".join(lines), metadata=known)))
    reading.read_all(found)
    return found


def index_of(articles: list[Article]) -> tuple[Index, list[int]]:
    corpus = profiles.corpus(articles)
    index = Index(sqlite3.connect(":memory:", isolation_level=None))
    index.add(features.of(corpus), corpus.stems)
    return index, index.settle()


def shuffled(index: Index, numbers: list[int], fresh: set[int], parts: int, size: int) -> grouping.Links:
    """All steps one after the other in this process."""
    blocks = [shuffle.block_of(index, numbers[n : n + size], fresh) for n in range(0, len(numbers), size)]
    dealt = [shuffle.deal(block, parts) for block in blocks]
    met = [shuffle.evidence([one[part] for one in dealt], parts) for part in range(parts)]
    met += [shuffle.lead_evidence([one[parts + s] for one in dealt], parts) for s in range(SORTINGS)]
    shelves = [shuffle.shelve([one[parts + SORTINGS + part] for one in dealt]) for part in range(parts)]
    links = []
    for home in range(parts):
        for there, pairs in enumerate(shuffle.best([one[home] for one in met], parts)):
            links.append(shuffle.weigh(pairs, shelves[home], shuffle.fetch(shelves[there], pairs)))
    return shuffle.together(links)


@pytest.mark.parametrize(("parts", "size"), [(1, 1000), (2, 37), (5, 16)])
@pytest.mark.parametrize("alike", [4, 45])  # the second makes groups beyond the limit, of which neighbours are paired
def test_the_links_are_those_of_the_index(parts: int, size: int, alike: int) -> None:
    index, numbers = index_of(made(120, 1, alike))
    expected = grouping.links(index, numbers)
    assert len(expected) > 40
    assert np.array_equal(shuffled(index, numbers, set(numbers), parts, size), expected)


def test_only_fresh_articles_ask() -> None:
    index, numbers = index_of(made(120, 2, 45))
    fresh = numbers[::7]
    expected = grouping.links(index, fresh)
    assert 0 < len(expected) < len(grouping.links(index, numbers))
    assert np.array_equal(shuffled(index, numbers, set(fresh), 3, 25), expected)
    assert not len(shuffled(index, numbers, set(), 3, 25))


def test_the_likeliest_partners_are_those_of_the_index() -> None:
    index, numbers = index_of(made(90, 3, 45))
    block = shuffle.block_of(index, numbers, set(numbers))
    dealt = shuffle.deal(block, 1)
    met = shuffle.evidence([dealt[0]], 1) + [shuffle.lead_evidence([dealt[1 + s]], 1)[0] for s in range(SORTINGS)]
    pairs = shuffle.best(met, 1)[0]
    for number in numbers:
        mine = [(int(p["other"]), round(p["votes"] / shuffle.MILLION, 6)) for p in pairs[pairs["number"] == number]]
        assert mine == candidates.partners(index, number)


def test_articles_without_words_stand_alone() -> None:
    empty = [reading.article(Document(f"{n}.txt", f"{n}.txt", "123\n")) for n in range(3)]
    reading.read_all(empty)
    index, numbers = index_of(empty)
    assert not len(shuffled(index, numbers, set(numbers), 2, 2))
    assert not len(shuffle.together([]))
