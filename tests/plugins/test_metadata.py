"""What people read about the tables: complete, and in force (Datasette passes over a misspelt key in silence)."""

from __future__ import annotations

import html
import re
import sqlite3
from functools import cache
from typing import Any

import pytest
import yaml

from retold.store import schema
from tests.conftest import ROOT

TABLES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "metadata.yml").read_text())["databases"]["retold"]["tables"]
SHOWN = [name for name, table in TABLES.items() if not table.get("hidden")]
FACETS = [(name, facet) for name in SHOWN for facet in TABLES[name].get("facets", [])]


@cache
def columns() -> dict[str, list[str]]:
    """Columns by table as the schema creates them, search indexes and SQLite's own tables aside."""
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    return {
        name: [row[1] for row in connection.execute("select * from pragma_table_xinfo(?)", [name])]
        for name in names
        if not name.startswith("sqlite_") and "_fts" not in name
    }


def references() -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    sql = """select t.name, f."from", f."table" from sqlite_master t, pragma_foreign_key_list(t.name) f"""
    return sorted(tuple(row) for row in connection.execute(sql + " where t.type = 'table'"))


def indexed() -> set[tuple[str, str]]:
    connection = sqlite3.connect(":memory:")
    schema.create(connection)
    sql = """select t.name, c.name from sqlite_master t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) c
             where t.type = 'table' and c.seqno = 0"""
    keys = {(name, row[1]) for name in columns() for row in connection.execute(f"pragma table_info({name})") if row[5]}
    return {tuple(row) for row in connection.execute(sql)} | keys


def test_every_table_and_column_is_described_and_no_other():
    described = {name: list(table["columns"]) for name, table in TABLES.items()}
    assert {name: sorted(cols) for name, cols in described.items()} == {n: sorted(c) for n, c in columns().items()}


def test_descriptions_say_something():
    for name, table in TABLES.items():
        assert len(table["description"]) > 20, name
        for column, description in table["columns"].items():
            assert isinstance(description, str), (name, column)
            assert len(description) > 4, (name, column)
            assert description.lower() != column, (name, column)


def test_only_keys_that_datasette_obeys():
    known = {"title", "description", "hidden", "label_column", "sort", "sort_desc", "facets", "columns"}
    for name, table in TABLES.items():
        assert set(table) <= known, name
        named = [table.get(key) for key in ("sort", "sort_desc", "label_column")] + table.get("facets", [])
        assert set(named) - {None} <= set(columns()[name]), name


def test_every_facet_and_order_is_indexed():
    orders = [(name, TABLES[name].get("sort") or TABLES[name].get("sort_desc")) for name in SHOWN]
    wanted = set(FACETS) | {pair for pair in orders if pair[1]}
    unindexed = wanted - indexed() - {("build_errors", "build_id")}
    assert unindexed <= {("labels", "ordinal")}  # eighteen rows


async def test_titles_and_descriptions_are_on_the_pages(shared):
    for name in SHOWN:
        page = html.unescape((await shared.client.get(f"/retold/{name}")).text)
        assert f"<h1>{TABLES[name]['title']}" in page, name
        assert TABLES[name]["description"] in page, name
        for column, description in TABLES[name]["columns"].items():
            assert f"<dt>{column}</dt><dd>{description}</dd>" in page, (name, column)


async def test_facets_and_order_are_in_force(shared):
    for name in SHOWN:
        answer = (await shared.client.get(f"/retold/{name}.json?_extra=facet_results,facets_timed_out")).json()
        assert list(answer["facet_results"]["results"]) == TABLES[name].get("facets", []), name
        assert answer["facets_timed_out"] == [], name
        page = (await shared.client.get(f"/retold/{name}")).text
        arrow = {"sort": "&nbsp;▼", "sort_desc": "&nbsp;▲"}
        for key in {"sort", "sort_desc"} & set(TABLES[name]):
            assert f"{TABLES[name][key]}{arrow[key]}" in page or f'<option value="{TABLES[name][key]}" selected' in page


async def test_facets_are_on_the_page(shared):
    page = (await shared.client.get("/retold/sentences")).text
    for value in ("body", "headline"):
        assert re.search(rf'id="facet-kind".*?data-facet-value="{value}"', page, re.S)


async def test_support_tables_are_hidden(shared):
    tables = (await shared.client.get("/retold.json")).json()["tables"]
    assert sorted(t["name"] for t in tables if not t["hidden"]) == sorted(SHOWN)


@pytest.mark.parametrize("table", sorted({target for _, _, target in references()}))
def test_every_referenced_table_has_a_label(table):
    assert TABLES[table].get("label_column") in columns()[table]


async def test_foreign_keys_show_labels(shared):
    database = shared.get_database("retold")
    seen = 0
    for table, column, target in references():
        label = TABLES[target]["label_column"]
        found = await database.execute(
            f"select a.{column} as id, b.{label} as label from {table} a join {target} b on b.id = a.{column}"
            f" where b.{label} <> b.id limit 1"
        )
        if (row := found.first()) is None:
            continue
        seen += 1
        page = (await shared.client.get(f"/retold/{table}?{column}={row['id']}&_nofacet=1")).text
        assert f">{html.escape(row['label'])}</a>".replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page, (
            table,
            column,
        )
    assert seen > 12


@pytest.mark.parametrize(("table", "column"), [("articles", "title"), ("articles", "text"), ("sentences", "text")])
async def test_full_text_search(shared, table, column):
    text = (await shared.get_database("retold").execute(f"select {column} from {table} limit 1")).single_value()
    word = max(re.findall(r"[A-Za-z]+", text), key=len)
    answer = (await shared.client.get(f"/retold/{table}.json?_search={word}&_size=max")).json()
    assert answer["rows"]
    assert (
        len(answer["rows"])
        < (await shared.get_database("retold").execute(f"select count(*) from {table}")).single_value()
    )
    assert 'name="_search"' in (await shared.client.get(f"/retold/{table}")).text


async def test_permissions_survive_the_merge_of_both_files(shared):
    tables = shared.config["databases"]["retold"]["tables"]
    assert set(tables["labels"]["permissions"]) == {"insert-row", "update-row", "delete-row"}
    assert "facets" not in tables["corrections"]
