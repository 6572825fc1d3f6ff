"""The codebook page: operations and labels as the database has them now, with their counts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby

from retold import codebook as shipped
from retold.store import counts
from retold.store.queries.base import Row, rows


@dataclass(frozen=True, slots=True)
class Codebook:
    """``groups`` holds (group name, its labels); every operation and label carries its counts."""

    version: int
    operations: list[Row]
    groups: list[tuple[str, list[Row]]]


def codebook(connection: sqlite3.Connection) -> Codebook:
    book = shipped.load()
    edges = counts.by_key(connection, "operation")
    operations = [
        {"id": name, "definition": definition, "changes": edges.get(name, 0)}
        for name, definition in book.operations.items()
    ]
    labels = labels_with_counts(connection)
    groups = [(name, list(group)) for name, group in groupby(labels, key=lambda row: str(row["group_name"]))]
    return Codebook(max((row["version"] for row in labels), default=book.version), operations, groups)


def labels_with_counts(connection: sqlite3.Connection) -> list[Row]:
    """Every label in the order of the codebook: how often suggested, accepted, rejected and added by people."""
    kept = counts.by_kind(connection, ["rule", "verdict"])
    suggested, verdicts = counts.by_label(kept["rule"]), kept["verdict"]
    return [
        row
        | {"suggestions": suggested.get(row["id"], 0)}
        | {verdict: verdicts.get(f"{row['id']} {verdict}", 0) for verdict in ("accepted", "rejected", "added")}
        for row in rows(connection, "select * from labels order by ordinal, group_name, id")
    ]
