"""Copies of a database that are whole: taken while it is in use, verified before they count, put back with care."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from retold.model import Fault
from retold.store import copying, faults, locking, migrations, schema
from retold.store.copying import Damaged, verify

__all__ = ["Damaged", "backup", "restore", "verify"]

ATTEMPTS = 50  # each as long as copying the database takes


class _Overtaken(Exception):
    """Somebody wrote between the copy that is kept and the lock."""


def backup(source: Path, target: Path) -> int:
    """Copy ``source`` to ``target`` while others read and write it; returns the bytes written.

    The copy is one consistent moment, checked for integrity and foreign keys, and appears whole or not at all. A
    database of an older release is copied as it is. Raises :class:`Damaged`, ``schema.Unusable`` or ``locking.Busy``.
    """
    if schema.version(source) is None:
        raise schema.Unusable(f"there is no database {source}; name one with --db")
    if not target.parent.is_dir():
        raise schema.Unusable(f"there is no folder {target.parent}; make it or name another place")
    if target.exists() and target.samefile(source):
        raise schema.Unusable(f"{target} is the database itself; name another place for the copy")
    with faults.explained(target), locking.alone(target):
        copying.save(source, target)
    return target.stat().st_size


def restore(source: Path, db: Path) -> Path | None:
    """Put a verified copy in the place of ``db``; returns where the replaced database was kept, if there was one.

    Written through SQLite into the file in use, so that a running server sees the old rows or the new ones, never half,
    and so that whatever people wrote until that moment is in what is kept. A copy made by an older release is brought
    up first. Raises :class:`Damaged`, ``schema.Unusable`` or ``locking.Busy``.
    """
    if not source.exists() or schema.version(source) is None:
        raise schema.Unusable(f"there is no database {source}; give the path of a backup")
    if db.exists() and db.samefile(source):
        raise schema.Unusable(f"{source} is the database itself; give the path of a backup")
    part = db.with_name(f".{db.name}.restoring")
    with faults.explained(db), locking.alone(db):
        copying.remove(part)
        try:
            copying.save(source, part)
            migrations.apply(part)
            schema.exists(part)
            return _put(part, db)
        finally:
            copying.remove(part)


def _put(part: Path, db: Path) -> Path | None:
    if not db.exists() or not db.stat().st_size:
        copying.use_log(part, "wal")
        schema.remove_log(db)
        part.replace(db)
        return None
    kept = db.with_name(f"{db.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    if not _is_readable(db):
        return _put_in_place_of_a_wreck(part, db, kept)
    try:
        for _ in range(ATTEMPTS):
            with suppress(_Overtaken):
                _keep_and_overwrite(part, db, kept)
                return kept
            time.sleep(0.05)
    except Damaged:
        return _put_in_place_of_a_wreck(part, db, kept)
    kept.unlink(missing_ok=True)
    raise Fault(f"{db} is written to without a pause; nothing was changed. Stop the server, or try again later")


def _keep_and_overwrite(part: Path, db: Path, kept: Path) -> None:
    watch = schema.connect(db)
    try:
        before = _data_version(watch)
        copying.save(db, kept, check=False)
        # The first step takes the write lock, so that nobody can write from then on; there must be a second, in which
        # nothing is in force yet.
        copying.copy(part, db, _half(part), progress=_refuse_if(lambda: _data_version(watch) != before))
    finally:
        watch.close()


def _half(db: Path) -> int:
    connection = schema.connect(db)
    try:
        pages = int(connection.execute("pragma page_count").fetchone()[0])
    finally:
        connection.close()
    return max(1, min(copying.PAGES, pages // 2))


def _refuse_if(overtaken: Callable[[], bool]) -> Callable[[int, int, int], None]:
    def progress(status: int, remaining: int, total: int) -> None:
        # After the last step the copy is in force; the steps before it have asked.
        if remaining and overtaken():
            raise _Overtaken

    return progress


def _data_version(connection: sqlite3.Connection) -> int:
    """Changes whenever another connection has committed."""
    return int(connection.execute("pragma data_version").fetchone()[0])


def _is_readable(db: Path) -> bool:
    """Whether SQLite can make anything of the file; raises ``schema.Unusable`` where it is another program's."""
    connection = schema.connect(db)
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:  # held by another program, or not permitted: no reason to set it aside
        raise
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    schema.version(db)
    return True


def _put_in_place_of_a_wreck(part: Path, db: Path, kept: Path) -> Path:
    """Set the files aside as they are. A server that has them open needs a restart, but it could not serve them."""
    copying.use_log(part, "wal")
    for name in ("-wal", "-shm", "-journal", ""):
        with suppress(FileNotFoundError):
            db.with_name(db.name + name).replace(kept.with_name(kept.name + name))
    part.replace(db)
    return kept
