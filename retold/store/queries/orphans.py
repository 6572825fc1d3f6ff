"""The orphans page: what lost its edge, with its old text, beside the edges where it may belong."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from retold.store import orphans
from retold.store.queries import compare
from retold.store.queries.base import Row, one

PAGE = 20
ONE_NAME = {
    "annotations": "annotation",
    "decisions": "decision",
    "comments": "comment",
    "adjudications": "ruling",
}


@dataclass(slots=True)
class Candidate:
    """An edge where an orphan may belong; ``overlap`` is the share of text that both have."""

    edge: compare.Edge
    overlap: float


@dataclass(slots=True)
class Orphan:
    """One row whose edge is gone: ``before`` and ``after`` quote the text that it was about, with its context."""

    table: str
    kind: str
    row: Row
    person: str
    label: str
    source: Row
    article: Row
    before: Row | None
    after: Row | None
    candidates: list[Candidate]


@dataclass(slots=True)
class Orphans:
    """``total`` counts those of the person asked for, ``all`` everybody's; ``shown`` are the first of them."""

    total: int
    all: int
    shown: list[Orphan]


def page(connection: sqlite3.Connection, person: str | None) -> Orphans:
    """The orphans of one person, or with None of everybody."""
    everybodys = orphans.orphans(connection)
    found = [(t, row) for t, row in everybodys if person is None or row[orphans.OWNER[t]] == person]
    return Orphans(len(found), len(everybodys), [_orphan(connection, table, row) for table, row in found[:PAGE]])


def _orphan(connection: sqlite3.Connection, table: str, row: Row) -> Orphan:
    old = one(connection, "select * from changes where id = ?", [row["change_id"]]) or {}
    sides = [_article(connection, old[f"{side}article_id"]) for side in ("source_", "")]
    label = one(connection, "select name from labels where id = ?", [row.get("label")])
    return Orphan(
        table=table,
        kind=ONE_NAME[table],
        row=row,
        person=row[orphans.OWNER[table]],
        label=label["name"] if label else "",
        source=sides[0],
        article=sides[1],
        before=_quoted(row.get("before"), old["source_text"]),
        after=_quoted(row.get("after"), old["text"]),
        candidates=[
            Candidate(compare.edge_of(number, edge), found.overlap)
            for number, found in enumerate(orphans.candidates(connection, row), 1)
            for edge in [one(connection, "select * from changes where id = ?", [found.change_id]) or {}]
        ],
    )


def _article(connection: sqlite3.Connection, id_: str) -> Row:
    return one(connection, f"select {compare.ARTICLE_COLUMNS} from articles where id = ?", [id_]) or {}


def _quoted(selector: str | None, text: str | None) -> Row | None:
    """The text quote selector, or the old edge's whole side where there is none."""
    if selector:
        quoted: Row = json.loads(selector)
        return quoted
    return None if text is None else {"exact": text, "prefix": "", "suffix": ""}
