"""Databases of earlier releases: brought up with a copy kept, or refused in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from retold import build
from retold.store import backup, migrations, schema
from tests.conftest import STORIES
from tests.recovery import renew, support

# The digest of each schema version's tables, indexes and triggers.
RECORDED = {
    1: "5a6133079b61f2fd",
    2: "bf4893de2a1b8439",
}
NEXT = schema.SCHEMA_VERSION + 1
WHAT_TO_DO = """schema.sql has changed.
If schema {version} is not released yet: python -m tests.recovery.renew, and record the digest that it prints.
If it is: raise SCHEMA_VERSION in retold/store/schema.py, register a migration in retold/store/migrations.py, then do
the same for the new version. The fixture of a released version is never touched."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of schema 1 as a release left it."""
    return load(1, tmp_path / "retold.db")


def load(version: int, path: Path) -> Path:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(renew.fixture(version).read_text())
    connection.close()
    return path


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the next release had a column more and one value of an enumeration renamed."""

    def to_next(connection: sqlite3.Connection) -> None:
        connection.execute("alter table decisions add column seconds integer")
        connection.execute("update decisions set seconds = 0")

    create = schema.create

    def create_next(connection: sqlite3.Connection) -> None:
        create(connection)
        to_next(connection)

    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(schema, "create", create_next)
    monkeypatch.setitem(migrations.MIGRATIONS, NEXT, to_next)


def test_the_schema_is_the_recorded_one() -> None:
    version = schema.SCHEMA_VERSION
    assert RECORDED.get(version) == renew.shape_digest(renew.present()), WHAT_TO_DO.format(version=version)


@pytest.mark.parametrize("version", RECORDED)
def test_every_released_version_comes_up_to_the_present_one(version: int, tmp_path: Path) -> None:
    db = load(version, tmp_path / "retold.db")
    assert support.faults_of(db) == []
    before = support.authored(db)
    assert all(before.values()) or not before["realignments"]
    migrations.migrate(db)
    connection = schema.connect(db)
    assert renew.shape(connection) == renew.present()
    connection.close()
    assert schema.exists(db)
    assert support.authored(db) == before


def test_brought_up_with_a_copy_kept(old: Path, next_schema: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = support.authored(old)
    with pytest.raises(schema.Unusable, match=r"has schema 1.*build_db\.py"):
        schema.exists(old)
    assert build.main([str(STORIES), "--db", str(old), "--quiet"]) == 0
    kept = old.with_name(f"retold.db.before-schema-{NEXT}")
    assert str(kept) in capsys.readouterr().err
    assert schema.version(kept) == 1
    assert support.authored(kept) == support.authored(old) == before
    assert support.faults_of(old) == []
    connection = schema.connect(old)
    assert {row["seconds"] for row in connection.execute("select seconds from decisions")} == {0}
    connection.close()
    assert schema.exists(old)


def test_no_copy_is_written_over(old: Path, next_schema: None) -> None:
    first = old.with_name(f"retold.db.before-schema-{NEXT}")
    first.write_text("somebody's")
    [(_, kept)] = migrations.migrate(old)
    assert first.read_text() == "somebody's"
    assert schema.version(kept) == 1


def test_a_migration_that_fails_changes_nothing(
    old: Path, next_schema: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = support.content(old)

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("alter table decisions add column seconds integer")
        connection.execute("delete from changes")

    monkeypatch.setitem(migrations.MIGRATIONS, NEXT, breaks)
    assert build.main([str(STORIES), "--db", str(old), "--quiet"]) == 2
    assert "references would break" in capsys.readouterr().err
    assert support.content(old) == before
    assert schema.version(old) == 1


def test_a_gap_is_named(old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT + 1)
    assert build.main([str(STORIES), "--db", str(old), "--quiet"]) == 2
    assert f"nothing leads from there to {NEXT}" in capsys.readouterr().err
    assert schema.version(old) == 1


def test_a_newer_database_is_refused(own_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection = schema.connect(own_db)
    connection.execute("pragma user_version = 7")
    connection.close()
    before = own_db.read_bytes()
    assert build.main([str(STORIES), "--db", str(own_db), "--quiet"]) == 2
    said = capsys.readouterr().err
    assert "newer Retold (schema 7" in said
    assert "Install the release that wrote it" in said
    assert own_db.read_bytes() == before


def test_a_copy_of_an_older_release_is_brought_up_when_it_is_put_back(
    old: Path, next_schema: None, tmp_path: Path
) -> None:
    copy, db = tmp_path / "copy.db", tmp_path / "new.db"
    assert backup.backup(old, copy)
    assert schema.version(copy) == 1, "a copy is of what there is"
    assert backup.restore(copy, db) is None
    assert schema.exists(db)
    assert schema.version(copy) == 1
    assert support.authored(db) == support.authored(old)
