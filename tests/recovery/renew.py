"""Write the fixture of the present schema version: ``python -m tests.recovery.renew``.

Only while that version is not released. A released version keeps its fixture for good: then raise
``schema.SCHEMA_VERSION``, register a migration, and run this for the new version.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from retold import build
from retold.model import digest
from retold.store import schema
from tests.conftest import STORIES
from tests.recovery import support

HERE = Path(__file__).parent
KEPT = ("annotations", "decisions", "comments", "realignments", "annotation_events", "corrections", "builds")


def fixture(version: int) -> Path:
    return HERE / f"schema-{version}.sql"


def shape(connection: sqlite3.Connection) -> dict[str, str]:
    """Every table, index and trigger by name, its SQL without comments and line breaks."""
    sql = "select name, sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name"
    found = {
        name: "\n".join(line.split("--")[0] for line in text.splitlines()) for name, text in connection.execute(sql)
    }
    # "alter table" leaves other spaces before its commas than whoever wrote the table.
    return {name: re.sub(r"\s*([(),])\s*|[\"\[\]]", r"\1", " ".join(text.split())) for name, text in found.items()}


def present() -> dict[str, str]:
    connection = schema.connect(":memory:")
    schema.create(connection)
    found = shape(connection)
    connection.close()
    return found


def shape_digest(found: dict[str, str]) -> str:
    return digest(*(f"{name} {sql}" for name, sql in found.items()), length=16)


def dump(db: Path) -> str:
    """The database as SQL: a little of every derived table would not do, so one short story and what was said of it."""
    connection = sqlite3.connect(db)
    connection.row_factory = sqlite3.Row
    entries = connection.execute("select name, type, sql from sqlite_master where sql is not null").fetchall()
    virtual = [row["name"] for row in entries if row["sql"].lower().startswith("create virtual")]
    hidden = tuple(f"{name}_" for name in virtual)
    own = [r for r in entries if not r["name"].startswith((*hidden, "sqlite_"))]
    tables = [row for row in own if row["type"] == "table"]
    lines = [f"-- Schema {schema.SCHEMA_VERSION}, written by tests/recovery/renew.py.", "begin;"]
    lines += [f"{row['sql']};" for row in tables]
    for row in tables:
        if row["name"] not in virtual:
            order = "1" if row["sql"].endswith("without rowid") else "rowid"
            lines += _inserts(connection, row["name"], order)
    lines += [f"insert into {name} ({name}) values ('rebuild');" for name in virtual]
    lines += [f"{row['sql']};" for row in own if row["type"] != "table"]
    lines += [f"pragma application_id = {schema.APPLICATION_ID};", f"pragma user_version = {schema.SCHEMA_VERSION};"]
    connection.close()
    return "\n".join([*lines, "commit;"]) + "\n"


def _inserts(connection: sqlite3.Connection, table: str, order: str) -> list[str]:
    names = [row["name"] for row in connection.execute(f"pragma table_info({table})")]
    quoted = " || ', ' || ".join(f'quote("{name}")' for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(f"select {quoted} from {table} order by {order}")
    return [f"insert into {table} ({listed}) values ({row[0]});" for row in rows]


def main() -> None:
    with TemporaryDirectory() as name:
        folder, db = Path(name) / "stories", Path(name) / "fixture.db"
        folder.mkdir()
        for story in ("ferry_wire.txt", "ferry_courier.txt"):
            (folder / story).write_text((STORIES / story).read_text())
        assert build.main([str(folder), "--db", str(db), "--quiet"]) == 0
        support.annotate_all(db)
        connection = schema.connect(db)
        # A path of this machine and a digest of this moment's code have no place in it.
        connection.execute("update builds set inputs = '[\"stories\"]', settings = '{}'")
        connection.execute("insert into corrections (document, note) values ('stories/ferry_wire.txt', 'by hand')")
        connection.close()
        file = fixture(schema.SCHEMA_VERSION)
        file.write_text(dump(db))
    print(f"{file.name}: {file.stat().st_size:,} bytes. In tests/recovery/test_migrations.py, record:")
    print(f'    {schema.SCHEMA_VERSION}: "{shape_digest(present())}",')


if __name__ == "__main__":
    main()
