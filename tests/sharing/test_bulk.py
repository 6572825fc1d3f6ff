"""Whole tables as CSV put together by SQLite: every row, every cell, whatever it holds."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.sharing import bulk, tables
from retold.store import schema

HOSTILE = [
    "", " ", ",", '"', '""', '","', "\n", "\r\n", "a\rb", "=1+1", "-2", "%s %w %d %%", "a\0b", "\0", '\0","\n', "🏳️‍🌈 é",
    "'; drop table labels; --", "x" * 70_000,
]  # fmt: skip


@pytest.fixture
def db(own_db: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(own_db)
    connection.execute("pragma foreign_keys = off")
    yield connection
    connection.close()


def read(connection: sqlite3.Connection, table: str, batch: int = bulk.BATCH) -> list[list[str]]:
    csv.field_size_limit(1 << 20)
    text = b"".join(bulk.csv_chunks(connection, table, batch)).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def wanted(connection: sqlite3.Connection, table: str) -> list[list[str]]:
    found = connection.execute(f"select * from {table} order by rowid").fetchall()
    return [["" if value is None else str(value) for value in row] for row in found]


@pytest.mark.parametrize("table", tables.TABLES)
def test_every_table_whole_and_equal(db: sqlite3.Connection, table: str) -> None:
    header, *found = read(db, table)
    assert header == list(tables.describe(db, table))
    assert found == wanted(db, table)


@pytest.mark.parametrize("batch", [1, 2, 7, 18, 1000])
def test_pieces_of_any_size_join_to_the_same(db: sqlite3.Connection, batch: int) -> None:
    db.execute("delete from labels where rowid % 5 = 0")  # numbers of rows have gaps
    assert read(db, "labels", batch)[1:] == wanted(db, "labels")


def test_whatever_a_cell_holds(db: sqlite3.Connection) -> None:
    for n, text in enumerate(HOSTILE):
        db.execute("insert into corrections (document, title, note) values (?, ?, ?)", [f"{n}", text, text[::-1]])
        db.execute("insert into entities values (?, ?, 'ORG', 1, 1, '[]', ?)", [f"e-hostile{n}", text, text])
    for table in ("corrections", "entities"):
        assert read(db, table)[1:] == wanted(db, table)
    assert [row[1] for row in read(db, "corrections")[1:]] == HOSTILE


def test_nothing_and_an_empty_text_differ(db: sqlite3.Connection) -> None:
    db.execute("delete from entities")
    db.execute("insert into entities values ('e', '', 'ORG', 1, 1, '[]', null)")
    assert b"".join(bulk.csv_chunks(db, "entities")).splitlines()[1] == b'"e","","ORG",1,1,"[]",'


@pytest.mark.parametrize("number", [0.1 + 0.2, 1e-17, 1 / 3, 0.5, 1.0, 0.0])
def test_numbers_read_back_as_the_very_same(db: sqlite3.Connection, number: float) -> None:
    db.execute("update derivations set score = ?", [number])
    header, row, *_ = read(db, "derivations")
    assert float(row[header.index("score")]) == number


def test_one_moment_whatever_is_written_meanwhile(db: sqlite3.Connection, own_db: Path) -> None:
    before = wanted(db, "labels")
    chunks = bulk.csv_chunks(db, "labels", 3)
    text = next(chunks) + next(chunks)
    other = schema.connect(own_db)
    other.execute("update labels set definition = 'another'")
    other.close()
    text += b"".join(chunks)
    assert list(csv.reader(io.StringIO(text.decode(), newline="")))[1:] == before
    assert not db.in_transaction


def test_an_empty_table_has_its_header(db: sqlite3.Connection) -> None:
    db.execute("delete from comments")
    assert read(db, "comments") == [list(tables.describe(db, "comments"))]
