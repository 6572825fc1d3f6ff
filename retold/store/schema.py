"""Creating and recognising a Retold database."""

from __future__ import annotations

import os
import sqlite3
from importlib.resources import files
from pathlib import Path

import sqlite_utils

from retold.model import Fault

SCHEMA_VERSION = 1
APPLICATION_ID = 0x5265746F  # "Reto": how `file` and we tell our database from somebody else's

SEARCHED = {"sentences": ["text"], "articles": ["title", "text"]}


class Unusable(Fault):
    """The file cannot serve as our database; the message says why and what to do."""


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with foreign keys on and rows by name, waiting rather than failing when another writer is busy."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    return connection


def exists(path: Path) -> bool:
    """Whether ``path`` holds a Retold database of this schema; raises ``Unusable`` when it holds something else."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return False
    if path.is_dir():
        raise Unusable(f"{path} is a folder; give the path of a database file with --db")
    try:
        connection = connect(path)
        try:
            application = connection.execute("pragma application_id").fetchone()[0]
            version = connection.execute("pragma user_version").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{path} cannot be read as a database ({error}); move it away or give another --db") from error
    if application != APPLICATION_ID:
        raise Unusable(f"{path} was made by another program; nothing was changed. Give another path with --db")
    if version != SCHEMA_VERSION:
        raise Unusable(f"{path} has schema version {version}, this Retold writes {SCHEMA_VERSION}; use that release")
    return True


def ensure(path: Path) -> None:
    """Make ``path`` a Retold database if it is not one; the file appears whole or not at all."""
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
        os.replace(new, path)
    finally:
        for leftover in (new, new.with_name(f"{new.name}-wal"), new.with_name(f"{new.name}-shm")):
            leftover.unlink(missing_ok=True)


def create(connection: sqlite3.Connection) -> None:
    """Every table, index, trigger and search index of the contract, in an empty database."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.executescript((files("retold.store") / "schema.sql").read_text(encoding="utf-8"))
    database = sqlite_utils.Database(connection)
    for table, columns in SEARCHED.items():
        database.table(table).enable_fts(columns, fts_version="FTS5", create_triggers=True, tokenize="porter")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
