"""The room of naming in its order: mentions, attributions, then both resolved over the whole corpus."""

from __future__ import annotations

from retold.model import Article, Entity
from retold.naming import attributions, entities, models


def name(articles: list[Article]) -> list[Entity]:
    """Set ``mentions`` and ``attributions`` of every article, in place, and return the entities of the corpus."""
    for article in articles:
        prose = [s for s in article.sentences if s.kind != "furniture"]
        docs = dict(zip((s.id for s in prose), models.parse([s.text for s in prose]), strict=True))
        article.mentions = entities.find(article, docs)
        article.attributions = attributions.find(article, docs)
    known = entities.resolve(articles)
    attributions.resolve(articles, known)
    return known
