"""The queue, comments and corrections by keyboard in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def is_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text("● saved", timeout=10_000)


def shown(page: Page) -> str:
    return str(page.locator("#edges > .edge").get_attribute("id"))


def moved_on(page: Page, edge: str) -> str:
    expect(page.locator("#edges > .edge")).not_to_have_attribute("id", edge, timeout=10_000)
    return shown(page)


def table(page: Page, name: str, who: str) -> list[dict[str, Any]]:
    address = f"/retold/{name}.json?_shape=array&annotator={who}&_sort=created"
    found: list[dict[str, Any]] = page.request.get(address).json()
    return found


def test_done_skip_and_flag_lead_from_edge_to_edge(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-ada"})
    first = shown(page)
    page.keyboard.press("d")
    second = moved_on(page, first)
    expect(page.locator("#progress")).to_contain_text(re.compile(r"you 1 of \d+"))
    page.keyboard.press("s")
    third = moved_on(page, second)
    page.keyboard.press("f")
    page.get_by_role("textbox", name="Comment").fill("Who says so?")
    page.get_by_role("button", name="save").click()
    moved_on(page, third)
    is_saved(page)
    stored = [(row["change_id"], row["status"]) for row in table(page, "decisions", "queue-ada")]
    assert stored == [(first, "done"), (second, "skipped"), (third, "flagged")]
    expect(page.locator("#progress")).to_contain_text("1 flagged, 1 skipped")
    assert f"edge={shown(page)}" in page.url


def test_keys_pressed_while_the_next_edge_is_on_its_way_count_for_that_one(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-bob"})
    for _ in range(4):
        page.keyboard.press("d")
    expect(page.locator("#progress")).to_contain_text("you 4 of", timeout=20_000)
    is_saved(page)
    assert len({row["change_id"] for row in table(page, "decisions", "queue-bob")}) == 4


def test_undo_goes_back_to_the_edge_and_leaves_it_undecided(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-cai"})
    first = shown(page)
    page.keyboard.press("d")
    moved_on(page, first)
    page.keyboard.press("u")
    expect(page.locator(f'[id="{first}"] .deeds [value^="undecide"]')).to_have_attribute("aria-pressed", "false")
    is_saved(page)
    [row] = table(page, "decisions", "queue-cai")
    assert (row["change_id"], row["withdrawn"]) == (first, 1)
    page.keyboard.press("Shift+U")
    expect(page.locator(f'[id="{first}"] .status')).to_have_text("done")
    is_saved(page)
    assert table(page, "decisions", "queue-cai")[0]["withdrawn"] == 0


def test_comments_are_threaded_answered_and_taken_back(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-dee"})
    edge = shown(page)
    page.keyboard.press("c")
    page.get_by_role("textbox", name="Comment").fill("Is <b>this</b> so?")
    page.get_by_role("button", name="save").click()
    is_saved(page)
    assert table(page, "decisions", "queue-dee") == [], "a comment does not flag"
    other = visit(f"/-/annotate?edge={edge}", actor={"id": "queue-eve"})
    said = other.locator(".comments li")
    expect(said).to_contain_text("Is <b>this</b> so?")
    said.get_by_role("button", name="answer").click()
    other.get_by_role("textbox", name="Comment").fill("It is.")
    other.get_by_role("button", name="save").click()
    is_saved(other)
    other.reload()
    expect(other.locator(".comments .depth-1")).to_contain_text("It is.")
    page.get_by_role("button", name="take back").click()
    is_saved(page)
    page.reload()
    expect(page.locator(".comments li").first).to_contain_text("taken back")


def test_sentences_are_picked_by_keyboard_and_mouse(visit: Visit) -> None:
    page = visit("/-/annotate?order=most_suggestions", actor={"id": "queue-fay"})
    edge = shown(page)
    machine = page.request.get(f"/retold/changes/{edge}.json?_shape=array").json()
    page.keyboard.press("m")
    boxes = page.get_by_role("checkbox")
    assert page.get_by_role("checkbox", checked=True).count() >= 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_role("checkbox", checked=False).first.click()
    page.keyboard.press("Enter")
    expect(boxes).to_have_count(0)
    is_saved(page)
    expect(page.locator(".corrections li")).to_contain_text("you read this as")
    [row] = table(page, "realignments", "queue-fay")
    assert edge in row["replaces"]
    assert page.request.get(f"/retold/changes/{edge}.json?_shape=array").json() == machine
    page.reload()
    page.locator(".corrections").get_by_role("button", name="withdraw").click()
    is_saved(page)
    assert table(page, "realignments", "queue-fay")[0]["withdrawn"] == 1


def test_evidence_can_be_chosen_in_one_column_on_both_sides(visit: Visit) -> None:
    page = visit("/-/annotate?order=most_suggestions", actor={"id": "queue-gus"})
    link = page.get_by_role("link", name="the whole comparison").get_attribute("href") or ""
    edge = shown(page)
    page.goto(f"{link.split('#')[0]}?view=inline#{edge}")
    for key in ("e", "Shift+ArrowRight", "Enter", "Shift+e", "ArrowRight", "Enter", "l"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_contain_text("the words you chose")
    page.keyboard.type("emphasis")
    page.keyboard.press("Enter")
    is_saved(page)
    [row] = table(page, "annotations", "queue-gus")
    for article, prefix in ((row["source_article_id"], "source_"), (row["article_id"], "")):
        text = page.request.get(f"/retold/articles/{article}.json?_shape=array").json()[0]["text"]
        chosen = text[row[f"{prefix}start"] : row[f"{prefix}end"]]
        assert re.fullmatch(r"[\w’'.,-]+( [\w’'.,-]+)?", chosen), chosen


def test_without_javascript_forms_lead_through_the_queue(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-hal"}, java_script_enabled=False)
    first = shown(page)
    page.get_by_role("button", name="done").click()
    second = moved_on(page, first)
    page.get_by_role("link", name="label, comment …").click()
    page.get_by_label("Say").fill("by hand")
    page.get_by_role("button", name="comment", exact=True).click()
    expect(page.locator(".comments")).to_contain_text("by hand")
    page.get_by_role("button", name="skip").click()
    moved_on(page, second)


def test_lines_between_columns_for_the_focused_edge(visit: Visit) -> None:
    page = visit("/-/annotate", actor={"id": "queue-ida"})
    expect(page.locator(".connectors path.focused, .connectors path.on")).not_to_have_count(2)
    expect(page.locator("#edges > .edge.on")).to_have_count(1)
