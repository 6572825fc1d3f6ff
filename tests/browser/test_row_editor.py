"""The hand-kept tables are edited in the browser, each with one editor; what was entered outlives a reload."""

from __future__ import annotations

ROOT = {"id": "root"}
EDITORS = "[data-row-action], [data-table-action], .row-icon, #datasette-write-ui-insert-button"


def row(page, key):
    return page.locator("table.rows-and-columns tbody tr", has=page.get_by_role("link", name=key, exact=True))


def menu(page, key, item):
    row(page, key).locator(".row-icon .icon").click()
    page.locator(".datasette-write-ui-menu:visible").get_by_role("button", name=item).click()


def test_a_definition_is_edited(visit):
    page = visit("/retold/labels", actor=ROOT)
    menu(page, "style_only", "Edit")
    page.locator(".modal textarea[name=definition]").fill("Only the style is another. ✎ <b>&amp;")
    with page.expect_navigation():
        page.locator(".modal input[type=submit]").click()
    page.reload()
    assert row(page, "style_only").locator("td.col-definition").inner_text() == "Only the style is another. ✎ <b>&amp;"


def test_a_correction_is_inserted_edited_and_deleted(visit):
    page = visit("/retold/corrections", actor=ROOT)
    page.get_by_role("button", name="Insert new row").click()
    page.locator(".modal textarea[name=document]").fill("ferry wire.txt")
    page.locator(".modal textarea[name=publisher]").fill("The Ferryman")
    with page.expect_navigation():
        page.locator(".modal input[type=submit]").click()
    page.reload()
    assert row(page, "ferry wire.txt").locator("td.col-publisher").inner_text() == "The Ferryman"
    menu(page, "ferry wire.txt", "Edit")
    page.locator(".modal textarea[name=title]").fill("Ferry stops")
    with page.expect_navigation():
        page.locator(".modal input[type=submit]").click()
    assert row(page, "ferry wire.txt").locator("td.col-title").inner_text() == "Ferry stops"
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        menu(page, "ferry wire.txt", "Delete")
    assert row(page, "ferry wire.txt").count() == 0


def test_a_refusal_is_said(visit):
    page = visit("/retold/labels", actor=ROOT)
    page.get_by_role("button", name="Insert new row").click()
    page.locator(".modal textarea[name=id]").fill("Not An Id")
    page.locator(".modal input[type=submit]").click()
    assert "Not saved" in page.get_by_role("alert").inner_text()
    visit.faults.clear()


def test_there_is_one_editor(visit):
    page = visit("/retold/labels", actor=ROOT)
    assert page.get_by_role("button", name="Insert", exact=False).count() == 1
    assert page.locator("[data-row-action], [data-table-action]").count() == 0
    assert page.locator(".row-icon").count() == page.locator("table.rows-and-columns tbody tr").count()


def test_there_is_no_editor_on_a_row_page_but_a_way_to_it(visit):
    page = visit("/retold/labels/style_only", actor=ROOT)
    assert page.locator("[data-row-action]").count() == 0
    assert page.get_by_role("link", name="labels").first.is_visible()


def test_no_editor_where_nothing_may_be_edited(visit):
    page = visit("/retold/changes", actor=ROOT)
    for path in ("/retold/changes", "/retold/annotations"):
        page.goto(path)
        assert page.locator(EDITORS).count() == 0
    page = visit("/retold/labels")
    assert page.locator(EDITORS).count() == 0
