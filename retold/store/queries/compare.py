"""The compare page: two articles edge by edge, with what rules suggest and what people decided."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from retold.store import loading
from retold.store import rows as writing_rows
from retold.store.queries import opinions
from retold.store.queries.base import OPERATIONS, Row, marks, one, rows
from retold.store.queries.edges import Edge, Sentences, edge_of
from retold.tracing import alignment

__all__ = ["Comparison", "Edge", "Filter", "Reader", "comparison", "edge_of", "other_articles", "siblings", "story_of"]

ARTICLE_COLUMNS = (
    "id, story_id, title, publisher, wire, author, published, place, url, document, version, words, sentences, role"
)
Reader = opinions.Reader


@dataclass(slots=True)
class Filter:
    """Which edges to list; empty fields let everything through."""

    operation: str = ""
    label: str = ""
    undecided: bool = False

    def __bool__(self) -> bool:
        return bool(self.operation or self.label or self.undecided)

    def admits(self, edge: Edge) -> bool:
        if self.operation and self.operation not in (edge.operation, "moved" if edge.moved else ""):
            return False
        if self.label and self.label not in edge.labels:
            return False
        return not (self.undecided and edge.decided)


@dataclass(slots=True)
class Comparison:
    """``derivation`` is None when nothing says that one article was made from the other: then nothing is stored."""

    source: Row
    article: Row
    story: Row | None
    derivation: Row | None
    reverse: bool
    siblings: list[Row]
    edges: list[Edge]
    shown: list[Edge]
    labels: list[Row]
    filter: Filter
    operation_counts: list[tuple[str, int]]
    label_counts: list[Row]
    decided: int

    @property
    def index(self) -> int:
        """Where the article stands among the retellings of its source, from 1; 0 if it is none."""
        return next((n for n, row in enumerate(self.siblings, 1) if row["id"] == self.article["id"]), 0)


def comparison(
    connection: sqlite3.Connection, source_id: str, article_id: str, reader: Reader, wanted: Filter | None = None
) -> Comparison | None:
    """The comparison of two articles; None if either does not exist.

    Where no derivation joins them the edges are computed on demand, not stored, and cannot be annotated.
    """
    wanted = wanted or Filter()
    source, article = _article(connection, source_id), _article(connection, article_id)
    if source is None or article is None:
        return None
    derivation = _derivation(connection, source_id, article_id)
    changes = _stored(connection, source_id, article_id) if derivation else _aligned(connection, source_id, article_id)
    sentences = _sentences(connection, source_id, article_id) if derivation and reader.actor else {}
    edges = [edge_of(number, row, sentences.get(row["id"])) for number, row in enumerate(changes, 1)]
    labels = rows(connection, "select id, name, group_name, use_when, example from labels order by ordinal, id")
    if derivation:
        opinions.gather(connection, source_id, article_id, edges, reader)
    _moves(edges, changes)
    return Comparison(
        source=source,
        article=article,
        story=one(connection, "select id, title from stories where id = ?", [article["story_id"]]),
        derivation=derivation,
        reverse=_derivation(connection, article_id, source_id) is not None,
        siblings=siblings(connection, source_id),
        edges=edges,
        shown=[edge for edge in edges if wanted.admits(edge)],
        labels=labels,
        filter=wanted,
        operation_counts=_operation_counts(edges),
        label_counts=_label_counts(edges, labels),
        decided=sum(edge.decided for edge in edges),
    )


def story_of(connection: sqlite3.Connection, article_id: str) -> str | None:
    row = connection.execute("select story_id from articles where id = ?", [article_id]).fetchone()
    return row[0] if row else None


def siblings(connection: sqlite3.Connection, source_id: str) -> list[Row]:
    """The retellings of one source in the order of their columns on the story page."""
    return rows(
        connection,
        """select a.id, a.title, a.publisher, a.wire, a.document, a.role
           from derivations d join articles a on a.id = d.article_id where d.source_article_id = ?
           order by a.published is null, a.published, a.document, a.version""",
        [source_id],
    )


def _article(connection: sqlite3.Connection, article_id: str) -> Row | None:
    return one(connection, f"select {ARTICLE_COLUMNS} from articles where id = ?", [article_id])


def _derivation(connection: sqlite3.Connection, source_id: str, article_id: str) -> Row | None:
    sql = "select * from derivations where source_article_id = ? and article_id = ?"
    return one(connection, sql, [source_id, article_id])


def _stored(connection: sqlite3.Connection, source_id: str, article_id: str) -> list[Row]:
    return rows(
        connection,
        """select * from changes where article_id = ? and source_article_id = ? and not retired
           order by position, id""",
        [article_id, source_id],
    )


def _sentences(connection: sqlite3.Connection, source_id: str, article_id: str) -> dict[str, Sentences]:
    """By edge, the sentences of its sides as (id, start, end), for whoever may pick others."""
    sql = """
        select x.change_id, s.id, s.article_id, s.start, s."end" from changes c
        join change_sentences x on x.change_id = c.id join sentences s on s.id = x.sentence_id
        where c.article_id = ? and c.source_article_id = ? and not c.retired order by s.start
    """
    found: dict[str, Sentences] = {}
    for change, sentence, article, start, end in connection.execute(sql, [article_id, source_id]):
        side = "source" if article == source_id else "article"
        found.setdefault(change, {"source": [], "article": []})[side].append((sentence, start, end))
    return found


def _aligned(connection: sqlite3.Connection, source_id: str, article_id: str) -> list[Row]:
    loaded = loading.articles(connection, [source_id, article_id])
    source, article = loaded[source_id], loaded[article_id]
    return [writing_rows.change_row(edge, source, article) for edge in alignment.align(source, article)]


def _moves(edges: list[Edge], changes: list[Row]) -> None:
    """For every moved edge, the edge that holds what stands before it in the wire."""
    ordered = sorted((row["source_start"], row["id"]) for row in changes if row["source_start"] is not None)
    before = {change: ordered[n - 1][1] if n else None for n, (_, change) in enumerate(ordered)}
    for edge in edges:
        if edge.moved:
            edge.after = before.get(edge.id)


def _operation_counts(edges: list[Edge]) -> list[tuple[str, int]]:
    counted = [(name, sum(edge.operation == name for edge in edges)) for name in OPERATIONS]
    return [pair for pair in (*counted, ("moved", sum(edge.moved for edge in edges))) if pair[1]]


def _label_counts(edges: list[Edge], labels: list[Row]) -> list[Row]:
    counted: dict[str, int] = {}
    for edge in edges:
        for label in edge.labels:
            counted[label] = counted.get(label, 0) + 1
    return [row | {"n": counted[row["id"]]} for row in labels if row["id"] in counted]


def other_articles(connection: sqlite3.Connection, story_id: str | None, besides: list[str]) -> list[Row]:
    """The other articles of a story, to compare with instead."""
    sql = f"""select id, title, publisher, wire, document, role from articles
              where story_id = ? and id not in ({marks(len(besides))})
              order by published is null, published, document limit 100"""
    params: list[Any] = [story_id, *besides]
    return rows(connection, sql, params)
