"""The best choice of blocks that do not share a sentence: weighted set packing, solved exactly where that is feasible.

A price on every sentence such that each block is worth no more than its sentences cost bounds what any choice can bring
(linear programming duality). A block that costs more above its worth than the bound lies above a choice already in hand
cannot be part of a better one. On real articles that settles nearly everything; what stays open is an integer programme
(HiGHS, https://highs.dev, through SciPy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

NODE_LIMIT = 2000
"""Branches of the integer programme; its best so far stands. A limit in seconds would depend on the machine."""
LARGEST = 600
"""Blocks of one component beyond which no integer programme is asked; only texts that repeat themselves have them."""
PASSES = 12
TIE = 1e-6

Member: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Source sentences joined with article sentences, by index on either side, and what joining them is worth."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    value: float
    members: tuple[Member, ...] = field(init=False)

    def __post_init__(self) -> None:
        members = (*((0, i) for i in self.left), *((1, j) for j in self.right))
        object.__setattr__(self, "members", members)


def pack(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without a common sentence, of the greatest total value; in the order of their article sentences."""
    useful = sorted((b for b in blocks if b.value > 0), key=lambda b: (-b.value, b.right, b.left))
    members = [m for b in useful for m in b.members]
    if len(members) == len(set(members)):  # copied word for word: nothing competes
        return sorted(useful, key=lambda b: (b.right, b.left))
    chosen, settled = _bounded(useful)
    if not settled:
        chosen = [b for part in _components(chosen) for b in _solve(part)]
    return sorted(chosen, key=lambda b: (b.right, b.left))


def _bounded(blocks: list[Block]) -> tuple[list[Block], bool]:
    """The best choice and true; or, where the bound leaves room, the blocks still in play and false."""
    prices = _prices(blocks)
    slack = [sum(prices[m] for m in b.members) - b.value for b in blocks]
    tight = sorted(range(len(blocks)), key=lambda n: (round(slack[n], 6), n))
    by_price, by_value = _greedy([blocks[n] for n in tight]), _greedy(blocks)
    best = max(by_price, by_value, key=_total)
    room = sum(prices.values()) - _total(best)
    if room <= TIE:
        return best, True
    return [b for b, loss in zip(blocks, slack, strict=True) if loss <= room + TIE], False


def _prices(blocks: list[Block]) -> dict[Member, float]:
    """A feasible dual solution, lowered one sentence at a time until nothing more gives."""
    of: dict[Member, list[Block]] = {}
    for block in blocks:
        for member in block.members:
            of.setdefault(member, []).append(block)
    order = sorted(of)
    prices = {m: max(b.value / len(b.members) for b in of[m]) for m in order}
    for step in range(PASSES):
        changed = 0.0
        for m in order if step % 2 else reversed(order):
            others = (b.value - sum(prices[x] for x in b.members if x != m) for b in of[m])
            lowest = max([0.0, *others])
            changed += prices[m] - lowest
            prices[m] = lowest
        if changed < TIE:
            break
    return prices


def _total(blocks: list[Block]) -> float:
    return sum(b.value for b in blocks)


def _greedy(blocks: list[Block]) -> list[Block]:
    """Each block in the order given, as long as its sentences are free."""
    taken: set[Member] = set()
    chosen = []
    for block in blocks:
        if taken.isdisjoint(block.members):
            taken.update(block.members)
            chosen.append(block)
    return chosen


def _components(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks grouped so that only blocks of one group compete, by union-find over sentences."""
    parent: dict[Member, Member] = {}

    def root(x: Member) -> Member:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for block in blocks:
        first, *rest = block.members
        for other in rest:
            parent[root(other)] = root(first)
    groups: dict[Member, list[Block]] = {}
    for block in blocks:
        groups.setdefault(root(block.members[0]), []).append(block)
    return list(groups.values())


def _solve(blocks: list[Block]) -> list[Block]:
    """The best choice within one component."""
    if len(blocks) == 1:
        return blocks
    chosen, settled = _bounded(blocks)
    if settled:
        return chosen
    if len(blocks) > LARGEST:
        return _greedy(blocks)
    rows = {member: n for n, member in enumerate(sorted({m for b in blocks for m in b.members}))}
    cells = [(rows[m], n) for n, b in enumerate(blocks) for m in b.members]
    row, column = zip(*cells, strict=True)
    matrix = csr_array((np.ones(len(cells)), (row, column)), shape=(len(rows), len(blocks)))
    # Values an instant apart would leave the choice to rounding; a nudge by rank settles ties the same way everywhere.
    cost = np.array([TIE * n / len(blocks) - b.value for n, b in enumerate(blocks)])
    found = milp(
        cost,
        integrality=np.ones(len(blocks)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, 1),
        options={"node_limit": NODE_LIMIT, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return _greedy(blocks)
    return [b for b, x in zip(blocks, found.x, strict=True) if x > 0.5]
