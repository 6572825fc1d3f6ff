"""Articles to stories: which tell the same event.

Candidate pairs come from ``candidates``; a pair is linked by the cosine of its weighted words, of which two articles
need less the nearer their dates are. Stories grow from the strongest link downwards, and two groups join only if their
members are alike on average too (average linkage, Sokal and Michener 1958), so that no chain of neighbours ties
unrelated events together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from retold.model import Article, Story, digest
from retold.tracing import profiles
from retold.tracing.profiles import Corpus
from retold.tracing.stories import candidates

REQUIRED_UNDATED = 0.34
REQUIRED_BY_GAP = ((2, 0.23), (7, 0.30), (30, 0.42))
REQUIRED_FAR = 0.62
"""The cosine two articles of one story need: by the days between them, beyond those, and where one is undated."""
AVERAGE = 0.8
"""The share of it that two groups need on average over all pairs of their members."""
COHESION = 0.55
"""The share of a group's own average that another group needs where no dates say that both are of one time."""
CHUNK = 50_000


def group(articles: list[Article], corpus: Corpus | None = None) -> list[Story]:
    """The stories of a corpus; every article belongs to exactly one. Sets ``story_id`` of every article.

    A story's id comes from its first article (by date, undated ones last, then by id), so that it stays the same when
    later articles join.
    """
    if not articles:
        return []
    known = corpus or profiles.corpus(articles)
    groups = _Groups(known)
    for older, newer in _versions(known):
        groups.join(older, newer)
    for a, b in _links(known):
        if groups.fit(a, b):
            groups.join(a, b)
    stories = [_story([known.profiles[n].article for n in members]) for members in groups.members()]
    return sorted(stories, key=lambda story: story.id)


def _story(members: list[Article]) -> Story:
    first = min(members, key=lambda a: (a.published or "9999", a.id))
    story = Story("s-" + digest(first.id), first.title or first.document, None, sorted(a.id for a in members))
    for article in members:
        article.story_id = story.id
    return story


def _versions(corpus: Corpus) -> Iterable[tuple[int, int]]:
    """Versions of one document are one story, whatever has become of the text."""
    for n, profile in enumerate(corpus.profiles):
        older = profile.article.supersedes
        if older is not None and older in corpus.by_id:
            yield corpus.by_id[older], n


def _links(corpus: Corpus) -> list[tuple[int, int]]:
    """The pairs alike enough to be one story, the most alike first."""
    pairs = candidates.propose(corpus)
    bags = corpus.bags()
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        cosines = np.asarray(bags[part[:, 0]].multiply(bags[part[:, 1]]).sum(axis=1)).ravel()
        for n in np.flatnonzero(cosines >= REQUIRED_BY_GAP[0][1]):
            a, b = int(part[n, 0]), int(part[n, 1])
            ratio = float(cosines[n]) / required(corpus.profiles[a].article, corpus.profiles[b].article)
            if ratio >= 1:
                found.append((-round(ratio, 6), a, b))
    return [(a, b) for _, a, b in sorted(found)]


def required(one: Article, other: Article) -> float:
    """The cosine that two articles need to be one story."""
    return _required(day(one), day(other))


def _required(one: float | None, other: float | None) -> float:
    if one is None or other is None:
        return REQUIRED_UNDATED
    gap = abs(one - other)
    return next((cosine for days, cosine in REQUIRED_BY_GAP if gap <= days), REQUIRED_FAR)


def day(article: Article) -> int | None:
    """The day of publication as a number, None if unknown."""
    try:
        return date.fromisoformat((article.published or "")[:10]).toordinal()
    except ValueError:
        return None


class _Groups:
    """Disjoint groups of articles with the sum of their word vectors and the mean of their days."""

    def __init__(self, corpus: Corpus) -> None:
        self.parent = list(range(len(corpus.profiles)))
        self.size = [1] * len(corpus.profiles)
        self.days = [[d] if (d := day(p.article)) is not None else [] for p in corpus.profiles]
        self.bags = corpus.bags()
        self.sums: dict[int, csr_array] = {}
        self.refused: set[tuple[int, int]] = set()

    def root(self, n: int) -> int:
        while self.parent[n] != n:
            self.parent[n] = self.parent[self.parent[n]]
            n = self.parent[n]
        return n

    def fit(self, a: int, b: int) -> bool:
        """Whether two articles stand in different groups that are alike on average."""
        one, other = sorted((self.root(a), self.root(b)))
        if one == other or (one, other) in self.refused:
            return False
        if self.size[one] == self.size[other] == 1:
            return True
        product = float(self._sum(one).multiply(self._sum(other)).sum())
        average = product / (self.size[one] * self.size[other])
        if average >= AVERAGE * _required(self._day(one), self._day(other)) and average >= self._within(one, other):
            return True
        self.refused.add((one, other))
        return False

    def join(self, a: int, b: int) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        if one == other:
            return
        self.sums[one] = self._sum(one) + self._sum(other)
        self.sums.pop(other, None)
        self.size[one] += self.size[other]
        self.days[one] = self.days[one] + self.days[other]
        self.parent[other] = one
        self.refused = {pair for pair in self.refused if one not in pair} if len(self.refused) < 64 else set()

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for n in range(len(self.parent)):
            found.setdefault(self.root(n), []).append(n)
        return list(found.values())

    def _within(self, one: int, other: int) -> float:
        """What two groups of which one is undated need besides: to be nearly as alike as either is in itself."""
        if self.days[one] and self.days[other]:
            return 0.0
        return COHESION * min((self._inner(n) for n in (one, other) if self.size[n] > 1), default=0.0)

    def _inner(self, root: int) -> float:
        """The average cosine of a group's pairs."""
        whole, size = self._sum(root), self.size[root]
        return (float(whole.multiply(whole).sum()) - size) / (size * (size - 1))

    def _sum(self, root: int) -> csr_array:
        return self.sums[root] if root in self.sums else self.bags[[root]]

    def _day(self, root: int) -> float | None:
        days = self.days[root]
        return sum(days) / len(days) if days else None
