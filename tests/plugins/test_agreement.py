"""The agreement page: figures, links to the rows behind them, words where there is none, and what it costs."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from retold.store.queries import agreement as queries
from tests.plugins import agreeing
from tests.plugins.conftest import serve


@pytest.fixture
def judged(own_db: Path) -> list[str]:
    return agreeing.disagree(own_db)


async def text(datasette: Any, path: str, status: int = 200, **more: Any) -> str:
    answer = await datasette.client.get(path, **more)
    assert answer.status_code == status, answer.text[-600:]
    return str(answer.text)


async def test_before_anybody_judged_it_says_what_would_be_here(served):
    page = await text(served, "/-/agreement")
    assert "No edge was judged by two people yet" in page
    assert "nan" not in page.lower().replace("covenant", "")
    figures = json.loads(await text(served, "/-/agreement.json"))
    assert (figures["overall"]["edges"], figures["overall"]["alpha"]["value"]) == (0, None)


async def test_figures_are_those_of_the_measures(judged, served):
    figures = json.loads(await text(served, "/-/agreement.json"))
    by_label = {one["label"]: one for one in figures["overall"]["labels"]}
    number = len(judged)
    assert figures["overall"]["edges"] == by_label[agreeing.LABEL]["edges"] == number
    assert by_label[agreeing.LABEL]["used"] == number + number // 2
    share = len([n for n in range(number) if n % 2]) / number
    assert by_label[agreeing.LABEL]["observed"]["value"] == pytest.approx(share)
    assert by_label[agreeing.LABEL]["alpha"]["value"] < 0.667
    page = await text(served, "/-/agreement")
    assert "not reliable" in page
    assert f"{round(100 * share)} %" in page
    assert '<svg class="ci"' in page
    assert ("few edges" in page) == (number < 10)


async def test_every_figure_leads_to_its_rows(judged, served):
    page = await text(served, "/-/agreement")
    main = page[page.index("<main") : page.index("</main>")]
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', main)}
    assert any("_where=" in link for link in links)
    for link in sorted(links):
        answer = await served.client.get(link, follow_redirects=True)
        assert answer.status_code == 200, link
    given = re.search(r'<a href="([^"]*label__exact=' + agreeing.LABEL + r'[^"]*)">([\d,]+)</a>', main)
    assert given is not None
    address = html.unescape(given[1]).replace("?", ".json?_extra=count&_size=0&", 1)
    assert json.loads(await text(served, address))["count"] == int(given[2])


async def test_the_pull_of_suggestions_is_told_by_pass(judged, served):
    figures = json.loads(await text(served, "/-/agreement.json"))
    assert figures["pull"]["assisted"]["judgements"] == len(judged)
    assert figures["pull"]["blind"]["judgements"] == len(judged) // 2
    page = await text(served, "/-/agreement")
    assert "Blind against assisted" in page


async def test_accepted_suggestions_are_counted_by_rule(served):
    sql = "select * from suggestions order by id limit 1"
    one = (await served.get_database("retold").execute(sql)).dicts()[0]
    sent = {"change_id": one["change_id"], "suggestion_id": one["id"], "label": one["label"], "verdict": "rejected"}
    answer = await served.client.post("/-/api/annotations", json=sent, actor={"id": "ida"})
    assert answer.status_code == 201
    figures = json.loads(await text(served, "/-/agreement.json"))
    rule = next(r for r in figures["worth"] if (r["rule"], r["label"]) == (one["rule"], one["label"]))
    assert (rule["accepted"], rule["rejected"], rule["precision"]["value"]) == (0, 1, 0.0)
    page = await text(served, "/-/agreement")
    link = re.search(r'href="([^"]*verdict__exact=rejected[^"]*_where[^"]*)">1</a>', page)
    assert link is not None
    rows = json.loads(await text(served, html.unescape(link[1]).replace("?", ".json?_shape=array&", 1)))
    assert [row["suggestion_id"] for row in rows] == [one["id"]]


async def test_the_csv_holds_every_measure(judged, served):
    answer = await served.client.get("/-/agreement.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["scope"] for row in rows} == {"overall", "blind", "assisted", "suggestions"}
    alpha = [row for row in rows if (row["about"], row["measure"], row["scope"]) == ("label sets", "alpha", "overall")]
    assert len(alpha) == 1
    assert float(alpha[0]["low"]) <= float(alpha[0]["value"]) <= float(alpha[0]["high"])


async def test_computed_once_for_all_who_ask_and_anew_after_a_write(judged, served, monkeypatch):
    counted = []
    real = queries.figures
    monkeypatch.setattr(queries, "figures", lambda connection: counted.append(1) or real(connection))
    await asyncio.gather(*(served.client.get("/-/agreement") for _ in range(4)))
    await text(served, "/-/agreement.json")
    assert len(counted) == 1
    sent = {"change_id": judged[0], "status": "flagged", "revision": 1}
    assert (await served.client.post("/-/api/decisions", json=sent, actor={"id": "ida"})).status_code == 200
    await text(served, "/-/agreement")
    assert len(counted) == 2


async def test_a_failed_computation_is_not_kept(judged, served, monkeypatch):
    real = queries.figures

    def fail(connection: Any) -> Any:
        raise RuntimeError("once")

    monkeypatch.setattr(queries, "figures", fail)
    assert (await served.client.get("/-/agreement")).status_code == 500
    monkeypatch.setattr(queries, "figures", real)
    await text(served, "/-/agreement")


async def test_people_with_odd_names_are_text(own_db, served):
    connection = agreeing.schema.connect(own_db)
    with connection:
        change = agreeing.edges(connection)[0]
        for person in ("<script>alert(1)</script>", "a/b?c#d", "אבג 🦉"):
            agreeing.judge(connection, person, change, agreeing.LABEL)
    connection.close()
    page = await text(served, "/-/agreement")
    assert "<script>alert" not in page
    for link in set(re.findall(r'href="(/-/people/[^"]+)"', page)):
        assert "they did" in await text(served, html.unescape(link))


async def test_who_may_not_see_the_annotations_may_not_see_figures_of_them(site):
    config = {"databases": {"retold": {"tables": {"annotations": {"allow": {"id": "root"}}}}}}
    closed = serve(site, config=config)
    await closed.invoke_startup()
    for path in ("/-/agreement", "/-/agreement.json", "/-/agreement.csv", "/-/people", "/-/orphans"):
        await text(closed, path, 403)
    closed.close()


async def test_unanimous_and_tiny_data_are_explained_in_words(own_db, served):
    connection = agreeing.schema.connect(own_db)
    with connection:
        for person in ("ida", "ole"):
            for change in agreeing.edges(connection)[:2]:
                agreeing.judge(connection, person, change, agreeing.LABEL)
    connection.close()
    page = await text(served, "/-/agreement")
    assert "Fewer than 10 edges" in page
    row = page[page.index(f'id="label-{agreeing.LABEL}"') :].split("</tr>")[0]
    assert "everybody always chose the same" in row
    assert "few edges" in row
    assert "100 %" in row
    figures = json.loads(await text(served, "/-/agreement.json"))
    assert (figures["overall"]["alpha"]["value"], figures["overall"]["observed"]["value"]) == (None, 1.0)
