"""Which sentences could form one edge, and what each such block is worth.

Blocks grow one sentence at a time (as item sets do in Apriori, Agrawal and Srikant 1994): a block worth no more than
what its parts bring without it can never belong to the best choice, so neither it nor anything grown from it is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retold.tracing.alignment.packing import Block
from retold.tracing.alignment.similarity import WORDS_SHARE, Matrix, Pair, Side, base, stretched

THRESHOLD = 0.30
"""The support below which a sentence is better left alone."""
JOIN = 0.20
"""What each sentence beyond the first of a side must bring besides its own support: joining needs a reason."""
FAR = 0.35
"""The same again for each gap, where the sentences of a side are not neighbours."""
CROSSED = 0.30
"""The same again for a block with several sentences on both sides."""
OWN = 0.8
"""The share of a sentence's own nearness of meaning to the other side; the rest is that of its group."""
MERGED_OWN = 0.10
"""The share of an article sentence's weight that each of the source sentences merged in it must alone account for."""
SPLIT_OWN = 0.0
"""The same for each article sentence that a source sentence is split into."""
MERGED_CREDIT, SPLIT_CREDIT = 0.5, 0.6
"""How much what the least member of a merge or split alone brings counts towards its price."""
SATURATED = 0.92
"""The share of a sentence's weight that, held by one partner, leaves no room for a second."""
OTHERS = 0.4
"""The share of its bonus that counts for a sentence beyond the best of its side."""
MAX_GROUP = 5
"""Most sentences of one side that are joined with sentences of the other."""
SURE, BY_FAR = 0.6, 0.2
"""From which score on, and by how much more than either would have elsewhere, two sentences are kept together."""
CROWD = 5
"""Blocks of a size kept for each sentence, the most valuable; only texts that repeat themselves have more."""
TOP = 4
"""How many of the sentences most like it each sentence may be joined with, besides those that it is most like."""
MOST_PARTNERS = 24
"""Sentences that may join a block, the likeliest; only texts that repeat themselves have more."""
FLOOR = 0.15
BATCH = 2048

Group: TypeAlias = tuple[int, ...]
Joined: TypeAlias = tuple[Group, Group]
Indices: TypeAlias = NDArray[np.int64]
Partners: TypeAlias = dict[int, list[int]]
Anchors: TypeAlias = dict[int, int]


def candidates(pair: Pair) -> list[Block]:
    """Every block worth considering: single pairs, then merges, splits and twos by twos that add to their parts."""
    scores = np.where(pair.allowed, base(pair) + pair.bonus, -1.0).astype(np.float32)
    if not scores.size:
        return []
    partners, anchors = _partners(scores, pair), _anchors(scores)
    singles = _whole([((i,), (j,)) for i, js in partners[0].items() for j in js], anchors)
    worth: dict[Joined, float] = dict(zip(singles, values(pair, singles), strict=True))
    growth = _Growth(scores, partners, anchors)
    frontier: list[Joined] = singles
    for _ in range(2, MAX_GROUP + 1):
        frontier = _keep(pair, worth, growth.of(frontier))
    _keep(pair, worth, _whole(_two_by_two(worth, scores), anchors))
    return [Block(left, right, gain) for (left, right), gain in worth.items() if gain > 0]


def _partners(scores: Matrix, pair: Pair) -> tuple[Partners, Partners]:
    """The likeliest partners of each sentence, left to right and right to left, best first."""
    keep = np.zeros(scores.shape, dtype=bool)
    for matrix, mask in ((scores, keep), (scores.T, keep.T)):
        top = np.argsort(-matrix, axis=1, kind="stable")[:, :TOP]
        np.put_along_axis(mask, top, True, axis=1)
    keep &= (scores > FLOOR) & pair.allowed
    forward: dict[int, list[int]] = defaultdict(list)
    backward: dict[int, list[int]] = defaultdict(list)
    rows, columns = np.nonzero(keep)
    order = np.argsort(-scores[rows, columns], kind="stable")
    for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        forward[i].append(j)
        backward[j].append(i)
    return forward, backward


def _anchors(scores: Matrix) -> tuple[Anchors, Anchors]:
    """Sentences that are each other's best partner, surely and by far, left to right and right to left.

    Such two stay together: otherwise two doubtful edges could outbid the sure one that they take apart."""
    if min(scores.shape) < 2:
        return {}, {}
    forward, backward = scores.argmax(axis=1), scores.argmax(axis=0)
    second_right = np.partition(scores, -2, axis=1)[:, -2]
    second_left = np.partition(scores, -2, axis=0)[-2]
    found = {}
    for i, j in enumerate(forward.tolist()):
        rivals = max(float(second_right[i]), float(second_left[j]))
        if backward[j] == i and scores[i, j] >= max(SURE, rivals + BY_FAR):
            found[i] = j
    return found, {j: i for i, j in found.items()}


def _whole(found: list[Joined], anchors: tuple[Anchors, Anchors]) -> list[Joined]:
    """The blocks that take no two sentences apart that belong together."""
    of_left, of_right = anchors
    return [
        (left, right)
        for left, right in found
        if all(of_left.get(i, right[0]) in right for i in left) and all(of_right.get(j, left[0]) in left for j in right)
    ]


class _Growth:
    """Each block with one more sentence: a likely partner of its single sentence, or the neighbour of its group.

    No sentence is added that belongs to another than the block's single one; whatever belongs to that one is in."""

    def __init__(self, scores: Matrix, partners: tuple[Partners, Partners], anchors: tuple[Anchors, Anchors]) -> None:
        close = scores > FLOOR / 2
        self.rows = _free(partners[1], close.T, anchors[0])
        self.columns = _free(partners[0], close, anchors[1])

    def of(self, frontier: Iterable[Joined]) -> list[Joined]:
        found: set[Joined] = set()
        for left, right in frontier:
            if len(right) == 1:
                found.update((group, right) for group in _extended(left, *self.rows[right[0]]))
            if len(left) == 1:
                found.update((left, group) for group in _extended(right, *self.columns[left[0]]))
        return sorted(found)


def _free(partners: Partners, close: NDArray[np.bool_], anchored: Anchors) -> list[tuple[set[int], set[int]]]:
    """For each sentence what may join it without belonging elsewhere: its likely partners, and all that is not too
    unlike it to join beside another."""
    taken = set(anchored)
    return [
        (set(partners.get(n, [])[:MOST_PARTNERS]) - taken, set(np.flatnonzero(row).tolist()) - taken)
        for n, row in enumerate(close)
    ]


def _extended(group: Group, likely: set[int], close: set[int]) -> list[Group]:
    beside = {group[0] - 1, group[-1] + 1} & close
    return [tuple(sorted((*group, n))) for n in likely | beside if n not in group]


def _two_by_two(worth: dict[Joined, float], scores: Matrix) -> list[Joined]:
    """Two neighbours against two, where three of the four already make a block."""
    found: set[Joined] = set()
    for left, right in worth:
        if len(left) == 2 and len(right) == 1 and left[1] == left[0] + 1:
            found.update((left, (j, j + 1)) for j in (right[0] - 1, right[0]) if 0 <= j < scores.shape[1] - 1)
        if len(right) == 2 and len(left) == 1 and right[1] == right[0] + 1:
            found.update(((i, i + 1), right) for i in (left[0] - 1, left[0]) if 0 <= i < scores.shape[0] - 1)
    return sorted(found)


def _keep(pair: Pair, worth: dict[Joined, float], blocks: list[Joined]) -> list[Joined]:
    """The blocks that bring more than their parts, entered into ``worth``; where they crowd, the most valuable."""
    gains = [
        (gain, block)
        for block, gain in zip(blocks, values(pair, blocks), strict=True)
        if gain > 0 and _beats_parts(worth, gain, *block)
    ]
    most = CROWD * sum(pair.allowed.shape)
    if len(gains) > most:
        gains = sorted(gains, key=lambda one: (-one[0], one[1]))[:most]
    worth.update((block, gain) for gain, block in gains)
    return sorted(block for _, block in gains)


def _beats_parts(worth: dict[Joined, float], gain: float, left: Group, right: Group) -> bool:
    """True if a block brings more than smaller blocks inside it bring without it."""
    for n in range(len(left)) if len(left) > 1 else ():
        if worth.get((left[:n] + left[n + 1 :], right), 0.0) >= gain:
            return False
    for n in range(len(right)) if len(right) > 1 else ():
        if worth.get((left, right[:n] + right[n + 1 :]), 0.0) >= gain:
            return False
    if len(left) == len(right) == 2:
        (a, b), (c, d) = left, right
        straight = max(worth.get(((a,), (c,)), 0.0), 0.0) + max(worth.get(((b,), (d,)), 0.0), 0.0)
        crossed = max(worth.get(((a,), (d,)), 0.0), 0.0) + max(worth.get(((b,), (c,)), 0.0), 0.0)
        return gain > max(straight, crossed)
    return True


def values(pair: Pair, blocks: list[Joined]) -> list[float]:
    """What joining each block is worth: the support of each sentence by the other side above the threshold, less the
    price of joining."""
    found = [0.0] * len(blocks)
    shapes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, (left, right) in enumerate(blocks):
        shapes[len(left), len(right)].append(n)
    for numbers in shapes.values():
        for start in range(0, len(numbers), BATCH):
            part = numbers[start : start + BATCH]
            lefts = np.array([blocks[n][0] for n in part], dtype=np.int64)
            rights = np.array([blocks[n][1] for n in part], dtype=np.int64)
            for n, gain in zip(part, _values(pair, lefts, rights).tolist(), strict=True):
                found[n] = round(gain, 6)
    return found


def _values(pair: Pair, left: Indices, right: Indices) -> Matrix:
    """``left`` and ``right``: blocks by sentences of a side. One value per block."""
    if left.shape[1] == right.shape[1] == 1:
        return _single_values(pair, left[:, 0], right[:, 0])
    allowed = pair.allowed[left[:, :, None], right[:, None, :]].all(axis=(1, 2))
    fit = allowed & ~pair.headed(left, right) & ~_saturated(pair, left, right)
    if not fit.any():  # as nearly always where sentences were copied
        return np.full(len(left), -1.0, dtype=np.float32)
    sizes = left.shape[1] + right.shape[1]
    words = _held(pair.left, left, pair.found_right, right, pair.cover_left, turned=False)
    words = words + _held(pair.right, right, pair.found_left, left, pair.cover_right, turned=True)
    total = words
    if pair.meaning.size:
        # Each sentence answers mostly for itself: the mean of a group must not lend its nearness to a stranger.
        own = [_meaning(pair, left[:, k : k + 1], right) for k in range(left.shape[1])]
        own += [_meaning(pair, left, right[:, k : k + 1]) for k in range(right.shape[1])]
        meaning = OWN * np.sum(own, axis=0) + (1 - OWN) * sizes * _meaning(pair, left, right)
        total = WORDS_SHARE * words + (1 - WORDS_SHARE) * meaning
    grid = pair.bonus[left[:, :, None], right[:, None, :]]
    total = total + _shared_bonus(grid.max(axis=2)) + _shared_bonus(grid.max(axis=1))
    reason, enough = _reason(pair, left, right)
    total = total - sizes * THRESHOLD - _price(left, right) + reason
    return np.where(fit & enough, total, -1.0).astype(np.float32)


def _single_values(pair: Pair, left: Indices, right: Indices) -> Matrix:
    """The same for one sentence with one, where most of it falls away."""
    total = pair.cover_left[left, right] + pair.cover_right[left, right]
    if pair.meaning.size:
        one = pair.meaning[left, right]
        total = WORDS_SHARE * total + (1 - WORDS_SHARE) * (OWN * (one + one) + (1 - OWN) * 2 * one)
    bonus = pair.bonus[left, right]
    total = total + bonus + bonus - 2 * THRESHOLD
    return np.where(pair.allowed[left, right], total, -1.0).astype(np.float32)


def _reason(pair: Pair, left: Indices, right: Indices) -> tuple[Matrix, NDArray[np.bool_]]:
    """What a merge or split is worth for what its least member alone brings, and whether that is enough."""
    if left.shape[1] > 1 and right.shape[1] == 1:
        own = _least_own(pair.right, right[:, 0], pair.found_left, left)
        return np.float32(MERGED_CREDIT) * own, own >= MERGED_OWN
    if right.shape[1] > 1 and left.shape[1] == 1:
        own = _least_own(pair.left, left[:, 0], pair.found_right, right)
        return np.float32(SPLIT_CREDIT) * own, own >= SPLIT_OWN
    return np.zeros(len(left), dtype=np.float32), np.ones(len(left), dtype=bool)


def _saturated(pair: Pair, left: Indices, right: Indices) -> NDArray[np.bool_]:
    """Merges and splits of a sentence that one partner alone holds nearly all of: nothing is left for the others."""
    found = np.zeros(len(left), dtype=bool)
    if left.shape[1] > 1 and right.shape[1] == 1:
        found |= pair.cover_right[left, right].max(axis=1) >= SATURATED
    if right.shape[1] > 1 and left.shape[1] == 1:
        found |= pair.cover_left[left, right].max(axis=1) >= SATURATED
    return found


def _held(own: Side, group: Indices, found: Matrix, other: Indices, cover: Matrix, *, turned: bool) -> Matrix:
    """The sum over a block's sentences of one side of the share of their weight that the other side holds."""
    if other.shape[1] == 1:
        pairs = (other, group) if turned else (group, other)
        single: Matrix = cover[pairs].sum(axis=1)
        return single
    shares = []
    for k in range(group.shape[1]):
        present = _present(own, group[:, k], found, other).max(axis=1)
        shares.append((own.column_weights[group[:, k]] * present).sum(axis=1) / own.totals[group[:, k]])
    total: Matrix = np.sum(shares, axis=0, dtype=np.float32)
    return total


def _present(own: Side, one: Indices, found: Matrix, other: Indices) -> Matrix:
    """Blocks by sentences of the other side by terms of one sentence: how far each holds each term, 0 to 1."""
    return found[other[:, :, None], own.columns[one][:, None, :]]


def _least_own(own: Side, one: Indices, found: Matrix, other: Indices) -> Matrix:
    """The share of one sentence's weight that is found in one member of the group and in no other; the least of them.

    A member that brings nothing of its own tells again what the others tell."""
    present = _present(own, one, found, other)
    ordered = np.sort(present, axis=1)
    first, second = ordered[:, -1:], ordered[:, -2:-1]
    alone = np.where(present == first, first - second, 0.0)
    weighted = np.einsum("nkt,nt->nk", alone, own.column_weights[one])
    least: Matrix = weighted.min(axis=1) / own.totals[one]
    return least


def _shared_bonus(bonuses: Matrix) -> Matrix:
    """The best member's bonus and part of the others': what stands beside a good pair is no good pair for that."""
    best = bonuses.max(axis=1)
    shared: Matrix = best + np.float32(OTHERS) * (bonuses.sum(axis=1) - best)
    return shared


def _price(left: Indices, right: Indices) -> Matrix:
    price = np.zeros(len(left), dtype=np.float32)
    for group in (left, right):
        price += JOIN * (group.shape[1] - 1)
        if group.shape[1] > 1:
            price += FAR * (np.diff(group, axis=1) > 1).sum(axis=1)
    if left.shape[1] > 1 and right.shape[1] > 1:
        price += CROSSED
    return price


def _meaning(pair: Pair, left: Indices, right: Indices) -> Matrix:
    """Nearness of meaning of the groups, 0 to 1: the cosine of their sentences' weighted means, stretched."""
    if left.shape[1] == right.shape[1] == 1:
        return pair.meaning[left[:, 0], right[:, 0]]
    a, b = np.sqrt(pair.left.totals)[left], np.sqrt(pair.right.totals)[right]
    product = np.einsum("na,nab,nb->n", a, pair.cosines[left[:, :, None], right[:, None, :]], b)
    norms = _norm(pair.left.gram, left, a) * _norm(pair.right.gram, right, b)
    return stretched(product / np.maximum(norms, 1e-6))


def _norm(gram: Matrix, group: Indices, weights: Matrix) -> Matrix:
    inner = gram[group[:, :, None], group[:, None, :]]
    squared: Matrix = np.einsum("na,nab,nb->n", weights, inner, weights)
    return np.sqrt(np.maximum(squared, 0.0))


def similarity(pair: Pair, left: Group, right: Group) -> float:
    """How much of either group's weight the other holds, and how near their meanings are: 0 to 1, 1 for equal text."""
    if len(left) == len(right) == 1:
        words = float(pair.cover_left[left[0], right[0]] + pair.cover_right[left[0], right[0]]) / 2
    else:
        words = (
            _share(pair.left, left, pair.found_right, right) + _share(pair.right, right, pair.found_left, left)
        ) / 2
    if pair.meaning.size:
        meaning = _meaning(pair, np.array([left]), np.array([right]))[0]
        words = WORDS_SHARE * words + (1 - WORDS_SHARE) * float(meaning)
    return round(min(1.0, max(0.0, words)), 4)


def _share(own: Side, group: Group, holder: Matrix, other: Group) -> float:
    bag = own.bags[list(group)].max(axis=0)
    total = float(bag.sum())
    return float(bag @ holder[list(other)].max(axis=0)) / total if total else 0.0
