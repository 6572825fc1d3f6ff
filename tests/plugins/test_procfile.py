"""The Procfile, as a platform runs it: the release command once, then the web command on a port it is given."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, STORIES, lay_out


@pytest.fixture(scope="module")
def processes() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command for name, _, command in (line.partition(": ") for line in lines if line.strip())}


@pytest.fixture(scope="module")
def slug(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is pushed to a platform, with a small corpus, and no database."""
    folder = lay_out(tmp_path_factory.mktemp("slug"))
    for name in ("build_db.py", "Procfile"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(STORIES, folder / "seeds")
    return folder


def start(command: str, folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """In a shell, with nothing in the environment but what a platform sets, in a process group of its own."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    environment = {"PATH": path, "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(ROOT), **more}
    return subprocess.Popen(command, shell=True, cwd=folder, env=environment, start_new_session=True)


@pytest.fixture(scope="module")
def deployed(processes: dict[str, str], slug: Path) -> Iterator[str]:
    assert start(processes["release"], slug).wait(120) == 0
    assert (slug / "retold.db").stat().st_size > 100_000
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = start(processes["web"], slug, PORT=str(port), DATASETTE_SECRET="from the environment")
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, web)
        yield url
    finally:
        os.killpg(web.pid, signal.SIGTERM)
        web.wait(20)


def wait_for(url: str, web: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert web.poll() is None, "the web process ended"
        try:
            urllib.request.urlopen(f"{url}/-/versions.json", timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web process does not answer")


def test_it_has_what_a_platform_looks_for(processes):
    assert set(processes) == {"release", "web"}
    assert "$PORT" in processes["web"]
    assert "0.0.0.0" in processes["web"]


def test_pages_and_tables_are_served(deployed):
    for path in ("/", "/retold", "/retold/articles", "/-/codebook", "/-/downloads", "/-/downloads/articles.csv"):
        with urllib.request.urlopen(deployed + path, timeout=30) as answer:
            assert answer.status == 200, path
            assert answer.read(), path


def test_nothing_else_of_the_folder_is_served(deployed):
    for path in ("/retold.db", "/build_db.py", "/datasette.yml", "/static/../datasette.yml", "/plugins/headers.py"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(deployed + path, timeout=30)
        assert refused.value.code in (403, 404), path
