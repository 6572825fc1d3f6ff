"""The build as a person runs it: what it writes, says, keeps, and does with bad input."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retold import build
from retold.store import schema
from tests.conftest import ROOT, STORIES

WHEN = {"builds": ("started", "finished")}

DERIVED = "stories articles sentences entities mentions attributions derivations changes suggestions".split()


def run(*arguments: object) -> int:
    return build.main([str(a) for a in arguments] + ["--quiet"])


def content(db: Path, without: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but times of day, in a comparable order."""
    connection = sqlite3.connect(db)
    names = [r[0] for r in connection.execute("select name from sqlite_master where type = 'table' order by 1")]
    found: dict[str, list[tuple[object, ...]]] = {}
    for name in names:
        if name in without or "_fts" in name or name.startswith("sqlite_"):
            continue
        columns = [r[1] for r in connection.execute(f"pragma table_info([{name}])") if r[1] not in WHEN.get(name, ())]
        listed = ", ".join(f"[{c}]" for c in columns)
        found[name] = sorted(connection.execute(f"select {listed} from [{name}]").fetchall(), key=repr)
    connection.close()
    return found


def annotate(db: Path, operation: str = "reworded") -> tuple[str, str]:
    """A row as the store would write it, on some edge; returns the ids of annotation and edge."""
    connection = schema.connect(db)
    edge = connection.execute("select * from changes where operation = ? order by id", [operation]).fetchone()
    with connection:
        connection.execute(
            "insert into annotations (id, change_id, article_id, source_article_id, label, verdict, annotator, "
            "codebook_version, created, updated) values ('n-test', ?, ?, ?, 'style_only', 'added', 'ida', 1, 'x', 'x')",
            [edge["id"], edge["article_id"], edge["source_article_id"]],
        )
    connection.close()
    return "n-test", edge["id"]


def test_fills_every_derived_table(rows: Callable[..., list[sqlite3.Row]]) -> None:
    for table in DERIVED:
        assert rows(f"select count(*) as n from {table}")[0]["n"] > 0, table
    assert rows("select count(*) as n from labels")[0]["n"] == 18


def test_foreign_keys_and_integrity_hold(rows: Callable[..., list[sqlite3.Row]]) -> None:
    assert rows("pragma foreign_key_check") == []
    assert [r[0] for r in rows("pragma integrity_check")] == ["ok"]


def test_every_span_is_the_text_at_its_offsets(rows: Callable[..., list[sqlite3.Row]]) -> None:
    texts = {r["id"]: r["text"] for r in rows("select id, text from articles")}
    for table in ("sentences", "mentions"):
        for r in rows(f'select article_id, text, start, "end" as stop from {table}'):
            assert texts[r["article_id"]][r["start"] : r["stop"]] == r["text"]
    for r in rows("select * from changes"):
        if r["source_start"] is not None:
            assert texts[r["source_article_id"]][r["source_start"] : r["source_end"]] == r["source_text"]
        if r["start"] is not None:
            assert texts[r["article_id"]][r["start"] : r["end"]] == r["text"]
        for column, article in (("source_parts", "source_article_id"), ("parts", "article_id")):
            stretches = json.loads(r[column])
            assert all(texts[r[article]][a:b].strip() for a, b in stretches)
    for r in rows(
        "select s.*, c.article_id, c.source_article_id from suggestions s join changes c on c.id = change_id"
    ):
        if r["before"] is not None:
            assert texts[r["source_article_id"]][r["source_start"] : r["source_end"]] == r["before"]
        if r["after"] is not None:
            assert texts[r["article_id"]][r["start"] : r["end"]] == r["after"]


def test_no_text_is_lost_and_none_is_held_twice(rows: Callable[..., list[sqlite3.Row]]) -> None:
    for article in rows("select id, text from articles"):
        at = 0
        for s in rows('select start, "end" as stop from sentences where article_id = ? order by start', article["id"]):
            assert not article["text"][at : s["start"]].strip()
            assert s["start"] >= at
            at = s["stop"]
        assert not article["text"][at:].strip()


def test_same_input_same_database(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        assert run(STORIES, "--db", tmp_path / name) == 0
    assert content(tmp_path / "one.db") == content(tmp_path / "two.db")


def test_same_database_whatever_the_hash_seed_and_the_number_of_processes(tmp_path: Path) -> None:
    for name, seed, jobs in (("one.db", "1", "1"), ("two.db", "2", "2")):
        command = [sys.executable, ROOT / "build_db.py", STORIES, "--db", tmp_path / name, "--quiet", "--jobs", jobs]
        subprocess.run(command, check=True, cwd=tmp_path, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"})
    assert content(tmp_path / "one.db") == content(tmp_path / "two.db")


def test_second_run_does_nothing_quickly_and_says_so(own_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(own_db)
    started = time.perf_counter()
    assert build.main([str(STORIES), "--db", str(own_db)]) == 0
    assert time.perf_counter() - started < 2
    assert "Nothing to do" in capsys.readouterr().err
    assert content(own_db) == before


def test_force_recomputes_to_the_same_rows_and_keeps_annotations(own_db: Path) -> None:
    annotate(own_db)
    before = content(own_db, without=("builds",))
    assert run(STORIES, "--db", own_db, "--force") == 0
    assert content(own_db, without=("builds",)) == before


def test_annotation_survives_when_its_article_leaves_the_inputs(own_db: Path, tmp_path: Path) -> None:
    _, edge = annotate(own_db)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(STORIES / "orchard_press.txt", other)
    assert run(other, "--db", own_db) == 0
    connection = schema.connect(own_db)
    assert connection.execute("select change_id from annotations").fetchone()["change_id"] == edge
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("select count(*) from articles").fetchone()[0] == 3
    connection.close()


def test_a_changed_file_becomes_a_new_version_and_the_old_text_stays(tmp_path: Path) -> None:
    folder, db = tmp_path / "stories", tmp_path / "retold.db"
    shutil.copytree(STORIES, folder)
    assert run(folder, "--db", db) == 0
    file = folder / "ferry_gazette.txt"
    file.write_text(file.read_text().replace("1,200 passengers", "1,300 passengers"))
    assert run(folder, "--db", db) == 0
    connection = schema.connect(db)
    old, new = connection.execute("select * from articles where document like '%gazette%' order by version").fetchall()
    assert (old["version"], new["version"], new["supersedes"]) == (1, 2, old["id"])
    assert "1,200 passengers" in old["text"]
    assert "1,300 passengers" in new["text"]
    chain = "select count(*) from derivations where source_article_id = ? and article_id = ?"
    assert connection.execute(chain, [old["id"], new["id"]]).fetchone()[0] == 1
    connection.close()


def test_corrections_are_honoured_and_survive(own_db: Path) -> None:
    connection = schema.connect(own_db)
    document = connection.execute("select document from articles where document like '%wire%'").fetchone()[0]
    connection.execute("insert into corrections (document, publisher) values (?, 'The Corrected Press')", [document])
    connection.close()
    for _ in range(2):
        assert run(STORIES, "--db", own_db, "--force") == 0
        connection = schema.connect(own_db)
        row = connection.execute("select publisher, provenance from articles where document = ?", [document]).fetchone()
        assert row["publisher"] == "The Corrected Press"
        assert json.loads(row["provenance"])["publisher"] == "correction"
        assert connection.execute("select count(*) from corrections").fetchone()[0] == 1
        connection.close()


def test_edited_labels_are_kept(own_db: Path) -> None:
    connection = schema.connect(own_db)
    connection.execute("update labels set definition = 'Ours.' where id = 'style_only'")
    connection.close()
    assert run(STORIES, "--db", own_db, "--force") == 0
    connection = schema.connect(own_db)
    assert connection.execute("select definition from labels where id = 'style_only'").fetchone()[0] == "Ours."
    connection.close()


def test_bad_input_is_named_logged_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, db = tmp_path / "in", tmp_path / "retold.db"
    folder.mkdir()
    shutil.copy(STORIES / "orchard_press.txt", folder)
    (folder / "empty.txt").write_text(" \n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    assert run(folder, tmp_path / "missing.txt", "--db", db) == 1
    said = capsys.readouterr().err
    connection = schema.connect(db)
    errors = {Path(r["path"]).name: r["message"] for r in connection.execute("select * from build_errors")}
    assert set(errors) == {"empty.txt", "binary.txt", "missing.txt"}
    for name, message in errors.items():
        assert name in said
        assert message in said
    assert connection.execute("select count(*) from articles").fetchone()[0] == 1
    log = connection.execute("select * from builds").fetchone()
    assert (log["articles_read"], log["articles_skipped"]) == (1, 3)
    connection.close()
    assert run(folder, tmp_path / "missing.txt", "--db", db) == 1, (
        "a run with nothing to do still says what was skipped"
    )


@pytest.mark.parametrize("inputs", [["missing"], ["empty"]])
def test_nothing_to_build_from(tmp_path: Path, inputs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(*[tmp_path / i for i in inputs], "--db", tmp_path / "retold.db") == 2
    assert "no article could be read" in capsys.readouterr().err
    assert not (tmp_path / "retold.db").exists()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table theirs (x)")
    connection.close()
    before = other.read_bytes()
    assert run(STORIES, "--db", other) == 2
    assert "made by another program" in capsys.readouterr().err
    assert other.read_bytes() == before


@pytest.mark.parametrize("what", ["text", "folder", "nowhere"])
def test_a_path_that_cannot_be_a_database(tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "x" / "retold.db" if what == "nowhere" else tmp_path / "retold.db"
    if what == "text":
        db.write_text("not a database " * 100)
    if what == "folder":
        db.mkdir()
    assert run(STORIES, "--db", db) == 2
    assert "--db" in capsys.readouterr().err


def test_a_failing_write_leaves_the_database_as_it_was(own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from retold.store import anchoring

    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = content(own_db)
    monkeypatch.setattr(anchoring, "reanchor", fail)
    assert run(STORIES, "--db", own_db, "--force") == 2
    assert content(own_db) == before


def test_summary_names_what_people_ask_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([str(STORIES), "--db", str(tmp_path / "retold.db")]) == 0
    said = capsys.readouterr()
    for word in ("articles", "sentences", "entities", "attributions", "retellings", "dropped", "Next: "):
        assert word in said.out
    assert "\x1b" not in said.err, "no bar and no colours where there is no terminal"


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build.main(["--help"])
    assert stop.value.code == 0
    assert "python build_db.py archive/" in capsys.readouterr().out


def test_jobs_must_be_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build.main(["--jobs", "many"])
    assert stop.value.code == 2
    assert "0 for all cores" in capsys.readouterr().err
