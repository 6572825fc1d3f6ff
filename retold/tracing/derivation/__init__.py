"""Within a story: which article was made from which, how far, and what says so.

``score`` is the probability that one of the two articles was made from the other, or both from one lost text, rather
than written independently about the same event: a logistic function of shared wording and content, fitted on public
sets of retold and of independent texts (docs/users/tracing.md tells how it is calibrated). Degrees are those of METER
(Gaizauskas et al. 2001): wholly derived, all content comes from the source; partially, some of it does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from retold.model import Article, Degree, Derivation, Story, digest
from retold.tracing import profiles
from retold.tracing.derivation import calendar, direction, evidence
from retold.tracing.derivation.direction import Sign, Traits
from retold.tracing.derivation.kinship import Comparer, Kinship
from retold.tracing.profiles import Corpus
from retold.tracing.stories import candidates

DERIVED = 0.5
"""The score from which an article counts as derived."""
FOLLOWS = 0.15
"""The score from which an article with later news that also cites an agency or shares a long run is a follow-up."""
FOLLOW_RUN, FOLLOW_COPIED = 8, 0.06
MOSTLY_NEW = 0.6
WHOLLY_FOUND, WHOLLY_DEPTH = 0.9, 0.6
ALL_PAIRS = 24
"""Up to this many articles every pair of a story is compared; beyond it only candidates are."""

INTERCEPT, COPIED, DEPTH, ORDERED, KEPT = -6.2, 5.0, 3.0, 2.6, 2.6

Pair = tuple[int, int]


def derive(story: Story, articles: list[Article], corpus: Corpus | None = None) -> list[Derivation]:
    """The derivations of one story. Sets ``role``, ``derived_from`` and ``derivation`` of its articles, and the story's
    source and title. ``corpus`` is the whole that the story belongs to; without it the story's own counts serve."""
    if len(articles) < 2:
        return []
    own = profiles.corpus(articles) if corpus is None else corpus.subset([a.id for a in articles])
    return _Family(story, own).derive()


def score(one: Kinship, other: Kinship) -> float:
    """The probability of a derivation, whichever way it went, from the measures of both ways."""
    best = one if one.depth >= other.depth else other
    odds = (
        INTERCEPT
        + COPIED * math.sqrt(max(one.copied, other.copied))
        + DEPTH * best.depth
        + ORDERED * best.order_kept * best.sentences_found
        + KEPT * best.sentences_kept
    )
    return round(1 / (1 + math.exp(-odds)), 4)


def degree(kinship: Kinship) -> Degree:
    """Wholly where nearly every sentence has a counterpart and little in it is new, otherwise partially."""
    whole = kinship.sentences_found >= WHOLLY_FOUND and kinship.depth >= WHOLLY_DEPTH
    return "wholly" if whole else "partially"


class _Family:
    """One story's articles with everything measured about their pairs."""

    def __init__(self, story: Story, corpus: Corpus) -> None:
        self.story, self.corpus = story, corpus
        self.articles = [p.article for p in corpus.profiles]
        anchor = calendar.anchor(self.articles)
        self.traits: list[Traits] = [direction.traits(p, anchor) for p in corpus.profiles]
        self.kinships: dict[Pair, Kinship] = {}
        self.scores: dict[Pair, float] = {}
        self.signs: dict[Pair, list[Sign]] = {}
        comparer = Comparer(corpus)
        for a, b in self._pairs():
            self._measure(comparer, a, b)

    def _pairs(self) -> Iterable[Pair]:
        if len(self.articles) <= ALL_PAIRS:
            return combinations(range(len(self.articles)), 2)
        chains = {tuple(sorted((n, o))) for n, o in self._older().items()}
        return sorted({(int(a), int(b)) for a, b in candidates.propose(self.corpus)} | chains)  # type: ignore[operator]

    def _older(self) -> dict[int, int]:
        """Each version of a document by number, with the version before it."""
        return {
            n: self.corpus.by_id[a.supersedes]
            for n, a in enumerate(self.articles)
            if a.supersedes is not None and a.supersedes in self.corpus.by_id
        }

    def _measure(self, comparer: Comparer, a: int, b: int) -> None:
        forward, backward = comparer.both(a, b)
        self.kinships[a, b], self.kinships[b, a] = forward, backward
        self.scores[a, b] = self.scores[b, a] = score(forward, backward)
        found = direction.signs(self.traits[a], self.traits[b], forward, backward)
        self.signs[a, b] = found
        self.signs[b, a] = [Sign(-s.weight, s.words) for s in found]

    def derive(self) -> list[Derivation]:
        older = self._older()
        rank = self._ranked(older)
        parents: dict[int, int] = dict(older)
        root = rank[0]
        for place, n in enumerate(rank):
            if n not in parents:
                parent = self._parent(n, rank[:place], root)
                if parent is not None:
                    parents[n] = parent
        self._set_source(rank, parents)
        found = []
        for n in sorted(parents):
            found.append(self._derivation(parents[n], n, versions=older.get(n) == parents[n]))
            self._set_role(n, found[-1])
        for n, article in enumerate(self.articles):
            if n not in parents:
                is_source = article.id == self.story.source_article_id
                article.role, article.derivation = ("source", None) if is_source else ("unrelated", "non")
        return sorted(found, key=lambda d: d.id)

    def _ranked(self, older: dict[int, int]) -> list[int]:
        """The articles from the likeliest source to the least likely; a version never before the one it replaces."""
        totals: dict[int, float] = defaultdict(float)
        for (a, b), probability in self.scores.items():
            totals[a] += probability * (self._before(a, b) + direction.CENTRAL * probability)
        order = sorted(range(len(self.articles)), key=lambda n: (-round(totals[n], 6), self.articles[n].id))
        ranked: list[int] = []
        for n in order:
            chain = [n]
            while chain[-1] in older and older[chain[-1]] not in ranked and older[chain[-1]] not in chain:
                chain.append(older[chain[-1]])
            ranked += [m for m in reversed(chain) if m not in ranked]
        return ranked

    def _before(self, a: int, b: int) -> float:
        return sum(s.weight for s in self.signs[a, b])

    def _parent(self, n: int, earlier: list[int], root: int) -> int | None:
        """The article among the earlier ones that ``n`` was made from, if any. The story's source is preferred unless
        another explains clearly more of it."""
        best: tuple[float, int] | None = None
        for a in earlier:
            if not self._related(a, n):
                continue
            kinship = self.kinships[a, n]
            strength = kinship.depth + 0.8 * kinship.copied + 0.02 * max(-3.0, min(3.0, self._before(a, n)))
            strength += 0.05 if a == root else 0.0
            if best is None or strength > best[0] + 1e-9:
                best = strength, a
        return None if best is None else best[1]

    def _related(self, a: int, n: int) -> bool:
        probability = self.scores.get((a, n), 0.0)
        return probability >= DERIVED or (probability >= FOLLOWS and self._follows(a, n))

    def _follows(self, a: int, n: int) -> bool:
        """Whether ``n`` carries the story of ``a`` on: later news, and a sign that it had ``a`` or its like at hand."""
        kinship = self.kinships[a, n]
        at_hand = self.traits[n].cites or (kinship.longest_run >= FOLLOW_RUN and kinship.copied >= FOLLOW_COPIED)
        return at_hand and direction.later_news(self.traits[n], self.traits[a])

    def _set_source(self, rank: list[int], parents: dict[int, int]) -> None:
        """The story's source: the article from which most others descend; none where nothing derives from anything."""
        descendants: dict[int, int] = defaultdict(int)
        for n in parents:
            top = n
            while top in parents:
                top = parents[top]
            descendants[top] += 1
        if not descendants:
            return
        source = self.articles[max(descendants, key=lambda n: (descendants[n], -rank.index(n)))]
        self.story.source_article_id = source.id
        self.story.title = source.title or source.document

    def _set_role(self, n: int, found: Derivation) -> None:
        article = self.articles[n]
        article.derived_from, article.derivation = found.source_article_id, found.degree
        source = self.articles[self.corpus.by_id[found.source_article_id]]
        kinship = self.kinships[self.corpus.by_id[source.id], n]
        new = kinship.sentences_found < MOSTLY_NEW
        later = direction.later_news(self.traits[n], self.traits[self.corpus.by_id[source.id]])
        follows = (
            found.degree == "partially" and article.supersedes is None and later and (new or found.score < DERIVED)
        )
        article.role = "follow_up" if follows else "retelling"

    def _derivation(self, a: int, n: int, *, versions: bool) -> Derivation:
        if (a, n) not in self.kinships:  # a version whose text was rewritten beyond recognition
            self._measure(Comparer(self.corpus), a, n)
        kinship = self.kinships[a, n]
        source, article = self.articles[a], self.articles[n]
        return Derivation(
            "d-" + digest(source.id, article.id),
            source.id,
            article.id,
            1.0 if versions else self.scores[a, n],
            degree(kinship),
            round(kinship.words_found, 4),
            kinship.longest_run,
            round(kinship.sentences_kept, 4),
            round(kinship.order_kept, 4),
            evidence.describe(source, article, kinship, self.signs[a, n], versions=versions),
        )
