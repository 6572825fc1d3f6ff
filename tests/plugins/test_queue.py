"""The queue over HTTP: one edge each, forms without a script, comments, corrections, decisions taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest

ADA, BOB = {"id": "ada"}, {"id": "bob"}


def handed(page: str) -> str:
    """The id of the one edge that the queue shows."""
    [found] = re.findall(r'<li class="edge [^>]* id="([^"]+)"', page)
    return str(found)


async def get(served: Any, path: str = "/-/annotate", **more: Any) -> str:
    answer = await served.client.get(path, **more)
    assert answer.status_code == 200, answer.text[-500:]
    return str(answer.text)


async def rows(served: Any, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await served.get_database("retold").execute(sql)).dicts()
    return found


async def test_two_people_are_handed_two_edges_and_asking_again_is_no_moving_on(served):
    first, second = handed(await get(served, actor=ADA)), handed(await get(served, actor=BOB))
    assert first != second
    assert handed(await get(served, actor=ADA)) == first
    assert handed(await get(served, f"/-/annotate?after={first}", actor=ADA)) not in (first, second)


async def test_visitors_are_told_to_sign_in_and_take_no_lease(served):
    assert "Sign in to annotate" in await get(served)
    assert await rows(served, "select * from leases") == []


async def test_a_form_says_done_and_leads_to_the_next(served):
    page = await get(served, actor=ADA)
    edge = handed(page)
    sent = {"change_id": edge, "action": "done::"}
    answer = await served.client.post("/-/annotate?order=story_order", data=sent, actor=ADA)
    assert answer.headers["location"] == f"/-/annotate?order=story_order&after={edge}"
    following = await get(served, answer.headers["location"], actor=ADA)
    assert handed(following) != edge
    assert "you <b>1</b> of" in following
    assert [(row["change_id"], row["status"]) for row in await rows(served, "select * from decisions")] == [
        (edge, "done")
    ]


async def test_a_form_that_does_not_finish_the_edge_comes_back_to_it(served):
    edge = handed(await get(served, actor=ADA))
    sent = {"change_id": edge, "action": "comment", "text": "Is <b>this</b> so?", "key": "1"}
    answer = await served.client.post("/-/annotate", data=sent, actor=ADA)
    assert answer.headers["location"].endswith(f"edge={edge}")
    page = await get(served, answer.headers["location"], actor=ADA)
    assert "Is &lt;b&gt;this&lt;/b&gt; so?" in page
    [row] = await rows(served, "select * from comments")
    answered = sent | {"text": "It is.", "key": "2", "parent": row["id"]}
    await served.client.post("/-/annotate", data=answered, actor=BOB)
    page = await get(served, f"/-/annotate?edge={edge}", actor=ADA)
    assert page.index("this&lt;/b&gt; so?") < page.index("It is.")
    assert 'class="depth-1"' in page
    assert await rows(served, "select * from decisions") == [], "a comment is no flag"


@pytest.mark.parametrize("order", ["story_order", "most_suggestions", "least_agreed", "nonsense"])
async def test_orders(served, order):
    handed(await get(served, f"/-/annotate?order={order}", actor=ADA))


async def test_an_empty_queue_says_what_to_do(served):
    def finish(connection: Any) -> None:
        connection.execute(
            "insert into decisions (id, change_id, annotator, status, created, updated)"
            " select 'd-' || id, id, 'ada', 'done', '', '' from changes"
        )

    await served.get_database("retold").execute_write_fn(finish)
    for path in ("/-/annotate", "/-/annotate?story=nothing"):
        page = await get(served, path, actor=ADA)
        assert "Nothing is left for you here" in page
        assert 'class="edge ' not in page


async def test_a_comment_is_stored_once_and_taken_back_by_its_author_alone(served):
    edge = handed(await get(served, actor=ADA))
    sent = {"change_id": edge, "text": "so?", "key": "one"}
    first = await served.client.post("/-/api/comments", json=sent, actor=ADA)
    again = await served.client.post("/-/api/comments", json=sent, actor=ADA)
    assert (first.status_code, again.status_code) == (201, 200)
    row = first.json()["comment"]
    assert again.json()["comment"] == row
    path = f"/-/api/comments/{row['id']}/withdraw"
    assert (await served.client.post(path, json={"revision": 1}, actor=BOB)).status_code == 403
    assert (await served.client.post(path, json={"revision": 1}, actor=ADA)).json()["comment"]["withdrawn"] == 1
    page = await get(served, f"/-/annotate?edge={edge}", actor=BOB)
    assert "taken back" in page
    assert ">so?<" not in page


async def test_ones_own_alignment_stands_beside_the_machines(served):
    [pair] = await rows(served, "select * from changes where operation = 'reworded' order by id limit 1")
    sentences = await rows(
        served,
        f"select id from sentences where article_id = '{pair['source_article_id']}' order by start limit 2",
    )
    sent = {
        "source_article_id": pair["source_article_id"],
        "article_id": pair["article_id"],
        "source_sentences": [row["id"] for row in sentences],
    }
    before = await rows(served, "select * from changes order by id")
    answer = await served.client.post("/-/api/realignments", json=sent, actor=ADA)
    row = answer.json()["realignment"]
    assert (answer.status_code, row["operation"]) == (201, "dropped")
    page = await get(served, f"/-/compare/{pair['source_article_id']}/{pair['article_id']}", actor=ADA)
    assert f'data-correction="{row["id"]}"' in page
    assert await rows(served, "select * from changes order by id") == before
    form = {"change_id": pair["id"], "action": f"withdraw:{row['id']}:1"}
    await served.client.post("/-/annotate", data=form, actor=ADA)
    assert [one["withdrawn"] for one in await rows(served, "select withdrawn from realignments")] == [1]


async def test_a_decision_taken_back_is_undecided_everywhere(served):
    edge = handed(await get(served, actor=ADA))
    sent = {"change_id": edge, "status": "done"}
    await served.client.post("/-/api/decisions", json=sent, actor=ADA)
    back = await served.client.post("/-/api/decisions", json=sent | {"withdrawn": 1, "revision": 1}, actor=ADA)
    assert back.json()["decision"]["withdrawn"] == 1
    page = await get(served, actor=ADA)
    assert handed(page) == edge
    assert "you <b>0</b> of" in page
    again = await served.client.post("/-/api/decisions", json=sent | {"revision": 2}, actor=ADA)
    assert (again.status_code, again.json()["decision"]["withdrawn"]) == (200, 0)
    events = (await served.client.get(f"/-/api/changes/{edge}")).json()["events"]
    assert [event["action"] for event in events] == ["created", "withdrawn", "restored"]
