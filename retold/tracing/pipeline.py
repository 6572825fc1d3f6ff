"""The room of tracing in its order: stories, derivations, edges, suggestions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from threadpoolctl import threadpool_limits

from retold.model import Article, Derivation, Edge, Story, Suggestion
from retold.tracing import alignment, changes, derivation, profiles, stories
from retold.tracing.prepared import Prepared


@dataclass(slots=True)
class Trace:
    """All that tracing found in a corpus; rows in a stable order."""

    stories: list[Story] = field(default_factory=list)
    derivations: list[Derivation] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)


def trace(articles: list[Article], progress: Callable[[int], None] | None = None) -> Trace:
    """Trace a corpus of read and named articles; sets each article's story, role and derivation in place.

    ``progress`` is called with the number of articles of each story that is done.
    """
    # The matrices are small: threads of the linear algebra library cost more here than they give.
    with threadpool_limits(1, user_api="blas"):
        return _trace(articles, progress or (lambda done: None))


def _trace(articles: list[Article], progress: Callable[[int], None]) -> Trace:
    by_id = {article.id: article for article in articles}
    corpus = profiles.corpus(articles)
    found = Trace(stories=stories.group(articles, corpus))
    for story in found.stories:
        derivations = derivation.derive(story, [by_id[i] for i in story.article_ids], corpus)
        prepared = Prepared()
        for one in derivations:
            source, article = by_id[one.source_article_id], by_id[one.article_id]
            edges = alignment.align(source, article, derivation_id=one.id, prepared=prepared)
            found.edges += edges
            found.suggestions += changes.suggest(edges, source, article, prepared)
        found.derivations += derivations
        progress(len(story.article_ids))
    return found
