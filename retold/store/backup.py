"""Copies of a database that are whole: taken while it is in use, verified before they count, put back with care."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from retold.model import Fault
from retold.store import schema


class Damaged(Fault):
    """The copy cannot be trusted; the message says what was found and what to do."""


def backup(source: Path, target: Path) -> int:
    """Copy ``source`` to ``target`` while others read and write it; returns the bytes written.

    The copy is one consistent moment, checked for integrity and foreign keys, and appears whole or not at all.
    Raises :class:`Damaged` or ``schema.Unusable``.
    """
    if not schema.exists(source):
        raise schema.Unusable(f"there is no database {source}; name one with --db")
    if not target.parent.is_dir():
        raise schema.Unusable(f"there is no folder {target.parent}; make it or name another place")
    part = target.with_name(f".{target.name}.part")
    try:
        _copy(source, part)
        verify(part)
        part.replace(target)
    finally:
        _remove(part)
    return target.stat().st_size


def restore(source: Path, db: Path) -> Path | None:
    """Put a verified copy in the place of ``db``; returns where the replaced database was kept, if there was one.

    Written through SQLite into the file in use, so that a running server sees the old rows or the new ones, never half.
    """
    if not source.exists() or not schema.exists(source):
        raise schema.Unusable(f"there is no database {source}; give the path of a backup")
    verify(source)
    kept = None
    if db.exists() and db.stat().st_size:
        kept = db.with_name(f"{db.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        _copy(db, kept)
    _copy(source, db)
    verify(db)
    return kept


def verify(path: Path) -> None:
    """Raise :class:`Damaged` unless the file is sound: pages, indexes, foreign keys."""
    try:
        connection = schema.connect(path)
        try:
            faults = [str(row[0]) for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
            loose = connection.execute("pragma foreign_key_check").fetchall()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path} cannot be read ({error}); take another copy") from error
    if faults:
        raise Damaged(f"{path} is damaged: {faults[0]}; take another copy, or restore an older one")
    if loose:
        raise Damaged(f"{path} has {len(loose)} rows that point nowhere, first in {loose[0][0]}; take another copy")


def _copy(source: Path, target: Path) -> None:
    origin, copy = schema.connect(source), schema.connect(target)
    try:
        origin.backup(copy, pages=1_000)
    finally:
        copy.close()
        origin.close()


def _remove(path: Path) -> None:
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)
