"""From every row that has a page of its own, one click leads there, and the page is there."""

from __future__ import annotations

import html
import re

import pytest

ADA = {"id": "ada"}


@pytest.fixture
async def marked(shared):
    """A row in every authored table, entered by the first test that asks."""
    database = shared.get_database("retold")
    if (await database.execute("select count(*) from annotations")).single_value():
        return shared
    edge = (await database.execute("select id from changes order by id limit 1")).single_value()
    sent = {"change_id": edge, "label": "style_only", "verdict": "added"}
    assert (await shared.client.post("/-/api/annotations", json=sent, actor=ADA)).status_code == 201
    await shared.client.post("/-/api/decisions", json={"change_id": edge, "status": "done"}, actor=ADA)
    await database.execute_write(
        "insert into adjudications (id, change_id, label, verdict, adjudicator, created, updated)"
        " values ('j-made-up', ?, 'style_only', 'accepted', 'grace', '2024-01-01', '2024-01-01')",
        [edge],
    )
    await database.execute_write(
        "insert into suggestions (id, change_id, label, rule, confidence, explanation)"
        " values ('s-made-up', ?, 'style_only', 'test', 1, '<i>because</i>')",
        [edge],
    )
    return shared


async def linked(shared, path: str, pattern: str) -> list[str]:
    page = (await shared.client.get(path)).text
    return [html.unescape(found) for found in re.findall(rf'href="({pattern})"', page)]


TABLES = {
    "stories": '/-/story/[^"]+',
    "articles": '/-/compare/[^"]+',
    "derivations": '/-/compare/[^"]+',
    "changes": '/-/edge/[^"]+',
    "suggestions": '/-/edge/[^"]+',
    "annotations": '/-/edge/[^"]+',
    "decisions": '/-/edge/[^"]+',
    "adjudications": '/-/edge/[^"]+',
    "labels": '/-/codebook#label-[^"]+',
}


@pytest.mark.parametrize(("table", "pattern"), TABLES.items())
async def test_tables_and_rows_lead_to_pages(marked, table, pattern):
    in_table = await linked(marked, f"/retold/{table}", pattern)
    assert in_table
    answer = await marked.client.get(in_table[0], follow_redirects=True)
    assert answer.status_code == 200
    key = (await marked.client.get(f"/retold/{table}.json?_size=1&_shape=array&_extra=primary_keys")).json()[0]
    row = "change_id" if table == "adjudications" else "id"
    path = f"{key[row]},{key['label']}" if table == "adjudications" else key[row].replace(".", "~2E")
    if table != "articles" or key["derived_from"]:
        assert await linked(marked, f"/retold/{table}/{path}", pattern)


async def test_an_edge_has_a_short_address(marked):
    edge = (await marked.get_database("retold").execute("select * from changes limit 1")).first()
    answer = await marked.client.get(f"/-/edge/{edge['id']}")
    assert answer.headers["location"] == f"/-/compare/{edge['source_article_id']}/{edge['article_id']}#{edge['id']}"
    assert (await marked.client.get("/-/edge/nothing")).status_code == 404


async def test_text_in_a_linked_cell_stays_text(marked):
    page = (await marked.client.get("/retold/suggestions")).text
    assert "&lt;i&gt;because&lt;/i&gt;</a>" in page
    assert "<i>because" not in page
