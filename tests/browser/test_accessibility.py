"""axe finds nothing serious or critical on our pages, in both schemes, narrow and wide; nothing scrolls sideways."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
SEEN = [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]


@pytest.fixture(scope="module")
def paths(story_db: Path) -> dict[str, str]:
    connection = sqlite3.connect(story_db)
    source, article, story = connection.execute(
        """select d.source_article_id, d.article_id, a.story_id from derivations d
           join articles a on a.id = d.article_id order by d.id limit 1"""
    ).fetchone()
    connection.close()
    return {
        "home": "/",
        "story": f"/-/story/{story}",
        "compare": f"/-/compare/{source}/{article}",
        "inline": f"/-/compare/{source}/{article}?view=inline",
        "on demand": f"/-/compare/{article}/{source}",
        "codebook": "/-/codebook",
        "queue": "/-/annotate",
        "empty queue": "/-/annotate?story=nothing",
    }


def serious(page: Page) -> list[str]:
    # Datasette's search box shadows Element.matches with a list of its own, which makes axe throw on any page.
    page.evaluate("document.querySelector('navigation-search')?.remove()")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), SEEN)
def test_nothing_serious_on_any_page(visit: Visit, paths: dict[str, str], width: int, scheme: str) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = visit("/", actor={"id": "ada"}, **look)
    for name, path in paths.items():
        page.goto(path)
        assert (name, serious(page)) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("main").count() == 1, name
        assert page.locator("h1").count() == 1, name


def test_an_open_dialog_and_a_focused_edge_too(visit: Visit, paths: dict[str, str]) -> None:
    page = visit(paths["compare"], actor={"id": "ada"})
    page.keyboard.press("j")
    assert serious(page) == []
    for key in ("l", "?", "c"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert (key, serious(page)) == (key, [])
        page.keyboard.press("Escape")


def test_the_keyboard_alone_gets_everywhere(visit: Visit, paths: dict[str, str]) -> None:
    page = visit(paths["story"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    cell = page.locator("table.fate td a").first
    cell.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(page.get_by_role("tooltip")).to_contain_text("wire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/compare/**#c-*")
    expect(page.locator(".edge.on")).to_have_count(1)
