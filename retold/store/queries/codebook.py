"""The codebook page: operations and labels as the database has them now, with their counts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby

from retold import codebook as shipped
from retold.store.queries.base import Row, rows


@dataclass(frozen=True, slots=True)
class Codebook:
    """``groups`` holds (group name, its labels); every operation and label carries its counts."""

    version: int
    operations: list[Row]
    groups: list[tuple[str, list[Row]]]


def codebook(connection: sqlite3.Connection) -> Codebook:
    book = shipped.load()
    edges = {
        row["operation"]: row["n"]
        for row in rows(connection, "select operation, count(*) as n from changes where not retired group by operation")
    }
    operations = [
        {"id": name, "definition": definition, "changes": edges.get(name, 0)}
        for name, definition in book.operations.items()
    ]
    labels = labels_with_counts(connection)
    groups = [(name, list(group)) for name, group in groupby(labels, key=lambda row: str(row["group_name"]))]
    return Codebook(max((row["version"] for row in labels), default=book.version), operations, groups)


def labels_with_counts(connection: sqlite3.Connection) -> list[Row]:
    """Every label in the order of the codebook: how often suggested, accepted, rejected and added by people."""
    return rows(
        connection,
        """select l.*, coalesce(g.n, 0) as suggestions, coalesce(a.accepted, 0) as accepted,
                  coalesce(a.rejected, 0) as rejected, coalesce(a.added, 0) as added
           from labels l
           left join (select label, count(*) as n from suggestions group by label) g on g.label = l.id
           left join (select label, sum(verdict = 'accepted') as accepted, sum(verdict = 'rejected') as rejected,
                             sum(verdict = 'added') as added
                      from annotations where not withdrawn group by label) a on a.label = l.id
           order by l.ordinal, l.group_name, l.id""",
    )
