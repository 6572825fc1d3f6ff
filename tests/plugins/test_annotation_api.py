"""The annotation API over HTTP: who may write, what is answered, and that it is there after a reload."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.plugins.conftest import serve

ADA = {"id": "ada"}
API = "/-/api/annotations"


@pytest.fixture
async def edge(served) -> dict[str, Any]:
    sql = "select * from changes where source_start is not null and start is not null order by id limit 1"
    return (await served.get_database("retold").execute(sql)).dicts()[0]


def added(edge: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"change_id": edge["id"], "label": "style_only", "verdict": "added", **more}


async def test_a_mark_is_there_after_a_reload_and_in_the_tables(served, edge):
    answer = await served.client.post(API, json=added(edge, comment="so it is"), actor=ADA)
    assert answer.status_code == 201
    row = answer.json()["annotation"]
    assert (row["annotator"], row["revision"], answer.json()["ok"]) == ("ada", 1, True)
    reload = (await served.client.get(f"/-/api/changes/{edge['id']}")).json()
    assert reload["annotations"] == [row]
    assert [(e["actor"], e["action"]) for e in reload["events"]] == [("ada", "created")]
    for table in ("annotations", "annotation_events"):
        rows = (await served.client.get(f"/retold/{table}.json?_shape=array")).json()
        assert len(rows) == 1


async def test_change_withdraw_restore(served, edge):
    row = (await served.client.post(API, json=added(edge), actor=ADA)).json()["annotation"]
    changed = await served.client.post(API, json=added(edge, severity=3, revision=1), actor=ADA)
    assert (changed.status_code, changed.json()["annotation"]["severity"]) == (200, 3)
    for number, (what, withdrawn) in enumerate([("withdraw", 1), ("restore", 0)], 2):
        answer = await served.client.post(f"{API}/{row['id']}/{what}", json={"revision": number}, actor=ADA)
        assert (answer.status_code, answer.json()["annotation"]["withdrawn"]) == (200, withdrawn)


async def test_a_stale_write_is_refused_with_both_versions_in_hand(served, edge):
    await served.client.post(API, json=added(edge, comment="first window"), actor=ADA)
    answer = await served.client.post(API, json=added(edge, comment="second window"), actor=ADA)
    assert answer.status_code == 409
    assert answer.json()["current"]["comment"] == "first window"
    assert "Nothing was overwritten" in answer.json()["error"]


async def test_decisions(served, edge):
    sent = {"change_id": edge["id"], "status": "done"}
    answer = await served.client.post("/-/api/decisions", json=sent, actor=ADA)
    assert (answer.status_code, answer.json()["decision"]["status"]) == (201, "done")
    assert (await served.client.get(f"/-/api/changes/{edge['id']}")).json()["decisions"][0]["annotator"] == "ada"


async def test_blind_readers_see_only_their_own(served, edge):
    await served.client.post(API, json=added(edge), actor=ADA)
    blind = (await served.client.get(f"/-/api/changes/{edge['id']}?pass=blind", actor={"id": "bob"})).json()
    assert blind["annotations"] == blind["suggestions"] == blind["events"] == []
    assert (await served.client.get(f"/-/api/changes/{edge['id']}?pass=blind")).status_code == 401


async def test_nobody_writes_without_signing_in(served, edge):
    for actor in (None, {}, {"id": ""}, {"id": None}, {"id": "x" * 300}, {"role": "lead"}):
        for path in (API, f"{API}/n-x/withdraw", f"{API}/n-x/restore", "/-/api/decisions"):
            answer = await served.client.post(path, json=added(edge), actor=actor)
            assert answer.status_code == 401
            assert answer.json() == {"ok": False, "error": "Sign in to annotate."}
    assert (await served.get_database("retold").execute("select count(*) from annotations")).single_value() == 0


async def test_a_token_without_the_permission_writes_nothing(served, edge):
    answer = await served.client.post(API, json=added(edge), actor={"id": "ada", "_r": {"a": ["vi"]}})
    assert answer.status_code == 403
    assert "annotate" in answer.json()["error"]


async def test_nobody_touches_anothers_annotation(served, edge):
    row = (await served.client.post(API, json=added(edge), actor=ADA)).json()["annotation"]
    answer = await served.client.post(f"{API}/{row['id']}/withdraw", json={"revision": 1}, actor={"id": "root"})
    assert answer.status_code == 403
    answer = await served.client.post(f"{API}/n-nothing/withdraw", json={"revision": 1}, actor=ADA)
    assert answer.status_code == 404


BODIES = {
    "not JSON": (b"{", 400),
    "not an object": (b"[]", 400),
    "nothing": (b"", 400),
    "not UTF-8": (b'{"comment": "\xff"}', 400),
    "not a number": (b'{"severity": NaN}', 400),
    "too many digits": (b'{"severity": ' + b"1" * 5000 + b"}", 400),
    "too deep": (b"[" * 30_000 + b"]" * 30_000, 400),
    "too long": (b'"' + b"x" * 65_536 + b'"', 413),
    "unknown field": (b'{"annotator": "root"}', 400),
}


async def test_hostile_bodies_are_refused_in_json(served):
    for name, (body, status) in BODIES.items():
        answer = await served.client.post(API, content=body, headers={"content-type": "application/json"}, actor=ADA)
        assert answer.status_code == status, name
        assert answer.json()["ok"] is False, name


async def test_faults_are_named_by_field(served, edge):
    answer = await served.client.post(API, json=added(edge, severity=9, verdict="no"), actor=ADA)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"severity", "verdict"}


async def test_only_json_and_only_post(served, edge):
    form = await served.client.post(API, data={"change_id": edge["id"]}, actor=ADA)
    assert form.status_code == 415
    plain = await served.client.post(
        API, content=json.dumps(added(edge)), headers={"content-type": "text/plain"}, actor=ADA
    )
    assert plain.status_code == 415
    assert (await served.client.get(API, actor=ADA)).status_code == 405


async def test_another_site_cannot_write_in_ones_name(served, edge):
    headers = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"}
    answer = await served.client.post(API, json=added(edge), actor=ADA, headers=headers)
    assert answer.status_code == 403


async def test_of_many_writes_at_once_one_is_stored_and_the_others_hear_of_it(served, edge):
    calls = (served.client.post(API, json=added(edge, comment=f"window {n}"), actor=ADA) for n in range(12))
    answers = await asyncio.gather(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + 11 * [409]
    stored = next(answer.json()["annotation"] for answer in answers if answer.status_code == 201)
    assert all(answer.json()["current"] == stored for answer in answers if answer.status_code == 409)
    assert len((await served.client.get(f"/-/api/changes/{edge['id']}")).json()["events"]) == 1


async def test_without_a_database_it_says_how_to_build_one(site):
    (site / "retold.db").unlink()
    datasette = serve(site)
    answer = await datasette.client.post(API, json={}, actor=ADA)
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
    assert "python build_db.py" in answer.json()["error"]
    for path in ("/-/downloads", "/-/downloads/articles.csv", "/-/edge/x", "/-/codebook"):
        answer = await datasette.client.get(path)
        assert answer.status_code == 404, path
        assert "python build_db.py" in answer.text, path
    datasette.close()


async def test_no_such_edge(served):
    assert (await served.client.get("/-/api/changes/nothing")).status_code == 404
