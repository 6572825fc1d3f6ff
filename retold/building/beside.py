"""Files that a build keeps beside its database. All may be deleted at any time: the next build then costs more."""

from __future__ import annotations

from pathlib import Path

from retold.store import schema


def work(db: Path) -> Path:
    """The working file: ``retold.db`` has ``retold.work``."""
    return db.with_name(f"{db.stem}.work")


def sentences(db: Path) -> Path:
    """The sentences that the models have read: ``retold.db`` has ``retold.sentences``."""
    return db.with_name(f"{db.stem}.sentences")


def remove(path: Path) -> None:
    """Delete one of these and its log."""
    path.unlink(missing_ok=True)
    schema.remove_log(path)


def built_in_portions(db: Path) -> bool:
    """Whether a build in portions has worked on this database, so that the next one should go on from it."""
    return work(db).exists()
