"""Which pairs of articles are worth comparing: a bounded number for each, whatever the size of the corpus.

Three nets, each catching what slips through the others: MinHash over shingles finds shared wording (Broder 1997; banded
as in Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), the rarest terms find a common subject
told in other words (names and numbers are nearly always among them), and embeddings of leads, sorted by signs of random
projections (Charikar 2002), find what shares hardly a word.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from retold.tracing.profiles import Corpus
from retold.tracing.stories import features
from retold.tracing.stories.index import Index, integers

GROUP_LIMIT = 30
"""Of a larger group an article is paired with its next neighbours only, in the order of dates."""
WINDOW = 6
LEAD_WINDOW = 3
KEPT = 24
"""Partners kept for each article, by shared evidence."""

Pairs = NDArray[np.int64]
Partner = tuple[int, float]


def index_of(corpus: Corpus, connection: sqlite3.Connection | None = None) -> Index:
    """A corpus laid out for search, in memory unless a connection is given; its own weights hold."""
    index = Index(connection or sqlite3.connect(":memory:", isolation_level=None), corpus.weights)
    index.add(features.of(corpus), corpus.stems)
    return index


def propose(corpus: Corpus) -> Pairs:
    """Pairs of profile numbers, shape (pairs, 2), the smaller first, each once, in order."""
    index = index_of(corpus)
    place = {features.number_of(p.article.id): n for n, p in enumerate(corpus.profiles)}
    found = {(min(p), max(p)) for p in ((place[a], place[b]) for a, b in pairs(index, index.settle()))}
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def pairs(index: Index, fresh: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each fresh article with those of the settled ones that are among its likeliest partners, the best first.

    Two fresh articles may come both ways round.
    """
    for number in fresh:
        for other, _ in partners(index, number):
            yield number, other


def partners(index: Index, number: int) -> list[Partner]:
    """An article's likeliest partners with the evidence that speaks for each, the best first."""
    evidence: dict[int, float] = defaultdict(float)
    moment, keys, _ = index.settled(number)
    for key, vote in zip(keys.tolist(), index.votes(keys), strict=True):
        for other in _bearers(index, key, moment, number):
            evidence[other] += vote
    for other in _leads(index, number):
        evidence[other] += 1.0
    evidence.pop(number, None)
    ranked = sorted((-round(value, 6), other) for other, value in evidence.items())[:KEPT]
    return [(other, -value) for value, other in ranked]


def _bearers(index: Index, key: int, moment: int, number: int) -> list[int]:
    """Who shares a key with an article: all of a few, of many those next to it in the order of dates."""
    run = index.connection.execute
    found = run("select number from search_keys where key = ? limit ?", [key, GROUP_LIMIT + 1]).fetchall()
    if len(found) > GROUP_LIMIT:
        here = [key, moment, number, WINDOW]
        found = run(
            "select number from search_keys where key = ? and (day, number) < (?, ?) order by day desc, number desc"
            " limit ?",
            here,
        ).fetchall()
        found += run(
            "select number from search_keys where key = ? and (day, number) > (?, ?) order by day, number limit ?", here
        ).fetchall()
    return [row[0] for row in found if row[0] != number]


def _leads(index: Index, number: int) -> Iterator[int]:
    """Neighbours in several sortings of the leads."""
    run = index.connection.execute
    (codes,) = run("select codes from search_articles where number = ?", [number]).fetchone()
    for sorting, code in enumerate(integers(codes).tolist()):
        here = [sorting, code, number, LEAD_WINDOW]
        for beyond, order in (("<", "desc"), (">", "asc")):
            rows = run(
                f"select number from search_leads where sorting = ? and (code, number) {beyond} (?, ?)"
                f" order by code {order}, number {order} limit ?",
                here,
            )
            yield from (row[0] for row in rows)
