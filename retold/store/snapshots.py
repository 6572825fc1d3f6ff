"""A dataset published as two files: a snapshot that nothing writes to any more, and one for what people enter.

The snapshot holds the derived tables and the codebook. The annotations file holds the authored tables, with what people
had entered when it was published, and counts of its own. Whoever uses them opens the annotations file and attaches the
snapshot: every table has one name in one of the two, so the same queries work as on a database in one file. References
between the files are checked by the code that writes, as SQLite keeps them only within a file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from pathlib import Path

from retold.model import Fault
from retold.store import copying, counts, schema

AUTHORED = (
    "annotations", "decisions", "annotation_events", "adjudications", "comments", "realignments", "assignments",
    "leases", counts.AUTHORED,
)  # fmt: skip
SNAPSHOT, ANNOTATIONS, INSPECTED = "retold.db", "annotations.db", "inspect-data.json"


class NotPublished(Fault):
    """Nothing was published; the message says why and what to do."""


def publish(db: Path, folder: Path) -> list[Path]:
    """Write the two files, and the counts for ``datasette --inspect-file``, into a folder; gives their paths.

    Nothing that is there is written over: an annotations file may hold what people entered since.
    """
    if not schema.exists(db):
        raise schema.Unusable(f"there is no database {db}; build it with: python build_db.py --db {db}")
    paths = [folder / name for name in (SNAPSHOT, ANNOTATIONS, INSPECTED)]
    for path in paths:
        if path.exists():
            raise NotPublished(f"{path} is there already; merge its annotations and publish into another folder")
    folder.mkdir(parents=True, exist_ok=True)
    snapshot, annotations, inspected = paths
    part = folder / f".{SNAPSHOT}.part"
    try:
        copying.save(db, part)
        _take_out(part, annotations)
        inspected.write_text(json.dumps(_inspect(part), indent=1) + "\n", encoding="utf-8")
        part.replace(snapshot)
    finally:
        copying.remove(part)
    return paths


def attach(connection: sqlite3.Connection, snapshot: str | Path) -> None:
    """Make the tables of a snapshot known to a connection to its annotations file, for reading only."""
    connection.execute("attach ? as snapshot", [f"{Path(snapshot).absolute().as_uri()}?mode=ro&immutable=1"])


def _take_out(snapshot: Path, annotations: Path) -> None:
    """Move the authored tables from the one file to the other."""
    new = annotations.with_name(f".{annotations.name}.part")
    copying.remove(new)
    connection = sqlite3.connect(snapshot, isolation_level=None)
    try:
        connection.execute("attach ? as target", [str(new)])
        for sql in _statements(connection):
            connection.execute(sql)
        for table in AUTHORED:
            connection.execute(f"insert into target.{table} select * from main.{table}")
        connection.execute("detach target")
        _finish(new)
        for table in AUTHORED:
            connection.execute(f"drop table {table}")
        connection.execute("vacuum")
        connection.execute("analyze")
        connection.execute("pragma journal_mode = delete")
    finally:
        connection.close()
    new.replace(annotations)


def _statements(connection: sqlite3.Connection) -> list[str]:
    """The SQL that makes the authored tables and their indexes in another file, references out of it left away."""
    marks = ", ".join("?" * len(AUTHORED))
    sql = f"""
        select sql from sqlite_master where tbl_name in ({marks}) and type in ('table', 'index') and sql is not null
        order by type = 'index'
    """
    found = [row[0] for row in connection.execute(sql, AUTHORED)]
    outward = re.compile(r" references (\w+)\(\w+\)(?: deferrable initially deferred)?", re.IGNORECASE)
    inner = [outward.sub(lambda match: match[0] if match[1] in AUTHORED else "", text) for text in found]
    return [re.sub(r"(?i)^create (table|index) ", r"create \1 target.", text) for text in inner]


def _finish(annotations: Path) -> None:
    """Triggers come last, so that rows moved are counted once; then the file is told to be ours."""
    connection = schema.connect(annotations)
    try:
        for sql in (*counts.triggers(counts.AUTHORED), *schema.append_only()):
            connection.execute(sql)
        connection.execute(f"pragma application_id = {schema.APPLICATION_ID}")
        connection.execute(f"pragma user_version = {schema.SCHEMA_VERSION}")
    finally:
        connection.close()


def _inspect(snapshot: Path) -> dict[str, object]:
    """What ``datasette inspect`` tells of the snapshot, by which Datasette knows counts without counting."""
    connection = sqlite3.connect(snapshot)
    try:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        known = counts.rows_of(connection, authored=False)
        tables = {
            name: {"count": known.get(name) or connection.execute(f"select count(*) from [{name}]").fetchone()[0]}
            for name in names
        }
    finally:
        connection.close()
    with snapshot.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = {"hash": digest, "size": snapshot.stat().st_size, "file": SNAPSHOT, "tables": tables}
    return {Path(SNAPSHOT).stem: told}
