"""A blind pass is kept by the server: nothing of suggestions or of others leaves it, on any way."""

from __future__ import annotations

from typing import Any

import pytest

from retold.store import assign

IVY, HAL = {"id": "ivy"}, {"id": "zz-hal-9"}


@pytest.fixture
async def edge(served) -> dict[str, Any]:
    """An edge with a suggestion, on which somebody else has done all that can be done; its story is blind for ivy."""
    sql = """select c.*, g.id as suggestion, g.explanation, a.story_id from changes c
             join suggestions g on g.change_id = c.id join articles a on a.id = c.article_id order by g.id limit 1"""
    row = (await served.get_database("retold").execute(sql)).dicts()[0]
    sent = {"change_id": row["id"], "verdict": "accepted", "suggestion_id": row["suggestion"]}
    client = served.client
    await client.post("/-/api/annotations", json=sent, actor=HAL)
    await client.post(
        "/-/api/decisions", json={"change_id": row["id"], "status": "done", "comment": "hal decided"}, actor=HAL
    )
    await client.post("/-/api/comments", json={"change_id": row["id"], "text": "hal said", "key": "1"}, actor=HAL)
    pair = {name: row[name] for name in ("source_article_id", "article_id")}
    [one] = await ids(served, f"select id from sentences where article_id = '{row['article_id']}' limit 1")
    await client.post("/-/api/realignments", json=pair | {"sentences": [one]}, actor=HAL)
    given = {"annotator": "ivy", "story_id": row["story_id"], "pass": "blind", "annotators_per_edge": 5}
    await served.get_database("retold").execute_write_fn(lambda c: assign.assign(c, given, "lead") and None)
    return row


async def ids(served: Any, sql: str) -> list[str]:
    return [row[0] for row in (await served.get_database("retold").execute(sql)).rows]


def pages(edge: dict[str, Any]) -> list[str]:
    compare = f"/-/compare/{edge['source_article_id']}/{edge['article_id']}"
    return [
        compare,
        f"{compare}?pass=assisted",
        f"{compare}?view=inline",
        f"{compare}?edge={edge['id']}",
        f"/-/annotate?edge={edge['id']}",
        "/-/annotate",
        f"/-/story/{edge['story_id']}",
        f"/-/api/changes/{edge['id']}",
        f"/-/api/changes/{edge['id']}?pass=assisted",
    ]


async def test_nothing_of_it_is_sent(served, edge):
    for path in pages(edge):
        answer = await served.client.get(path, actor=IVY)
        assert answer.status_code == 200, path
        assert answer.text, path
        for secret in (edge["suggestion"], edge["explanation"], "zz-hal-9", "hal said", "hal decided"):
            assert secret not in answer.text, (path, secret)
    seen = (await served.client.get(pages(edge)[0], actor=HAL)).text
    assert edge["suggestion"] in seen, "others still see it"
    assert "hal said" in seen


@pytest.mark.parametrize(
    "path",
    [
        "/retold/suggestions.json",
        "/retold/annotations",
        "/retold/annotation_events.json",
        "/retold/comments.json",
        "/retold/realignments.json",
        "/retold/decisions.csv?_stream=1",
        "/retold/-/query.json?sql=select+*+from+annotations",
        "/-/downloads/annotations.csv",
    ],
)
async def test_tables_and_queries_are_closed_meanwhile(served, edge, path):
    for actor in (IVY, IVY | {"role": "lead"}):
        assert (await served.client.get(path, actor=actor)).status_code == 403, path
    assert (await served.client.get(path, actor=HAL)).status_code == 200, path


async def test_other_stories_are_as_always(served, edge):
    sql = f"""select c.source_article_id || '/' || c.article_id from suggestions g join changes c on c.id = g.change_id
              join articles a on a.id = c.article_id where a.story_id <> '{edge["story_id"]}' limit 1"""
    for pair in await ids(served, sql):
        assert 'class="suggestions"' in (await served.client.get(f"/-/compare/{pair}", actor=IVY)).text


async def test_the_pass_is_recorded_whatever_the_sender_says(served, edge):
    sent = {"change_id": edge["id"], "label": "style_only", "verdict": "added", "pass": "assisted"}
    answer = await served.client.post("/-/api/annotations", json=sent, actor=IVY)
    assert answer.json()["annotation"]["pass"] == "blind"
    judged = {"change_id": edge["id"], "verdict": "accepted", "suggestion_id": edge["suggestion"]}
    refused = await served.client.post("/-/api/annotations", json=judged, actor=IVY)
    assert refused.status_code == 400
    assert "blind" in refused.json()["errors"]["suggestion_id"]
    own = (await served.client.get(f"/-/api/changes/{edge['id']}", actor=IVY)).json()
    assert [row["annotator"] for row in own["annotations"]] == ["ivy"]
