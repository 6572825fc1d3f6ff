"""Hostile text on every page: shown as text, obeyed nowhere. A real browser does the same in tests/browser."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from datasette.app import Datasette
from lxml import html

from tests.conftest import lay_out
from tests.hostile import corpus
from tests.plugins.conftest import serve

BYSTANDER, EVIL = {"id": "ada"}, {"id": corpus.ACTOR, "role": "lead"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    folder = tmp_path_factory.mktemp("hostile")
    corpus.make(folder)
    datasette = serve(lay_out(folder))
    asyncio.run(datasette.invoke_startup())
    yield datasette
    datasette.close()


@pytest.fixture(scope="module")
def paths(site: Datasette) -> list[str]:
    connection = sqlite3.connect(Path(str(site.config_dir)) / "retold.db")
    source, article, story, edge = connection.execute(
        """select d.source_article_id, d.article_id, a.story_id, c.id from derivations d
           join articles a on a.id = d.article_id join changes c on c.derivation_id = d.id order by d.id limit 1"""
    ).fetchone()
    tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    shown = [name for name in tables if "_fts" not in name and not name.startswith("sqlite_")]
    connection.close()
    pair = f"/-/compare/{source}/{article}"
    query = '?operation=<script>window.harm=3</script>&label="><img src=x onerror=window.harm=4>&q{{7*7}}q'
    ours = ["/", f"/-/story/{story}", pair, f"{pair}?view=inline", f"{pair}?edge={edge}", f"{pair}{query}"]
    ours += ["/-/codebook", "/-/downloads", "/-/agreement", "/-/adjudicate", "/-/orphans", "/-/people", "/-/annotate"]
    core = [f"/retold/{name}" for name in shown] + [f"/retold/articles/{article}", f"/retold/changes/{edge}"]
    return [*ours, *core, "/retold/-/query?sql=select+title,url,text+from+articles", f"/retold/articles{query}"]


async def test_nothing_is_obeyed_on_any_page(site: Datasette, paths: list[str]) -> None:
    for path in paths:
        for actor in (None, EVIL):
            answer = await site.client.get(path, follow_redirects=True, **({"actor": actor} if actor else {}))
            assert answer.status_code < 500, path
            harmless(answer.text, path)


def harmless(page: str, path: str) -> None:
    assert "q49q" not in page, path
    tree = html.fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and element.get("type") != "application/ld+json":
            assert "harm=" not in (element.text or ""), path
        assert not (element.tag == "b" and element.text == "bold"), path
        for name, value in element.attrib.items():
            assert not (name.startswith("on") and "harm" in value), (path, name)
            if name in ("href", "src", "action", "formaction"):
                assert not value.strip().lower().startswith(("javascript:", "data:text", "vbscript:")), (path, value)


async def test_the_text_is_there_to_read(site: Datasette, paths: list[str]) -> None:
    for path in paths[:6]:
        text = html.fromstring((await site.client.get(path)).text).text_content()
        assert "window.harm=2" in text, path
    whole = (await site.client.get(paths[2])).text
    for part in (corpus.HIDDEN, "𝔘𝔫𝔦", "\u202e"):
        assert part in whole, part


async def test_the_feed_holds_it_as_text(site: Datasette) -> None:
    answer = await site.client.get("/-/annotations.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    assert feed.entries
    for entry in feed.entries:
        assert corpus.EVIL in entry.summary
        assert entry.summary_detail.type == "text/plain"
        assert entry.author == corpus.ACTOR
        assert entry.link.startswith("http://localhost/-/edge/")


async def test_jsonld_does_not_end_its_script(site: Datasette) -> None:
    name = Path(str(site.config_dir)) / "dataset.yml"
    name.write_text(
        name.read_text().replace('title: "Retold:', 'title: "</script><script>window.harm=8</script>Retold:')
    )
    page = (await site.client.get("/")).text
    harmless(page, "/")
    assert "window.harm=8" in page


async def test_an_actor_with_a_hostile_name_can_work(site: Datasette, paths: list[str]) -> None:
    edge = paths[4].split("edge=")[1]
    sent = {"change_id": edge, "label": "number_changed", "verdict": "added", "comment": corpus.EVIL}
    answer = await site.client.post("/-/api/annotations", json=sent, actor=EVIL)
    assert answer.status_code in (200, 201)
    assert answer.json()["annotation"]["annotator"] == corpus.ACTOR
    assert answer.json()["annotation"]["comment"] == corpus.EVIL
