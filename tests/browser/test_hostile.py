"""Articles and people that mean harm, or only write in unexpected ways: everything is shown, nothing is obeyed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from retold import build
from retold.store import schema
from tests.browser.conftest import served
from tests.hostile import corpus

MARKUP = "<script>window.harm=1</script><img src=x onerror='window.harm=2'>\"'><b>bold</b>"
TEMPLATE = "q{{ 7*7 }}q {% raw %} ${7*7} </textarea></title></template>"
TURNED = "abc\u202egnp.exe\u202c \u2066isolated\u2069 שלום עולם"
ASTRAL = "😀👩\u200d👩\u200d👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𒀀"
ENDS_ITS_SCRIPT = "</script><script>window.harm=8</script>"
EVIL = f"{ASTRAL} {MARKUP} {TEMPLATE} {TURNED}"

WIRE = f"""{ASTRAL} Harbour closes <script>window.harm=1</script> gates

PORT {ASTRAL} (Reuters) - {ASTRAL} The harbour master {MARKUP} closed 48 gates on Tuesday, he said.

“We will {TEMPLATE} rebuild {ASTRAL} every gate,” the master told reporters on the quay {TURNED}.

{ASTRAL} Repairs to the northern gates may cost 3 million dollars, according to the board.
"""
RETOLD = f"""Gates shut {MARKUP}

The harbour master {MARKUP} closed nearly 60 gates on Tuesday {ASTRAL}.

“We must {TEMPLATE} rebuild {ASTRAL} every gate,” the master told reporters on the quay {TURNED}.

Repairs to the northern gates will cost 3 million dollars {ASTRAL}.
"""


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the peaceful corpus: hostile text in every field that a page shows."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / "wire.txt").write_text(WIRE, encoding="utf-8")
    (folder / "in" / "retold.txt").write_text(RETOLD, encoding="utf-8")
    build.main([str(folder / "in"), "--db", str(folder / "retold.db"), "--quiet"])
    connection = sqlite3.connect(folder / "retold.db", isolation_level=None)
    connection.create_function("evil", 0, lambda: EVIL)
    for table, columns in {
        "stories": ["title", "first_published"],
        "articles": ["title", "publisher", "wire", "author", "place", "published"],
        "labels": ["name", "group_name", "definition", "use_when", "example", "maps_to"],
        "derivations": ["evidence"],
        "suggestions": ["explanation"],
        "builds": ["finished"],
    }.items():
        for column in columns:
            connection.execute(f"update {table} set {column} = evil()")
    connection.close()
    connection = schema.connect(folder / "retold.db")
    with connection:
        corpus.crowd(connection)
    connection.close()
    return folder / "retold.db"


@pytest.fixture(scope="module")
def live(hostile_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(hostile_db, tmp_path_factory.mktemp("hostile-site"), hostile_title) as url:
        yield url


def hostile_title(site: Path) -> None:
    """The dataset itself bears a name that would end the script in which it is described."""
    about = site / "dataset.yml"
    text = about.read_text(encoding="utf-8")
    assert 'title: "Retold:' in text
    about.write_text(text.replace('title: "Retold:', f'title: "{ENDS_ITS_SCRIPT} Retold:'), encoding="utf-8")


@pytest.fixture(scope="module")
def paths(hostile_db: Path) -> dict[str, str]:
    """Every page of ours, and Datasette's own pages of every table and of a row."""
    connection = sqlite3.connect(hostile_db)
    source, article, story, edge = connection.execute(
        """select d.source_article_id, d.article_id, a.story_id, c.id from derivations d
           join articles a on a.id = d.article_id join changes c on c.derivation_id = d.id order by d.id limit 1"""
    ).fetchone()
    names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table' order by name")]
    connection.close()
    pair = f"/-/compare/{source}/{article}"
    ours = {
        "home": "/",
        "search": "/?q=<script>window.harm=9</script>gates",
        "story": f"/-/story/{story}",
        "compare": pair,
        "inline": f"{pair}?view=inline",
        "on demand": f"/-/compare/{article}/{source}",
        "query": f"{pair}?operation=<script>window.harm=3</script>&label='\"><img src=x onerror=window.harm=4>",
        "edge": f"/-/edge/{edge}",
        "codebook": "/-/codebook",
        "queue": "/-/annotate",
        "downloads": "/-/downloads",
        "agreement": "/-/agreement",
        "adjudicate": "/-/adjudicate",
        "orphans": "/-/orphans",
        "people": "/-/people",
        "person": f"/-/people/{quote(corpus.OTHER, safe='')}",
        "none": "/-/story/<script>window.harm=5</script>",
    }
    shown = [name for name in names if not name.startswith("sqlite_")]
    core = {f"table {name}": f"/retold/{name}?_size=20" for name in shown}
    rows = {"row article": f"/retold/articles/{article}", "row edge": f"/retold/changes/{edge}"}
    return ours | core | rows | {"sql": "/retold/-/query?sql=select+title,text,author+from+articles"}


MARKED = {"story", "compare", "inline", "on demand", "codebook", "adjudicate", "orphans", "people", "person"}


def test_shown_as_text_on_every_page(visit: Any, paths: dict[str, str]) -> None:
    """One pass over all of them: nothing runs, nothing is inserted, the browser has nothing to complain of."""
    page = visit("/", actor={"id": corpus.ACTOR, "role": "lead"})
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, path in paths.items():
        page.goto(path)
        if not name.startswith(("table", "row", "sql")):
            page.keyboard.press("j")
        assert page.evaluate("window.harm") is None, name
        assert page.evaluate(INSERTED) == [], name
        text = page.locator("body").inner_text()
        assert "q49q" not in text, name
        if name in MARKED:
            assert "onerror" in text, name
            assert "{{ 7*7 }}" in text or "q{{7*7}}q" in text, name
    assert dialogs == []
    assert not [url for url in asked if url.endswith("/x")], "an image of an article was fetched"


INSERTED = r"""() => {
  const is = (one, selector) => Element.prototype.matches.call(one, selector);  // a component has a list of that name
  const bad = "img[src='x'], [onerror], a[href^='javascript:' i], base, meta[http-equiv='refresh']";
  const harmful = (one) =>
    is(one, bad) || (is(one, "b") && one.textContent === "bold") ||
    (is(one, "script") && one.type !== "application/ld+json" && /harm\s*=/.test(one.textContent));
  return [...document.querySelectorAll("*")].filter(harmful).map((one) => one.outerHTML.slice(0, 200));
}"""


def test_the_dataset_is_described_as_data_only(visit: Any) -> None:
    """JSON-LD under a policy without inline scripts: in the page, whole, and never run."""
    page = visit("/")
    described = page.locator("script[type='application/ld+json']")
    assert described.count() == 1
    found = json.loads(described.text_content())
    assert found["@type"] == "Dataset"
    assert found["name"].startswith(ENDS_ITS_SCRIPT)
    assert page.evaluate("window.harm") is None
    assert "'unsafe-inline'" not in page.request.get("/").headers["content-security-policy"].partition("style-src")[0]


def test_the_policy_stops_what_escaping_would_let_through(visit: Any, paths: dict[str, str]) -> None:
    """The second wall, tried by itself: markup put into the page by a script of the page's own does not run."""
    page = visit(paths["compare"])
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', `<img src=x onerror='window.harm=11'>`)"
    )
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.harm=12'; document.body.append(s); }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.harm") is None
    assert any("Content Security Policy" in fault for fault in visit.faults)
    visit.faults.clear()  # these were asked for


def test_offsets_count_code_points_after_astral_characters(visit: Any, paths: dict[str, str], hostile_db: Path) -> None:
    """Selected with the mouse, after emoji: what is stored is what was selected."""
    page = visit(paths["compare"], actor={"id": "ada"})
    page.evaluate(
        """() => {
          const parts = [...document.querySelectorAll(".art [data-start]")];
          const part = parts.find((one) => one.textContent.includes("northern gates"));
          part.closest(".edge").focus();
          const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes("northern")) node = walker.nextNode();
          const range = document.createRange();
          range.setStart(node, node.data.indexOf("northern"));
          range.setEnd(node, node.data.indexOf("northern") + "northern".length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("l")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_have_text("● saved")
    [row] = page.request.get("/retold/annotations.json?_shape=array&annotator=ada").json()
    connection = sqlite3.connect(hostile_db)
    text = connection.execute("select text from articles where id = ?", [row["article_id"]]).fetchone()[0]
    connection.close()
    assert text[row["start"] : row["end"]] == "northern"


def test_a_hostile_comment_comes_back_as_text(visit: Any, paths: dict[str, str]) -> None:
    page = visit(paths["compare"], actor={"id": "bea"})
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.get_by_role("dialog").get_by_label("Comment").fill(EVIL)
    page.get_by_role("dialog").get_by_role("button", name="save").click()
    expect(page.locator("#saved")).to_have_text("● saved")
    for _ in range(2):
        expect(page.locator(".edge .comments .said").first).to_contain_text("<script>window.harm=1</script>")
        assert page.evaluate("window.harm") is None
        page.reload()
    page.locator(".history summary").first.click()
    expect(page.locator(".history li").first).to_contain_text("onerror")
    assert page.evaluate("window.harm") is None
