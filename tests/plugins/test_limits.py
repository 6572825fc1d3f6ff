"""How much anyone may send: bytes and writes, counted by person or by address, and what a query may take."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from plugins import limits
from tests.plugins.conftest import serve

DECISIONS = "/-/api/decisions"


@pytest.fixture
async def outside(site: Path) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """``outside(limits, actor, address)``: a client as from the network, so that what it sends is counted."""
    opened: list[Any] = []

    def open_(given: dict[str, Any] | None = None, actor: str | None = None, address: str = "9.9.9.9", **more: Any):
        if not opened:
            opened.append(serve(site, **more))
        datasette: Datasette = opened[0]
        if given is not None:
            datasette.config["plugins"]["retold"]["limits"] = given
        if len(opened) == 1:
            opened.append(datasette.app())
        cookies = {"ds_actor": datasette.client.actor_cookie({"id": actor})} if actor else {}
        transport = httpx.ASGITransport(app=opened[1], client=(address, 1))
        return httpx.AsyncClient(transport=transport, base_url="http://retold.example", cookies=cookies)

    yield open_
    if opened:
        opened[0].close()


async def test_fifty_decisions_typed_without_waiting_pass_as_shipped(outside) -> None:
    ada = outside(actor="ada")
    for _ in range(50):
        for _ in range(5):  # four labels and "done"
            assert (await ada.post(DECISIONS, json={})).status_code == 400
    await ada.aclose()


async def test_whoever_writes_too_much_waits_and_nobody_else(outside) -> None:
    given = {"writes_per_minute": 3, "anonymous_posts_per_minute": 2}
    ada, bob, visitor = outside(given, "ada"), outside(given, "bob"), outside(given)
    assert [(await ada.post(DECISIONS, json={})).status_code for _ in range(4)] == [400, 400, 400, 429]
    answer = await ada.post(DECISIONS, json={})
    assert 1 <= int(answer.headers["retry-after"]) <= 20
    assert answer.json()["ok"] is False
    assert "Wait" in answer.json()["error"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert (await ada.get("/-/codebook")).status_code == 200
    assert (await bob.post(DECISIONS, json={})).status_code == 400
    assert [(await visitor.post(DECISIONS, json={})).status_code for _ in range(3)] == [401, 401, 429]
    other = outside(given, None, "8.8.8.8")
    assert (await other.post(DECISIONS, json={})).status_code == 401


async def test_made_up_cookies_and_tokens_are_no_new_persons(outside) -> None:
    given = {"anonymous_posts_per_minute": 2}
    client = outside(given)
    statuses = []
    for number in range(2):
        headers = {"cookie": f"ds_actor=made-up-{number}", "authorization": f"Bearer dstok_{number}"}
        statuses.append((await client.post(DECISIONS, json={}, headers=headers)).status_code)
    assert statuses == [401, 401]
    assert (await client.post(DECISIONS, json={}, headers={"cookie": "ds_actor=new"})).status_code == 429


async def test_twenty_clients_behind_one_address_with_the_limit_off(outside) -> None:
    clients = [outside({"writes_per_minute": 0}, "ada") for _ in range(20)]
    for client in clients:
        assert {(await client.post(DECISIONS, json={})).status_code for _ in range(10)} == {400}


async def test_behind_a_proxy_the_last_address_counts(outside) -> None:
    given = {"anonymous_posts_per_minute": 1, "address_header": "x-forwarded-for"}
    client = outside(given)

    async def post(forwarded: str) -> int:
        return (await client.post(DECISIONS, json={}, headers={"x-forwarded-for": forwarded})).status_code

    assert await post("1.1.1.1, 7.7.7.7") == 401
    assert await post("2.2.2.2, 7.7.7.7") == 429
    assert await post("1.1.1.1, 6.6.6.6") == 401


def test_an_allowance_fills_up_again() -> None:
    now = [0.0]
    allowances = limits.Allowances(clock=lambda: now[0])
    assert [allowances.take("ada", 2) for _ in range(3)] == [0, 0, 30]
    now[0] = 30
    assert [allowances.take("ada", 2) for _ in range(2)] == [0, 30]
    for number in range(limits.REMEMBERED + 5):
        allowances.take(f"address {number}", 2)
    assert len(allowances.buckets) == limits.REMEMBERED


LONG = b"x" * (1024 * 1024 + 1)


@pytest.mark.parametrize("path", [DECISIONS, "/retold/labels/-/insert", "/-/logout", "/-/create-token", "/nothing"])
async def test_no_long_body_said_or_unsaid(outside, path: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"y" * 65536

    client = outside({"writes_per_minute": 0}, "root")
    headers = {"content-type": "application/json"}
    assert (await client.post(path, content=LONG, headers=headers)).status_code == 413
    unsaid = await client.post(path, content=pieces(), headers=headers)
    assert unsaid.status_code in (302, 400, 404, 405, 413, 415)
    lying = await client.post(path, content=pieces(), headers=headers | {"content-length": "5"})
    assert lying.status_code < 500


async def test_a_query_that_runs_too_long_is_stopped(site: Path) -> None:
    datasette = serve(site)
    datasette._settings["sql_time_limit_ms"] = 100
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    answer = await datasette.client.get("/retold/-/query.json", params={"sql": endless})
    assert answer.status_code == 400
    assert "interrupted" in answer.text.lower() or "time limit" in answer.text.lower()
    datasette.close()


async def test_a_query_returns_so_many_rows_and_says_that_there_are_more(shared) -> None:
    most = shared.setting("max_returned_rows")
    many = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {most + 5}) select i from n"
    answer = (await shared.client.get("/retold/-/query.json", params={"sql": many})).json()
    assert len(answer["rows"]) == most
    assert answer["truncated"] is True


def test_the_shipped_limits_are_the_documented_ones() -> None:
    text = (Path(__file__).parents[2] / "docs" / "maintainers" / "settings.md").read_text()
    for name, value in limits.DEFAULTS.items():
        assert f"| `{name}` | {value or 'blank'} |" in text, name
