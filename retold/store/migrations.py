"""Databases of earlier releases brought to the present schema, step by step, with a verified copy kept.

A migration is a function that changes an open database from one schema version to the next. To add one: change
``schema.sql``, raise ``schema.SCHEMA_VERSION``, write the function, and register it in ``MIGRATIONS`` under the version
that it leads to. It runs inside a transaction with foreign keys off, so it may rebuild tables; they are checked after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

from retold.model import Fault
from retold.store import copying, counts, faults, schema

Migration = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Counts and indexes for large databases."""
    for statement in counts.statements((files("retold.store") / "migrations_2.sql").read_text(encoding="utf-8")):
        connection.execute(statement)
    counts.install(connection)
    counts.refresh(connection)


# Schema 1 is the first, so nothing leads to it.
MIGRATIONS: dict[int, Migration] = {2: _to_2}


class Failed(Fault):
    """A migration could not be done; the database is as it was."""


def migrate(db: Path) -> list[tuple[int, Path]]:
    """Bring ``db`` up if it is older; gives the version reached and where the copy is kept, or nothing to say.

    One process at a time: see :mod:`retold.store.locking`. A newer database is left to ``schema.exists`` to refuse.
    """
    found = schema.version(db)
    if found is None or found >= schema.SCHEMA_VERSION:
        return []
    kept = _free(db.with_name(f"{db.name}.before-schema-{schema.SCHEMA_VERSION}"))
    copying.save(db, kept)
    apply(db)
    return [(schema.SCHEMA_VERSION, kept)]


def apply(db: Path, migrations: Mapping[int, Migration] | None = None) -> None:
    """Run what leads from the version of ``db`` to the present one, all in one transaction; raises :class:`Failed`."""
    migrations = MIGRATIONS if migrations is None else migrations
    with faults.explained(db):
        connection = schema.connect(db)
        try:
            connection.execute("pragma foreign_keys = off")
            connection.execute("begin immediate")
            _run(connection, db, migrations)
            connection.execute("commit")
        finally:
            # Closing what was not committed takes it back.
            connection.close()


def _run(connection: sqlite3.Connection, db: Path, migrations: Mapping[int, Migration]) -> None:
    # Asked again under the lock: another process may have been first.
    found = int(connection.execute("pragma user_version").fetchone()[0])
    for version in range(found + 1, schema.SCHEMA_VERSION + 1):
        if version not in migrations:
            raise Failed(f"{db} has schema {found}, and nothing leads from there to {version}; nothing was changed")
        migrations[version](connection)
        connection.execute(f"pragma user_version = {version}")
    if found < schema.SCHEMA_VERSION and connection.execute("pragma foreign_key_check").fetchall():
        raise Failed(
            f"{db} cannot be brought to schema {schema.SCHEMA_VERSION}: references would break; nothing changed"
        )


def _free(path: Path) -> Path:
    """The path, or one beside it that is not taken: no copy is ever written over."""
    candidates = (path if n == 1 else path.with_name(f"{path.name}-{n}") for n in range(1, 10_000))
    return next(p for p in candidates if not p.exists())


def unfit(connection: sqlite3.Connection) -> str | None:
    """Why an open database cannot serve this release, in words for its readers and its keeper; None where it can."""
    try:
        application, version = (
            int(connection.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version")
        )
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            return None  # it is only busy
        return "The database is damaged. Whoever runs this site puts a copy back with: python -m retold restore COPY"
    if application != schema.APPLICATION_ID:
        return (
            "The file being served was not made by Retold. Whoever runs this site builds a database with: python"
            " build_db.py, and serves that, or names its file under plugins: retold: database: in datasette.yml."
        )
    if version < schema.SCHEMA_VERSION:
        return (
            f"This database was written by an earlier Retold (schema {version}; this one works with"
            f" {schema.SCHEMA_VERSION}). Whoever runs this site brings it up by running the build again, python"
            " build_db.py, which keeps a copy of what it was. The server may go on meanwhile."
        )
    if version > schema.SCHEMA_VERSION:
        return (
            f"This database was written by a newer Retold (schema {version}; this one knows"
            f" {schema.SCHEMA_VERSION}). Whoever runs this site installs the release that wrote it, and starts the"
            " server again. Nothing was changed."
        )
    return None
