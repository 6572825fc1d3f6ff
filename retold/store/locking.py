"""One build, restore or migration of a database at a time. Annotators are never kept out by this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from retold.model import Fault
from retold.store import faults


class Busy(Fault):
    """Another process is building or restoring this database."""


@contextmanager
def alone(db: Path) -> Iterator[None]:
    """Hold ``<db>.lock`` while the block runs; raises :class:`Busy` at once where another process holds it.

    The system releases the lock of a process that dies, however it dies. The file itself means nothing then.
    """
    path = db.with_name(f"{db.name}.lock")
    lock = FileLock(path, timeout=0)
    with faults.explained(path, Unwritable):
        if not db.parent.is_dir():
            raise Unwritable(f"there is no folder {db.parent}; make it or give another --db")
        try:
            lock.acquire()
        except Timeout as error:
            raise Busy(_message(db, path)) from error
    try:
        with suppress(OSError):
            path.write_text(f"{os.getpid()}\n")
        yield
    finally:
        # While it is held: whoever opened it meanwhile sees that it has no name any more and starts over.
        with suppress(OSError):
            path.unlink()
        lock.release()


class Unwritable(Fault):
    """The folder of the database cannot take files."""


def _message(db: Path, path: Path) -> str:
    holder = ""
    with suppress(OSError):
        holder = path.read_text().strip()
    who = f" (process {holder})" if holder.isdigit() else ""
    return f"another build or restore of {db} is running{who}; wait for it to finish and run this again"
