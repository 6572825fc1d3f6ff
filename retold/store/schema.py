"""Creating and recognising a Retold database."""

from __future__ import annotations

import glob
import os
import sqlite3
from importlib.resources import files
from pathlib import Path

import sqlite_utils

from retold.model import Fault
from retold.store import counts, faults

# Raised with every change of schema.sql after a release, together with a migration: see migrations.py.
SCHEMA_VERSION = 2
PATIENCE = 30.0  # seconds to wait for another writer
APPLICATION_ID = 0x5265746F  # "Reto": how `file` and we tell our database from somebody else's

SEARCHED = {"sentences": ["text"], "articles": ["title", "text"]}


class Unusable(Fault):
    """The file cannot serve as our database; the message says why and what to do."""


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with foreign keys on and rows by name, waiting rather than failing when another writer is busy."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    # Without it REPLACE removes a row without asking the triggers, which keep the history and the counts.
    connection.execute("pragma recursive_triggers = on")
    return connection


def exists(path: Path) -> bool:
    """Whether ``path`` holds a Retold database of this schema; raises ``Unusable`` when it holds something else."""
    found = version(path)
    if found is None:
        return False
    if found > SCHEMA_VERSION:
        raise Unusable(
            f"{path} was written by a newer Retold (schema {found}; this one knows {SCHEMA_VERSION}). Nothing was"
            " changed. Install the release that wrote it, or give another --db"
        )
    if found < SCHEMA_VERSION:
        raise Unusable(
            f"{path} has schema {found}, this Retold works with {SCHEMA_VERSION}. Nothing was changed. Bring it up"
            f" with: python build_db.py --db {path} (a copy is kept)"
        )
    return True


def version(path: Path) -> int | None:
    """The schema version of a Retold database, None where there is none yet; raises ``Unusable`` for anything else."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    if path.is_dir():
        raise Unusable(f"{path} is a folder; give the path of a database file with --db")
    with faults.explained(path, Unusable):
        connection = connect(path)
        try:
            application = connection.execute("pragma application_id").fetchone()[0]
            found = int(connection.execute("pragma user_version").fetchone()[0])
        finally:
            connection.close()
    if application != APPLICATION_ID:
        raise Unusable(f"{path} was made by another program; nothing was changed. Give another path with --db")
    return found


def ensure(path: Path) -> None:
    """Make ``path`` a Retold database if it is not one; the file appears whole or not at all.

    One process at a time: see :mod:`retold.store.locking`.
    """
    tidy(path)
    if exists(path):
        return
    if not path.parent.is_dir():
        raise Unusable(f"there is no folder {path.parent}; make it or give another --db")
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        connection = connect(new)
        try:
            connection.execute("pragma journal_mode = wal")
            create(connection)
        finally:
            connection.close()
        # A log whose database is gone belongs to no file, and SQLite would apply it to the new one.
        remove_log(path)
        os.replace(new, path)
    finally:
        tidy(path)


def tidy(path: Path) -> None:
    """Remove what a build that was killed left beside the database."""
    for leftover in path.parent.glob(f"{glob.escape(path.name)}.new-*"):
        leftover.unlink(missing_ok=True)


def remove_log(path: Path) -> None:
    """Remove the write-ahead log of a database that is closed or gone."""
    for name in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + name).unlink(missing_ok=True)


def append_only() -> list[str]:
    """The triggers that keep the history from being rewritten, as ``schema.sql`` has them."""
    sql = (files("retold.store") / "schema.sql").read_text(encoding="utf-8")
    return [one for one in counts.statements(sql) if "create trigger annotation_events_" in one]


def create(connection: sqlite3.Connection) -> None:
    """Every table, index, trigger and search index of the contract, in an empty database."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.executescript((files("retold.store") / "schema.sql").read_text(encoding="utf-8"))
    database = sqlite_utils.Database(connection)
    for table, columns in SEARCHED.items():
        database.table(table).enable_fts(columns, fts_version="FTS5", create_triggers=True, tokenize="porter")
    counts.install(connection)
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
