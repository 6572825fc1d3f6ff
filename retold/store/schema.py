"""Creating and recognising a Retold database."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import sqlite_utils

SCHEMA_VERSION = 1
APPLICATION_ID = 0x5265746F  # "Reto": how `file` and we tell our database from somebody else's

SEARCHED = {"sentences": ["text"], "articles": ["title", "text"]}


class NotOurs(Exception):
    """The file is a database that Retold did not make, or none at all."""


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with foreign keys on and rows by name, waiting rather than failing when another writer is busy."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """Every table, index, trigger and search index of the contract, in an empty database."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.executescript((files("retold.store") / "schema.sql").read_text(encoding="utf-8"))
    database = sqlite_utils.Database(connection)
    for table, columns in SEARCHED.items():
        database.table(table).enable_fts(columns, fts_version="FTS5", create_triggers=True, tokenize="porter")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
