"""A served database of another schema, or of another program: told plainly on every page, never a fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from retold.store import schema
from tests.conftest import lay_out
from tests.plugins.conftest import serve

PAGES = ["/", "/-/codebook", "/-/annotate", "/-/downloads", "/-/agreement", "/-/adjudicate", "/-/people", "/-/orphans"]
PAGES += ["/-/story/any", "/-/compare/one/other", "/-/edge/any", "/-/downloads/articles.csv", "/-/people/ada"]
CALLS = ["/-/api/openapi.json", "/-/api/changes/any"]
OTHERS: dict[str, tuple[str, str]] = {
    "older": (f"pragma user_version = {schema.SCHEMA_VERSION - 1}", "running the build again"),
    "newer": (f"pragma user_version = {schema.SCHEMA_VERSION + 1}", "installs the release that wrote it"),
    "another program's": ("pragma application_id = 7", "not made by Retold"),
}


async def refused(site: Datasette, remedy: str) -> None:
    for path in PAGES:
        answer = await site.client.get(path, actor={"id": "ada", "role": "lead"})
        assert answer.status_code == 503, path
        assert remedy in html.fromstring(answer.text).text_content(), path
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert str(site.get_database("retold").path) not in answer.text
    for path in CALLS:
        answer = await site.client.get(path)
        assert answer.status_code == 503, path
        assert remedy in answer.json()["error"], path
    answer = await site.client.post("/-/api/decisions", json={}, actor={"id": "ada"})
    assert answer.status_code == 503
    assert (await site.client.get("/-/health")).status_code == 503


@pytest.mark.parametrize("kind", OTHERS)
async def test_another_schema(served: Datasette, site: Path, kind: str) -> None:
    change, remedy = OTHERS[kind]
    connection = schema.connect(site / "retold.db")
    connection.execute(change)
    await refused(served, remedy)
    for path in ("/retold", "/retold/articles", "/retold/articles.json"):  # Datasette's own pages show any database
        assert (await served.client.get(path)).status_code == 200, path
    connection.execute(f"pragma user_version = {schema.SCHEMA_VERSION}")
    connection.execute(f"pragma application_id = {schema.APPLICATION_ID}")
    connection.close()
    assert (await served.client.get("/-/codebook")).status_code == 200, "brought up while it was being served"


def strange(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table birds (id integer primary key, name text)")
    connection.execute("insert into birds (name) values ('tern')")
    connection.commit()
    connection.close()


def empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("make", [strange, empty])
async def test_a_file_of_another_program(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    make(tmp_path / "retold.db")
    site = serve(lay_out(tmp_path))
    await site.invoke_startup()
    await refused(site, "not made by Retold")
    if make is strange:
        assert (await site.client.get("/retold/birds")).status_code == 200
        assert (await site.client.get("/retold/birds/1")).status_code == 200
    assert (await site.client.get("/retold")).status_code == 200
    site.close()
