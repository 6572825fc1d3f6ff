"""Articles to groups: a pair is linked by the cosine of its weighted words, of which two articles need less the nearer
their dates are; groups grow from the strongest link downwards, and two groups join only if their members are alike on
average too (average linkage, Sokal and Michener 1958), so that no chain of neighbours ties unrelated events together.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from retold.tracing.stories import candidates
from retold.tracing.stories.bags import Bag
from retold.tracing.stories.features import day, number_of
from retold.tracing.stories.index import Index

REQUIRED_UNDATED = 0.34
REQUIRED_BY_GAP = ((2, 0.23), (7, 0.30), (30, 0.42))
REQUIRED_FAR = 0.62
"""The cosine two articles of one story need: by the days between them, beyond those, and where one is undated."""
AVERAGE = 0.8
"""The share of it that two groups need on average over all pairs of their members."""
COHESION = 0.55
"""The share of a group's own average that another group needs where no dates say that both are of one time."""
BAGS_KEPT, SUMS_KEPT = 5_000, 2_000

Links = NDArray[np.void]
LINK = np.dtype([("strength", "<f8"), ("a", "<i8"), ("b", "<i8")])


def required(one: float | None, other: float | None) -> float:
    """The cosine that two articles, or two groups, of these days need to be one story."""
    if one is None or other is None:
        return REQUIRED_UNDATED
    gap = abs(one - other)
    return next((cosine for days, cosine in REQUIRED_BY_GAP if gap <= days), REQUIRED_FAR)


def group(index: Index, fresh: Iterable[int], found: Links | None = None, redo: Iterable[str] = ()) -> list[list[int]]:
    """The groups that fresh articles, settled in the index, make with each other and with the stories that stand.

    Each group is a list of article numbers in order. Standing stories that nothing joins are not among them, unless
    their id is in ``redo``. ``found`` are the links of the fresh articles, worked out here unless given.
    """
    wanted = sorted(fresh)
    bags = _Bags(index)
    groups = _Groups(index, bags)
    again = {number for story in redo for number in index.numbers("story_id = ?", [story])}
    for number in sorted(again):
        groups.enter(number)
    for number in wanted:
        groups.enter(number)
        supersedes = index.about(number)[2]
        if supersedes is not None and index.numbers("number = ?", [number_of(supersedes)]):
            groups.join(number_of(supersedes), number)
    pairs = links(index, wanted, bags) if found is None else found
    for a, b in zip(pairs["a"].tolist(), pairs["b"].tolist(), strict=True):
        if groups.fit(a, b):
            groups.join(a, b)
    return [m for m in groups.members() if not again.isdisjoint(m) or not groups.untouched(m)]


def links(
    index: Index, fresh: Iterable[int], bags: _Bags | None = None, progress: Callable[[int], None] | None = None
) -> Links:
    """The pairs alike enough to be one story, of which at least one is fresh, the most alike first."""
    bags = bags or _Bags(index)
    strengths, ones, others = array("d"), array("q"), array("q")
    # Partners are mostly of the same days, so that in this order their bags are mostly at hand.
    for number in sorted(fresh, key=lambda n: (index.about(n)[1] or "9999", n)):
        for other, _ in candidates.partners(index, number):
            a, b = min(number, other), max(number, other)
            if (alike := strength(bags.get(a), bags.get(b))) >= 1:
                strengths.append(-alike)
                ones.append(a)
                others.append(b)
        if progress is not None:
            progress(1)
    rows = np.zeros(len(ones), dtype=LINK)
    rows["strength"], rows["a"], rows["b"] = strengths, ones, others
    # Two fresh articles may have found each other. What is unique comes sorted.
    return np.unique(rows)


def strength(one: tuple[Bag, int | None], other: tuple[Bag, int | None]) -> float:
    """The cosine of two articles, each a bag with its day, in parts of what they need; less than 1 is too little."""
    cosine = one[0].dot(other[0])
    return round(cosine / required(one[1], other[1]), 6) if cosine >= REQUIRED_BY_GAP[0][1] else 0.0


class _Bags:
    """The latest few thousand bags that were asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._kept: OrderedDict[int, tuple[Bag, int | None]] = OrderedDict()

    def __getitem__(self, number: int) -> Bag:
        return self.get(number)[0]

    def day(self, number: int) -> int | None:
        return self.get(number)[1]

    def get(self, number: int) -> tuple[Bag, int | None]:
        found = self._kept.pop(number, None) or (self.index.bag(number), day(self.index.about(number)[1]))
        self._kept[number] = found
        if len(self._kept) > BAGS_KEPT:
            self._kept.popitem(last=False)
        return found


class _Groups:
    """Disjoint groups of articles with the mean of their days; stories come in whole.

    The sums of the bags of the groups that were asked for lately are kept; others are added up again.
    """

    def __init__(self, index: Index, bags: _Bags) -> None:
        self.index, self.bags = index, bags
        self.parent: dict[int, int] = {}
        self.of: dict[int, list[int]] = {}
        self.days: dict[int, tuple[int, int]] = {}  # how many are dated, and the sum of their days
        self.sums: OrderedDict[int, Bag] = OrderedDict()
        self.refused: set[tuple[int, int]] = set()
        self.standing: dict[int, frozenset[int]] = {}

    def enter(self, number: int) -> None:
        """Make an article known, with the whole story that it stands in."""
        if number in self.parent:
            return
        story = self.index.about(number)[3]
        members = [number] if story is None else self.index.numbers("story_id = ?", [story])
        for one in members:
            self.parent[one] = one
            if (found := self.bags.day(one)) is not None:
                self.days[one] = 1, found
        for one in members[1:]:
            self.join(members[0], one)
        if story is not None:
            self.standing[min(members)] = frozenset(members)

    def untouched(self, members: list[int]) -> bool:
        """Whether these are just the members of a story that stands."""
        return self.standing.get(members[0]) == frozenset(members)

    def root(self, n: int) -> int:
        self.enter(n)
        while self.parent[n] != n:
            self.parent[n] = self.parent[self.parent[n]]
            n = self.parent[n]
        return n

    def fit(self, a: int, b: int) -> bool:
        """Whether two articles stand in different groups that are alike on average."""
        one, other = sorted((self.root(a), self.root(b)))
        if one == other or (one, other) in self.refused:
            return False
        if self._size(one) == self._size(other) == 1:
            return True
        average = self._sum(one).dot(self._sum(other)) / (self._size(one) * self._size(other))
        if average >= AVERAGE * required(self._day(one), self._day(other)) and average >= self._within(one, other):
            return True
        self.refused.add((one, other))
        return False

    def join(self, a: int, b: int) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        if one == other:
            return
        whole = self._sum(one).plus(self._sum(other))
        self.of[one] = self._members(one) + self._members(other)
        self.of.pop(other, None)
        self.sums.pop(other, None)
        self._keep(one, whole)
        dated, total = self.days.pop(other, (0, 0))
        if dated:
            before = self.days.get(one, (0, 0))
            self.days[one] = before[0] + dated, before[1] + total
        self.parent[other] = one
        self.refused = {pair for pair in self.refused if one not in pair} if len(self.refused) < 64 else set()

    def members(self) -> list[list[int]]:
        """The groups, each in order of its members."""
        return [sorted(self._members(n)) for n in sorted(self.parent) if self.parent[n] == n]

    def _members(self, root: int) -> list[int]:
        return self.of.get(root) or [root]

    def _size(self, root: int) -> int:
        return len(self._members(root))

    def _within(self, one: int, other: int) -> float:
        """What two groups of which one is undated need besides: to be nearly as alike as either is in itself."""
        if one in self.days and other in self.days:
            return 0.0
        return COHESION * min((self._inner(n) for n in (one, other) if self._size(n) > 1), default=0.0)

    def _inner(self, root: int) -> float:
        """The average cosine of a group's pairs."""
        whole, size = self._sum(root), self._size(root)
        return (whole.dot(whole) - size) / (size * (size - 1))

    def _sum(self, root: int) -> Bag:
        if self._size(root) == 1:
            return self.bags[root]
        found = self.sums.pop(root, None)
        if found is None:
            first, *rest = self._members(root)
            found = reduce(Bag.plus, (self.bags[n] for n in rest), self.bags[first])
        self._keep(root, found)
        return found

    def _keep(self, root: int, whole: Bag) -> None:
        self.sums[root] = whole
        if len(self.sums) > SUMS_KEPT:
            self.sums.popitem(last=False)

    def _day(self, root: int) -> float | None:
        if root not in self.days:
            return None
        dated, total = self.days[root]
        return total / dated
