"""Corpora that are built in portions, however small they are."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retold import build
from retold.building import beside
from tests.conftest import ROOT, STORIES

BENCHMARKS = ROOT / "benchmarks"
LONG_AGO = 1_600_000_000


def settle(folder: Path) -> None:
    """Make every file look as if nobody had touched it for years."""
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def portions(db: Path, *arguments: object, portion: int = 1000) -> int:
    """Build as a large corpus is built: a working file, even one that fits nothing, says so."""
    if not beside.work(db).exists():
        beside.work(db).touch()
    return build.main([*map(str, arguments), "--db", str(db), "--quiet", "--jobs", "1", "--portion", str(portion)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our made-up stories, in a folder of the test's own."""
    copy = tmp_path / "stories"
    shutil.copytree(STORIES, copy)
    settle(copy)
    return copy


@pytest.fixture(scope="session")
def make_folder() -> Callable[[Path, int, int], list[Path]]:
    """Writes generated articles into a folder, one file each; the files in the order of their names."""

    def write(folder: Path, count: int, seed: int = 5) -> list[Path]:
        sys.path.insert(0, str(BENCHMARKS))
        try:
            from generator import Generator
        finally:
            sys.path.remove(str(BENCHMARKS))
        folder.mkdir(parents=True, exist_ok=True)
        made = Generator(seed).make(count)
        for document in made.documents:
            path = folder / document.document.replace("/", "-")
            path.write_text(document.text, encoding="utf-8")
        settle(folder)
        return sorted(folder.iterdir())

    return write
