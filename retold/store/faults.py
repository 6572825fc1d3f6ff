"""What a fault of SQLite or of the disk means to the person who runs us, and what they can do about it."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retold.model import Fault

# SQLite's name of the error, the words it says where the name is missing, what that means, and the remedy.
KINDS = (
    ("SQLITE_BUSY", "locked", "is held by another program", "Close that program, or wait for it, and run this again."),
    ("SQLITE_LOCKED", "locked", "is held by another program", "Close that program, or wait for it, and try again."),
    ("SQLITE_FULL", "is full", "has no room: the disk is full", "Free some space in {folder} or {temporary}."),
    ("SQLITE_READONLY", "readonly", "may not be written", "Check that you may write to the file and to {folder}."),
    ("SQLITE_PERM", "permission", "may not be written", "Check that you may write to the file and to {folder}."),
    (
        "SQLITE_CANTOPEN",
        "unable to open",
        "cannot be opened",
        "Check that {folder} exists and that you may write to it.",
    ),
    (
        "SQLITE_IOERR",
        "disk I/O",
        "could not be read or written",
        "Check the disk of {folder}: free space, quota, health.",
    ),
    ("SQLITE_CORRUPT", "malformed", "is damaged", "Put a copy back: python -m retold restore COPY --db {path}"),
    ("SQLITE_NOTADB", "not a database", "is not a database", "Move it away or give another path with --db."),
)
DISK = {
    errno.ENOSPC: "the disk is full; free some space and run this again",
    errno.EDQUOT: "your quota is used up; free some space and run this again",
    errno.EFBIG: "the file would grow beyond the limit set for it; raise the limit (ulimit -f) and run this again",
    errno.EROFS: "it is on a disk that may only be read; give another place",
    errno.EACCES: "you may not write there; change the permissions or give another place",
    errno.EPERM: "you may not write there; change the permissions or give another place",
    errno.ENOENT: "there is no such file or folder",
    errno.EIO: "the disk reports an error; check its health",
}


def explain(error: BaseException, path: Path) -> str | None:
    """One line for people: which file, what is wrong, what to do. None for what only we can mend."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, path)
    if isinstance(error, OSError) and error.errno in DISK:
        return f"{error.filename or path}: {DISK[error.errno]}"
    return None


@contextmanager
def explained(path: Path, kind: type[Fault] = Fault) -> Iterator[None]:
    """Raise ``kind`` with the explanation in place of what people could not make sense of."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = explain(error, path)
        if message is None:
            raise
        raise kind(message) from error


def _of_sqlite(error: sqlite3.Error, path: Path) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    for code, words, meaning, remedy in KINDS:
        if name.startswith(code) or (not name and words in str(error)):
            told = remedy.format(path=path, folder=path.absolute().parent, temporary=tempfile.gettempdir())
            return f"{path} {meaning} ({error}). {told}"
    return None
