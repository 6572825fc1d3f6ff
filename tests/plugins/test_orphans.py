"""The orphans page and the address that attaches them."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from retold.store import schema
from tests.plugins import agreeing

IDA, OLE, LEAD = {"id": "ida"}, {"id": "ole"}, {"id": "lea", "role": "lead"}


@pytest.fixture
def lost(own_db: Path) -> tuple[str, str]:
    """The edge that is gone, and the only judgement on it, Ida's."""
    connection = schema.connect(own_db)
    with connection:
        change = agreeing.edges(connection)[0]
        agreeing.judge(connection, "ida", change, agreeing.LABEL)
        row = connection.execute("select id from annotations").fetchone()[0]
    connection.close()
    agreeing.orphan(own_db, change)
    return change, row


def offered(page: str) -> list[dict[str, str]]:
    """The forms of the page, as what each would send."""
    forms = re.findall(r"<form class=\"edge candidate\".*?</form>", page, re.DOTALL)
    return [
        {name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}
        for form in forms
    ]


async def get(datasette: Any, actor: dict[str, Any] | None = None) -> str:
    answer = await datasette.client.get("/-/orphans", actor=actor)
    assert answer.status_code == 200
    return str(answer.text)


async def test_own_orphans_with_their_old_text_beside_edges_of_the_same_articles(lost, served):
    page = await get(served, IDA)
    assert "2 orphans of yours" in page
    sql = "select before ->> 'exact' from annotations"
    quoted = (await served.get_database("retold").execute(sql)).single_value()
    assert html.escape(quoted, quote=False).replace("'", "&#39;").replace('"', "&#34;") in page
    forms = offered(page)
    assert {one["table"] for one in forms} == {"annotations", "decisions"}
    assert lost[0] not in {one["change_id"] for one in forms}
    assert "ida &lt;b&gt;says&lt;/b&gt;" in page


async def test_others_see_that_there_are_some_and_the_lead_sees_them(lost, served):
    assert "You have none" in await get(served, OLE)
    assert "2 orphans wait" in await get(served)
    assert len(offered(await get(served, LEAD))) == len(offered(await get(served, IDA)))


async def test_the_form_attaches_and_says_so(lost, served):
    sent = next(one for one in offered(await get(served, IDA)) if one["table"] == "annotations")
    answer = await served.client.post("/-/orphans", data=sent, actor=IDA)
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/orphans")
    row = (await served.client.get(f"/retold/annotations/{lost[1]}.json?_shape=array")).json()[0]
    assert (row["change_id"], row["orphaned"], row["annotator"]) == (sent["change_id"], 0, "ida")
    assert "1 orphan of yours" in await get(served, IDA)
    events = (await served.client.get("/retold/annotation_events.json?_shape=array&action=reattached")).json()
    assert [event["row_id"] for event in events] == [lost[1]]


async def test_the_api_refuses_strangers_and_the_stale(lost, served):
    change = offered(await get(served, IDA))[0]["change_id"]
    path = f"/-/api/orphans/annotations/{lost[1]}/attach"
    sent = {"change_id": change, "revision": 1}
    assert (await served.client.post(path, json=sent)).status_code == 401
    assert (await served.client.post(path, json=sent, actor=OLE)).status_code == 403
    done = await served.client.post(path, json=sent, actor=LEAD)
    assert (done.status_code, done.json()["row"]["change_id"]) == (200, change)
    again = await served.client.post(path, json=sent, actor=IDA)
    assert (again.status_code, again.json()["row"]["revision"]) == (200, 2)
    stale = await served.client.post(path, json=sent | {"change_id": lost[0]}, actor=IDA)
    assert (stale.status_code, stale.json()["current"]["change_id"]) == (409, change)


async def test_a_second_decision_on_an_edge_is_refused_with_the_remedy(lost, own_db, served):
    sent = next(one for one in offered(await get(served, IDA)) if one["table"] == "decisions")
    own = {"change_id": sent["change_id"], "status": "done"}
    assert (await served.client.post("/-/api/decisions", json=own, actor=IDA)).status_code == 201
    path = f"/-/api/orphans/decisions/{sent['id']}/attach"
    body = {"change_id": sent["change_id"], "revision": int(sent["revision"])}
    answer = await served.client.post(path, json=body, actor=IDA)
    assert answer.status_code == 400
    assert "Choose another edge" in answer.json()["errors"]["change_id"]
    form = await served.client.post("/-/orphans", data=sent, actor=IDA)
    assert form.status_code == 302
    assert "2 orphans of yours" in await get(served, IDA)


async def test_no_such_row(served):
    for table in ("annotations", "leases", "sqlite_master"):
        path = f"/-/api/orphans/{table}/n-none/attach"
        answer = await served.client.post(path, json={"change_id": "c", "revision": 1}, actor=IDA)
        assert answer.status_code == 404
    assert (await served.client.get("/-/api/orphans/annotations/n-x/attach", actor=IDA)).status_code == 405
    for form in ({}, {"table": "leases", "id": "x"}, {"table": "comments", "id": "../../x", "revision": "²"}):
        assert (await served.client.post("/-/orphans", data=form, actor=IDA)).status_code == 302


async def test_where_there_are_none_it_says_so(served):
    assert "everything you entered is on an edge" in await get(served, IDA)
    assert "There are none" in await get(served)
