"""Builds in processes of their own that can be killed, and what a database holds apart from times of day."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from retold import build
from retold.store import schema

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.recovery.warm"])
# Times of day, and the digest of the code, which somebody may be editing.
VARYING = {"started", "finished", "at", "created", "updated", "settings"}


def start(target: Callable[..., Any], *arguments: Any) -> BaseProcess:
    """``target(*arguments)`` in a process of its own with the models loaded."""
    process = CONTEXT.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def run_build(*arguments: str) -> None:
    """What ``python build_db.py`` does, in the process that calls it, which then ends."""
    os._exit(build.main([*arguments, "--quiet"]))


def build_and_die(at: str, nth: int, spill: bool, *arguments: str) -> None:
    """As ``run_build``, killed with signal 9 when SQLite begins the ``nth`` statement that starts with ``at``.

    ``spill`` leaves SQLite a few pages of memory, so that it writes to the log before it commits.
    """
    connect, seen = schema.connect, 0

    def trace(statement: str) -> None:
        nonlocal seen
        seen += statement.lstrip("- \n").startswith(at)
        if seen == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path | str) -> sqlite3.Connection:
        connection = connect(path)
        if spill:
            connection.execute("pragma cache_size = 5")
        connection.set_trace_callback(trace)
        return connection

    schema.connect = traced
    run_build(*arguments)


def content(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without what varies, in a comparable order."""
    connection = sqlite3.connect(db)
    names = [r[0] for r in connection.execute("select name from sqlite_master where type = 'table' order by 1")]
    found = {}
    for name in names:
        if "_fts_" in name or name.startswith("sqlite_"):  # the search index keeps its parts as it likes
            continue
        columns = [f"[{r[1]}]" for r in connection.execute(f"pragma table_info([{name}])") if r[1] not in VARYING]
        found[name] = sorted(connection.execute(f"select {', '.join(columns)} from [{name}]").fetchall(), key=repr)
    connection.close()
    return found


def faults_of(db: Path) -> list[Any]:
    """What SQLite finds wrong: pages, references, the search index against its tables."""
    connection = sqlite3.connect(db)
    found = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
    found += connection.execute("pragma foreign_key_check").fetchall()
    for table in schema.SEARCHED:
        connection.execute(f"insert into {table}_fts ({table}_fts, rank) values ('integrity-check', 1)")
    connection.close()
    return found


def authored(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """What people entered, apart from which edge it hangs on and whether that still fits: a build may change these."""
    connection = sqlite3.connect(db)
    wanted = {
        "annotations": "id, label, verdict, annotator, comment, revision",
        "decisions": "id, annotator, status, comment, revision",
        "comments": "id, annotator, text",
        "realignments": "id, annotator, source_parts, parts",
        "annotation_events": "id, actor, action, row_id, after",
    }
    found = {}
    for table, columns in wanted.items():
        where = " where actor <> 'retold'" if table == "annotation_events" else ""
        found[table] = connection.execute(f"select {columns} from {table}{where} order by id").fetchall()
    connection.close()
    return found


def strays(db: Path) -> list[str]:
    """Files beside the database that a finished program should not have left."""
    mine = {db.name, f"{db.name}-wal", f"{db.name}-shm"}
    return sorted(p.name for p in db.parent.iterdir() if db.name in p.name and p.name not in mine)


def annotate_all(db: Path, annotator: str = "ida") -> None:
    """An annotation, a decision and a comment on every third edge, by the store itself.

    One more edge is as another aligner might have cut it, so that the next build retires it.
    """
    from retold.store import annotate, discuss

    connection = schema.connect(db)
    edges = [row["id"] for row in connection.execute("select id from changes where not retired order by id")][::3]
    for edge in [*edges, another_cut(connection, edges[0])]:
        connection.execute("begin immediate")
        given = {"change_id": edge, "label": "style_only", "verdict": "added", "comment": "of a person"}
        annotate.annotate(connection, given, annotator)
        annotate.decide(connection, {"change_id": edge, "status": "done"}, annotator)
        discuss.comment(connection, {"change_id": edge, "text": "why so?", "key": "1"}, annotator)
        connection.execute("commit")
    connection.close()


def another_cut(connection: sqlite3.Connection, edge: str) -> str:
    """The id of a new edge like ``edge``, with the first letter of each side left out."""
    row = dict(connection.execute("select * from changes where id = ?", [edge]).fetchone())
    del row["summary"]
    row |= {"id": "c-of-another-aligner"}
    for side in ("source_", ""):
        if row[f"{side}start"] is not None:
            row |= {f"{side}start": row[f"{side}start"] + 1, f"{side}text": row[f"{side}text"][1:]}
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"insert into changes ({names}) values ({', '.join(f':{name}' for name in row)})", row)
    return str(row["id"])


def restore_and_die(copy: str, db: str, moment: str) -> None:
    """A restore killed half-way: while it keeps what is there, or while it writes what shall be there."""
    from retold.store import backup, copying

    page_by_page = copying.copy

    def fatal(source: Path, target: Path, pages: int = 1, progress: Any = None) -> None:
        keeping = source == Path(db)
        doomed = keeping if moment == "keeping" else target == Path(db)

        def step(status: int, remaining: int, total: int) -> None:
            if doomed and remaining < total // 2:
                os.kill(os.getpid(), signal.SIGKILL)

        page_by_page(source, target, 1, step)

    copying.copy = fatal
    backup.restore(Path(copy), Path(db))
