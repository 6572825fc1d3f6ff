"""A corpus built in portions is the corpus built at once; what is known costs nothing; nothing people entered goes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retold import build
from retold.building import beside, engines, stages
from retold.model import Fault
from retold.naming import models
from retold.store import annotate, previous, schema, slices
from tests.building.conftest import portions, settle
from tests.conftest import STORIES, copy_database
from tests.recovery import support

AT = "2026-01-01T12:00:00.000+00:00"
MakeFolder = Callable[[Path, int, int], list[Path]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our stories built in portions."""
    db = tmp_path_factory.mktemp("whole") / "retold.db"
    assert portions(db, STORIES) == 0
    return db


@pytest.fixture
def mine(whole: Path, folder: Path, tmp_path: Path) -> Path:
    """The same, the test's own, with its working file; it was built from ``folder``."""
    db = tmp_path / "retold.db"
    assert portions(db, folder) == 0
    return db


def rows(db: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(db)
    found = connection.execute(sql, parameters).fetchall()
    connection.close()
    return found


def articles_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read from here on."""
    seen: list[str] = []
    read = stages.read

    def counted(batch: list[stages.Waiting], cache: Path | None = None) -> stages.Read:
        seen.extend(one.document.document for one in batch)
        return read(batch, cache)

    monkeypatch.setattr(stages, "read", counted)
    return seen


def judge(db: Path, document: str) -> str:
    """An annotation on an edge of a document; the edge's id."""
    connection = schema.connect(db)
    sql = "select c.id from changes c join articles a on a.id = c.article_id where a.document like ? order by c.id"
    edge = str(connection.execute(sql, [f"%{document}%"]).fetchone()["id"])
    connection.execute("begin immediate")
    annotate.annotate(connection, {"change_id": edge, "label": "style_only", "verdict": "added"}, "ida", AT)
    connection.execute("commit")
    connection.close()
    return edge


def test_the_same_rows_as_at_once(whole: Path, story_db: Path) -> None:
    assert support.content(whole) == support.content(story_db)
    assert support.faults_of(whole) == []


def test_the_same_rows_as_at_once_for_a_larger_corpus(tmp_path: Path, make_folder: MakeFolder) -> None:
    make_folder(tmp_path / "made", 60, 9)
    one, other = tmp_path / "a" / "retold.db", tmp_path / "b" / "retold.db"
    for db in (one, other):
        db.parent.mkdir()
    assert build.main([str(tmp_path / "made"), "--db", str(one), "--quiet"]) == 0
    assert portions(other, tmp_path / "made") == 0
    assert support.content(one) == support.content(other)
    assert len(rows(one, "select 1 from derivations")) > 10, "there is something to compare"


def test_a_large_corpus_goes_by_portions_by_itself(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "retold.db"
    assert build.main([str(folder), "--db", str(db), "--quiet", "--portion", "2", "--jobs", "1"]) == 0
    assert beside.work(db).exists()
    assert len(rows(db, "select 1 from articles")) == 5
    assert support.faults_of(db) == []


def test_portions_of_any_size_find_the_same_stories(whole: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    db = tmp_path / "two" / "retold.db"
    assert portions(db, folder, portion=2) == 0
    sql = "select document, story_id, role, derived_from from articles order by 1"
    assert rows(db, sql) == rows(whole, sql)


def test_a_second_run_reads_nothing(
    mine: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the models were asked")

    before = support.content(mine)
    monkeypatch.setattr(models, "english", refuse)
    monkeypatch.setattr("retold.reading.documents.of", refuse)
    assert build.main([str(folder), "--db", str(mine)]) == 0
    assert "Nothing to do" in capsys.readouterr().err
    assert support.content(mine) == before


def test_a_new_article_costs_what_is_new(
    mine: Path, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = (folder / "ferry_gazette.txt").read_text()
    (folder / "ferry_gazette.txt").unlink()
    assert portions(mine, folder) == 0
    (folder / "ferry_gazette.txt").write_text(gone)
    before = dict(rows(mine, "select id, rowid from sentences"))
    seen = articles_read(monkeypatch)
    assert portions(mine, folder) == 0
    assert seen == ["stories/ferry_gazette.txt"]
    after = dict(rows(mine, "select id, rowid from sentences"))
    assert {i: after[i] for i in before} == before, "no other sentence was written again"
    sql = "select id, story_id, role, derived_from, derivation from articles order by id"
    assert rows(mine, sql) == rows(whole, sql)
    same = "select id, operation, similarity, text from changes order by id"
    assert rows(mine, same) == rows(whole, same)
    assert support.faults_of(mine) == []


def test_an_article_that_leaves_takes_everything_of_it_along(mine: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "ferry_courier.txt").unlink()
    assert portions(mine, folder) == 0
    (tmp_path / "fresh").mkdir()
    fresh = tmp_path / "fresh" / "retold.db"
    assert portions(fresh, folder) == 0
    without = ("builds", "entities", "mentions", "attributions")  # names were decided with the article there
    ours, theirs = support.content(mine), support.content(fresh)
    assert {t: r for t, r in ours.items() if t not in without} == {t: r for t, r in theirs.items() if t not in without}
    counted = "select e.id, e.mentions, e.articles from entities e order by 1"
    real = "select entity_id, count(*), count(distinct article_id) from mentions group by 1 order by 1"
    assert rows(mine, counted) == rows(mine, real)
    assert support.faults_of(mine) == []


def test_what_people_judged_stays_when_its_article_leaves(mine: Path, folder: Path) -> None:
    edge = judge(mine, "courier")
    (folder / "ferry_courier.txt").unlink()
    (folder / "orchard_press.txt").unlink()
    assert portions(mine, folder) == 0
    assert rows(mine, "select change_id, orphaned from annotations") == [(edge, 0)]
    assert rows(mine, "select count(*) from articles where document like '%courier%'") == [(1,)]
    assert rows(mine, "select count(*) from articles where document like '%orchard%'") == [(0,)]
    assert support.faults_of(mine) == []


def test_a_judgement_while_the_build_runs_keeps_its_article(
    mine: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "ferry_courier.txt").unlink()
    tell, edges = engines.Local.tell, []

    def meanwhile(self: engines.Local, stories: Any) -> Any:
        if not edges:
            edges.append(judge(mine, "courier"))
        return tell(self, stories)

    monkeypatch.setattr(engines.Local, "tell", meanwhile)
    assert portions(mine, folder) == 0
    assert rows(mine, "select count(*) from articles where document like '%courier%'") == [(1,)]
    assert rows(mine, "select count(*) from annotations where change_id = ?", edges[0]) == [(1,)]
    assert support.faults_of(mine) == []


def test_a_changed_text_is_a_new_version(mine: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = judge(mine, "gazette")
    file = folder / "ferry_gazette.txt"
    file.write_text(file.read_text().replace("1,200 passengers", "1,300 passengers"))
    seen = articles_read(monkeypatch)
    assert portions(mine, folder) == 0
    assert seen == ["stories/ferry_gazette.txt"]
    old, new = rows(mine, "select id, version, supersedes from articles where document like '%gazette%' order by 2")
    assert (old[1], new[1], new[2]) == (1, 2, old[0])
    assert rows(mine, "select change_id from annotations") == [(edge,)]
    chain = "select count(*) from derivations where source_article_id = ? and article_id = ?"
    assert rows(mine, chain, old[0], new[0]) == [(1,)]
    assert support.faults_of(mine) == []


def test_a_correction_reads_its_article_again(mine: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = schema.connect(mine)
    connection.execute(
        "insert into corrections (document, publisher) values ('stories/ferry_gazette.txt', 'The Corrected Press')"
    )
    connection.close()
    seen = articles_read(monkeypatch)
    assert portions(mine, folder) == 0
    assert seen == ["stories/ferry_gazette.txt"]
    assert rows(mine, "select publisher from articles where document like '%gazette%'") == [("The Corrected Press",)]
    assert portions(mine, folder) == 0
    assert seen == ["stories/ferry_gazette.txt"], "and then it is known"
    assert support.faults_of(mine) == []


def test_force_computes_everything_anew_to_the_same_rows(mine: Path, folder: Path) -> None:
    judge(mine, "gazette")
    before = support.content(mine)
    del before["builds"]
    assert portions(mine, folder, "--force", "--portion", "4") == 0
    after = support.content(mine)
    del after["builds"]
    assert after.keys() == before.keys()
    assert [t for t in after if after[t] != before[t]] in ([], ["attributions", "changes", "mentions"])
    assert support.faults_of(mine) == []


@pytest.mark.parametrize("harm", ["deleted", "nonsense", "cut short", "another recipe"])
def test_a_working_file_that_is_no_use_is_begun_anew(mine: Path, folder: Path, harm: str, whole: Path) -> None:
    work = beside.work(mine)
    if harm == "deleted":
        work.unlink()
        work.touch()
    if harm == "nonsense":
        work.write_bytes(b"not a database" * 1000)
    if harm == "cut short":
        work.write_bytes(work.read_bytes()[: work.stat().st_size // 2])
    if harm == "another recipe":
        connection = sqlite3.connect(work)
        connection.execute("update meta set value = 'older' where name = 'recipe'")
        connection.commit()
        connection.close()
    edge = judge(mine, "courier")
    assert portions(mine, folder) == 0
    assert rows(mine, "select change_id from annotations") == [(edge,)]
    sql = "select id, operation, similarity, text from changes order by id"
    assert rows(mine, sql) == rows(whole, sql)
    assert support.faults_of(mine) == []


def test_an_older_database_put_back_is_noticed(mine: Path, folder: Path, tmp_path: Path) -> None:
    kept = copy_database(mine, tmp_path / "kept.db")
    file = folder / "late.txt"
    file.write_text((folder / "ferry_wire.txt").read_text().replace("Marlow Bay", "Northern Quay"))
    assert portions(mine, folder) == 0
    expected = rows(mine, "select id, role from articles order by 1")
    schema.remove_log(mine)
    shutil.copy(kept, mine)
    assert portions(mine, folder) == 0
    assert rows(mine, "select id, role from articles order by 1") == expected
    assert support.faults_of(mine) == []


@pytest.mark.parametrize(
    ("at", "nth"),
    [
        ("insert into main.sentences", 1),
        ("insert into main.sentences", 2),
        ("insert into entities", 3),
        ("commit", 3),
        ("commit", 4),
    ],
)
def test_killed_and_run_again(folder: Path, tmp_path: Path, at: str, nth: int) -> None:
    (tmp_path / "killed").mkdir()
    (tmp_path / "calm").mkdir()
    db, calm = tmp_path / "killed" / "retold.db", tmp_path / "calm" / "retold.db"
    beside.work(db).touch()
    more = ("--portion", "2", "--jobs", "1")
    process = support.start(support.build_and_die, at, nth, False, str(folder), "--db", str(db), *more)
    process.join(120)
    assert process.exitcode == -9
    assert not db.exists() or support.faults_of(db) == []
    assert portions(db, folder, portion=2) == 0
    assert portions(calm, folder, portion=2) == 0
    assert support.content(db) == support.content(calm)
    assert support.faults_of(db) == []


def test_stopped_half_way_goes_on_where_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    db, read, calls = tmp_path / "retold.db", stages.read, []

    def stop(batch: list[stages.Waiting], cache: Path | None = None) -> stages.Read:
        calls.append([one.document.document for one in batch])
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(batch, cache)

    monkeypatch.setattr(stages, "read", stop)
    assert portions(db, folder, portion=2) == 2
    assert "run this again to go on" in capsys.readouterr().err
    assert portions(db, folder, portion=2) == 0
    assert calls[0] not in calls[1:], "what was read was not read again"
    assert len(rows(db, "select 1 from articles")) == 5


def test_bad_input_is_named_again_by_a_run_that_does_not_open_it(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_text(" \n")
    settle(folder)
    db = tmp_path / "retold.db"
    for _ in range(2):
        assert portions(db, folder) == 1
        assert "empty.txt" in capsys.readouterr().err
    assert rows(db, "select count(*) from build_errors") == [(1,)]


def test_two_articles_of_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, db = tmp_path / "in", tmp_path / "retold.db"
    folder.mkdir()
    text = (STORIES / "orchard_press.txt").read_text()
    lines = [{"id": "a", "text": text}, {"id": "a", "text": text + " More of it came later."}]
    (folder / "two.jsonl").write_text("\n".join(__import__("json").dumps(line) for line in lines))
    settle(folder)
    assert portions(db, folder) == 1
    assert "was used before" in capsys.readouterr().err
    assert portions(db, folder) == 1, "and said again"
    assert len(rows(db, "select 1 from articles")) == 1


def test_nothing_to_build_from(tmp_path: Path, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = support.content(mine)
    (tmp_path / "void").mkdir()
    assert portions(mine, tmp_path / "void") == 2
    assert "no article could be read" in capsys.readouterr().err
    assert support.content(mine) == before


def test_a_fault_of_a_worker_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise Fault("the model is gone. Remedy: install it")

    monkeypatch.setattr(stages, "read", fail)
    assert portions(tmp_path / "retold.db", folder) == 2
    assert "the model is gone" in capsys.readouterr().err


def test_whether_an_article_was_judged_is_asked_in_the_same_words(mine: Path, folder: Path) -> None:
    judge(mine, "courier")
    connection = schema.connect(mine)
    ids = [row["id"] for row in connection.execute("select id from articles")]
    asked = {one for one in ids if connection.execute(slices.JUDGED, {"id": one}).fetchone()}
    assert asked == previous.annotated(connection) != set()
    connection.close()
    connection = schema.connect(":memory:")  # a few rows would rather be scanned
    schema.create(connection)
    plan = " ".join(row[3] for row in connection.execute(f"explain query plan {slices.JUDGED}", {"id": ids[0]}))
    assert "SCAN annotations" not in plan
    assert "SCAN c" not in plan, "it is asked while people wait"
    connection.close()


def test_entities_of_former_code_go_though_the_build_was_stopped(
    mine: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = schema.connect(mine)
    connection.execute("insert into entities values ('e-old', 'Nobody', 'PERSON', 1, 1, '[]', null)")
    connection.close()
    beside.work(mine).unlink()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(engines.Local, "tell", stop)
        assert portions(mine, folder) == 2
    assert portions(mine, folder) == 0
    assert rows(mine, "select id from entities where id not in (select entity_id from mentions)") == []
