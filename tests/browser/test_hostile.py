"""Articles and people that mean harm, or only write in unexpected ways: everything is shown, nothing is obeyed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from retold import build
from tests.browser.conftest import served

MARKUP = "<script>window.harm=1</script><img src=x onerror='window.harm=2'>\"'><b>bold</b>"
TEMPLATE = "{{ 7*7 }} {% raw %} ${7*7} </textarea></title></template>"
TURNED = "abc\u202egnp.exe\u202c \u2066isolated\u2069 שלום עולם"
ASTRAL = "😀👩\u200d👩\u200d👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𒀀"
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
    return folder / "retold.db"


@pytest.fixture(scope="module")
def live(hostile_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(hostile_db, tmp_path_factory.mktemp("hostile-site")) as url:
        yield url


@pytest.fixture(scope="module")
def paths(hostile_db: Path) -> dict[str, str]:
    connection = sqlite3.connect(hostile_db)
    source, article, story = connection.execute(
        """select d.source_article_id, d.article_id, a.story_id from derivations d
           join articles a on a.id = d.article_id order by d.id limit 1"""
    ).fetchone()
    connection.close()
    pair = f"/-/compare/{source}/{article}"
    return {
        "home": "/",
        "story": f"/-/story/{story}",
        "compare": pair,
        "inline": f"{pair}?view=inline",
        "turned": f"/-/compare/{article}/{source}",
        "codebook": "/-/codebook",
        "query": f"{pair}?operation=<script>window.harm=3</script>&label='\"><img src=x onerror=window.harm=4>",
    }


def test_shown_as_text_on_every_page(visit: Any, paths: dict[str, str]) -> None:
    page = visit("/", actor={"id": EVIL})
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for name, path in paths.items():
        page.goto(path)
        page.keyboard.press("j")
        assert page.evaluate("window.harm") is None, name
        assert page.locator("main script, main img, main b:text-is('bold')").count() == 0, name
        text = page.locator("main").inner_text()
        if name != "query":
            assert "{{ 7*7 }}" in text, name
            assert "49" not in text.replace("1949", ""), name
            assert "onerror" in text, name
    assert dialogs == []


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
