"""The build: which way a pile of articles becomes a database, with progress, errors and a summary.

A small corpus is built at once, in memory, and written in one transaction (``building.at_once``); a larger one in
portions, remembering what was done (``building.portions``). Both give the same rows.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
from pathlib import Path

from retold import __version__
from retold.building import at_once, beside, request
from retold.building.request import DONE, NOTHING_DONE, Request, recipe
from retold.model import Fault
from retold.progress import Reporter
from retold.store import faults, locking, migrations, schema

__all__ = ["DONE", "NOTHING_DONE", "build", "main", "recipe"]

EXAMPLES = """examples:
  python build_db.py                         build retold.db from seeds/
  python build_db.py archive/ extra.txt      build from a folder and a file
  python build_db.py archive/ --db big.db    write another database
  python build_db.py archive/ --jobs 0       use all cores
  python build_db.py archive/ --engine dask  the same on Dask; --scheduler for a cluster
  python build_db.py archive/ --watch        stay, and build again whenever an article comes
  python build_db.py --force                 recompute everything; annotations stay

exit status: 0 all built, 1 built but something was skipped, 2 nothing could be done
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 built, 1 something was skipped, 2 nothing could be done."""
    parser = _parser()
    given = parser.parse_args(argv)
    if given.scheduler and given.engine != "dask":
        parser.error("--scheduler is for --engine dask")
    reporter = Reporter(quiet=given.quiet)
    wanted = Request([str(i) for i in given.inputs], Path(given.db), given.jobs, given.force, given.portion, reporter)
    wanted.engine, wanted.scheduler, wanted.parquet = given.engine, given.scheduler, given.parquet
    if given.watch:
        from retold.building import watching

        return watching.watch(wanted, lambda: attempt(wanted))
    return attempt(wanted)


def attempt(wanted: Request) -> int:
    """Build; what a person can mend becomes one line on standard error."""
    reporter = wanted.reporter
    try:
        return build(wanted)
    except Fault as error:
        reporter.warn(f"build_db: {error}")
    except (sqlite3.Error, OSError) as error:
        message = faults.explain(error, wanted.db)
        if message is None:
            raise
        reporter.warn(f"build_db: {message} {wanted.unharmed()}")
    except KeyboardInterrupt:
        reporter.warn(f"build_db: stopped. {wanted.unharmed()}")
    return NOTHING_DONE


def build(wanted: Request) -> int:
    """Build a database from its inputs; people may annotate all the while.

    A second build of the same database is refused (``locking.Busy``).
    """
    with locking.alone(wanted.db):
        schema.tidy(wanted.db)
        for version, kept in migrations.migrate(wanted.db):
            wanted.reporter.warn(f"{wanted.db} now has schema {version}; what it was is kept in {kept}")
        if wanted.parquet is None:
            return _in_its_way(wanted)
        from retold.building import parquet

        parquet.check(wanted.parquet)
        status = _in_its_way(wanted)
        if status != NOTHING_DONE:
            with wanted.reporter.step("writing Parquet") as tick:
                parquet.write(wanted.db, wanted.parquet, tick)
        return status


def _in_its_way(wanted: Request) -> int:
    """At once where this machine can, in portions otherwise."""
    if wanted.engine == "local" and (not beside.built_in_portions(wanted.db) or wanted.force):
        status = at_once.build(wanted)
        if status is not None:
            beside.remove(beside.work(wanted.db))
            return status
    from retold.building import portions

    return portions.build(wanted)


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
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="processes to use, 0 for all cores (1; all for a large corpus)"
    )
    parser.add_argument("--force", action="store_true", help="recompute everything, even if nothing changed")
    parser.add_argument(
        "--portion", type=_portion, default=request.PORTION, metavar="N",
        help=f"articles in memory at a time; a corpus of no more is built at once ({request.PORTION:,})",
    )  # fmt: skip
    parser.add_argument(
        "--engine", choices=request.ENGINES, default="local", help="who does the work: this machine, or Dask (local)"
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help="Dask's, tcp://host:port (workers on this machine)")
    parser.add_argument("--parquet", type=Path, metavar="FOLDER", help="write the rows there too, by story")
    parser.add_argument("--watch", action="store_true", help="stay, and build again whenever the inputs change")
    parser.add_argument("--quiet", action="store_true", help="print only what was skipped and what failed")
    parser.add_argument("--version", action="version", version=f"retold {__version__}")
    return parser


def _jobs(text: str) -> int:
    number = _whole(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more, or 0 for all cores")
    return number or os.cpu_count() or 1


def _portion(text: str) -> int:
    number = _whole(text)
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of articles; give 1 or more")
    return number


def _whole(text: str) -> int | None:
    """A number without a sign, None for anything else."""
    return int(text) if text.isdecimal() else None
