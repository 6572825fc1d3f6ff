"""Signing in, with the configurations that docs/maintainers/people.md gives."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from datasette_auth_passwords.utils import hash_password

from tests.conftest import ROOT
from tests.plugins.conftest import serve

PAGE = ROOT / "docs" / "maintainers" / "people.md"
SECRET = "kept between us"


def documented(name: str) -> dict[str, Any]:
    """The YAML that follows the mark of this name on the page."""
    found = re.search(rf"<!-- {name} -->\n```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    read: dict[str, Any] = yaml.safe_load(found[1])
    return read


@pytest.fixture
async def configured(site: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Any]]:
    """``await configured("passwords")``: the site with that part of the page in its datasette.yml."""
    monkeypatch.setenv("ADA_PASSWORD_HASH", hash_password("ada's own", iterations=1000))
    monkeypatch.setenv("LEA_PASSWORD_HASH", hash_password("lea's own", iterations=1000))
    monkeypatch.setenv("PROXY_SECRET", SECRET)
    running = []

    async def start(*names: str) -> Datasette:
        path = site / "datasette.yml"
        config = yaml.safe_load(path.read_text())
        for name in names:
            for key, value in documented(name).items():
                config[key] = config.get(key, {}) | value if isinstance(value, dict) else value
        path.write_text(yaml.safe_dump(config))
        running.append(serve(site))
        await running[-1].invoke_startup()
        return running[-1]

    yield start
    for one in running:
        one.close()


async def sign_in(datasette: Datasette, name: str, password: str) -> dict[str, str]:
    """The cookies that the form gives."""
    answer = await datasette.client.post("/-/login", data={"username": name, "password": password})
    return {"ds_actor": answer.cookies["ds_actor"]} if answer.status_code == 302 else {}


async def edge(datasette: Datasette) -> str:
    sql = "select id from changes where not retired order by id limit 1"
    return str((await datasette.get_database("retold").execute(sql)).single_value())


async def may(datasette: Datasette, **more: Any) -> list[int]:
    """What a person's attempts to annotate, to settle and to see disputes are answered with."""
    change = await edge(datasette)
    decision = {"change_id": change, "status": "done"}
    ruling = {"change_id": change, "label": "style_only", "verdict": "accepted"}
    answers = [
        await datasette.client.post("/-/api/decisions", json=decision, **more),
        await datasette.client.post("/-/api/adjudications", json=ruling, **more),
        await datasette.client.get("/-/adjudicate", **more),
    ]
    return [answer.status_code for answer in answers]


async def test_the_form_of_signing_in_shows_itself(configured):
    datasette = await configured("passwords")
    answer = await datasette.client.get("/-/login")
    assert answer.status_code == 200
    assert 'name="password"' in answer.text


async def test_passwords_make_annotators_and_leads(configured):
    datasette = await configured("passwords")
    ada = await sign_in(datasette, "ada", "ada's own")
    lea = await sign_in(datasette, "lea", "lea's own")
    assert await may(datasette) == [401, 401, 403]
    assert await may(datasette, cookies=ada) == [201, 403, 403]
    assert await may(datasette, cookies=lea) == [201, 201, 200]
    sql = "select distinct actor from annotation_events order by 1"
    assert [row[0] for row in (await datasette.get_database("retold").execute(sql)).rows] == ["ada", "lea"]
    edit = {"update": {"name": "As the lead words it"}}
    for cookies, status in ((ada, 403), (lea, 200)):
        answer = await datasette.client.post("/retold/labels/style_only/-/update", json=edit, cookies=cookies)
        assert answer.status_code == status


async def test_a_wrong_password_signs_nobody_in(configured):
    datasette = await configured("passwords")
    for name, password in (("ada", "lea's own"), ("eve", "x"), ("", ""), ("ada_password_hash", "")):
        assert await sign_in(datasette, name, password) == {}


async def test_root_keeps_every_right(configured):
    datasette = await configured("passwords")
    datasette.root_enabled = True
    assert await may(datasette, actor={"id": "root"}) == [201, 201, 200]


async def test_an_actor_without_a_role_only_reads(configured):
    datasette = await configured("passwords")
    assert await may(datasette, actor={"id": "zoe"}) == [403, 403, 403]


async def test_a_closed_site_shows_itself_only_to_people_with_a_role(configured):
    datasette = await configured("passwords", "closed")
    ada = await sign_in(datasette, "ada", "ada's own")
    for path in ("/retold/articles", "/-/agreement", "/-/people", "/-/codebook", "/-/downloads/annotations.csv"):
        assert (await datasette.client.get(path)).status_code == 403, path
        assert (await datasette.client.get(path, cookies=ada)).status_code == 200, path


def headers(user: str, secret: str = SECRET) -> dict[str, Any]:
    return {"headers": {b"X-Forwarded-User": user.encode(), b"X-Proxy-Secret": secret.encode()}}


async def test_the_proxy_says_who_it_is(configured):
    datasette = await configured("proxy")
    assert await may(datasette, **headers("zoë@example.org")) == [201, 403, 403]
    assert await may(datasette, **headers("lea@example.org")) == [201, 201, 200]
    sql = "select distinct actor from annotation_events order by 1"
    actors = [row[0] for row in (await datasette.get_database("retold").execute(sql)).rows]
    assert actors == ["lea@example.org", "zoë@example.org"]
    page = await datasette.client.get("/-/people/lea~40example~2Eorg", **headers("lea@example.org"))
    assert "this is you" in page.text


async def test_without_the_proxys_secret_nobody_is_anybody(configured):
    datasette = await configured("proxy")
    for secret in ("", "guessed", SECRET + " "):
        assert await may(datasette, **headers("lea@example.org", secret)) == [401, 401, 403]
    assert await may(datasette, headers={"X-Forwarded-User": "lea@example.org"}) == [401, 401, 403]


async def test_an_empty_secret_trusts_nobody(configured, monkeypatch):
    monkeypatch.setenv("PROXY_SECRET", "")
    datasette = await configured("proxy")
    assert await may(datasette, **headers("lea@example.org", "")) == [401, 401, 403]


@pytest.mark.parametrize("user", ["", "   ", "x" * 201, "a\tb"])
async def test_what_is_no_name_is_nobody(configured, user):
    datasette = await configured("proxy")
    assert await may(datasette, **headers(user)) == [401, 401, 403]


async def test_two_names_are_nobody(configured):
    datasette = await configured("proxy")
    both = [("X-Forwarded-User", "lea@example.org"), ("X-Forwarded-User", "eve"), ("X-Proxy-Secret", SECRET)]
    assert await may(datasette, headers=both) == [401, 401, 403]


async def test_as_shipped_the_header_means_nothing(served):
    assert await may(served, **headers("lea@example.org")) == [401, 401, 403]
