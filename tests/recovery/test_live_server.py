"""A real server with people at it while the database is rebuilt, copied, put back, and while the server is killed."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from retold.store import backup, schema
from tests.conftest import STORIES, copy_database, lay_out
from tests.recovery import crowd, support


@pytest.fixture
def server(story_db: Path, tmp_path: Path) -> Iterator[crowd.Server]:
    folder = tmp_path / "site"
    folder.mkdir()
    copy_database(story_db, folder / "retold.db")
    running = crowd.Server(lay_out(folder))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """The corpus and one article more."""
    folder = tmp_path / "more" / STORIES.name  # the name is part of the names of documents
    shutil.copytree(STORIES, folder)
    text = (STORIES / "orchard_press.txt").read_text()
    (folder / "orchard_copy.txt").write_text(text.replace("orchard", "vineyard") + "\nNobody was hurt on Monday.\n")
    return folder


async def reached(log: crowd.Log, count: int) -> None:
    while log.count < count and not log.faults:
        await asyncio.sleep(0.01)


async def ended(process) -> None:
    while process.is_alive():
        await asyncio.sleep(0.02)
    assert process.exitcode == 0


async def test_rebuilt_and_killed_under_their_hands(server: crowd.Server, more: Path) -> None:
    db = server.site / "retold.db"

    async def meanwhile(log: crowd.Log) -> None:
        await reached(log, 10)
        await ended(support.start(support.run_build, str(more), "--db", str(db)))
        await reached(log, 50)
        building = support.start(support.run_build, str(STORIES), "--db", str(db), "--force")
        server.kill()
        await asyncio.to_thread(server.start)
        await ended(building)

    log = await crowd.crowd(server.url, db, people=5, decisions=20, readers=2, meanwhile=meanwhile)
    assert log.faults == []
    assert log.interrupted, "the server was away while people wrote"
    assert log.count == 100
    assert crowd.lost(db, log) == []
    assert support.faults_of(db) == []
    assert max(seconds for _, seconds in log.waits) < 20
    connection = sqlite3.connect(db)
    assert connection.execute("select count(*) from builds").fetchone()[0] == 3
    connection.close()


async def test_copied_and_put_back_under_their_hands(server: crowd.Server, tmp_path: Path) -> None:
    db, first, second = server.site / "retold.db", tmp_path / "first.db", tmp_path / "second.db"
    events = "select count(*) from annotation_events"

    async def meanwhile(log: crowd.Log) -> None:
        for count, copy in ((5, first), (30, second)):
            await reached(log, count)
            least = log.count
            await asyncio.to_thread(backup.backup, db, copy)
            assert least <= number(copy, events) <= log.count + 5
            assert support.faults_of(copy) == []

    log = await crowd.crowd(server.url, db, people=4, decisions=20, readers=1, meanwhile=meanwhile)
    assert log.faults == []
    assert crowd.lost(db, log) == []
    kept = backup.restore(first, db)
    assert kept is not None
    assert crowd.lost(kept, log) == [], "what was replaced holds everything"
    shown = httpx.get(f"{server.url}/retold/annotation_events.json?_size=0&_extra=count").json()["count"]
    assert shown == number(first, events) == number(db, events)
    assert support.faults_of(db) == []
    after = await crowd.crowd(server.url, db, people=1, decisions=1, readers=0)
    assert after.faults or crowd.lost(db, after) == []


async def test_what_is_written_while_a_copy_is_put_back_is_kept(server: crowd.Server, tmp_path: Path) -> None:
    """Each write is in the database after the restore, or in what the restore kept: none falls in between."""
    db, copy = server.site / "retold.db", tmp_path / "copy.db"
    backup.backup(db, copy)
    kept: list[Path] = []

    async def meanwhile(log: crowd.Log) -> None:
        await reached(log, 20)
        found = await asyncio.to_thread(backup.restore, copy, db)
        assert found is not None
        kept.append(found)

    log = crowd.Log()
    edges = crowd.edges_of(db)
    people = [crowd.annotate(server.url, f"person-{n}", edges[n * 5 :], 5, log) for n in range(5)]
    people += [crowd.annotate(server.url, f"late-{n}", edges[n * 5 :], 4, log) for n in range(5)]
    await asyncio.gather(*people, meanwhile(log))
    stored = written(kept[0]) | written(db)
    for person, acknowledged in log.acknowledged.items():
        assert {(person, comment) for comment in acknowledged} <= stored
    assert [fault for fault in log.faults if "locked" in fault] == []


def written(db: Path) -> set[tuple[str, str]]:
    connection = schema.connect(db)
    sql = "select actor, after ->> '$.comment' as comment from annotation_events"
    found = {(row["actor"], row["comment"]) for row in connection.execute(sql)}
    connection.close()
    return found


def number(db: Path, sql: str) -> int:
    connection = sqlite3.connect(db)
    found = int(connection.execute(sql).fetchone()[0])
    connection.close()
    return found
