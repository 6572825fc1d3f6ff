"""What every test may ask for: a small made-up corpus, built once per run, and copies of it to write into."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from retold import build
from retold.model import Article, Document
from retold.reading import articles as reading
from retold.store import schema

ROOT = Path(__file__).parent.parent
STORIES = Path(__file__).parent / "stories"

# Machines differ and are shared: a slow example is no failure.
settings.register_profile("retold", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("retold")


@pytest.fixture(scope="session")
def story_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a database built from ``tests/stories``; shared by the whole run, so do not write into it."""
    path = tmp_path_factory.mktemp("stories") / "retold.db"
    assert build.main([str(STORIES), "--db", str(path), "--quiet"]) == 0
    return path


def copy_database(path: Path, target: Path) -> Path:
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    copy.close()
    return target


def lay_out(folder: Path) -> Path:
    """The folder with everything that Datasette serves around a database."""
    for name in ("plugins", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("metadata.yml", "datasette.yml", "dataset.yml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def own_db(story_db: Path, tmp_path: Path) -> Path:
    """A copy of ``story_db`` for one test alone, to write into."""
    return copy_database(story_db, tmp_path / "retold.db")


@pytest.fixture
def rows(story_db: Path) -> Iterator[Callable[..., list[sqlite3.Row]]]:
    """``rows(sql, *parameters)`` on the shared database."""
    connection = schema.connect(story_db)
    yield lambda sql, *parameters: connection.execute(sql, parameters).fetchall()
    connection.close()


@pytest.fixture
def site(own_db: Path, tmp_path: Path) -> Path:
    """A configuration directory as people serve it, around a database of its own."""
    return lay_out(tmp_path)


def read_article(text: str, document: str = "test/made-up.txt") -> Article:
    """An article with its sentences, as the room of reading leaves it."""
    article = reading.article(Document(document, document, text))
    reading.read_all([article])
    return article
