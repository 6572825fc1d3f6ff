"""Documents to articles: identity, versions, and what the room of reading finds in the text."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from retold.model import METADATA_FIELDS, Article, Document, digest, slug
from retold.reading import layout, metadata, sentences


def article(document: Document, version: int = 1, supersedes: str | None = None) -> Article:
    """The article of a document. Its id depends on the document's name and text alone, never on build order."""
    sha256 = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    stem = slug(PurePosixPath(document.document).stem)
    known = {field: value for field, value in document.metadata.items() if field in METADATA_FIELDS}
    return Article(
        id=f"{stem}-{digest(document.document, sha256)}",
        document=document.document,
        version=version,
        supersedes=supersedes,
        path=document.path,
        text=document.text,
        sha256=sha256,
        encoding=document.encoding,
        provenance=dict(document.provenance),
        **known,  # type: ignore[arg-type]
    )


def read_all(articles: list[Article], recurring: frozenset[str] | None = None) -> None:
    """Lay out every article, split it into sentences and complete its metadata from its own text, in place.

    ``recurring`` are the lines that recur in the corpus that the articles are part of; unless given, these are it.
    """
    if recurring is None:
        recurring = layout.recurring_lines(article.text for article in articles)
    for item in articles:
        blocks = layout.blocks(item.text, recurring)
        item.sentences = sentences.split(item, blocks)
        metadata.complete(item)
