"""Data classes as bytes at rest, and back. JSON and zlib: reading a file that somebody else wrote can run no code."""

from __future__ import annotations

import json
import zlib
from collections.abc import Hashable
from dataclasses import fields
from functools import cache
from typing import Any

from retold.model import Article, Attribution, Document, Mention, Sentence

LEVEL = 1


def pack(article: Article) -> bytes:
    """An article with all that was found in it."""
    whole = _values(article)
    whole["sentences"] = [_values(one, "id article_id text") for one in article.sentences]
    whole["mentions"] = [_values(one, "id article_id text") for one in article.mentions]
    whole["attributions"] = [_values(one) for one in article.attributions]
    return _squeeze(whole)


def unpack(content: bytes) -> Article:
    """The article that was packed."""
    whole = _expand(content)
    article = Article(**{**whole, "sentences": [], "mentions": [], "attributions": []})
    for one in whole["sentences"]:
        article.sentences.append(Sentence(id=f"{article.id}.{one['start']}-{one['end']}", **_of(article, one)))
    for one in whole["mentions"]:
        article.mentions.append(Mention(id=f"{article.id}.m{one['start']}-{one['end']}", **_of(article, one)))
    for one in whole["attributions"]:
        parts = [(start, end) for start, end in one.pop("content_parts")]
        article.attributions.append(Attribution(**one, content_parts=parts))
    return article


def pack_document(document: Document) -> bytes:
    """A document as an input held it."""
    return _squeeze(_values(document))


def unpack_document(content: bytes) -> Document:
    """The document that was packed."""
    return Document(**_expand(content))


def _of(article: Article, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "article_id": article.id, "text": article.text[one["start"] : one["end"]]}


def _values(item: Any, without: str = "") -> dict[str, Any]:
    left_out = without.split()
    return {name: getattr(item, name) for name in _names(item.__class__) if name not in left_out}


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


def _squeeze(whole: dict[str, Any]) -> bytes:
    # Lone surrogates stay as escapes, which UTF-8 could not hold.
    return zlib.compress(json.dumps(whole, separators=(",", ":")).encode("ascii"), LEVEL)


def _expand(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(content))
    return found
