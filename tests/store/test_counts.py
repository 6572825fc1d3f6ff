"""Counts kept by triggers: whatever is written in whatever order, they are what counting anew gives."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retold.store import annotate, counts, schema, writing
from tests.recovery import support

STANDING = {"changes": "suggestions", "derivations": "suggestions", "stories": "retellings"}


@pytest.fixture
def db(own_db: Path) -> Iterator[sqlite3.Connection]:
    support.annotate_all(own_db)
    connection = schema.connect(own_db)
    assert kept(connection)["counts"]
    counts.refresh(connection)  # of the edge that no build put there
    connection.execute("pragma foreign_keys = off")
    yield connection
    connection.close()


def kept(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    found = {t: [tuple(r) for r in connection.execute(f"select * from {t} order by 1, 2")] for t in counts.TRIGGERED}
    for table, column in STANDING.items():
        found[table] = [tuple(r) for r in connection.execute(f"select id, {column} from {table} order by id")]
    return found


def assert_right(connection: sqlite3.Connection, orphaned: bool = False) -> None:
    """Counting anew, which is then taken back, gives what stands.

    ``orphaned`` leaves out rows that hang on an edge which is gone: no article can be told to be theirs.
    """
    before = kept(connection)
    connection.execute("begin")
    if orphaned:
        for table in counts.BY_EDGE:
            connection.execute(f"delete from {table} where change_id not in (select id from changes)")
    counts.refresh(connection)
    anew = kept(connection)
    connection.execute("rollback")
    assert before == anew


def test_a_build_and_what_people_enter_are_counted(db: sqlite3.Connection) -> None:
    assert_right(db)
    for table, number in counts.rows_of(db).items():
        assert number == db.execute(f"select count(*) from {table}").fetchone()[0] > 0, table
    for table, column in STANDING.items():
        assert db.execute(f"select sum({column}) from {table}").fetchone()[0] > 0, table


def test_a_build_counts_what_it_writes(story_db: Path) -> None:
    connection = schema.connect(f"{story_db}")
    assert_right(connection)
    connection.close()


def test_taking_back_is_counted(db: sqlite3.Connection) -> None:
    before = counts.by_key(db, "annotator", counts.AUTHORED)["ida"]
    db.execute("update annotations set withdrawn = 1 where id = (select min(id) from annotations)")
    assert counts.by_key(db, "annotator", counts.AUTHORED)["ida"] == before - 1
    db.execute("update annotations set withdrawn = 1")
    assert counts.by_key(db, "annotator", counts.AUTHORED) == {}
    assert_right(db)


@pytest.mark.parametrize("seed", range(3))
def test_rows_go_and_come_back_in_any_order(db: sqlite3.Connection, seed: int) -> None:
    """Of all articles at once: the tables with triggers as they are, the others around."""
    shuffled = random.Random(seed)
    ids = [row["id"] for row in db.execute("select id from articles")]
    tables = sorted(counts.counted_tables() - {"annotation_events"})
    held: list[tuple[str, dict[str, Any]]] = []
    with counts.around(db, ids):
        for table in shuffled.sample(tables, len(tables)):
            names = [f'"{r[1]}"' for r in db.execute(f"pragma table_info({table})") if r[1] not in STANDING.values()]
            for row in db.execute(f"select {', '.join(names)}, rowid as row_number from {table}").fetchall():
                if shuffled.random() < 0.7:
                    db.execute(f"delete from {table} where rowid = ?", [row["row_number"]])
                    held.append((table, dict(row)))
    assert_right(db, orphaned=True)
    shuffled.shuffle(held)
    with counts.around(db, ids):
        for table, row in held:
            del row["row_number"]
            listed, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            db.execute(f"insert into {table} ({listed}) values ({marks})", list(row.values()))
    assert_right(db)
    assert all(counts.rows_of(db).values())


def test_one_story_among_others(db: sqlite3.Connection) -> None:
    """What is written about one article is counted, and nothing else is looked at."""
    one, other = (
        row[0] for row in db.execute("select article_id from changes group by 1 having count(*) > 3 order by 1 limit 2")
    )
    before = counts.rows_of(db)
    gone = db.execute("select count(*) from mentions where article_id = ?", [one]).fetchone()[0]
    with counts.around(db, [one]):
        db.execute("delete from mentions where article_id = ?", [one])
        db.execute("update changes set retired = 1, derivation_id = null where article_id = ?", [one])
        db.execute("delete from suggestions where change_id in (select id from changes where article_id = ?)", [one])
    assert_right(db)
    assert counts.rows_of(db)["mentions"] == before["mentions"] - gone < before["mentions"]
    with counts.around(db, [one]):
        db.execute("delete from mentions where article_id = ?", [other])
    with pytest.raises(AssertionError):
        assert_right(db)


def test_a_transaction_that_fails_leaves_the_counts_alone(db: sqlite3.Connection) -> None:
    before = kept(db)
    ids = [row["id"] for row in db.execute("select id from articles")]

    def fail() -> None:
        with writing.transaction(db), counts.around(db, ids):
            db.execute("delete from mentions")
            db.execute("insert into articles (id) values ('incomplete')")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    assert kept(db) == before


def test_rows_that_change_are_counted_anew(db: sqlite3.Connection) -> None:
    with counts.around(db, [row["id"] for row in db.execute("select id from articles")]):
        db.execute("update changes set retired = 1, derivation_id = null where operation = 'reworded'")
        db.execute("update changes set operation = 'split' where operation = 'kept'")
        db.execute("update suggestions set change_id = (select min(change_id) from suggestions), rule = 'another'")
        db.execute("update attributions set source_type = 'media'")
    db.execute("update articles set publisher = 'The ''Other''', role = 'retelling'")
    db.execute("update articles set story_id = null where rowid = 1")
    assert_right(db)
    assert "reworded" not in counts.by_key(db, "operation")
    assert counts.by_key(db, "publisher") == {"The 'Other'": db.execute("select count(*) from articles").fetchone()[0]}


def test_what_is_refused_is_not_counted(db: sqlite3.Connection) -> None:
    before = kept(db)
    db.execute("begin immediate")
    edge = db.execute("select id from changes where not retired").fetchone()[0]
    annotate.annotate(db, {"change_id": edge, "label": "style_only", "verdict": "added"}, "ben")
    assert kept(db) != before
    db.execute("rollback")
    assert kept(db) == before


def test_installing_again_leaves_one_of_each(db: sqlite3.Connection) -> None:
    sql = "select name, sql from sqlite_master where type = 'trigger' order by name"
    before = db.execute(sql).fetchall()
    counts.install(db)
    assert [tuple(r) for r in db.execute(sql)] == [tuple(r) for r in before]
    assert_right(db)
