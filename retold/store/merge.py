"""Annotations made on another copy of the dataset, brought into this one: by person and edge, conflicts reported.

Ids are deterministic, so a row that both copies hold has the same id. What differs is never merged silently: this
copy's row stays and the other is reported.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from retold.store import history
from retold.store.errors import Row

FROM_FILES = ("annotations", "decisions", "comments", "realignments", "adjudications", "assignments")
UNSEEN = {"change_id", "orphaned", "suggestion_id"}  # what a rebuild may change without anybody entering anything
OURS_ALONE = {"revision", "created", "updated", "orphaned"}  # differ between copies without anybody disagreeing


@dataclass(slots=True)
class Conflict:
    """The same row in both copies, with what differs: column by column, ours first."""

    table: str
    id: str
    annotator: str
    differs: dict[str, tuple[Any, Any]]

    def __str__(self) -> str:
        told = ", ".join(f"{name}: {ours!r} here, {theirs!r} there" for name, (ours, theirs) in self.differs.items())
        return f"{self.table} {self.id} by {self.annotator}: {told}"


@dataclass(slots=True)
class Report:
    """What an import did; ``refused`` has one line per row that could not be used, with the reason."""

    added: int = 0
    same: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def table_of(row: Row) -> str | None:
    """Which authored table a row of an export belongs to, by its columns."""
    if {"verdict", "label", "annotator", "change_id"} <= row.keys():
        return "annotations"
    if {"status", "annotator", "change_id"} <= row.keys():
        return "decisions"
    return None


def file_rows(annotations: sqlite3.Connection) -> Iterator[tuple[str, str, Row]]:
    """``(table, where it stands, row)`` for all that people entered in the annotations file of a snapshot."""
    for table in FROM_FILES:
        # A comment comes after what it answers.
        for row in history.rows(annotations, f"select * from {table} order by created, id"):
            yield table, f"{table} {row['id']}", row


def merge_file(connection: sqlite3.Connection, annotations: sqlite3.Connection, actor: str, at: str) -> Report:
    """Bring back what people entered beside a published snapshot; expects to run inside a write transaction.

    Where this copy's row is still as it was at some time in that file's history, the file's row takes its place;
    where both went on, it is a conflict.
    """
    report = Report()
    for table, place, row in file_rows(annotations):
        ours = history.one(connection, table, str(row["id"]))
        if ours is not None and ours != row and _was(annotations, table, ours):
            _follow(connection, table, ours, row, actor, at)
            report.added += 1
        elif ours is not None and ours != row and _was(connection, table, row):
            report.same += 1  # only this copy went on
        else:
            _merge_row(connection, report, table, place, row, actor, at)
    return report


def _was(connection: sqlite3.Connection, table: str, found: Row) -> bool:
    """Whether the history there knows a former state of the row that equals this one."""
    sql = "select before from annotation_events where table_name = ? and row_id = ? and before is not null"
    told = _entered(found)
    return any(_entered(json.loads(row[0])) == told for row in connection.execute(sql, [table, found["id"]]))


def _entered(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in UNSEEN}


def _follow(connection: sqlite3.Connection, table: str, ours: Row, row: Row, actor: str, at: str) -> None:
    kept = _entered(row)
    settings = ", ".join(f'"{name}" = ?' for name in kept)
    connection.execute(f"update {table} set {settings} where id = ?", [*kept.values(), ours["id"]])
    told = [json.dumps(state, ensure_ascii=False, sort_keys=True) for state in (ours, ours | kept)]
    connection.execute(
        "insert into annotation_events (at, actor, action, table_name, row_id, before, after) "
        "values (?, ?, 'imported', ?, ?, ?, ?)",
        [at, actor, table, ours["id"], *told],
    )


def merge(connection: sqlite3.Connection, rows: Iterable[tuple[str, Row]], actor: str, at: str) -> Report:
    """Bring rows in, each as ``(where it stands, row)``; expects to run inside a write transaction.

    An event says who imported what; the row keeps its own author and times.
    """
    report = Report()
    for place, row in rows:
        table = table_of(row)
        if table is None:
            report.refused.append(f"{place}: neither an annotation nor a decision; export one of those tables")
        else:
            _merge_row(connection, report, table, place, row, actor, at)
    return report


def _merge_row(
    connection: sqlite3.Connection, report: Report, table: str, place: str, row: Row, actor: str, at: str
) -> None:
    columns = [r[1] for r in connection.execute(f"pragma table_info({table})")]
    row = {name: row[name] for name in columns if name in row}
    ours = history.one(connection, table, str(row.get("id", ""))) or _ours(connection, table, row)
    if ours is not None:
        differs = {
            name: (ours[name], row[name])
            for name in row
            if name not in OURS_ALONE and name != "id" and ours[name] != row[name]
        }
        if differs:
            report.conflicts.append(
                Conflict(table, ours["id"], str(ours.get("annotator") or ours.get("adjudicator")), differs)
            )
        else:
            report.same += 1
        return
    edge = row.get("change_id")
    if edge and connection.execute("select 1 from changes where id = ?", [edge]).fetchone() is None:
        report.refused.append(f"{place}: its edge {edge} is not in this dataset; build it from the same inputs")
        return
    try:
        _insert(connection, table, row, actor, at)
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
        report.refused.append(f"{place}: {error}; it was not written by Retold, or it was edited by hand")
        return
    report.added += 1


def _ours(connection: sqlite3.Connection, table: str, row: Row) -> Row | None:
    if table != "decisions":
        return None
    sql = "select * from decisions where change_id = ? and annotator = ?"
    return next(iter(history.rows(connection, sql, [row["change_id"], row["annotator"]])), None)


def _insert(connection: sqlite3.Connection, table: str, row: Row, actor: str, at: str) -> None:
    connection.execute("savepoint one_row")
    try:
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(f"insert into {table} ({names}) values ({', '.join('?' for _ in row)})", list(row.values()))
        _check_references(connection, table, row)
        after = json.dumps(row, ensure_ascii=False, sort_keys=True)
        connection.execute(
            "insert into annotation_events (at, actor, action, table_name, row_id, after) "
            "values (?, ?, 'imported', ?, ?, ?)",
            [at, actor, table, row["id"], after],
        )
    except BaseException:
        connection.execute("rollback to one_row")
        raise
    finally:
        connection.execute("release one_row")


def _check_references(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """Foreign keys are deferred, so that one bad row would otherwise fail the whole import at its end."""
    for key in connection.execute(f"pragma foreign_key_list({table})").fetchall():
        target, column, to = key[2], key[3], key[4]
        if (
            row.get(column) is not None
            and not connection.execute(f'select 1 from "{target}" where "{to}" = ?', [row[column]]).fetchone()
        ):
            raise sqlite3.IntegrityError(f"{column} {row[column]!r} is not in {target}")
