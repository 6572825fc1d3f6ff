"""Which edges keep the order of the source: the heaviest chain, and what stands outside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Group: TypeAlias = tuple[int, ...]
Joined: TypeAlias = tuple[Group, Group]


def out_of_order(alike: Mapping[Joined, float]) -> set[Joined]:
    """The edges outside the heaviest chain whose source order is also the article's order.

    An edge weighs its similarity times the sentences of its smaller side, so that one sure edge is not said to have
    moved past a doubtful one. Edges whose stretches overlap on the source's side are compared by their first sentence.
    Of chains of one weight, the one whose edges come first in the article stands (heaviest increasing subsequence; a
    Fenwick tree over the source's sentences, in the order of the article).
    """
    ordered = sorted(alike, key=lambda one: (one[1], one[0]))
    size = max((left[0] for left, _ in ordered), default=-1) + 1
    best: list[tuple[float, int]] = [(0.0, 0)] * (size + 1)
    before: list[int] = []
    for n, (left, right) in enumerate(ordered):
        weight, previous = _highest(best, left[0])
        before.append(-previous)
        _raise(best, left[0], (round(weight + alike[left, right] * min(len(left), len(right)), 6), -(n + 1)))
    chain: set[int] = set()
    n = -_highest(best, size)[1]
    while n > 0:
        chain.add(n - 1)
        n = before[n - 1]
    return {one for n, one in enumerate(ordered) if n not in chain}


def _highest(tree: list[tuple[float, int]], below: int) -> tuple[float, int]:
    """The best chain whose last edge begins at a source sentence before ``below``."""
    found = (0.0, 0)
    while below > 0:
        found = max(found, tree[below])
        below -= below & -below
    return found


def _raise(tree: list[tuple[float, int]], at: int, value: tuple[float, int]) -> None:
    at += 1
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at
