"""The adjudication page: every dispute with both texts and what each side said."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from retold.store import adjudicate
from retold.store.queries import compare
from retold.store.queries.base import Row, marks, rows

PAGE = 50


@dataclass(slots=True)
class Case:
    """One dispute, its edge with the word differences, and the annotations of its label there."""

    dispute: adjudicate.Dispute
    edge: compare.Edge
    source: Row
    article: Row
    label: Row
    said: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Adjudication:
    """``total`` and ``settled`` count every dispute, ``matching`` those of the filter, ``cases`` those of this page."""

    total: int
    settled: int
    matching: int
    page: int
    pages: int
    cases: list[Case]


def adjudication(connection: sqlite3.Connection, state: str = "", label: str = "", page: int = 1) -> Adjudication:
    """``state`` is ``settled``, ``unsettled`` or empty for all; pages count from 1."""
    disputes = adjudicate.disputes(connection)
    wanted = [
        one
        for one in disputes
        if (not label or one.label == label) and (not state or (one.ruling is not None) == (state == "settled"))
    ]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(max(1, page), pages)
    return Adjudication(
        total=len(disputes),
        settled=sum(one.ruling is not None for one in disputes),
        matching=len(wanted),
        page=page,
        pages=pages,
        cases=_cases(connection, wanted[(page - 1) * PAGE : page * PAGE]),
    )


def _cases(connection: sqlite3.Connection, disputes: list[adjudicate.Dispute]) -> list[Case]:
    ids = sorted({one.change_id for one in disputes})
    edges = {row["id"]: row for row in _by_id(connection, "changes", "*", ids)}
    wanted = sorted({edge[side] for edge in edges.values() for side in ("source_article_id", "article_id")})
    articles = {row["id"]: row for row in _by_id(connection, "articles", compare.ARTICLE_COLUMNS, wanted)}
    labels = {row["id"]: row for row in rows(connection, "select id, name, definition from labels")}
    said = _said(connection, ids)
    return [
        Case(
            dispute,
            compare.edge_of(number, edge),
            articles[edge["source_article_id"]],
            articles[edge["article_id"]],
            labels[dispute.label],
            said[dispute.change_id, dispute.label],
        )
        for number, dispute in enumerate(disputes, 1)
        for edge in [edges[dispute.change_id]]
    ]


def _by_id(connection: sqlite3.Connection, table: str, columns: str, ids: list[str]) -> list[Row]:
    return rows(connection, f"select {columns} from {table} where id in ({marks(len(ids))})", ids)


def _said(connection: sqlite3.Connection, ids: list[str]) -> dict[tuple[str, str], list[Row]]:
    sql = f"""
        select * from annotations where change_id in ({marks(len(ids))}) and not withdrawn and not orphaned
        order by annotator, created, id
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(connection, sql, ids):
        found[row["change_id"], row["label"]].append(row)
    return found
