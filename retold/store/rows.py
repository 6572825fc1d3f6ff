"""Data classes to rows: one function per derived table, each row a mapping by column name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from retold.model import Article, Attribution, Derivation, Edge, Entity, Mention, Sentence, Story, Suggestion

Row = dict[str, Any]


def story_rows(stories: Iterable[Story], articles: dict[str, Article]) -> Iterator[Row]:
    for story in stories:
        dates = sorted(day for i in story.article_ids if (day := articles[i].published))
        yield {
            "id": story.id,
            "title": story.title,
            "source_article_id": story.source_article_id,
            "articles": len(story.article_ids),
            "first_published": dates[0] if dates else None,
            "last_published": dates[-1] if dates else None,
        }


def article_rows(articles: Iterable[Article]) -> Iterator[Row]:
    same = (
        "id story_id document version supersedes title publisher url author published place wire language text sha256 "
        "role derived_from derivation path encoding"
    ).split()
    for article in articles:
        yield {name: getattr(article, name) for name in same} | {
            "words": sum(s.words for s in article.sentences),
            "sentences": len(article.sentences),
            "provenance": json.dumps(article.provenance, ensure_ascii=False, sort_keys=True),
        }


def sentence_row(one: Sentence) -> Row:
    return _plain(one, "id article_id position paragraph kind text start end words")


def mention_row(one: Mention) -> Row:
    return _plain(one, "id sentence_id article_id entity_id text start end type reason")


def entity_row(one: Entity) -> Row:
    return _plain(one, "id name type mentions articles reason") | {
        "spellings": json.dumps(one.spellings, ensure_ascii=False)
    }


def attribution_row(one: Attribution) -> Row:
    names = (
        "id article_id sentence_id kind source_text source_start source_end source_entity_id source_type cue cue_start "
        "cue_end content content_start content_end via_attribution_id"
    )
    return _plain(one, names) | {"content_parts": json.dumps(one.content_parts)}


def derivation_row(one: Derivation) -> Row:
    return _plain(
        one,
        "id source_article_id article_id score degree words_found longest_run sentences_kept order_kept evidence",
    )


def change_row(edge: Edge, source: Article, article: Article) -> Row:
    row = _plain(edge, "id source_article_id article_id position operation similarity")
    row |= {"derivation_id": edge.derivation_id or None, "moved": int(edge.moved), "retired": 0}
    for prefix, side, text in (("source_", edge.source_sentences, source.text), ("", edge.sentences, article.text)):
        start = min((s.start for s in side), default=None)
        end = max((s.end for s in side), default=None)
        row |= {
            f"{prefix}text": None if start is None else text[start:end],
            f"{prefix}start": start,
            f"{prefix}end": end,
            f"{prefix}parts": json.dumps(parts(side)),
        }
    return row


def parts(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The true stretches of one side of an edge: neighbouring sentences joined, ``[start, end]`` each."""
    found: list[tuple[int, int]] = []
    last: Sentence | None = None
    for sentence in sorted(sentences, key=lambda s: s.start):
        if last is not None and sentence.position == last.position + 1:
            found[-1] = (found[-1][0], sentence.end)
        else:
            found.append((sentence.start, sentence.end))
        last = sentence
    return found


def change_sentence_rows(edge: Edge) -> Iterator[Row]:
    for side, sentences in (("source", edge.source_sentences), ("article", edge.sentences)):
        for ordinal, sentence in enumerate(sentences, 1):
            yield {"change_id": edge.id, "sentence_id": sentence.id, "side": side, "ordinal": ordinal}


def suggestion_row(one: Suggestion) -> Row:
    return _plain(one, "id change_id label rule confidence source_start source_end start end before after explanation")


def _plain(one: Any, names: str) -> Row:
    return {name: getattr(one, name) for name in names.split()}
