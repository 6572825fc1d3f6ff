"""Every answer carries the strict headers; no script of a stranger can run on our pages."""

from __future__ import annotations

import base64
import hashlib
import re

from tests.plugins.conftest import serve

OURS = ["/", "/-/codebook", "/-/downloads", "/-/downloads/labels.csv", "/-/story/nothing", "/-/api/changes/nothing"]
CORE = ["/retold", "/retold/articles", "/retold/articles.json", "/-/versions.json", "/static/row-editor.js", "/nothing"]


def policy(answer) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in parts}


async def test_everywhere(shared):
    for path in OURS + CORE:
        strict(await shared.client.get(path))


def strict(answer) -> None:
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert answer.headers["x-frame-options"] == "DENY"
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert policy(answer)["default-src"] == "'none'"
    assert policy(answer)["base-uri"] == "'none'"
    for value in policy(answer).values():
        assert "http" not in value
        assert "*" not in value


async def test_no_script_within_our_pages_but_those_of_the_base_template(shared):
    for path in OURS:
        answer = await shared.client.get(path)
        scripts = policy(answer)["script-src"].split()
        assert "'unsafe-inline'" not in scripts
        for inline in re.findall(r"<script>(.*?)</script>", answer.text, re.S):
            digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in scripts, (path, inline)
        assert not re.search(r"\son\w+=", answer.text), path


async def test_datasettes_pages_keep_working(shared):
    for path in CORE:
        assert "'unsafe-inline'" in policy(await shared.client.get(path))["script-src"], path


async def test_a_page_not_found_prints_no_local_variables(shared, capfd):
    await shared.client.get("/nothing", cookies={"ds_actor": "a secret"})
    out, err = capfd.readouterr()
    assert "a secret" not in out + err
    assert "Traceback" not in out + err


async def test_under_a_prefix(site):
    datasette = serve(site, settings={"base_url": "/stories/"})
    answer = await datasette.client.get("/-/codebook")
    assert answer.status_code == 200
    assert "'unsafe-inline'" not in policy(answer)["script-src"]
    datasette.close()
