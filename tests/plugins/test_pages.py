"""Our pages through Datasette: addresses, links to rows, permissions, weight."""

from __future__ import annotations

import gzip
import re
import sqlite3
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests.plugins.conftest import serve


@pytest.fixture
def pair(own_db: Path) -> tuple[str, str, str]:
    connection = sqlite3.connect(own_db)
    row = connection.execute(
        """select d.source_article_id, d.article_id, a.story_id from derivations d
           join articles a on a.id = d.article_id order by d.id limit 1"""
    ).fetchone()
    connection.close()
    return row  # type: ignore[no-any-return]


async def get(datasette: Datasette, path: str, status: int = 200, **more: object) -> str:
    answer = await datasette.client.get(path, follow_redirects=True, **more)
    assert answer.status_code == status, answer.text[-500:]
    return str(answer.text)


async def test_home_says_what_it_is_and_every_figure_leads_to_its_rows(served: Datasette) -> None:
    page = await get(served, "/")
    assert "What to do first" in page
    main = page[page.index("<main") : page.index("</main>")]
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', main)}
    assert any(link.startswith("/retold/suggestions?label__exact=") for link in links)
    assert any(link.startswith("/-/compare/") for link in links)
    for link in sorted(links):
        assert (await served.client.get(link)).status_code == 200, link


async def test_counts_on_home_are_the_counts_of_the_rows(served: Datasette) -> None:
    page = await get(served, "/")
    bars = re.findall(r'<table class="bars">.*?</table>', page, re.DOTALL)
    rows = [row for table in bars for row in table.split("<tr>") if "href" in row]
    found = [re.findall(r'href="([^"]+)".*class="n">([\d,]+)<', row, re.DOTALL)[0] for row in rows]
    assert len(found) > 5
    for link, shown in found:
        address = link.replace("&amp;", "&").replace("?", ".json?_extra=count&_size=0&", 1)
        answer = (await served.client.get(address)).json()
        assert f"{answer['count']:,}" == shown, link


async def test_story_page_leads_to_every_edge(served: Datasette, pair: tuple[str, str, str]) -> None:
    page = await get(served, f"/-/story/{pair[2]}")
    assert f'href="/-/compare/{pair[0]}/{pair[1]}#c-' in page
    assert "<svg" in page
    assert "What became of each sentence" in page
    await get(served, "/-/story/nobody", 404)


async def test_compare_page_holds_both_texts_and_the_suggestions(served: Datasette, pair: tuple[str, str, str]) -> None:
    page = await get(served, f"/-/compare/{pair[0]}/{pair[1]}")
    assert "<del>" in page
    assert "<ins>" in page
    assert 'class="suggestions"' in page
    assert "<form method" not in page
    assert "<del data-source-start=" in await get(served, f"/-/compare/{pair[0]}/{pair[1]}?view=inline")
    assert "No edge is like that" in await get(served, f"/-/compare/{pair[0]}/{pair[1]}?operation=kept&label=x")
    assert "for reading only" in await get(served, f"/-/compare/{pair[1]}/{pair[0]}", actor={"id": "ada"})
    await get(served, f"/-/compare/{pair[0]}/nobody", 404)
    await get(served, f"/-/compare?source={pair[0]}&article={pair[1]}")
    await get(served, "/-/compare", 404)
    await get(served, "/-/compare?source=a%0d%0aX-Evil:1&article=//example.com", 404)


async def test_annotators_get_the_means_to_write(served: Datasette, pair: tuple[str, str, str]) -> None:
    page = await get(served, f"/-/compare/{pair[0]}/{pair[1]}", actor={"id": "ada"})
    assert 'data-actor="ada"' in page
    assert 'value="accepted:' in page


async def test_codebook_follows_the_table_of_labels(served: Datasette, own_db: Path) -> None:
    connection = sqlite3.connect(own_db)
    connection.execute("update labels set definition = 'Our <own> words.' where id = 'quote_altered'")
    connection.commit()
    connection.close()
    page = await get(served, "/-/codebook")
    assert "Our &lt;own&gt; words." in page
    assert 'id="label-style_only"' in page


async def test_a_page_is_no_way_around_a_permission(site: Path, pair: tuple[str, str, str]) -> None:
    only_root = {"databases": {"retold": {"tables": {"articles": {"allow": {"id": "root"}}}}}}
    private = serve(site, metadata=only_root)
    await private.invoke_startup()
    for path in (f"/-/story/{pair[2]}", f"/-/compare/{pair[0]}/{pair[1]}", "/-/codebook"):
        await get(private, path, 403)
        await get(private, path, 200, actor={"id": "root"})
    assert "What to do first" not in await get(private, "/")
    private.close()


async def test_before_the_first_build_the_pages_say_what_to_do() -> None:
    root = Path(__file__).parents[2]
    empty = Datasette([], memory=True, plugins_dir=str(root / "plugins"), template_dir=str(root / "templates"))
    await empty.invoke_startup()
    assert "python build_db.py" in await get(empty, "/")
    assert "python build_db.py" in await get(empty, "/-/codebook", 404)
    empty.close()


async def test_our_base_carries_everything_that_the_core_template_does(served: Datasette) -> None:
    """A new release of Datasette that adds a script, a block or a hook to its base must be followed here."""
    loader = served.get_jinja_environment().loader
    assert loader is not None
    core = loader.get_source(served.get_jinja_environment(), "default:base.html")[0]
    ours = (Path(__file__).parents[2] / "templates" / "base.html").read_text(encoding="utf-8")
    for pattern in (r"\{%-? ?block \w+", r"static\('[\w.-]+'\)", r"\{% include [^%]+%\}", r"\bfor \w+ in \w+"):
        assert set(re.findall(pattern, core)) <= set(re.findall(pattern, ours)) | set(), pattern


async def test_three_hundred_sentences_weigh_little(
    served: Datasette, pair: tuple[str, str, str], own_db: Path
) -> None:
    """One pair blown up to 300 reworded edges with suggestions, as an annotator sees it."""
    connection = sqlite3.connect(own_db)
    columns = [row[1] for row in connection.execute("pragma table_info(changes)")]
    same = ", ".join(f'"{name}"' for name in columns if name not in ("id", "position"))
    for n in range(300):
        connection.execute(
            f"""insert into changes (id, position, {same}) select ?, ?, {same} from changes
                where operation = 'reworded' and article_id = ? and id not like 'c-many%' order by id limit 1""",
            [f"c-many{n}", 1000 + n, pair[1]],
        )
        connection.execute(
            """insert into suggestions select 'g-many' || ? || id, 'c-many' || ?, label, rule, confidence, source_start,
               source_end, start, "end", before, after, explanation from suggestions
               where change_id not like 'c-many%' order by id limit 2""",
            [n, n],
        )
    connection.commit()
    connection.close()
    page = await get(served, f"/-/compare/{pair[0]}/{pair[1]}", actor={"id": "ada"})
    assert page.count('class="edge ') >= 300
    assert len(gzip.compress(page.encode())) < 150_000
