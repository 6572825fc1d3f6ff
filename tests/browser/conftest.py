"""A real server and a real Chromium. Tests here use Playwright's synchronous interface."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import copy_database, lay_out

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SECRET = "only for tests"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser per file; stopped after it, since Playwright's loop must not outlive the tests that use it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def start(site: Path) -> tuple[subprocess.Popen[bytes], str]:
    """``datasette .`` in the folder, on a free port; returns once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", ".", "--root", "--secret", SECRET, "-p", str(port)]
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/-/health", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process, url
    process.kill()
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def live(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server for all browser tests, since starting takes seconds: each acts as people of its own."""
    with served(story_db, tmp_path_factory.mktemp("site")) as url:
        yield url


@contextmanager
def served(db: Path, folder: Path, change: Callable[[Path], None] = lambda folder: None) -> Iterator[str]:
    """The address of a server over a copy of the database, laid out in the folder, which ``change`` may alter."""
    copy_database(db, folder / "retold.db")
    change(lay_out(folder))
    process, url = start(folder)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def visit(chromium: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """``visit("/path", actor={"id": "ada"})`` opens a page in a context of its own.

    At the end the test fails if any page logged an error in its console or threw one.
    """
    faults: list[str] = []
    contexts = []

    def open_(path: str, actor: dict[str, Any] | None = None, **context: Any) -> Page:
        contexts.append(chromium.new_context(base_url=live, **context))
        if actor:
            cookie = Datasette([], secret=SECRET).sign({"a": actor}, "actor")
            contexts[-1].add_cookies([{"name": "ds_actor", "value": cookie, "url": live}])
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: line.type == "error" and faults.append(f"{page.url}: {line.text}"))
        page.goto(path)
        return page

    open_.faults = faults  # type: ignore[attr-defined]
    yield open_
    for context in contexts:
        context.close()
    # A refused request is logged by the browser itself; tests of refusals look at what the page then says.
    assert [f for f in faults if not re.search("Failed to load resource.*40[0-9]", f)] == []
