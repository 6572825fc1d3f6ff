"""Every page, every call of our API and Datasette's own write API, asked by everyone there is, cell by cell."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from datasette.tokens import TokenRestrictions

from retold.store import annotate, published, schema
from tests.conftest import ROOT, copy_database, lay_out
from tests.plugins import matrix
from tests.plugins.conftest import serve

DOCUMENT = ROOT / "docs" / "maintainers" / "permissions.md"
ACTORS: dict[str, dict[str, Any]] = {
    "reader": {"id": "rita"},
    "annotator": {"id": "ada"},
    "lead": {"id": "grace", "role": "lead"},
    "root": {"id": "root"},
}
SCOPES = {
    "token": [],
    "token to read": ["view-instance", "view-database", "view-table"],
    "token to annotate": ["annotate"],
}
NAMES = {"reader": "rita", "lead": "grace", "root": "root"}  # everyone else is, or acts for, ada
PUT_ASIDE = "annotations decisions adjudications comments realignments assignments leases corrections".split()


class Site:
    """The site, and what a request to it needs: who asks, which rows there are, whether anything was changed."""

    def __init__(self, folder: Path) -> None:
        configuration = yaml.safe_load((folder / "datasette.yml").read_text())
        configuration["permissions"]["annotate"] = {"id": ["ada", "root"], "role": "lead"}
        (folder / "datasette.yml").write_text(yaml.safe_dump(configuration))
        self.path = folder / "retold.db"
        self.datasette = serve(folder)
        self.datasette.root_enabled = True  # as `datasette --root` does
        self.connection = schema.connect(self.path)
        self.connection.execute("pragma synchronous = off")
        self.known: dict[str, dict[str, str]] = {}
        asyncio.run(self.start())

    async def start(self) -> None:
        await self.datasette.invoke_startup()
        self.tokens = {name: await self.token(actions) for name, actions in SCOPES.items()}

    async def token(self, actions: list[str]) -> str:
        restrictions = TokenRestrictions()
        for action in actions:
            restrictions.allow_all(action)
        return await self.datasette.create_token("ada", restrictions=restrictions if actions else None)

    def one(self, sql: str, *values: Any) -> Any:
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def tables(self) -> list[str]:
        sql = "select name from sqlite_master where type = 'table' order by name"
        names = [row[0] for row in self.connection.execute(sql)]
        return [name for name in names if not name.startswith("sqlite_") and "_fts" not in name]

    def start_afresh(self, who: str) -> dict[str, str]:
        """Nothing authored but one annotation by the person who asks and one by another; the ids for addresses."""
        edge = self.connection.execute(
            "select * from changes where source_start is not null and start is not null order by id limit 1"
        ).fetchone()
        with self.connection:
            for table in PUT_ASIDE:
                self.connection.execute(f"delete from {table}")
            self.connection.execute("delete from labels where id like 'made_up%'")
            self.connection.execute(
                "insert into labels select 'made_up', name, group_name, definition, use_when, example, maps_to,"
                " version, ordinal from labels where id = 'style_only'"
            )
            self.connection.execute("insert into corrections (document) values ('made_up')")
        sent = {"change_id": edge["id"], "label": "number_changed", "verdict": "added"}
        with self.connection:
            own = annotate.annotate(self.connection, sent, NAMES.get(who, "ada")).row["id"]
            other = annotate.annotate(self.connection, sent, "somebody-else").row["id"]
        return {
            "<own>": own,
            "<another's>": other,
            "<edge>": edge["id"],
            "<source>": edge["source_article_id"],
            "<article>": edge["article_id"],
            "<story>": self.one("select story_id from articles where id = ?", edge["article_id"]),
            "<query>": "made_up",
            "<none>": "nothing",
            "<sentence>": self.one("select id from sentences where article_id = ?", edge["article_id"]),
        }

    async def ask(self, method: str, address: str, who: str, body: Any = None) -> Any:
        asked: dict[str, Any] = {}
        if who in self.tokens:
            asked["headers"] = {"authorization": f"Bearer {self.tokens[who]}"}
        elif who in ACTORS:
            asked["actor"] = ACTORS[who]
        if isinstance(body, matrix.Form):
            asked["data"] = body.fields
        elif method == "POST":
            asked["json"] = {} if body is None else body
        return await self.datasette.client.request(method, address, **asked)

    async def cell(self, row: str, who: str) -> set[str]:
        """What is answered, once for every address that the row stands for."""
        return {await self.cell_of(row, who, table) for table in self.meant(row)}

    def meant(self, row: str) -> list[str]:
        kept = list(published.HAND_KEPT)
        if "<any table>" in row:
            return self.tables()
        if "<hand-kept>" in row:
            return kept
        return [name for name in self.tables() if name not in kept] if "<table>" in row else [""]

    async def cell_of(self, row: str, who: str, table: str) -> str:
        if who not in self.known or not row.startswith("GET") or "<own>" in row:
            self.known[who] = self.start_afresh(who)
        names = self.known[who] | {"<any table>": table, "<hand-kept>": table, "<table>": table}
        if table:
            names["<row>"] = "made_up" if table in published.HAND_KEPT else self.a_row(table)
        request = row.split(" (", 1)[0]
        for placeholder, value in names.items():
            request = request.replace(placeholder, value)
        method, address = request.split(" ", 1)
        if "<query>" in row:
            await self.store_query()
        before = self.one("pragma data_version")
        answer = await self.ask(method, address, who, matrix.body(row, names))
        saved = self.one("pragma data_version") != before
        return f"{answer.status_code}{' saved' if saved and answer.status_code >= 300 else ''}"

    async def store_query(self) -> None:
        stored = {"query": {"name": "made_up", "sql": "select 1"}}
        await self.ask("POST", "/retold/-/queries/store", "root", stored)

    def a_row(self, table: str) -> str:
        keys = [row[1] for row in self.connection.execute(f"pragma table_info({table})") if row[5]] or ["rowid"]
        found = self.connection.execute(f"select {', '.join(keys)} from {table} limit 1").fetchone()
        values = [str(value) for value in found] if found else ["x"] * len(keys)
        return ",".join(re.sub("[^A-Za-z0-9_-]", lambda one: f"~{ord(one[0]):02X}", value) for value in values)


@pytest.fixture(scope="module")
def open_site(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("matrix")
    copy_database(story_db, folder / "retold.db")
    site = Site(lay_out(folder))
    yield site
    site.connection.close()
    site.datasette.close()


@pytest.mark.parametrize(("row", "expected"), [pytest.param(*row, id=row[0]) for row in matrix.rows()])
async def test_everyone_is_answered_as_the_table_says(open_site: Site, row: str, expected: list[str]) -> None:
    answered = {who: await open_site.cell(row, who) for who in matrix.WHO}
    assert answered == {who: {cell} for who, cell in zip(matrix.WHO, expected, strict=True)}


def asked() -> list[tuple[str, str]]:
    """(method, path) of every row, placeholders filled with a plain word."""
    requests = [re.sub("<[^>]*>", "word", row.split(" (", 1)[0]).split("?")[0] for row, _ in matrix.rows()]
    return [(method, address) for method, address in (request.split(" ", 1) for request in requests)]


def test_no_route_is_missing_from_the_table(open_site: Site) -> None:
    paths = [path for _, path in asked()]
    routes = [pattern.pattern for pattern, _ in open_site.datasette._routes()]
    known = {route for path in paths for route in routes if re.match(route, path)}
    missing = [route for route in routes if route not in known and route not in matrix.ELSEWHERE]
    assert missing == [], "add a row for each of these to tests/plugins/matrix.py and docs/maintainers/permissions.md"


async def test_routes_that_only_read_change_nothing_whoever_posts(open_site: Site) -> None:
    listed = {row for row, _ in matrix.rows()}
    for row, _ in matrix.rows():
        method, address = row.split(" ", 1)
        if method != "GET" or "<any table>" in row or f"POST {address}" in listed:
            continue
        for who in ("visitor", "root"):
            status = (await open_site.cell_of(f"POST {address}", who, "")).split(" ")
            assert "saved" not in status, (address, who)
            # A POST to the query page is a fault of Datasette 1.0a41, which looks for a table in it.
            assert not status[0].startswith("5") or address.startswith("/retold/-/query"), (address, who)


def test_the_documentation_says_of_every_cell_what_is_tested() -> None:
    """And of no cell more: a row that nobody asks, or stands twice, is found too."""
    tested = {(row, who): cell for row, cells in matrix.rows() for who, cell in zip(matrix.WHO, cells, strict=True)}
    said: dict[tuple[str, str], str] = {}
    head: list[str] = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("|") else []
        if cells[:1] == ["request"]:
            head = cells[1:]
            assert tuple(head) == matrix.WHO
        elif cells and cells[0].startswith("`"):
            row = cells[0].strip("`")
            assert len(cells) == len(head) + 1, line
            assert (row, head[0]) not in said, f"{row} stands twice"
            said |= {(row, who): cell for who, cell in zip(head, cells[1:], strict=True)}
    differing = {key: (said.get(key), tested.get(key)) for key in said.keys() | tested.keys()}
    assert {key: both for key, both in differing.items() if both[0] != both[1]} == {}


def test_the_documentation_has_the_tables_under_the_same_headings() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, table in matrix.TABLES.items():
        assert f"## {name}\n{table.strip()}\n" in text, name


async def test_as_shipped_every_reader_annotates(served: Datasette) -> None:
    edge = (await served.get_database("retold").execute("select id from changes limit 1")).single_value()
    sent = {"change_id": edge, "label": "style_only", "verdict": "added"}
    assert (await served.client.post("/-/api/annotations", json=sent, actor={"id": "rita"})).status_code == 201
    assert (await served.client.post("/-/api/annotations", json=sent)).status_code == 401


async def test_expired_and_forged_tokens_are_refused(open_site: Site) -> None:
    datasette = open_site.datasette
    token = await datasette.create_token("ada", expires_after=1)
    forged = [open_site.tokens["token"][:-2] + "xx", "dstok_" + json.dumps({"a": "root"}), "dstok_"]
    await asyncio.sleep(2.1)
    for one in [token, *forged]:
        headers = {"authorization": f"Bearer {one}"}
        answer = await datasette.client.post("/-/api/decisions", json={}, headers=headers)
        assert answer.status_code == 401, one


HISTORY = [
    "update annotation_events set actor = 'eve'",
    "delete from annotation_events",
    "insert or replace into annotation_events (id, at, actor, action, table_name, row_id) values (1,'','eve','','','')",
    "replace into annotation_events (id, at, actor, action, table_name, row_id) values (1,'','eve','','','')",
    "update or replace annotation_events set id = 2 where id = 1",
    "insert into annotation_events (id, at, actor, action, table_name, row_id) values (1,'','eve','','','')"
    " on conflict (id) do update set actor = 'eve'",
]


@pytest.mark.parametrize("sql", HISTORY)
async def test_history_cannot_be_rewritten(open_site: Site, sql: str) -> None:
    """Not through the web, and not on a connection of the server's own either."""
    open_site.start_afresh("annotator")
    events = "select * from annotation_events order by id"
    before = [tuple(row) for row in open_site.connection.execute(events)]
    for who in matrix.WHO:
        for address, body in (
            ("/retold/-/execute-write", {"sql": sql}),
            ("/retold/-/query", {"sql": sql}),
            ("/retold/-/queries/store", {"query": {"name": "evil", "sql": sql}}),
        ):
            assert (await open_site.ask("POST", address, who, body)).status_code >= 400, (who, address)
    with pytest.raises(sqlite3.IntegrityError):
        await open_site.datasette.get_database("retold").execute_write(sql)
    assert [tuple(row) for row in open_site.connection.execute(events)] == before
