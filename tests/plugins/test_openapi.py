"""The description of our API: complete, and true of whatever is sent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from datasette.app import Datasette
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as conformance

from plugins import openapi
from tests.conftest import copy_database, lay_out
from tests.plugins.conftest import serve

EXAMPLES = 12  # to an operation; `make fuzz` sends many more
CHECKS = [
    not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]


@pytest.fixture(scope="module")
def site(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    folder = tmp_path_factory.mktemp("openapi")
    copy_database(story_db, folder / "retold.db")
    datasette = serve(lay_out(folder))
    datasette.config["plugins"]["retold"]["limits"] = {"writes_per_minute": 0, "anonymous_posts_per_minute": 0}
    asyncio.run(datasette.invoke_startup())
    yield datasette
    datasette.close()


async def test_it_is_served(site: Datasette) -> None:
    found = (await site.client.get("/-/api/openapi.json")).json()
    assert found["paths"] == openapi.described()["paths"]
    assert found["servers"] == [{"url": "/"}]


async def test_null_is_no_fault(site: Datasette) -> None:
    """What fuzzing found: columns that may not be empty, sent as null."""
    known = await ids(site)
    assigned = {"annotator": "ada", "story_id": known["story_id"][0]}
    assigned |= dict.fromkeys(("pass", "withdrawn", "annotators_per_edge"))
    ruled = {"change_id": known["change_id"][0], "label": "style_only", "verdict": "accepted", "comment": None}
    for path, body in (("/-/api/assignments", assigned), ("/-/api/adjudications", ruled)):
        answer = await site.client.post(path, json=body, actor={"id": "root"})
        assert answer.status_code in (200, 201), (path, answer.text)


async def test_every_route_of_the_api_is_described_and_no_other(site: Datasette) -> None:
    routes = [route.pattern for route, _ in site._routes() if route.pattern.startswith("^/-/api/")]
    described = [re.sub(r"\{\w+\}", "word", path) for path in openapi.described()["paths"]]
    for route in routes:
        assert "openapi" in route or any(re.match(route, path) for path in described), f"{route}: describe it"
    for path in described:
        assert path == "/-/health" or any(re.match(route, path) for route in routes), f"{path}: there is no such route"


@pytest.fixture(scope="module")
def known(site: Datasette) -> dict[str, list[str]]:
    """Ids that stand in the database, so that some of what is sent is about something."""
    return asyncio.run(ids(site))


async def ids(site: Datasette) -> dict[str, list[str]]:
    tables = {"change_id": "changes", "suggestion_id": "suggestions", "label": "labels", "story_id": "stories"}
    tables |= {"source_article_id": "articles", "article_id": "articles"}
    found = {}
    for name, table in tables.items():
        rows = await site.get_database("retold").execute(f"select id from {table} order by id limit 5")
        found[name] = [row[0] for row in rows]
    return found


def kinds() -> list[tuple[str, GenerationMode]]:
    """Every path with good requests, and with bad ones where a request can be bad: not where it holds nothing."""
    found = []
    for path, item in openapi.described()["paths"].items():
        operations = [one for one in item.values() if isinstance(one, dict)]
        holds = "parameters" in item or any({"parameters", "requestBody"} & one.keys() for one in operations)
        found += [(path, mode) for mode in GenerationMode if holds or mode is GenerationMode.POSITIVE]
    return found


@pytest.mark.parametrize(("operation", "mode"), kinds(), ids=lambda one: getattr(one, "value", one))
def test_what_is_sent_is_answered_as_described(
    site: Datasette, known: dict[str, list[str]], operation: str, mode: GenerationMode
) -> None:
    """Schemathesis makes requests, good and bad, from the description and holds every answer against it."""
    send(site, known, operation, mode)


def send(site: Datasette, known: dict[str, list[str]], path: str, mode: GenerationMode, **how: Any) -> None:
    """Some requests to one operation; ``how`` goes to hypothesis, by default the same ones every time."""
    schema = schemathesis.openapi.from_asgi("/-/api/openapi.json", running(site))
    found = [result.ok() for result in schema.get_all_operations()]
    headers = {"Authorization": f"Bearer {asyncio.run(site.create_token('root'))}"}
    for operation in (one for one in found if one.path == path):

        @settings(
            **({"max_examples": EXAMPLES, "derandomize": True, "database": None, "phases": [Phase.generate]} | how),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode, headers=headers), st.randoms(use_true_random=False))
        def try_it(case: Any, random: Any) -> None:
            if mode is GenerationMode.POSITIVE:
                about_something(case, known, random)
            answer = case.call_and_validate(headers=headers, checks=CHECKS)
            if mode is GenerationMode.NEGATIVE and case.body is not NOT_SET:
                assert answer.status_code >= 400, case.body

        try_it()


def running(site: Datasette) -> Any:
    """The application without its start and end, which Schemathesis would otherwise go through with every request."""
    app = site.app()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            return await app(scope, receive, send)
        for moment in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{moment}.complete"})
        return None

    return answer


def about_something(case: Any, known: dict[str, list[str]], random: Any) -> None:
    """Half of the time, ids that exist in place of made-up ones."""
    for part in (case.path_parameters, case.body):
        if isinstance(part, dict):
            for name in part.keys() & known.keys():
                if isinstance(part[name], str) and random.random() < 0.5:
                    part[name] = random.choice(known[name])
