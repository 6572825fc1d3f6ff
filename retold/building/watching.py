"""``--watch``: build, then stay and build again whenever something among the inputs changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchfiles import Change
from watchfiles import watch as changes_of

from retold.building import beside
from retold.building.request import NOTHING_DONE, Request
from retold.model import Fault
from retold.reading.formats.walking import WILD

QUIET = 1_500
"""Milliseconds in which changes are gathered: whoever copies a thousand files is not to be met half-way."""
LOOK = 500

Changes = set[tuple[Change, str]]


def watch(wanted: Request, attempt: Callable[[], int], changes: Iterable[Changes] | None = None) -> int:
    """Build once, then after each set of changes, until the person stops it; returns the status of the last build.

    A build that fails says so and the watching goes on. ``changes`` are those of the inputs' folders unless given.
    """
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    status = NOTHING_DONE
    try:
        found = changes_among(wanted) if changes is None else changes
        status = attempt()
        wanted.force = False
        wanted.reporter.say("watching for changes; stop with Ctrl-C")
        for _ in found:
            status = attempt()
    except Fault as error:
        wanted.reporter.warn(f"build_db: {error}")
    except KeyboardInterrupt:
        wanted.reporter.say("no longer watching")
    return status


def changes_among(wanted: Request) -> Iterator[Changes]:
    """Every set of changes to the inputs from now on, those while nobody asks included."""
    found = changes_of(
        *folders(wanted.inputs),
        watch_filter=lambda _, path: not is_ours(wanted.db, Path(path)),
        step=LOOK,
        debounce=QUIET,
        rust_timeout=LOOK,
        yield_on_timeout=True,
    )
    next(found)  # from here on it is watching
    return (changes for changes in found if changes)


def is_ours(db: Path, path: Path) -> bool:
    """Whether a file is one that the build itself writes, or its log or lock."""
    ours = (db.name, beside.work(db).name, beside.sentences(db).name)
    return path.parent.resolve() == db.parent.resolve() and path.name.startswith(ours)


def folders(inputs: Iterable[str]) -> list[Path]:
    """What to watch: folders themselves, of files and patterns the folders that they are in.

    Raises ``Fault`` for standard input and for what is not there.
    """
    found: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if given == "-":
            raise Fault("standard input cannot be watched; give a folder")
        if not path.exists() and WILD.search(given):
            fixed = WILD.split(given, maxsplit=1)[0]
            path = Path(fixed) if fixed.endswith("/") else Path(fixed).parent
        elif path.is_file():
            path = path.parent
        if not path.is_dir():
            raise Fault(f"{given} cannot be watched, it is not there; make the folder first")
        found[path] = None
    return list(found)
