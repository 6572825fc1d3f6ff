"""What the server keeps to itself: files, paths, versions in errors, cookies; and whose writes it takes."""

from __future__ import annotations

import re
import sqlite3
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.plugins.conftest import serve

FILES = ["retold.db", "datasette.yml", "metadata.yml", "dataset.yml", "plugins/limits.py", "templates/index.html"]
WAYS = [
    "/{file}",
    "/static/../{file}",
    "/static/%2e%2e/{file}",
    "/static/..%2f{file}",
    "/static/..%5c{file}",
    "/static/%252e%252e/{file}",
    "/static/js/../../{file}",
    "/static//{file}",
    "/static/{whole}",
    "/static//{whole}",
    "/-/static/../../../../../../{whole}",
    "/-/static/%2e%2e/%2e%2e/{whole}",
    "/-/static-plugins/datasette-write-ui/%2e%2e/%2e%2e/%2e%2e/{whole}",
    "/-/static-plugins/datasette_write_ui//{whole}",
    "/-/downloads/..%2f{file}",
    "/-/downloads/{file}",
    "/-/story/..%2f{file}",
]
GIVEN_AWAY = ("Traceback", "site-packages", ".py", "sqlite3.", "/tmp/", "/home/", "/usr/", "Python/", "datasette/1")


async def raw(datasette: Any, path: str, method: str = "GET") -> tuple[int, bytes]:
    """The answer to a path sent exactly so, which no client library would do."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {
        "headers": [(b"host", b"retold.example")],
        "scheme": "http",
        "http_version": "1.1",
        "client": ("1.1.1.1", 1),
    }
    await datasette.app()(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("way", WAYS)
async def test_no_file_of_the_folder_is_served(shared, way: str) -> None:
    folder = Path(shared.config_dir)
    for file in FILES:
        path = way.format(file=file, whole=str(folder / file).lstrip("/") if "{whole}" in way else "")
        status, content = await raw(shared, path)
        assert status in (301, 302, 403, 404, 400), (path, status)
        assert (folder / file).read_bytes()[:40] not in content, path


async def test_what_lies_in_the_folder_of_static_files_is_meant_for_everybody(shared) -> None:
    kinds = {file.suffix for file in (Path(shared.config_dir) / "static").rglob("*") if file.is_file()}
    assert kinds <= {".css", ".js", ".svg", ".png", ".ico", ".woff2"}


async def test_no_one_learns_where_the_file_lies(shared) -> None:
    shared.root_enabled = True
    folder = str(shared.config_dir)
    sql = [
        "select * from pragma_database_list",
        "select * from main.pragma_database_list()",
        "select file from pragma_Database_List",
    ]
    paths = [f"/retold/-/query.json?sql={one}" for one in sql]
    for path in [*paths, "/-/databases", "/-/databases.json", "/-/versions.json", "/-/plugins.json", "/-/config.json"]:
        for actor in (None, {"id": "ada"}):
            answer = await shared.client.get(path, actor=actor) if actor else await shared.client.get(path)
            assert answer.status_code == 200, path
            assert folder not in answer.text, path


ODD = [
    "/nothing",
    "/retold/nothing",
    "/retold/articles/nothing",
    "/-/story/nothing",
    "/-/api/nothing",
    "/-/api/changes/nothing",
    "/retold/articles?_sort=nothing",
    "/retold/articles?_size=x",
    "/retold/articles.json?_next=%00",
    "/retold/articles?_facet=nothing",
    "/retold/articles?_where=1%3D",
    "/retold/-/query?sql=select+*+from+nothing",
    "/retold/-/query.json?sql=select+*+from+nothing",
    "/-/compare/a/b",
    "/retold/articles?%FF=%FF",
    "/retold/sentences?_search=%22%28%2A",
    "/-/downloads/articles.xml",
    "/%FF%FE",
    "/retold/%00",
    "/-/story/%00",
]


@pytest.mark.parametrize("path", ODD)
async def test_refusals_give_nothing_away(shared, path: str) -> None:
    answer = await shared.client.get(path)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        text = re.sub(r'(src|href)="[^"]*"', "", answer.text).replace("text/javascript", "")
        assert not [one for one in GIVEN_AWAY if one in text], path
        assert not re.search(r"1\.0a\d+", text), path


async def test_a_fault_of_the_servers_own_is_told_by_number(served, monkeypatch, capfd) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret in /srv/retold/retold.db")

    monkeypatch.setattr("retold.store.queries.codebook.codebook", broken)
    monkeypatch.setattr("retold.store.history.change", broken)
    for path in ("/-/codebook", "/-/api/changes/x"):
        answer = await served.client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        number = re.search(r"under (\w{8})\.", answer.json()["error"])
        log = "".join(capfd.readouterr())
        assert number
        assert number[1] in log
        assert "secret in /srv/retold/retold.db" in log


async def test_a_busy_database_is_no_fault(served, monkeypatch) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("retold.store.history.change", busy)
    answer = await served.client.get("/-/api/changes/x")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


WRITES = [
    "/-/api/annotations",
    "/-/api/annotations/n-x/withdraw",
    "/-/api/annotations/n-x/restore",
    "/-/api/decisions",
    "/-/compare/a/b",
    "/retold/labels/-/insert",
    "/retold/labels/style_only/-/update",
    "/retold/labels/style_only/-/delete",
    "/-/create-token",
    "/-/logout",
]
ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site", "authorization": "Bearer made-up"},
]


@pytest.mark.parametrize("path", WRITES)
async def test_no_other_site_writes_in_ones_name(shared, path: str) -> None:
    for headers in ELSEWHERE:
        for how in ({"json": {}}, {"data": {"action": "done"}}):
            answer = await shared.client.post(path, actor={"id": "root"}, headers=headers, **how)
            assert answer.status_code == 403, (path, headers)
            assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_every_route_of_the_api_is_guarded_so(shared) -> None:
    routes = [route.pattern for route, _ in shared._routes() if route.pattern.startswith("^/-/api/")]
    for route in routes:
        path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).strip("^$").replace("\\", "")
        answer = await shared.client.post(path, actor={"id": "root"}, headers=ELSEWHERE[0], json={})
        assert answer.status_code == 403, path


@pytest.mark.parametrize("secure", [False, True])
async def test_cookies(site, secure: bool) -> None:
    datasette = serve(site, settings={"force_https_urls": secure})
    await datasette.invoke_startup()
    datasette._root_token, datasette.root_enabled = "once", True
    transport = httpx.ASGITransport(app=datasette.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://retold.example") as client:
        answer = await client.get("/-/auth-token?token=once")
    cookies = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        cookies.load(line)
    assert "ds_actor" in cookies
    for cookie in cookies.values():
        assert cookie["httponly"] is True
        assert cookie["samesite"].lower() == "lax"
        assert bool(cookie["secure"]) is secure
    datasette.close()


def test_no_secret_stands_in_the_configuration() -> None:
    root = Path(__file__).parents[2]
    for name in ("datasette.yml", "metadata.yml", "dataset.yml", "Procfile", "Makefile"):
        assert not re.search(
            r"(secret|password|token|api_?key)\w*\s*[:=]\s*['\"]?\w", (root / name).read_text(), re.I
        ), name


async def test_health(served, site) -> None:
    answer = await served.client.get("/-/health")
    assert (answer.status_code, answer.json(), answer.headers["cache-control"]) == (200, {"ok": True}, "no-store")
    with sqlite3.connect(site / "retold.db") as connection:
        connection.execute("pragma user_version = 99")
    answer = await served.client.get("/-/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


async def test_ill_without_a_database(site) -> None:
    (site / "retold.db").unlink()
    without = serve(site)
    assert (await without.client.get("/-/health")).status_code == 503
    without.close()


async def test_ill_when_the_file_breaks_under_it(served, site) -> None:
    assert (await served.client.get("/-/health")).status_code == 200
    (site / "retold.db").write_bytes(b"not a database any more" * 4000)
    (site / "retold.db-wal").unlink(missing_ok=True)
    answer = await served.client.get("/-/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


async def test_health_is_for_everybody_where_nothing_else_is(site) -> None:
    closed = serve(site, config={"permissions": {"view-instance": {"id": "root"}}})
    assert (await closed.client.get("/-/codebook")).status_code in (200, 403)
    assert (await closed.client.get("/-/health")).json() == {"ok": True}
    closed.close()
