"""Who a source is: its type, and the entity that the article says it is."""

from __future__ import annotations

from retold.model import Article, Entity, SourceType
from retold.naming.sources import Source


def raw_type(source: Source | None) -> SourceType:
    """The type of a source by its own words, before the entities of the corpus are known."""
    return "unknown"


def resolve(article: Article, entities: dict[str, Entity]) -> None:
    """Resolve the sources of one article, in place."""
