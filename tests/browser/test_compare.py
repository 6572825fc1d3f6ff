"""Reading a comparison: travel, links to edges, filters, views, weight of the page in a real browser."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def path(story_db: Path) -> str:
    connection = sqlite3.connect(story_db)
    row = connection.execute(
        """select source_article_id, article_id, count(*) as n from changes where derivation_id is not null
           group by 1, 2 order by n desc, 2 limit 1"""
    ).fetchone()
    connection.close()
    return f"/-/compare/{row[0]}/{row[1]}"


def test_travelling_by_key_leaves_a_link_to_the_edge(visit: Visit, path: str) -> None:
    page = visit(path)
    ids = page.locator(".edge").evaluate_all("all => all.map((one) => one.id)")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator(".edge.on")).to_have_attribute("id", ids[at])
        assert page.url.endswith(f"#{ids[at]}")
        expect(page.locator(".minimap .on")).to_have_attribute("href", f"#{ids[at]}")
    page.reload()
    expect(page.locator(".edge.on")).to_have_attribute("id", ids[1])


def test_the_minimap_travels(visit: Visit, path: str) -> None:
    page = visit(path)
    last = page.locator(".minimap a").last
    last.click()
    expect(page.locator(".edge.on")).to_have_attribute("id", (last.get_attribute("href") or "")[1:])
    expect(page.locator(".edge.on")).to_be_in_viewport()


def test_filters_are_links_and_stay_while_the_view_changes(visit: Visit, path: str) -> None:
    page = visit(path)
    everything = page.locator(".edge").count()
    link = page.get_by_role("navigation", name="Filters").get_by_role("link", name=re.compile("^.? ?dropped"))
    shown = int((link.inner_text()).split()[-1])
    link.click()
    page.wait_for_url("**operation=dropped**")
    expect(page.locator(".edge")).to_have_count(shown)
    assert 0 < shown < everything
    page.keyboard.press("v")
    page.wait_for_url("**view=inline**")
    expect(page.locator(".edge")).to_have_count(shown)
    expect(page.locator(".edge .src")).to_have_count(0)
    page.get_by_role("link", name=f"all {everything}").click()
    expect(page.locator(".edge")).to_have_count(everything)


def test_columns_stack_where_the_window_is_narrow(visit: Visit, path: str) -> None:
    page = visit(path, viewport={"width": 360, "height": 780})
    edge = page.locator(".edge:has(.src del):has(.art ins)").first
    left, right = edge.locator(".src").bounding_box(), edge.locator(".art").bounding_box()
    assert left is not None
    assert right is not None
    assert right["y"] >= left["y"] + left["height"] - 1


def test_evidence_lights_up_under_the_pointer(visit: Visit, path: str) -> None:
    page = visit(path)
    suggestion = page.locator(".suggestions li[data-article]").first
    suggestion.hover()
    lit = page.evaluate("[...CSS.highlights.get('evidence')].map((range) => range.toString())")
    assert lit
    assert all(lit)


def test_everything_reads_without_javascript(visit: Visit, path: str) -> None:
    page = visit(path, java_script_enabled=False)
    expect(page.locator(".edge del").first).to_be_visible()
    expect(page.locator(".suggestions .why").first).to_be_visible()
    page.locator(".minimap a").last.click()
    assert "#c-" in page.url


def test_print_leaves_the_machinery_out(visit: Visit, path: str) -> None:
    page = visit(path, actor={"id": "ada"})
    page.emulate_media(media="print")
    expect(page.locator(".minimap")).to_be_hidden()
    expect(page.locator(".sieve")).to_be_hidden()
    expect(page.locator(".edge p[dir]").first).to_be_visible()
