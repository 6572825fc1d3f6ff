"""The compare page: two articles edge by edge, with what rules suggest and what people decided."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from retold.store import loading
from retold.store import rows as writing_rows
from retold.store.queries.base import OPERATIONS, Row, marks, one, rows
from retold.tracing import alignment
from retold.tracing.words import worddiff

ARTICLE_COLUMNS = (
    "id, story_id, title, publisher, wire, author, published, place, url, document, version, words, sentences, role"
)
LIKELIHOOD = ((0.85, "very likely"), (0.65, "likely"), (0.4, "possible"), (0.0, "doubtful"))


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the page is made: ``actor`` (None when not signed in), and what they may see besides their own work."""

    actor: str | None = None
    suggestions: bool = True
    others: bool = True


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
class Part:
    """A stretch of one article: ``start`` in code points, and runs of ``(same | gone | new, text)``."""

    start: int
    runs: list[tuple[str, str]]


@dataclass(slots=True)
class Edge:
    """One row of ``changes`` as the page shows it. ``inline`` holds both texts in one, for the one-column view."""

    id: str
    number: int
    operation: str
    moved: bool
    similarity: float
    source: list[Part]
    article: list[Part]
    inline: list[tuple[str, str]]
    after: str | None = None
    suggestions: list[Row] = field(default_factory=list)
    annotations: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    own: Row | None = None
    decided: bool = False

    @property
    def labels(self) -> set[str]:
        return {one["label"] for one in (*self.suggestions, *self.annotations)}


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
    edges = [edge_of(number, row) for number, row in enumerate(changes, 1)]
    labels = rows(connection, "select id, name, group_name, use_when, example from labels order by ordinal, id")
    if derivation:
        _judgements(connection, source_id, article_id, edges, reader)
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


def siblings(connection: sqlite3.Connection, source_id: str) -> list[Row]:
    """The retellings of one source in the order of their columns on the story page."""
    return rows(
        connection,
        """select a.id, a.title, a.publisher, a.wire, a.document
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


def _aligned(connection: sqlite3.Connection, source_id: str, article_id: str) -> list[Row]:
    loaded = loading.articles(connection, [source_id, article_id])
    source, article = loaded[source_id], loaded[article_id]
    return [writing_rows.change_row(edge, source, article) for edge in alignment.align(source, article)]


def edge_of(number: int, row: Row) -> Edge:
    """A row of ``changes`` with its word differences, as the pages show it."""
    left, right = _parts(row, "source_"), _parts(row, "")
    before, after = _joined(left), _joined(right)
    pieces: list[worddiff.Piece] = []
    if not (left and right):
        pieces = [worddiff.Piece("replace", 0, len(before), 0, len(after))]
    elif row["operation"] != "kept":
        pieces = worddiff.diff(before, after)
    return Edge(
        row["id"],
        number,
        row["operation"],
        bool(row["moved"]),
        row["similarity"],
        source=_runs(left, [(p.op != "equal", p.source_start, p.source_end) for p in pieces], "gone"),
        article=_runs(right, [(p.op != "equal", p.start, p.end) for p in pieces], "new"),
        inline=_inline(before, after, pieces),
    )


def _inline(before: str, after: str, pieces: list[worddiff.Piece]) -> list[tuple[str, str]]:
    if not pieces:
        return [("same", after)]
    found: list[tuple[str, str]] = []
    for piece in pieces:
        if piece.op == "equal":
            found.append(("same", after[piece.start : piece.end]))
            continue
        for kind, text in (
            ("gone", before[piece.source_start : piece.source_end]),
            ("new", after[piece.start : piece.end]),
        ):
            found += _spaced(kind, text) if text else []
    return found


def _parts(row: Row, prefix: str) -> list[tuple[int, str]]:
    """The true stretches of one side as (start, text); the row's text runs from the first to the last."""
    if row[f"{prefix}start"] is None:
        return []
    offset, text = row[f"{prefix}start"], row[f"{prefix}text"]
    return [(start, text[start - offset : end - offset]) for start, end in json.loads(row[f"{prefix}parts"])]


def _joined(parts: list[tuple[int, str]]) -> str:
    return "\n".join(text for _, text in parts)


def _runs(parts: list[tuple[int, str]], pieces: list[tuple[bool, int, int]], changed: str) -> list[Part]:
    """Pieces of the joined text cut at the joints, as runs of each part."""
    found: list[Part] = []
    offset = 0
    for start, text in parts:
        runs: list[tuple[str, str]] = []
        for differs, first, last in pieces or [(False, offset, offset + len(text))]:
            cut = text[max(first - offset, 0) : max(last - offset, 0)]
            if cut:
                runs += _spaced(changed if differs else "same", cut)
        found.append(Part(start, runs))
        offset += len(text) + 1
    return found


def _spaced(kind: str, text: str) -> list[tuple[str, str]]:
    """A changed run without the spaces around it, so that neither strike nor underline trails into the gap."""
    if kind == "same":
        return [(kind, text)]
    core = text.strip()
    if not core:
        return [("same", text)]
    at = text.index(core)
    runs = [("same", text[:at]), (kind, core), ("same", text[at + len(core) :])]
    return [run for run in runs if run[1]]


def _moves(edges: list[Edge], changes: list[Row]) -> None:
    """For every moved edge, the edge that holds what stands before it in the wire."""
    ordered = sorted((row["source_start"], row["id"]) for row in changes if row["source_start"] is not None)
    before = {change: ordered[n - 1][1] if n else None for n, (_, change) in enumerate(ordered)}
    for edge in edges:
        if edge.moved:
            edge.after = before.get(edge.id)


def _judgements(
    connection: sqlite3.Connection, source_id: str, article_id: str, edges: list[Edge], reader: Reader
) -> None:
    """Suggestions, annotations and decisions of all edges in three queries, as far as the reader may see them."""
    by_id = {edge.id: edge for edge in edges}
    pair = {"source": source_id, "article": article_id, "actor": reader.actor, "others": reader.others}
    if reader.suggestions:
        for row in rows(connection, _SUGGESTIONS, pair):
            row["likelihood"] = next(words for least, words in LIKELIHOOD if row["confidence"] >= least)
            by_id[row["change_id"]].suggestions.append(row)
    for row in rows(connection, _ANNOTATIONS, pair):
        if row["change_id"] in by_id:
            by_id[row["change_id"]].annotations.append(row)
    for row in rows(connection, _DECISIONS, pair):
        if row["change_id"] in by_id:
            by_id[row["change_id"]].decisions.append(row)
    for edge in edges:
        _own(edge, reader)


def _own(edge: Edge, reader: Reader) -> None:
    """Joins a reader's own annotations to the suggestions they answer, and says whether the edge is decided."""
    mine = [row for row in edge.annotations if row["annotator"] == reader.actor]
    for suggestion in edge.suggestions:
        answers = [row for row in mine if row["suggestion_id"] == suggestion["id"]]
        suggestion["answer"] = answers[-1] if answers else None
        for row in answers:
            row["answers"] = True
    edge.own = next((row for row in edge.decisions if row["annotator"] == reader.actor), None)
    done = [row for row in edge.decisions if row["status"] == "done"]
    edge.decided = (edge.own is not None and edge.own["status"] == "done") if reader.actor else bool(done)


_PAIR = "c.article_id = :article and c.source_article_id = :source and not c.retired"
_SUGGESTIONS = f"""select g.*, l.name
    from changes c join suggestions g on g.change_id = c.id join labels l on l.id = g.label
    where {_PAIR} order by c.position, l.ordinal, g.start is null, g.start, g.source_start, g.id"""
_ANNOTATIONS = f"""select n.*, l.name
    from changes c join annotations n on n.change_id = c.id join labels l on l.id = n.label
    where {_PAIR} and (:others or n.annotator = :actor) order by n.created, n.id"""
_DECISIONS = f"""select d.* from changes c join decisions d on d.change_id = c.id
    where {_PAIR} and (:others or d.annotator = :actor) order by d.created, d.id"""


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
    sql = f"""select id, title, publisher, wire, document from articles
              where story_id = ? and id not in ({marks(len(besides))})
              order by published is null, published, document limit 100"""
    params: list[Any] = [story_id, *besides]
    return rows(connection, sql, params)
