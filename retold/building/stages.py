"""The pieces of work that any process can do: data classes in, data classes out, nothing shared.

Whatever spreads them, the same pieces give the same rows.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from threadpoolctl import ThreadpoolController

from retold import corpus
from retold.model import Article, Derivation, Document, Edge, Story, Suggestion
from retold.naming import pipeline as naming
from retold.naming.cache import CacheUse
from retold.reading import articles as reading
from retold.tracing import alignment, changes, derivation, profiles, stories
from retold.tracing.prepared import Prepared
from retold.tracing.stories import features
from retold.tracing.stories.features import Features
from retold.tracing.weights import Weights


@dataclass(slots=True)
class Waiting:
    """A document to be read, and what to know for it: its place among its versions, corrections, recurring lines."""

    document: Document
    version: int = 1
    supersedes: str | None = None
    correction: dict[str, str] = field(default_factory=dict)
    recurring: frozenset[str] = frozenset()


@dataclass(slots=True)
class Read:
    """Articles with sentences and with mentions and attributions as yet unresolved; what the cache spared; and what
    could not be read because it ended every process that tried. ``features`` are what the search for stories keeps of
    each article, in any order, and ``stems`` spells their terms."""

    articles: list[Article]
    use: CacheUse
    unread: list[Waiting] = field(default_factory=list)
    features: list[Features] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Untold:
    """The articles of one story, all of them, with the weights of their stems over the corpus.

    ``fresh`` are the ids of those that are new or read anew; ``standing`` the derivations between others whose edges
    are known and need not be found again.
    """

    articles: list[Article]
    fresh: frozenset[str]
    standing: frozenset[str]
    documents: int
    frequency: dict[str, int]


@dataclass(slots=True)
class Told:
    """A story traced: everything of it but the edges of derivations that stand."""

    story: Story
    articles: list[Article]
    fresh: frozenset[str]
    standing: frozenset[str]
    derivations: list[Derivation] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)


def read(batch: Sequence[Waiting], cache: Path | None = None) -> Read:
    """Read some documents and name what is in them."""
    articles = [reading.article(one.document, one.version, one.supersedes) for one in batch]
    reading.read_all(articles, frozenset().union(*(one.recurring for one in batch)))
    corpus.correct(articles, {one.document.document: one.correction for one in batch})
    english = [article for article in articles if naming.is_english(article)]
    found = naming.find_counted(english, cache)
    for article, (mentions, said) in zip(english, found.findings, strict=True):
        article.mentions, article.attributions = mentions, said
    known = profiles.corpus(articles)
    _freeze()
    return Read(articles, found.use, features=features.of(known), stems=known.stems)


def together(found: Iterable[Read]) -> Read:
    """What several readings found, as one."""
    whole = Read([], CacheUse())
    for one in found:
        whole.articles += one.articles
        whole.unread += one.unread
        whole.features += one.features
        whole.stems += one.stems
        whole.use += one.use
    return whole


def tell(untold: Untold) -> Told:
    """Trace one story: derivations, edges, suggestions."""
    # The matrices are small: threads of the linear algebra library cost more here than they give.
    with _threads().limit(limits=1, user_api="blas"):
        articles = sorted(untold.articles, key=lambda article: article.id)
        _forget(articles)
        told = Told(stories.story_of(articles), articles, untold.fresh, untold.standing)
        if len(articles) < 2:
            return told
        weights = Weights(untold.documents, untold.frequency)
        known = profiles.corpus(articles, lambda stems: weights)
        told.derivations = derivation.derive(told.story, articles, known)
        by_id, prepared = {article.id: article for article in articles}, Prepared()
        for one in told.derivations:
            if one.id not in told.standing:
                source, article = by_id[one.source_article_id], by_id[one.article_id]
                edges = alignment.align(source, article, derivation_id=one.id, prepared=prepared)
                told.edges += edges
                told.suggestions += changes.suggest(edges, source, article, prepared)
    told.standing &= {one.id for one in told.derivations}
    return told


@cache
def _freeze() -> None:
    """Once a process has loaded what it reads with, leave all that out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@cache
def _threads() -> ThreadpoolController:
    """Looking for the libraries takes longer than tracing a small story, so it is done once."""
    return ThreadpoolController()


def _forget(articles: list[Article]) -> None:
    """What an earlier build made of the articles' kin is found again."""
    for article in articles:
        article.role, article.derived_from, article.derivation = "unrelated", None, None
