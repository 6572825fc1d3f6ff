"""The command line: build, export, import, compare, backup, restore. Exit status 0 done, 1 in part, 2 not at all."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from retold import build
from retold.model import Fault
from retold.sharing import about, incoming, tables
from retold.sharing.outgoing import KINDS, export
from retold.store import backup, faults, history, merge, releases, schema, snapshots, writing

Command = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EXAMPLES = """examples:
  python -m retold export edges --format parquet --out edges.parquet
  python -m retold export dataset --out retold.zip
  python -m retold export dataset --without-text --out retold-without-text.zip
  python -m retold export annotations --format ndjson --out ours.ndjson
  python -m retold import theirs.ndjson
  python -m retold compare release-1.db release-2.db
  python -m retold publish site/
  python -m retold merge site/annotations.db
  python -m retold backup copies/retold.db
  python -m retold restore copies/retold.db
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; foreseeable faults become one line on standard error and exit status 2."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["build"]:
        return build.main(arguments[1:])
    given = _parser().parse_args(arguments)
    command: Command = given.command
    try:
        return command(given)
    except Fault as error:
        return _fail(given, str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough; close it so that Python does not complain on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, sqlite3.Error) as error:
        general = f"{error}; nothing was changed. Check the path, its permissions and the free space."
        return _fail(given, faults.explain(error, getattr(given, "db", Path("."))) or general)


def _fail(given: argparse.Namespace, message: str) -> int:
    print(f"retold {given.name}: {message}", file=sys.stderr)
    return 2


def _export(given: argparse.Namespace) -> int:
    with _open(given.db) as connection:
        counted = export(connection, given.what, given.format, given.out, not given.without_text, _about(given))
    connection.close()
    if given.out != Path("-"):
        print(f"{counted:,} rows of {given.what} in {given.out}", file=sys.stderr)
    return 0


def _import(given: argparse.Namespace) -> int:
    at = history.now()
    with _open(given.db) as connection:
        rows = (
            incoming.label_studio(connection, given.file, at)
            if given.format == "labelstudio"
            else incoming.json_lines(given.file)
        )
        with writing.transaction(connection):
            report = merge.merge(connection, list(rows), given.actor, at)
    connection.close()
    return _tell(report)


def _tell(report: merge.Report) -> int:
    print(f"{report.added:,} imported, {report.same:,} already here, {len(report.conflicts):,} in conflict")
    for conflict in report.conflicts:
        print(f"conflict, ours kept: {conflict}", file=sys.stderr)
    for line in report.refused:
        print(f"refused: {line}", file=sys.stderr)
    return 1 if report.conflicts or report.refused else 0


def _publish(given: argparse.Namespace) -> int:
    for path in snapshots.publish(given.db, given.folder):
        print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def _merge(given: argparse.Namespace) -> int:
    if not schema.exists(given.file):
        raise schema.Unusable(f"there is no file {given.file}; give the annotations.db of a published snapshot")
    with (
        closing(_open(given.db)) as connection,
        closing(schema.connect(given.file)) as annotations,
        writing.transaction(connection),
    ):
        report = merge.merge_file(connection, annotations, given.actor, history.now())
    return _tell(report)


def _compare(given: argparse.Namespace) -> int:
    with TemporaryDirectory() as folder:
        found = releases.compare(_database(given.old, Path(folder)), _database(given.new, Path(folder)))
    print(f"{'table':<20}{'added':>10}{'changed':>10}{'gone':>10}{'same':>10}  changed columns")
    for d in found:
        print(f"{d.table:<20}{d.added:>10,}{d.changed:>10,}{d.gone:>10,}{d.same:>10,}  {', '.join(d.columns)}".rstrip())
    return 0


def _database(path: Path, folder: Path) -> Path:
    """The database itself, or the one inside a zip that ``export database`` made."""
    if not zipfile.is_zipfile(path):
        return path
    with zipfile.ZipFile(path) as archive:
        member = next((name for name in archive.namelist() if name.endswith(".db")), None)
        if member is None:
            raise schema.Unusable(f"{path} holds no database; compare two .db files, or zips of them")
        target = folder / f"{len(list(folder.iterdir()))}.db"
        with archive.open(member) as source, target.open("wb") as out:
            while chunk := source.read(1 << 20):
                out.write(chunk)
    return target


def _backup(given: argparse.Namespace) -> int:
    size = backup.backup(given.db, given.file)
    print(f"{given.file}: {size:,} bytes, checked")
    return 0


def _restore(given: argparse.Namespace) -> int:
    kept = backup.restore(given.file, given.db)
    print(f"{given.db} restored from {given.file}" + (f"; what it held is in {kept}" if kept else ""))
    return 0


def _open(db: Path) -> sqlite3.Connection:
    if not schema.exists(db):
        raise schema.Unusable(f"there is no database {db}; build it with: python build_db.py --db {db}")
    return schema.connect(db)


def _about(given: argparse.Namespace) -> about.About | None:
    return about.load(given.about, given.metadata) if given.what == "dataset" else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retold",
        description="Build, export, import, compare and back up a Retold database.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")
    commands.add_parser("build", help="build the database; the same as python build_db.py", add_help=False)
    _export_parser(_command(commands, "export", "write a table, a join or the whole dataset", _export))
    importing = _command(commands, "import", "bring in annotations from another copy or from Label Studio", _import)
    importing.add_argument("file", type=Path, help="what to import")
    importing.add_argument("--format", choices=("ndjson", "labelstudio"), default="ndjson", help="its format (ndjson)")
    importing.add_argument("--actor", default="import", help="who the history says imported it (import)")
    comparing = _command(commands, "compare", "compare two releases, table by table", _compare)
    comparing.add_argument("old", type=Path, help="the earlier release, a .db or a zip of one")
    comparing.add_argument("new", type=Path, help="the later release")
    publishing = _command(commands, "publish", "write a snapshot to serve, annotations apart", _publish)
    publishing.add_argument("folder", type=Path, help="where the files go")
    merging = _command(commands, "merge", "bring back what people entered beside a published snapshot", _merge)
    merging.add_argument("file", type=Path, help="the annotations.db that was served")
    merging.add_argument("--actor", default="import", help="who the history says imported it (import)")
    saving = _command(commands, "backup", "copy the database while it is in use, and check the copy", _backup)
    saving.add_argument("file", type=Path, help="where the copy goes")
    restoring = _command(commands, "restore", "put a copy back; what it replaces is kept beside it", _restore)
    restoring.add_argument("file", type=Path, help="the copy")
    return parser


def _export_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=(*tables.NAMES, *KINDS), metavar="WHAT", help=", ".join((*tables.NAMES, *KINDS))
    )
    parser.add_argument("--format", choices=("csv", "json", "ndjson", "parquet"), help="of a table or join (csv)")
    parser.add_argument("--out", type=Path, default=Path("-"), help="file or folder to write (standard output)")
    parser.add_argument("--without-text", action="store_true", help="leave out the words of articles, keep offsets")
    parser.add_argument("--about", type=Path, default=Path("dataset.yml"), help="what citations say (dataset.yml)")
    parser.add_argument("--metadata", type=Path, default=Path("metadata.yml"), help="descriptions (metadata.yml)")


def _command(commands: Commands, name: str, help_: str, run: Command) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_)
    parser.add_argument("--db", type=Path, default=Path("retold.db"), help="the database (retold.db)")
    parser.set_defaults(command=run)
    return parser
