"""Adjudication: who sees disputes, what is shown of them, and rulings over HTTP."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.plugins import agreeing

LEAD = {"id": "lea", "role": "lead"}
API = "/-/api/adjudications"


@pytest.fixture
def judged(own_db: Path) -> list[str]:
    return agreeing.disagree(own_db)


def ruling(change: str, **more: Any) -> dict[str, Any]:
    return {"change_id": change, "label": agreeing.LABEL, "verdict": "accepted", **more}


async def test_only_who_may_adjudicate_sees_and_settles(judged, served):
    for actor in (None, {"id": "ida"}):
        assert (await served.client.get("/-/adjudicate", actor=actor)).status_code == 403
    assert (await served.client.post(API, json=ruling(judged[0]))).status_code == 401
    answer = await served.client.post(API, json=ruling(judged[0]), actor={"id": "ida"})
    assert (answer.status_code, answer.json()["ok"]) == (403, False)
    assert "adjudicate" in answer.json()["error"]
    assert (await served.get_database("retold").execute("select count(*) from adjudications")).single_value() == 0


async def test_disputes_side_by_side_with_both_texts(judged, served):
    page = (await served.client.get("/-/adjudicate", actor=LEAD)).text
    disputed = [n for n in range(len(judged)) if n % 2 == 0]
    third = [n for n in range(len(judged)) if n % 3 == 0]
    assert page.count('class="edge case') == len(disputed) + len(third)
    first = page[page.index(f'id="{judged[0]}.') :].split("</li>\n<li")[0]
    assert "It holds, say" in first
    assert "judged the edge without it" in first
    assert "ida &lt;b&gt;says&lt;/b&gt;" in first
    assert "<ins>" in first
    assert f"#{judged[0]}" in first
    assert f">0</span> of {len(disputed) + len(third)} settled" in page
    assert "<noscript>" in page


async def test_a_ruling_is_stored_apart_and_the_filters_know_it(judged, served):
    answer = await served.client.post(API, json=ruling(judged[0], comment="so it is"), actor=LEAD)
    assert answer.status_code == 201
    row = answer.json()["adjudication"]
    assert (row["adjudicator"], row["revision"]) == ("lea", 1)
    place = f'id="{judged[0]}.{agreeing.LABEL}"'
    pages = {}
    for state in ("settled", "unsettled", ""):
        pages[state] = (await served.client.get(f"/-/adjudicate?state={state}", actor=LEAD)).text
    assert [place in pages[state] for state in ("settled", "unsettled", "")] == [True, False, True]
    assert "so it is" in pages["settled"]
    other = (await served.client.get(f"/-/adjudicate?state=&label={agreeing.OTHER}", actor=LEAD)).text
    assert set(re.findall(r'data-label="(\w+)"', other)) == {agreeing.OTHER}
    standing = (await served.client.get("/retold/annotations.json?_shape=array&_size=max")).json()
    assert {one["verdict"] for one in standing} == {"added"}
    rows = (await served.client.get("/-/downloads/adjudications.json")).json()
    assert [one["id"] for one in rows] == [row["id"]]


async def test_a_stale_ruling_is_refused_with_the_row_as_it_stands(judged, served):
    await served.client.post(API, json=ruling(judged[0]), actor=LEAD)
    answer = await served.client.post(API, json=ruling(judged[0], verdict="rejected"), actor={"id": "root"})
    assert answer.status_code == 409
    assert (answer.json()["current"]["verdict"], answer.json()["current"]["adjudicator"]) == ("accepted", "lea")
    changed = await served.client.post(API, json=ruling(judged[0], verdict="rejected", revision=1), actor=LEAD)
    assert (changed.status_code, changed.json()["adjudication"]["revision"]) == (200, 2)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"label": "style_only", "verdict": "accepted"}, "change_id"),
        ({"change_id": "c-none", "label": "style_only", "verdict": "accepted"}, "change_id"),
        ({"change_id": "EDGE", "label": "no_such", "verdict": "accepted"}, "label"),
        ({"change_id": "EDGE", "label": "style_only", "verdict": "added"}, "verdict"),
        ({"change_id": "EDGE", "label": "style_only", "verdict": "accepted", "adjudicator": "eve"}, "adjudicator"),
    ],
)
async def test_what_cannot_be_is_refused_by_field(judged, served, sent, field):
    sent = {name: judged[0] if value == "EDGE" else value for name, value in sent.items()}
    answer = await served.client.post(API, json=sent, actor=LEAD)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


async def test_without_disputes_it_says_how_there_come_to_be_some(served):
    page = (await served.client.get("/-/adjudicate", actor=LEAD)).text
    assert "Nobody differs about anything yet" in page


async def test_odd_queries_show_the_page(judged, served):
    for query in ("page=0", "page=99999999999999", "page=²", "page=-1", "state=x", "label='", "page=999"):
        assert (await served.client.get(f"/-/adjudicate?{query}", actor=LEAD)).status_code == 200


async def test_hundreds_of_disputes_come_in_pages(own_db, served, monkeypatch):
    from retold.store.queries import adjudication

    agreeing.disagree(own_db)
    monkeypatch.setattr(adjudication, "PAGE", 2)
    page = (await served.client.get("/-/adjudicate?page=2", actor=LEAD)).text
    assert "page 2 of" in page
    assert page.count('class="edge case') == 2
