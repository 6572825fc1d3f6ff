"""Inputs to documents: every article that files, folders, archives and tables hold, one at a time.

Each kind of file has a reader of its own; this module picks it, keeps names apart, and turns whatever goes wrong
into a ``Problem`` so that the rest goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from retold.model import Document, Problem, digest
from retold.reading.formats import archives, html, jsonl, parquet, plain, tabular
from retold.reading.formats.archives import FAULTS, fault
from retold.reading.formats.limits import LIMITS, Limits, Refused
from retold.reading.formats.source import Source
from retold.reading.formats.walking import Walker

Reader = Callable[[Source], Iterator[Document | Problem]]
READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": tabular.read,
    ".tsv": tabular.read,
    ".parquet": parquet.read,
}
READABLE = frozenset((*READERS, ".gz", ".zip"))
KINDS = ".txt, .md, .html, .jsonl, .csv, .parquet, these as .gz, or .zip of these"
MOST_PROBLEMS = 1_000
STDIN = "standard input"


def read(
    inputs: Sequence[str | Path], limits: Limits = LIMITS, stdin: BinaryIO | None = None
) -> Iterator[Document | Problem]:
    """Every article that the inputs hold, in a stable order, and a ``Problem`` for everything that could not be used.

    An input is a folder, a file, a glob, or ``-`` for JSONL from ``stdin`` (standard input unless given). Documents
    come as they are read: only names are kept, never texts. The same file given twice is read once; a second article
    under a name that is taken is a ``Problem``. Never raises for anything that a file holds.
    """
    names: set[str] = set()
    for found in _found(inputs, limits, stdin):
        if isinstance(found, Document):
            name = digest(found.document)
            if name in names:
                yield Problem(found.path, "reading", taken(found.document))
                continue
            names.add(name)
        yield found


def taken(document: str) -> str:
    """What a second article under a name that is taken is told."""
    if "#" in document:
        return f'the id "{document.rpartition("#")[2]}" was used before; the first article was kept; give ids once only'
    return "another article has this name; the first was kept; rename the file or its folder"


def _found(inputs: Sequence[str | Path], limits: Limits, stdin: BinaryIO | None) -> Iterator[Document | Problem]:
    for found in walk(inputs, limits, stdin):
        if isinstance(found, Problem):
            yield found
        else:
            yield from of(found)


def walk(
    inputs: Sequence[str | Path], limits: Limits = LIMITS, stdin: BinaryIO | None = None
) -> Iterator[Source | Problem]:
    """Every file that the inputs name, not yet opened, in a stable order; what cannot be one is a ``Problem``."""
    walker = Walker(limits, READABLE)
    for given in dict.fromkeys(map(str, inputs)):
        if given == "-":
            yield Source(STDIN, "stdin", lambda: stdin or sys.stdin.buffer, limits)
        else:
            yield from walker.walk(given)


def of(source: Source) -> Iterator[Document | Problem]:
    """The articles of one file, and what could not be used of it."""
    yield from _guarded(jsonl.read if source.path == STDIN else _read, source)


def _read(source: Source) -> Iterator[Document | Problem]:
    """The articles of one file of any kind. Raises ``Refused`` for kinds that are not read."""
    if source.suffix == ".zip":
        yield from _read_zip(source)
        return
    if source.suffix == ".gz":
        source = archives.unzipped(source)
    reader = READERS.get(source.suffix)
    if reader is None:
        kind = f"files of kind {source.suffix}" if source.suffix else "files without a suffix"
        raise Refused(f"{kind} are not read; save it as one of {KINDS}")
    yield from reader(source)


def _read_zip(source: Source) -> Iterator[Document | Problem]:
    with source.open() as stream:
        for member in archives.members(source, stream, READABLE):
            if isinstance(member, Problem):
                yield member
            else:
                yield from _guarded(_read, member)


def _guarded(reader: Reader, source: Source) -> Iterator[Document | Problem]:
    """What a reader finds in a source; whatever stops the reader comes as a last ``Problem``."""
    problems = 0
    try:
        for found in reader(source):
            problems += isinstance(found, Problem)
            if isinstance(found, Document) or problems <= MOST_PROBLEMS:
                yield found
    except Exception as error:
        yield source.problem(_reason(error))
    if problems > MOST_PROBLEMS:
        yield source.problem(
            f"{problems - MOST_PROBLEMS:,} more problems of this kind are not listed; mend these first"
        )


def _reason(error: Exception) -> str:
    """What stopped a reader, and what to do about it."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, FAULTS):
        return fault(error)
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or error}); check the file and who may read it"
    return (
        f"cannot be read ({type(error).__name__}: {str(error)[:120]}); look at the file, and report this if it is sound"
    )
