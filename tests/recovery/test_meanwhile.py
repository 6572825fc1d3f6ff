"""People judge while a build computes: what they enter between its reading and its writing is kept, and fits."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retold import build
from retold.store import anchoring, annotate, discuss, previous, realign, schema, staging, writing
from retold.tracing import pipeline as tracing
from tests.conftest import STORIES, copy_database
from tests.recovery import support

AT = "2026-01-01T12:00:00.000+00:00"

Meanwhile = Callable[[sqlite3.Connection], Any]


def run(*arguments: object) -> int:
    return build.main([*map(str, arguments), "--quiet"])


def in_between(patch: pytest.MonkeyPatch, db: Path, act: Meanwhile, times: int = 1) -> list[int]:
    """``act`` on a connection of its own after the build has read the database and before it locks it."""
    trace, calls = tracing.trace, []

    def traced(*arguments: Any, **more: Any) -> Any:
        found = trace(*arguments, **more)
        calls.append(len(calls))
        if len(calls) <= times:
            commit(db, act)
        return found

    patch.setattr(tracing, "trace", traced)
    return calls


def commit(db: Path, act: Meanwhile) -> None:
    connection = schema.connect(db)
    connection.execute("begin immediate")
    act(connection)
    connection.execute("commit")
    connection.close()


def edge_of_courier(connection: sqlite3.Connection) -> sqlite3.Row:
    return connection.execute(
        "select c.* from changes c join articles a on a.id = c.article_id where a.document like '%courier%'"
        " order by c.id"
    ).fetchone()


def judge(connection: sqlite3.Connection) -> None:
    given = {"change_id": edge_of_courier(connection)["id"], "label": "style_only", "verdict": "added"}
    annotate.annotate(connection, given, "ida", AT)


def decide(connection: sqlite3.Connection) -> None:
    annotate.decide(connection, {"change_id": edge_of_courier(connection)["id"], "status": "done"}, "ida", AT)


def say(connection: sqlite3.Connection) -> None:
    discuss.comment(connection, {"change_id": edge_of_courier(connection)["id"], "text": "why?", "key": "1"}, "ida", AT)


def cut_anew(connection: sqlite3.Connection) -> None:
    edge = edge_of_courier(connection)
    sentences = connection.execute(
        "select id from sentences where article_id = ? and kind = 'body' order by position limit 2",
        [edge["article_id"]],
    )
    given = {name: edge[name] for name in ("source_article_id", "article_id")}
    realign.realign(connection, given | {"sentences": [row["id"] for row in sentences]}, "ida", AT)


@pytest.fixture
def without_courier(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    shutil.copytree(STORIES, folder, ignore=shutil.ignore_patterns("ferry_courier.txt"))
    return folder


@pytest.mark.parametrize("act", [judge, decide, say, cut_anew])
def test_an_article_that_was_to_go_stays_when_it_is_judged_meanwhile(
    own_db: Path, without_courier: Path, monkeypatch: pytest.MonkeyPatch, act: Meanwhile
) -> None:
    other = copy_database(own_db, own_db.with_name("other.db"))
    calls = in_between(monkeypatch, own_db, act)
    assert run(without_courier, "--db", own_db) == 0
    assert len(calls) == 2, "computed again with the article"
    assert support.faults_of(own_db) == []
    commit(other, act)
    assert run(without_courier, "--db", other) == 0
    assert support.content(own_db) == support.content(other), "as if it had been judged before the build"
    assert support.authored(own_db) == support.authored(other)


def test_people_who_never_stop_are_not_overrun(
    own_db: Path, without_courier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = support.content(own_db)

    def overtaken(*_: Any) -> None:
        raise writing.Overtaken

    monkeypatch.setattr(writing, "_check_articles", overtaken)
    assert run(without_courier, "--db", own_db) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert support.content(own_db) == before


def test_an_edge_that_was_to_go_is_retired_when_it_is_judged_meanwhile(
    own_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = schema.connect(own_db)
    kept = edge_of_courier(connection)["id"]
    edge = support.another_cut(connection, kept)
    connection.close()

    def act(other: sqlite3.Connection) -> None:
        annotate.annotate(other, {"change_id": edge, "label": "style_only", "verdict": "added"}, "ida", AT)

    in_between(monkeypatch, own_db, act)
    assert run(STORIES, "--db", own_db, "--force") == 0
    assert support.faults_of(own_db) == []
    connection = schema.connect(own_db)
    assert connection.execute("select retired from changes where id = ?", [edge]).fetchone()["retired"] == 1
    row = connection.execute("select change_id, orphaned from annotations").fetchone()
    assert (row["change_id"], row["orphaned"]) in [(kept, 0), (edge, 1)]
    connection.close()


def test_a_correction_entered_meanwhile_is_honoured_by_the_next_build(
    own_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = "from articles where document like '%wire%'"
    sql = f"insert into corrections (document, publisher) select document, 'Ours' {documents}"
    in_between(monkeypatch, own_db, lambda connection: connection.execute(sql))
    assert run(STORIES, "--db", own_db, "--force") == 0
    assert run(STORIES, "--db", own_db) == 0
    connection = schema.connect(own_db)
    row = connection.execute("select publisher from articles where document like '%wire%'").fetchone()
    assert row["publisher"] == "Ours"
    connection.close()


def test_an_unchanged_build_touches_no_derived_row(own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the lock is held for no longer than it takes to log the build, however large the corpus."""
    seen: list[str] = []
    connect = schema.connect

    def traced(path: Path | str) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(seen.append)
        return connection

    before = rowids(own_db)
    monkeypatch.setattr(schema, "connect", traced)
    assert run(STORIES, "--db", own_db, "--force") == 0
    monkeypatch.undo()
    assert not [sql for sql in seen if sql.startswith("analyze")]
    assert rowids(own_db) == before


def rowids(db: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(db)
    found = connection.execute("select rowid, id from sentences union all select rowid, id from changes").fetchall()
    connection.close()
    return sorted(found)


def test_rows_that_trade_places_do_not_clash() -> None:
    """Two sentences swap positions, which no two may share: each written by itself would clash with the other."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("create table t (id text primary key, place integer not null unique, note real)")
    connection.execute("insert into t values ('a', 1, 1), ('b', 2, 1), ('c', 3, null), ('d', 4, 1)")
    wanted = [{"id": i, "place": p, "note": n} for i, p, n in [("e", 5, 1), ("a", 2, 1), ("b", 1, 1), ("c", 3, None)]]
    assert staging.stage(connection, "t", iter(wanted)) == 4, "a, b and e to write, d to remove"
    writing.remove_rows(connection, "t")
    writing.put_rows(connection, "t")
    found = connection.execute("select * from t order by id").fetchall()
    assert found == [("a", 2, 1.0), ("b", 1, 1.0), ("c", 3, None), ("e", 5, 1.0)]
    assert staging.stage(connection, "t", iter(wanted)) == 0
    assert staging.stage(connection, "t", iter([])) == 4
    connection.close()


def test_every_authored_table_is_asked_before_an_article_goes() -> None:
    """A table added to those that hang on edges or articles has to be in the question too."""
    connection = schema.connect(":memory:")
    schema.create(connection)
    tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    derived = {"change_sentences", "suggestions", "derivations", "mentions", "attributions", "sentences", "stories"}
    hanging = (
        {
            table
            for table in tables
            for key in connection.execute(f"pragma foreign_key_list([{table}])")
            if key[2] in ("changes", "articles")
        }
        - derived
        - {"changes", "articles"}
    )
    connection.close()
    assert {table for table in hanging if f"from {table}" in previous.ANNOTATED} == hanging
    assert hanging - {"realignments"} == set(anchoring.ANCHORED)
