"""Deciding in the browser: saved when made, seen after a reload, never lost, never merged silently."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from playwright.sync_api import Browser, Page, expect

from tests.conftest import copy_database, lay_out

SECRET = "only for tests"
Visit = Callable[..., Page]


def ask(story_db: Path, sql: str) -> Any:
    connection = sqlite3.connect(story_db)
    try:
        return connection.execute(sql).fetchone()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def edge(story_db: Path) -> tuple[str, str, str]:
    """The address of a comparison, and an edge of it that carries a suggestion, with that suggestion's id."""
    source, article, change, suggestion = ask(
        story_db,
        """select c.source_article_id, c.article_id, c.id, g.id from changes c join suggestions g on g.change_id = c.id
           where c.derivation_id is not null and not c.retired order by c.article_id, c.position, g.id limit 1""",
    )
    return f"/-/compare/{source}/{article}", change, suggestion


def stored(page: Page, actor: str) -> list[dict[str, Any]]:
    answer = page.request.get(f"/retold/annotations.json?_shape=array&annotator={actor}&_sort=created")
    rows: list[dict[str, Any]] = answer.json()
    return rows


def is_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text("● saved", timeout=10_000)


def pressed(page: Page, suggestion: str, verdict: str) -> None:
    button = page.locator(f'[data-suggestion="{suggestion}"] button[value^="{verdict}"]')
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_judgement_is_there_after_a_reload(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}#{change}", actor={"id": "ada"})
    page.locator(f'[data-suggestion="{suggestion}"]').get_by_role("button", name="accept").click()
    pressed(page, suggestion, "accepted")
    is_saved(page)
    page.reload()
    pressed(page, suggestion, "accepted")
    [row] = stored(page, "ada")
    assert (row["suggestion_id"], row["verdict"], row["change_id"]) == (suggestion, "accepted", change)


def test_everything_by_keyboard(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}#{change}", actor={"id": "bea"})
    page.keyboard.press("Shift+1")
    pressed(page, suggestion, "rejected")
    page.keyboard.press("l")
    page.keyboard.type("loaded")
    page.keyboard.press("Enter")
    mark = page.locator(f'[id="{change}"] .marks [data-label="loaded_wording"]')
    expect(mark).to_contain_text("added loaded wording")
    page.keyboard.press("c")
    page.get_by_role("dialog").get_by_label("Comment").fill("Not what she said.")
    page.get_by_role("dialog").get_by_role("button", name="save").click()
    page.keyboard.press("d")
    is_saved(page)
    page.reload()
    pressed(page, suggestion, "rejected")
    expect(mark).to_contain_text("loaded wording")
    expect(page.locator(f'[id="{change}"]')).to_contain_text("Not what she said.")
    expect(page.locator(f'[id="{change}"] .status')).to_have_text("done")
    expect(page.locator("#decided")).to_have_text("1")


def test_undo_and_redo_leave_their_trace(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}#{change}", actor={"id": "cai"})
    page.keyboard.press("1")
    is_saved(page)
    page.keyboard.press("u")
    is_saved(page)
    expect(page.locator(f'[data-suggestion="{suggestion}"] [aria-pressed="true"]')).to_have_count(0)
    page.keyboard.press("Shift+u")
    is_saved(page)
    pressed(page, suggestion, "accepted")
    page.locator(f'[id="{change}"] .history summary').click()
    history = page.locator(f'[id="{change}"] .history li').filter(has_text="cai")
    expect(history).to_have_count(3)
    expect(history.nth(1)).to_contain_text("withdrawn")


def test_evidence_word_by_word_never_lies(visit: Visit, edge: tuple[str, str, str], story_db: Path) -> None:
    path, change, _ = edge
    page = visit(f"{path}#{change}", actor={"id": "dee"})
    page.keyboard.press("Shift+e")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.keyboard.press("l")
    expect(page.get_by_role("dialog")).to_contain_text("the words you chose")
    page.keyboard.type("emphasis")
    page.keyboard.press("Enter")
    is_saved(page)
    [row] = stored(page, "dee")
    text = ask(story_db, f"select a.text from articles a where id = '{row['article_id']}'")[0]
    chosen = text[row["start"] : row["end"]]
    assert len(chosen.split()) == 2
    assert json.loads(row["after"])["exact"] == chosen


def test_fifty_decisions_typed_without_waiting(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}#{change}", actor={"id": "eve"})
    for n in range(50):
        page.keyboard.press("Shift+1" if n % 2 else "1")
    is_saved(page)
    pressed(page, suggestion, "rejected")
    [row] = stored(page, "eve")
    assert (row["verdict"], row["revision"]) == ("rejected", 50)


@pytest.mark.parametrize(("choice", "left"), [("keep what is stored", "accepted"), ("save what I entered", "rejected")])
def test_two_windows(visit: Visit, edge: tuple[str, str, str], choice: str, left: str) -> None:
    path, change, suggestion = edge
    actor = {"id": f"two-{left}"}
    first, second = visit(f"{path}#{change}", actor=actor), visit(f"{path}#{change}", actor=actor)
    for page in (first, second):
        expect(page.locator("#saved")).not_to_be_empty()
    first.keyboard.press("1")
    is_saved(first)
    second.keyboard.press("c")
    second.get_by_role("dialog").get_by_label("Comment").fill("first look")
    second.get_by_role("dialog").get_by_role("button", name="save").click()
    is_saved(second)
    first.keyboard.press("Shift+1")
    is_saved(first)
    first.keyboard.press("1")
    is_saved(first)
    second.reload()
    expect(second.locator("#saved")).not_to_be_empty()
    first.keyboard.press("Shift+1")
    first.keyboard.press("1")
    is_saved(first)
    second.keyboard.press("Shift+1")
    dialog = second.get_by_role("dialog", name="This was changed in another window")
    expect(dialog).to_contain_text("accepted")
    expect(dialog).to_contain_text("rejected")
    assert stored(second, actor["id"])[0]["verdict"] == "accepted"
    dialog.get_by_role("button", name=choice).click()
    is_saved(second)
    pressed(second, suggestion, left)
    assert stored(second, actor["id"])[0]["verdict"] == left


def serve(site: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "datasette", ".", "--secret", SECRET, "-p", str(port)]
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise RuntimeError("the server did not start")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(10)


@pytest.mark.usefixtures("live")
def test_the_server_goes_away_and_comes_back(
    chromium: Browser, story_db: Path, edge: tuple[str, str, str], tmp_path: Path, unused_tcp_port: int
) -> None:
    """Decisions made meanwhile are shown as not saved, outlive the tab, and are sent once, in order."""
    path, change, suggestion = edge
    copy_database(story_db, tmp_path / "retold.db")
    site, url = lay_out(tmp_path), f"http://127.0.0.1:{unused_tcp_port}"
    process = serve(site, unused_tcp_port)
    try:
        context = chromium.new_context(base_url=url)
        cookie = Datasette([], secret=SECRET).sign({"a": {"id": "fay"}}, "actor")
        context.add_cookies([{"name": "ds_actor", "value": cookie, "url": url}])
        page = context.new_page()
        page.goto(f"{path}#{change}")
        expect(page.locator("#saved")).to_have_text("● saved")
        stop(process)
        for key in ("1", "Shift+1", "d"):
            page.keyboard.press(key)
        expect(page.locator("#saved")).to_have_text(re.compile("3 not saved yet"), timeout=10_000)
        expect(page.locator(f'[data-suggestion="{suggestion}"]')).to_have_class(re.compile("pending"))
        page.close()
        process = serve(site, unused_tcp_port)
        page = context.new_page()
        page.goto(f"{path}#{change}")
        is_saved(page)
        pressed(page, suggestion, "rejected")
        page.reload()
        pressed(page, suggestion, "rejected")
        expect(page.locator(f'[id="{change}"] .status')).to_have_text("done")
        events = page.request.get("/retold/annotation_events.json?_shape=array&_sort=id").json()
        assert [row["action"] for row in events] == ["created", "updated", "created"]
        context.close()
    finally:
        stop(process)


def test_without_signing_in_everything_reads_and_nothing_writes(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, _ = edge
    page = visit(f"{path}#{change}")
    expect(page.locator(f'[id="{change}"] .suggestions')).to_be_visible()
    expect(page.get_by_text("Sign in")).to_be_visible()
    assert page.locator("#edges button, #edges form").count() == 0
    page.keyboard.press("1")
    page.keyboard.press("j")
    assert page.request.post("/-/api/decisions", data={"change_id": change, "status": "done"}).status == 401


def test_without_javascript_the_same_forms_work(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}?edge={change}#{change}", actor={"id": "gus"}, java_script_enabled=False)
    page.locator(f'[data-suggestion="{suggestion}"]').get_by_role("button", name="accept").click()
    pressed(page, suggestion, "accepted")
    page.get_by_label("Label").select_option("number_changed")
    page.get_by_label("Comment").fill("by hand")
    page.get_by_role("button", name="add label").click()
    expect(page.locator(f'[id="{change}"] .marks')).to_contain_text("by hand")
    expect(page.locator(f'[id="{change}"] .history')).to_contain_text("gus created")
    page.locator(f'[data-suggestion="{suggestion}"]').get_by_role("button", name="withdraw").click()
    expect(page.locator(f'[data-suggestion="{suggestion}"] [aria-pressed="true"]')).to_have_count(0)


def test_a_blind_pass_hides_what_others_and_the_machine_think(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, suggestion = edge
    page = visit(f"{path}#{change}", actor={"id": "zz-hal-9"})
    page.keyboard.press("1")
    is_saved(page)
    blind = visit(f"{path}?pass=blind#{change}", actor={"id": "ivy"})
    assert suggestion not in blind.content()
    assert "zz-hal-9" not in blind.locator("#edges").inner_text()
    blind.keyboard.press("l")
    blind.keyboard.type("style only")
    blind.keyboard.press("Enter")
    is_saved(blind)
    [row] = stored(blind, "ivy")
    assert row["pass"] == "blind"


def test_the_keys_are_listed_and_can_be_changed(visit: Visit, edge: tuple[str, str, str]) -> None:
    path, change, _ = edge
    page = visit(f"{path}#{change}", actor={"id": "jon"})
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    dialog.get_by_role("button", name="change the key for: done, next edge").click()
    page.keyboard.press("x")
    dialog.get_by_role("button", name="close").click()
    page.keyboard.press("x")
    is_saved(page)
    expect(page.locator(f'[id="{change}"] .status')).to_have_text("done")
