"""Articles to stories: which tell the same event."""

from __future__ import annotations

from retold.model import Article, Story, digest


def group(articles: list[Article]) -> list[Story]:
    """The stories of a corpus; every article belongs to exactly one. Sets ``story_id`` of every article."""
    ids = sorted(article.id for article in articles)
    if not ids:
        return []
    story = Story("s-" + digest(*ids), articles[0].title or "", None, ids)
    for article in articles:
        article.story_id = story.id
    return [story]
