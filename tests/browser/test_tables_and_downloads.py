"""Table pages and downloads in a real browser, under the strict headers: nothing is blocked that should run."""

from __future__ import annotations

import csv
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

BLOCKED = "Content Security Policy"


def test_pages_run_without_a_complaint(visit):
    """Any error in the console fails the test, see ``visit``."""
    page = visit("/-/downloads")
    for path in ("/retold", "/retold/sentences", "/retold/changes", "/retold/labels/style_only", "/-/codebook", "/"):
        page.goto(path)
        assert page.locator("h1").first.is_visible()


def test_the_menu_works_on_our_pages(visit):
    page = visit("/-/downloads")
    page.locator("details.nav-menu summary").click()
    page.get_by_role("link", name="Downloads").click()
    page.wait_for_url("**/-/downloads")


def test_a_script_within_our_page_does_not_run(visit):
    page = visit("/-/downloads")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.smuggled") is None
    assert any(BLOCKED in fault for fault in visit.faults)
    visit.faults.clear()


def test_a_download_lands_as_a_file(visit, tmp_path: Path):
    page = visit("/retold/sentences")
    rows = int(page.locator("h3.table-summary").inner_text().split()[0])
    with page.expect_download() as download:
        page.locator("p.whole-table").get_by_role("link", name="CSV").click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    with target.open(newline="", encoding="utf-8") as file:
        assert sum(1 for _ in csv.DictReader(file)) == rows
    assert target.name == "sentences.csv"


def test_axe_finds_nothing_serious_on_downloads(visit):
    for scheme, width in (("light", 1440), ("dark", 360)):
        page = visit("/-/downloads", color_scheme=scheme, viewport={"width": width, "height": 900})
        page.evaluate("document.querySelector('navigation-search')?.remove()")  # it makes axe throw
        found = Axe().run(page).response["violations"]
        bad = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in bad] == []
