"""The search for stories by many machines: a keyed shuffle that finds the very links of ``grouping.links``.

``block_of`` takes articles out of the index as plain arrays, and from there every step is a function of arrays that may
run anywhere. Rows travel three times, each time to whoever has the same number: by key, so that bearers of one key meet
(``evidence``); by article, so that all that speaks for a pair meets (``best``); and the words of partners to the
articles that asked for them (``fetch``, ``weigh``). No step holds more than its part of the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.tracing.profiles import Integers
from retold.tracing.stories import grouping
from retold.tracing.stories.bags import Bag, Values
from retold.tracing.stories.candidates import GROUP_LIMIT, KEPT, LEAD_WINDOW, WINDOW
from retold.tracing.stories.grouping import LINK, Links
from retold.tracing.stories.index import SORTINGS, UNDATED, Index

MILLION = 1_000_000
"""Votes are counted in millionths: sums of whole numbers do not depend on their order."""

Rows = NDArray[np.void]
KEYED = np.dtype([("key", "<i8"), ("moment", "<i8"), ("number", "<i8"), ("votes", "<i8"), ("fresh", "?")])
PAIR = np.dtype([("number", "<i8"), ("other", "<i8"), ("votes", "<i8")])


@dataclass(slots=True)
class Shelf:
    """Articles with their weighted terms, in the order of their ``numbers``; ``ends`` says where in ``terms`` and
    ``values`` those of each come to an end."""

    numbers: Integers
    moments: Integers
    ends: Integers
    terms: Integers
    values: Values

    def get(self, number: int) -> tuple[Bag, int | None]:
        """The bag of an article, and its day, None if it is undated."""
        place = int(np.searchsorted(self.numbers, number))
        part = slice(int(self.ends[place - 1]) if place else 0, int(self.ends[place]))
        moment = int(self.moments[place])
        return Bag(self.terms[part], self.values[part]), None if moment == UNDATED else moment

    def take(self, places: Integers) -> Shelf:
        """The articles at these places, which are in order."""
        starts = np.concatenate([[0], self.ends])[places]
        sizes = self.ends[places] - starts
        ends = np.cumsum(sizes)
        flat = np.arange(int(sizes.sum())) + np.repeat(starts - (ends - sizes), sizes)
        return Shelf(self.numbers[places], self.moments[places], ends, self.terms[flat], self.values[flat])


@dataclass(slots=True)
class Block:
    """Some settled articles as the search needs them: their ``shelf``, which are ``fresh``, the ``keys`` of each up to
    its ``ends`` with the ``votes`` of each key, and ``codes``, shape (articles, sortings), of those with ``leads``."""

    shelf: Shelf
    fresh: NDArray[np.bool_]
    ends: Integers
    keys: Integers
    votes: Integers
    leads: Integers
    codes: Integers


def block_of(index: Index, numbers: Sequence[int], fresh: set[int]) -> Block:
    """Some settled articles; memory and time are theirs alone."""
    order = sorted(numbers)
    found = [index.settled(number) for number in order]
    bags = [index.bag(number) for number in order]
    keys = [keys for _, keys, _ in found]
    flat = _flat(keys)
    different, place = np.unique(flat, return_inverse=True)
    votes = np.rint(np.array(index.votes(different), dtype=np.float64) * MILLION).astype(np.int64)
    leads = [n for n, (_, _, codes) in enumerate(found) if len(codes)]
    shelf = Shelf(
        np.array(order, dtype=np.int64),
        np.array([moment for moment, _, _ in found], dtype=np.int64),
        np.cumsum([len(bag.terms) for bag in bags], dtype=np.int64),
        _flat([bag.terms for bag in bags]),
        np.concatenate([np.zeros(0), *(bag.values for bag in bags)]),
    )
    return Block(
        shelf,
        np.array([number in fresh for number in order], dtype=bool),
        np.cumsum([len(one) for one in keys], dtype=np.int64),
        flat,
        votes[place],
        np.array(leads, dtype=np.int64),
        _flat([found[n][2] for n in leads]).reshape(-1, SORTINGS),
    )


def _flat(arrays: Sequence[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])


def part_of(values: Integers, parts: int) -> Integers:
    """Who gets a key or an article. The lowest bit of a key says its kind and nothing about who should get it."""
    return (values >> 1) % parts


def deal(block: Block, parts: int) -> list[Rows | Shelf]:
    """First step. A block's rows for each part by key, then for each sorting of leads, then its shelf for each part."""
    shelf = block.shelf
    owner = np.repeat(np.arange(len(shelf.numbers)), np.diff(block.ends, prepend=0))
    rows = np.empty(len(block.keys), dtype=KEYED)
    rows["key"], rows["votes"] = block.keys, block.votes
    for name, values in (("moment", shelf.moments), ("number", shelf.numbers), ("fresh", block.fresh)):
        rows[name] = values[owner]
    to = part_of(block.keys, parts)
    home = part_of(shelf.numbers, parts)
    return [
        *(rows[to == part] for part in range(parts)),
        *(_leads(block, sorting) for sorting in range(SORTINGS)),
        *(shelf.take(np.flatnonzero(home == part)) for part in range(parts)),
    ]


def _leads(block: Block, sorting: int) -> Rows:
    rows = np.zeros(len(block.leads), dtype=KEYED)
    rows["moment"] = block.codes[:, sorting]
    rows["number"], rows["fresh"] = block.shelf.numbers[block.leads], block.fresh[block.leads]
    rows["votes"] = MILLION
    return rows


def evidence(pieces: Sequence[Rows], parts: int) -> list[Rows]:
    """Second step. Each fresh article with those that share a key with it, for each part of articles.

    Of a small group all are paired, of a large one neighbours in the order of dates, as ``candidates`` has it.
    """
    rows, room = _grouped(pieces)
    size = room + _place(rows) + 1
    reach = np.where(size > GROUP_LIMIT, np.minimum(room, WINDOW), room)
    return _by_owner(_summed(_met(rows, reach)), parts)


def lead_evidence(pieces: Sequence[Rows], parts: int) -> list[Rows]:
    """The same for one sorting of leads: each fresh article with its neighbours."""
    rows, room = _grouped(pieces)
    return _by_owner(_summed(_met(rows, np.minimum(room, LEAD_WINDOW))), parts)


def _grouped(pieces: Sequence[Rows]) -> tuple[Rows, Integers]:
    """The rows in order, and how many rows of the same key come after each."""
    rows = np.concatenate([np.empty(0, dtype=KEYED), *pieces])
    rows = rows[np.lexsort((rows["number"], rows["moment"], rows["key"]))]
    return rows, _place(rows[::-1])[::-1]


def _place(rows: Rows) -> Integers:
    """How many rows of the same key come before each."""
    here = np.arange(len(rows))
    first = np.ones(len(rows), dtype=bool)
    first[1:] = rows["key"][1:] != rows["key"][:-1]
    return here - np.maximum.accumulate(np.where(first, here, 0))


def _met(rows: Rows, reach: Integers) -> list[Rows]:
    """Each fresh row with those up to ``reach`` after it, and each of those that is fresh with the row."""
    found = []
    for distance in range(1, int(reach.max(initial=0)) + 1):
        here = np.flatnonzero(reach >= distance)
        for one, other in ((here, here + distance), (here + distance, here)):
            asks = rows["fresh"][one]
            pairs = np.empty(int(asks.sum()), dtype=PAIR)
            pairs["number"], pairs["other"] = rows["number"][one[asks]], rows["number"][other[asks]]
            pairs["votes"] = rows["votes"][one[asks]]
            found.append(pairs)
    return found


def _summed(pieces: Sequence[Rows]) -> Rows:
    """Each pair once with all of its votes, in order."""
    pairs = np.concatenate([np.empty(0, dtype=PAIR), *pieces])
    pairs = pairs[np.lexsort((pairs["other"], pairs["number"]))]
    if not len(pairs):
        return pairs
    new = (pairs["number"][1:] != pairs["number"][:-1]) | (pairs["other"][1:] != pairs["other"][:-1])
    starts = np.concatenate([[0], np.flatnonzero(new) + 1])
    summed: Rows = pairs[starts]
    summed["votes"] = np.add.reduceat(pairs["votes"], starts)
    return summed


def _by_owner(pairs: Rows, parts: int) -> list[Rows]:
    home = part_of(pairs["number"], parts)
    return [pairs[home == part] for part in range(parts)]


def best(pieces: Sequence[Rows], parts: int) -> list[Rows]:
    """Third step. The likeliest partners of each article, for each part that its partners are in."""
    pairs = _summed(pieces)
    pairs = pairs[np.lexsort((pairs["other"], -pairs["votes"], pairs["number"]))]
    here = np.arange(len(pairs))
    first = np.ones(len(pairs), dtype=bool)
    first[1:] = pairs["number"][1:] != pairs["number"][:-1]
    pairs = pairs[here - np.maximum.accumulate(np.where(first, here, 0)) < KEPT]
    home = part_of(pairs["other"], parts)
    return [pairs[home == part] for part in range(parts)]


def shelve(pieces: Sequence[Shelf]) -> Shelf:
    """All articles of a part."""
    starts = np.cumsum([0, *(len(one.terms) for one in pieces)])
    joined = Shelf(
        _flat([one.numbers for one in pieces]),
        _flat([one.moments for one in pieces]),
        _flat([one.ends + start for one, start in zip(pieces, starts.tolist(), strict=False)]),
        _flat([one.terms for one in pieces]),
        np.concatenate([np.zeros(0), *(one.values for one in pieces)]),
    )
    # Between two pieces the ends go on, so that any order of the articles can be taken.
    return joined.take(np.argsort(joined.numbers))


def fetch(shelf: Shelf, pairs: Rows) -> Shelf:
    """Fourth step, where the partners are: those that were asked for."""
    return shelf.take(np.searchsorted(shelf.numbers, np.unique(pairs["other"])))


def weigh(pairs: Rows, shelf: Shelf, others: Shelf) -> Links:
    """Last step: which pairs are alike enough to be one story."""
    found: list[tuple[float, int, int]] = []
    for number, other in zip(pairs["number"].tolist(), pairs["other"].tolist(), strict=True):
        strength = grouping.strength(shelf.get(number), others.get(other))
        if strength >= 1:
            found.append((-strength, min(number, other), max(number, other)))
    return np.array(found, dtype=LINK)


def together(pieces: Sequence[Links]) -> Links:
    """All links, each once, the strongest first."""
    rows = np.unique(np.concatenate([np.empty(0, dtype=LINK), *pieces]))
    rows.sort(order=["strength", "a", "b"])
    return rows
