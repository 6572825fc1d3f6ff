"""People: who did how much, each person's own page, and assignments by the lead."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from retold.store.queries import people
from tests.plugins import agreeing

LEAD = {"id": "lea", "role": "lead"}


@pytest.fixture
def judged(own_db: Path) -> list[str]:
    return agreeing.disagree(own_db)


async def get(datasette: Any, path: str, actor: dict[str, Any] | None = None, status: int = 200) -> str:
    answer = await datasette.client.get(path, actor=actor)
    assert answer.status_code == status, answer.text[-600:]
    return str(answer.text)


async def test_who_and_how_far(judged, served):
    page = await get(served, "/-/people")
    assert "Who" in page
    for person in ("ida", "ole", "lea"):
        assert f'href="/-/people/{person}"' in page
    assert f"{len(judged)} of" in page
    main = page[page.index("<main") : page.index("</main>")]
    for link in {html.unescape(one) for one in re.findall(r'href="(/[^"]*)"', main)}:
        answer = await served.client.get(link, follow_redirects=True)
        assert answer.status_code == 200, link


async def test_a_persons_own_page_with_every_step_linked(judged, served):
    page = await get(served, "/-/people/ida", {"id": "ida"})
    assert "this is you" in page
    assert "What you did" in page
    shown = page.count('<span class="sr"> of event')
    events = (await served.client.get("/retold/annotation_events.json?actor=ida&_extra=count&_size=0")).json()["count"]
    assert shown == min(people.PAGE, events)
    assert "ida &lt;b&gt;says&lt;/b&gt;" in page
    edge = re.search(r'href="(/-/edge/[^"]+)"', page)
    assert edge is not None
    assert (await served.client.get(edge[1])).status_code == 302


async def test_events_come_in_pages_and_none_is_lost(judged, served, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 4)
    seen, path = [], "/-/people/ida"
    while path:
        page = await get(served, path)
        seen += re.findall(r"of event (\d+)", page)
        older = re.search(r'rel="next" href="\?before=(\d+)"', page)
        path = f"/-/people/ida?before={older[1]}" if older else ""
    sql = "select count(*) from annotation_events where actor = 'ida'"
    total = (await served.get_database("retold").execute(sql)).single_value()
    assert len(seen) == len(set(seen)) == total


async def test_nobody_of_that_name(served):
    for name in ("nobody", "~3Cb~3E", "a'--", "retold"):
        await get(served, f"/-/people/{name}", status=404)
    assert "Nobody has judged anything yet" in await get(served, "/-/people")


async def test_who_judges_blind_is_not_shown_what_others_did(judged, served):
    story = (await served.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    sent = {"annotator": "ole", "story_id": story, "pass": "blind"}
    assert (await served.client.post("/-/api/assignments", json=sent, actor=LEAD)).status_code == 201
    assert "blind" in await get(served, "/-/people/ida", {"id": "ole"}, 403)
    assert "blind" in await get(served, "/-/agreement", {"id": "ole"}, 403)
    for own in ("/-/people", "/-/orphans"):
        await get(served, own, {"id": "ole"})
    await get(served, "/-/people/ole", {"id": "ole"})
    await get(served, "/-/people/ida", {"id": "ida"})
    await get(served, "/-/people/ole", LEAD)


async def form(datasette: Any, actor: dict[str, Any], **sent: str) -> None:
    answer = await datasette.client.post("/-/people", data=sent, actor=actor)
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/people")


async def assignments(datasette: Any) -> list[dict[str, Any]]:
    return list((await datasette.client.get("/retold/assignments.json?_shape=array")).json())


async def test_the_lead_assigns_changes_and_takes_back(served):
    assert "Assign a story" not in await get(served, "/-/people", {"id": "ida"})
    assert "Assign a story" in await get(served, "/-/people", LEAD)
    story = (await served.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    wanted = {"annotator": " ida ", "story_id": story, "pass": "blind", "annotators_per_edge": "3", "action": "assign"}
    await form(served, LEAD, **wanted)
    [row] = await assignments(served)
    assert (row["annotator"], row["pass"], row["annotators_per_edge"], row["assigned_by"]) == ("ida", "blind", 3, "lea")
    page = await get(served, "/-/people", LEAD)
    assert "take back" in page
    back = {"annotator": "ida", "story_id": story, "revision": "1", "action": "withdraw"}
    await form(served, LEAD, **back)
    assert (await assignments(served))[0]["withdrawn"] == 1
    assert "No story is assigned" in await get(served, "/-/people", LEAD)
    await form(served, LEAD, **wanted)
    assert (await assignments(served))[0]["withdrawn"] == 0


async def test_nobody_else_assigns(served):
    story = (await served.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    sent = {"annotator": "ida", "story_id": story, "pass": "blind", "annotators_per_edge": 2}
    assert (await served.client.post("/-/api/assignments", json=sent)).status_code == 401
    assert (await served.client.post("/-/api/assignments", json=sent, actor={"id": "ida"})).status_code == 403
    await form(served, {"id": "ida"}, **{name: str(value) for name, value in sent.items()})
    assert await assignments(served) == []


@pytest.mark.parametrize(
    "more",
    [
        {"story_id": "none"},
        {"annotator": ""},
        {"pass": "x"},
        {"annotators_per_edge": "0"},
        {"annotators_per_edge": "²"},
    ],
)
async def test_a_form_that_cannot_be_says_why_and_stores_nothing(served, more):
    story = (await served.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    await form(
        served, LEAD, **({"annotator": "ida", "story_id": story, "pass": "blind", "annotators_per_edge": "2"} | more)
    )
    assert await assignments(served) == []


async def test_the_later_of_two_leads_is_refused(served):
    story = (await served.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    sent = {"annotator": "ida", "story_id": story, "pass": "blind"}
    await served.client.post("/-/api/assignments", json=sent, actor=LEAD)
    answer = await served.client.post("/-/api/assignments", json=sent | {"pass": "assisted"}, actor={"id": "root"})
    assert (answer.status_code, answer.json()["current"]["pass"]) == (409, "blind")


async def test_these_pages_are_served_under_the_strict_headers(shared):
    for path in ("/-/agreement", "/-/agreement.json", "/-/adjudicate", "/-/orphans", "/-/people", "/-/people/ida"):
        answer = await shared.client.get(path, actor=LEAD)
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert "'unsafe-inline'" not in policy["script-src"], path
