"""``kill -9`` in the middle of a build: nothing people entered is lost, and the next run finishes the work."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from retold import build
from retold.store import locking, schema
from tests.conftest import STORIES, copy_database
from tests.recovery import support


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as it comes next: one file changed so that edges go, one gone whose edges people judged."""
    folder = tmp_path_factory.mktemp("inputs") / "stories"
    shutil.copytree(STORIES, folder)
    file = folder / "ferry_gazette.txt"
    file.write_text(file.read_text().replace("1,200 passengers", "1,300 passengers"))
    (folder / "ferry_courier.txt").unlink()
    (folder / "orchard_press.txt").unlink()
    return folder


@pytest.fixture(scope="module")
def annotated(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which people have judged a third of the edges."""
    db = copy_database(story_db, tmp_path_factory.mktemp("annotated") / "retold.db")
    support.annotate_all(db)
    return db


@pytest.fixture(scope="module")
def undisturbed(annotated: Path, inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the next build makes of it when nothing happens."""
    db = copy_database(annotated, tmp_path_factory.mktemp("undisturbed") / "retold.db")
    assert build.main([str(inputs), "--db", str(db), "--quiet"]) == 0
    return db


def die(db: Path, inputs: Path, at: str, nth: int = 1, spill: bool = False) -> None:
    process = support.start(support.build_and_die, at, nth, spill, str(inputs), "--db", str(db))
    process.join(120)
    assert process.exitcode == -signal.SIGKILL, f"not killed at {at!r}: exit status {process.exitcode}"


def test_the_corpus_tries_what_it_should(annotated: Path, undisturbed: Path) -> None:
    before, after = support.content(annotated), support.content(undisturbed)
    assert before["sentences"] != after["sentences"]
    connection = schema.connect(undisturbed)
    assert connection.execute("select count(*) from changes where retired").fetchone()[0]
    connection.close()
    assert support.authored(annotated) == support.authored(undisturbed)


@pytest.mark.parametrize(
    ("at", "nth", "spill", "written"),
    [
        ("insert into temp.wanted", 40, False, False),
        ("insert into main.suggestions", 1, True, False),
        ("commit", -1, False, False),
        ("analyze", 1, False, True),
    ],
    ids=["while comparing", "in the write transaction", "at its commit", "after its commit"],
)
def test_killed_while_rebuilding(
    annotated: Path, undisturbed: Path, inputs: Path, tmp_path: Path, at: str, nth: int, spill: bool, written: bool
) -> None:
    db = copy_database(annotated, tmp_path / "retold.db")
    connection = schema.connect(db)
    connection.execute("pragma journal_mode = wal")
    connection.close()
    if nth < 0:
        nth = commits(db, inputs, tmp_path)
    die(db, inputs, at, nth, spill)
    if spill:
        assert db.with_name("retold.db-wal").stat().st_size > 100_000, "it was killed with half of it in the log"
    assert support.faults_of(db) == []
    assert support.authored(db) == support.authored(annotated)
    assert support.content(db) == support.content(undisturbed if written else annotated)
    assert build.main([str(inputs), "--db", str(db), "--quiet"]) == 0
    assert support.content(db) == support.content(undisturbed)
    assert support.faults_of(db) == []
    assert support.strays(db) == []


def commits(db: Path, inputs: Path, folder: Path) -> int:
    """How often a build of this database commits, the last time being the write itself."""
    from retold.build import main

    other, seen, connect = copy_database(db, folder / "other.db"), [0], schema.connect

    def counted(path: Path | str):
        connection = connect(path)
        connection.set_trace_callback(lambda sql: seen.__setitem__(0, seen[0] + sql.startswith("commit")))
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "connect", counted)
        assert main([str(inputs), "--db", str(other), "--quiet"]) == 0
    return seen[0]


@pytest.mark.parametrize(("at", "nth"), [("create table mentions", 1), ("insert into main.mentions", 1)])
def test_killed_at_the_first_build(story_db: Path, tmp_path: Path, at: str, nth: int) -> None:
    db = tmp_path / "retold.db"
    die(db, STORIES, at, nth)
    assert support.strays(db) != [], "it did leave something behind"
    assert not db.exists() or support.faults_of(db) == []
    assert build.main([str(STORIES), "--db", str(db), "--quiet"]) == 0
    assert support.content(db) == support.content(story_db)
    assert support.strays(db) == []


def test_a_log_without_its_database_is_not_applied_to_the_next(story_db: Path, tmp_path: Path) -> None:
    db = tmp_path / "retold.db"
    die(db, STORIES, "insert into main.mentions", 1)
    connection = schema.connect(db)
    connection.execute("create table theirs (x)")
    shutil.copy(db.with_name("retold.db-wal"), tmp_path / "kept-wal")
    connection.close()
    db.unlink()
    shutil.copy(tmp_path / "kept-wal", db.with_name("retold.db-wal"))
    assert build.main([str(STORIES), "--db", str(db), "--quiet"]) == 0
    assert support.content(db) == support.content(story_db)


def test_a_second_build_is_refused_and_says_why(own_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = support.content(own_db)
    with locking.alone(own_db):
        assert build.main([str(STORIES), "--db", str(own_db), "--force", "--quiet"]) == 2
    assert "another build or restore of" in capsys.readouterr().err
    assert support.content(own_db) == before
    assert build.main([str(STORIES), "--db", str(own_db), "--quiet"]) == 0
    assert support.strays(own_db) == []


def test_two_builds_at_once(annotated: Path, tmp_path: Path) -> None:
    db = copy_database(annotated, tmp_path / "retold.db")
    both = [support.start(support.run_build, str(STORIES), "--db", str(db), "--force") for _ in range(2)]
    for process in both:
        process.join(120)
    # Refused if they met, and with nothing left to lose if they did not.
    assert sorted(process.exitcode for process in both) in ([0, 2], [0, 0])
    assert support.authored(db) == support.authored(annotated)
    assert support.faults_of(db) == []
    assert support.strays(db) == []
