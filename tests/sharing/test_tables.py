"""Every table and join leaves complete in every format, and a foreign reader gets the same rows back."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.sharing import formats, tables
from retold.store import counts, schema


@pytest.fixture
def db(story_db: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(story_db)
    yield connection
    connection.close()


def read_csv(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def read_parquet(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return found


READERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "csv": read_csv,
    "json": json.loads,
    "ndjson": lambda content: [json.loads(line) for line in content.decode().split("\n") if line],
    "parquet": read_parquet,
}


def dump(kind: str, columns: dict[str, str], rows: list[tables.Row]) -> bytes:
    out = io.BytesIO()
    assert formats.write(kind, list(columns), list(columns.values()), rows, out) == len(rows)
    return out.getvalue()


def test_every_table_of_the_schema_can_be_exported(db: sqlite3.Connection) -> None:
    present = {r[0] for r in db.execute("select name from sqlite_master where type = 'table'")}
    kept_for_ourselves = {"labels_shipped", "leases", *counts.TRIGGERED}
    ours = {n for n in present - kept_for_ourselves if "_fts" not in n and not n.startswith("sqlite_")}
    assert ours == set(tables.TABLES)


@pytest.mark.parametrize("kind", formats.FORMATS)
@pytest.mark.parametrize("name", tables.NAMES)
def test_rows_reconcile_with_the_database(db: sqlite3.Connection, name: str, kind: str) -> None:
    rows = list(tables.stream(db, name))
    content = dump(kind, tables.describe(db, name), rows)
    read = READERS[kind](content)
    assert len(read) == tables.count(db, name)
    if kind == "csv":
        rows = [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]
    assert read == rows


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
                "number": st.none() | st.integers(-(2**63), 2**63 - 1),
            }
        )
    )
)
def test_any_cell_comes_back_as_it_was(rows: list[tables.Row]) -> None:
    columns = {"text": "text", "number": "integer"}
    for kind in ("json", "ndjson", "parquet"):
        assert READERS[kind](dump(kind, columns, rows)) == rows
    expected = [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]
    assert READERS["csv"](dump("csv", columns, rows)) == expected


def test_without_text_no_word_of_an_article_leaves(db: sqlite3.Connection) -> None:
    words = "whole hull has been replaced"
    for name in tables.NAMES:
        leaving = json.dumps(list(tables.stream(db, name, with_text=False)))
        assert words not in leaving
        assert "cannot put a single passenger" not in leaving, name
    assert all(r["sha256"] for r in tables.stream(db, "articles", with_text=False))
    assert all(r["end"] > r["start"] for r in tables.stream(db, "sentences", with_text=False))


def test_unknown_names_are_refused_with_the_known_ones(db: sqlite3.Connection) -> None:
    with pytest.raises(tables.UnknownTable, match="articles"):
        list(tables.stream(db, "sqlite_master"))
