"""What an article's own text says of it: headline, dateline, credit, "Published" lines."""

from __future__ import annotations

from retold.model import Article


def complete(article: Article) -> None:
    """Fill the metadata that no container gave, from the laid-out text, noting where each value came from."""
    if article.title is None:
        named = [s for s in article.sentences if s.kind == "headline"] or article.sentences
        article.title = " ".join(named[0].text.split()[:20]) if named else article.document
        article.provenance["title"] = "headline"
