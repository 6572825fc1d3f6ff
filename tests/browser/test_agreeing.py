"""Agreement, adjudication, orphans and people in a real browser: by keyboard, in two windows, and seen by axe."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import start
from tests.conftest import copy_database, lay_out
from tests.plugins import agreeing

Visit = Callable[..., Page]
LEAD = {"id": "lea", "role": "lead"}
PATHS = ["/-/agreement", "/-/adjudicate?state=", "/-/orphans", "/-/people", "/-/people/ida"]
SEEN = [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]


@pytest.fixture(scope="module")
def database(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ida and Ole have judged all edges, and the last edge is gone."""
    path = copy_database(story_db, tmp_path_factory.mktemp("judged") / "retold.db")
    agreeing.orphan(path, agreeing.disagree(path)[-1])
    return path


@pytest.fixture(scope="module")
def live(database: Path) -> Iterator[str]:
    process, url = start(lay_out(database.parent))
    yield url
    process.terminate()
    process.wait(10)


def asked(database: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


@pytest.mark.parametrize(("width", "scheme"), SEEN)
def test_axe_finds_nothing_serious(visit: Visit, width: int, scheme: str) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = visit("/-/agreement", actor=LEAD, **look)
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
        # Datasette's search box shadows Element.matches with a list of its own, which makes axe throw on any page.
        page.evaluate("document.querySelector('navigation-search')?.remove()")
        found = Axe().run(page).response["violations"]
        bad = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert (path, bad) == (path, [])


def test_disputes_are_settled_by_key_and_stay_settled(visit: Visit, database: Path) -> None:
    page = visit("/-/adjudicate", actor=LEAD)
    first, second = (page.locator(".case").nth(n) for n in (0, 1))
    ids = [one.get_attribute("id") for one in (first, second)]
    for key in ("j", "1", "2"):
        page.keyboard.press(key)
    expect(first).to_contain_text("✓ holds")
    expect(second).to_contain_text("✗ does not hold")
    expect(page.locator("#saved")).to_have_text("● saved")
    expect(page.locator("#settled")).to_have_text("2")
    page.goto("/-/adjudicate?state=settled")
    assert [one.get_attribute("id") for one in page.locator(".case").all()] == ids
    rows = asked(database, "select verdict, adjudicator, revision from adjudications order by created")
    assert rows == [("accepted", "lea", 1), ("rejected", "lea", 1)]


def test_a_comment_and_undo_by_key(visit: Visit) -> None:
    page = visit("/-/adjudicate", actor=LEAD)
    one = page.locator(".case").first
    place = one.get_attribute("id")
    for key in ("j", "1", "k", "2", "k", "c"):
        page.keyboard.press(key)
    page.get_by_role("dialog").get_by_label("Comment").fill("<b>because</b>")
    page.get_by_role("button", name="save").click()
    expect(one).to_contain_text("<b>because</b>")
    page.keyboard.press("u")
    page.keyboard.press("u")
    expect(one).to_contain_text("✓ holds")
    expect(page.locator("#saved")).to_have_text("● saved")
    page.goto("/-/adjudicate?state=settled")
    expect(page.locator(f'[id="{place}"]')).to_contain_text("✓ holds")


def test_the_later_of_two_windows_chooses(visit: Visit, database: Path) -> None:
    one, two = (visit("/-/adjudicate", actor=who) for who in (LEAD, {"id": "root"}))
    for page, key in ((one, "1"), (two, "2")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        if page is one:
            expect(page.locator("#saved")).to_have_text("● saved")
    dialog = two.get_by_role("dialog")
    expect(dialog).to_contain_text("Nothing was overwritten")
    sql = "select verdict, adjudicator from adjudications order by updated desc limit 1"
    assert asked(database, sql) == [("accepted", "lea")]
    dialog.get_by_role("button", name="save what I entered").click()
    expect(two.locator("#saved")).to_have_text("● saved")
    assert asked(database, sql) == [("rejected", "root")]


def test_a_ruling_made_offline_is_sent_when_the_line_is_back(visit: Visit, database: Path) -> None:
    page = visit("/-/adjudicate", actor=LEAD)
    before = asked(database, "select count(*) from adjudications")[0][0]
    page.context.set_offline(True)
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(page.locator("#saved")).to_contain_text("not saved yet")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text("● saved", timeout=10_000)
    assert asked(database, "select count(*) from adjudications")[0][0] == before + 1
    visit.faults[:] = [one for one in visit.faults if "ERR_INTERNET_DISCONNECTED" not in one]


def test_keys_are_listed(visit: Visit) -> None:
    page = visit("/-/adjudicate", actor=LEAD)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("the label holds, next")


def test_without_scripts_disputes_can_be_read(visit: Visit) -> None:
    page = visit("/-/adjudicate?state=", actor=LEAD, java_script_enabled=False)
    expect(page.locator(".case").first).to_be_visible()
    expect(page.locator(".case .buttons").first).to_be_hidden()


def test_an_orphan_is_attached_by_one_key(visit: Visit, database: Path) -> None:
    page = visit("/-/orphans", actor={"id": "ida"})
    one = page.locator(".orphan").first
    place = one.get_attribute("id")
    target = one.locator("form.candidate").nth(1).locator("[name=change_id]").input_value()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("2")
    expect(page.get_by_text("is on its new edge")).to_be_visible()
    expect(page.locator(f'[id="{place}"]')).to_have_count(0)
    assert asked(database, f"select change_id, orphaned from annotations where id = '{place}'") == [(target, 0)]


def test_the_lead_assigns_and_takes_back_without_scripts(visit: Visit, database: Path) -> None:
    page = visit("/-/people", actor=LEAD, java_script_enabled=False)
    page.get_by_label("Person, by the id").fill("una")
    page.get_by_label("Pass").select_option("blind")
    page.get_by_label("People per edge").fill("3")
    page.get_by_role("button", name="assign", exact=True).click()
    expect(page.get_by_text("Assigned.")).to_be_visible()
    sql = "select pass, annotators_per_edge, withdrawn from assignments where annotator = 'una'"
    assert asked(database, sql) == [("blind", 3, 0)]
    page.get_by_role("button", name="take back the assignment of una").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert asked(database, sql) == [("blind", 3, 1)]


def test_the_way_from_the_menu_to_a_person(visit: Visit) -> None:
    page = visit("/", actor=LEAD)
    page.locator("details.nav-menu summary").click()
    page.get_by_role("link", name="Agreement and people").click()
    page.get_by_role("link", name="people", exact=True).click()
    page.get_by_role("link", name="ida", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ida")
    page.get_by_role("link", name="edge of event").first.click()
    page.wait_for_url("**/-/compare/**")


def test_figures_as_json_are_served_under_the_strict_headers(visit: Visit) -> None:
    page = visit("/-/agreement")
    assert json.loads(page.request.get("/-/agreement.json").text())["ok"] is True
    assert "'unsafe-inline'" not in page.request.get("/-/agreement").headers["content-security-policy"].split(";")[1]
