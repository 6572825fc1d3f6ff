"""The command line: what leaves, what comes back, and what it says when it cannot."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from retold import cli
from retold.sharing import tables
from retold.store import annotate, schema
from tests.conftest import ROOT


def run(*arguments: object) -> int:
    return cli.main([str(a) for a in arguments])


def count(db: Path, sql: str) -> int:
    connection = schema.connect(db)
    number: int = connection.execute(sql).fetchone()[0]
    connection.close()
    return number


def judge(db: Path, person: str, label: str = "style_only", comment: str = "") -> None:
    connection = schema.connect(db)
    edge = connection.execute("select id from changes where operation = 'reworded' order by id").fetchone()["id"]
    with connection:
        annotate.annotate(
            connection, {"change_id": edge, "label": label, "verdict": "added", "comment": comment}, person
        )
        annotate.decide(connection, {"change_id": edge, "status": "done"}, person)
    connection.close()


@pytest.mark.parametrize("what", ["articles", "edges"])
def test_a_table_to_standard_output(story_db: Path, what: str) -> None:
    command = [sys.executable, "-m", "retold", "export", what, "--db", story_db]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    rows = list(csv.DictReader(done.stdout.decode().splitlines(keepends=True)))
    connection = schema.connect(story_db)
    assert len(rows) == tables.count(connection, what) > 0
    connection.close()


def test_every_kind_writes_what_it_says(db: sqlite3.Connection, own_db: Path, tmp_path: Path) -> None:
    (tmp_path / "dataset.yml").write_bytes((ROOT / "dataset.yml").read_bytes())
    for what, place in {
        "dataset": "d.zip",
        "database": "copy.db",
        "webannotation": "w.json",
        "tei": "tei",
        "brat": "brat",
        "labelstudio": "ls.json",
        "conll": "names.conll",
    }.items():
        about = ["--about", tmp_path / "dataset.yml"]
        assert run("export", what, "--db", own_db, "--out", tmp_path / place, *about) == 0, what
    assert count(tmp_path / "copy.db", "select count(*) from annotations") == 6
    assert len(json.loads((tmp_path / "w.json").read_text())["items"]) == 6
    assert len(list((tmp_path / "tei").glob("*.xml"))) == count(own_db, "select count(*) from derivations")
    assert {p.suffix for p in (tmp_path / "brat").iterdir()} == {".txt", ".ann", ".conf"}
    assert "datapackage.json" in zipfile.ZipFile(tmp_path / "d.zip").namelist()


def test_annotations_of_another_copy_are_merged_by_person_and_edge(own_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert run("backup", other, "--db", own_db) == 0
    judge(own_db, "ida", comment="ours")
    judge(other, "ida", comment="theirs")
    judge(other, "ole")
    for table in ("annotations", "decisions"):
        out = tmp_path / f"{table}.ndjson"
        assert run("export", table, "--format", "ndjson", "--out", out, "--db", other) == 0
    assert run("import", tmp_path / "annotations.ndjson", "--db", own_db) == 1, "ida's comments differ"
    assert run("import", tmp_path / "decisions.ndjson", "--db", own_db) == 0
    connection = schema.connect(own_db)
    stored = {r["annotator"]: r["comment"] for r in connection.execute("select * from annotations")}
    assert stored == {"ida": "ours", "ole": ""}
    assert {r[0] for r in connection.execute("select annotator from decisions")} == {"ida", "ole"}
    events = [r["table_name"] for r in connection.execute("select * from annotation_events where action = 'imported'")]
    assert sorted(events) == ["annotations", "decisions"]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def test_a_conflict_names_both_versions(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(own_db, "ida", comment="ours")
    out = tmp_path / "a.ndjson"
    assert run("export", "annotations", "--format", "ndjson", "--out", out, "--db", own_db) == 0
    out.write_text(out.read_text().replace('"ours"', '"theirs"'))
    assert run("import", out, "--db", own_db) == 1
    said = capsys.readouterr().err
    assert "'ours' here, 'theirs' there" in said


def test_importing_twice_changes_nothing(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(own_db, "ida")
    out = tmp_path / "a.ndjson"
    run("export", "annotations", "--format", "ndjson", "--out", out, "--db", own_db)
    before = count(own_db, "select count(*) from annotation_events")
    assert run("import", out, "--db", own_db) == 0
    assert "0 imported, 1 already here" in capsys.readouterr().out
    assert count(own_db, "select count(*) from annotation_events") == before


def test_rows_that_cannot_be_used_are_refused_one_by_one(
    own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(own_db, "ida")
    out = tmp_path / "a.ndjson"
    run("export", "annotations", "--format", "ndjson", "--out", out, "--db", own_db)
    good = json.loads(out.read_text())
    bad = [
        {"x": 1},
        good | {"id": "n-1", "change_id": "c-elsewhere"},
        good | {"id": "n-2", "annotator": "eve", "label": "no_such_label"},
        good | {"id": "n-3", "annotator": "eve", "verdict": "perhaps"},
        good | {"id": "n-4", "annotator": "ole"},
    ]
    out.write_text("".join(json.dumps(row) + "\n" for row in bad))
    assert run("import", out, "--db", own_db) == 1
    said = capsys.readouterr()
    assert "1 imported" in said.out
    assert [line.split(":")[0] for line in said.err.splitlines() if "line" in line] == ["refused"] * 4
    assert count(own_db, "select count(*) from annotations") == 2


def test_a_broken_file_imports_nothing(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text('{"a": 1}\n{"b": \n')
    assert run("import", file, "--db", own_db) == 2
    assert "line 2: not JSON" in capsys.readouterr().err


def test_label_studio_round_trip(db: sqlite3.Connection, own_db: Path, tmp_path: Path) -> None:
    out = tmp_path / "ls.json"
    assert run("export", "labelstudio", "--db", own_db, "--out", out) == 0
    tasks = json.loads(out.read_text())
    for task in tasks:
        for annotation in task["annotations"]:
            annotation["completed_by"] = {"email": "new-" + annotation["completed_by"]["email"]}
    out.write_text(json.dumps(tasks))
    assert run("import", out, "--format", "labelstudio", "--db", own_db) == 0
    columns = 'change_id, label, source_start, source_end, start, "end", before, after'
    evidence = f"select {columns} from annotations where annotator = ? order by 1, 2"
    for person in ("ida", "ole"):
        ours, theirs = ([tuple(row) for row in db.execute(evidence, [name])] for name in (person, f"new-{person}"))
        assert ours == theirs != []


def test_label_studio_with_number_for_a_person_and_foreign_tasks(
    db: sqlite3.Connection, own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ls.json"
    run("export", "labelstudio", "--db", own_db, "--out", out)
    task = next(t for t in json.loads(out.read_text()) if t["annotations"])
    task["annotations"][0]["completed_by"] = 7
    task["annotations"] = task["annotations"][:1]
    out.write_text(json.dumps([task, {"data": {"text": "not ours"}}]))
    assert run("import", out, "--format", "labelstudio", "--db", own_db) == 1
    assert "refused: ls.json task 2" in capsys.readouterr().err
    assert db.execute("select count(*) from annotations where annotator = 'labelstudio-7'").fetchone()[0] > 0


def test_backup_and_restore(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.db"
    judge(own_db, "ida")
    assert run("backup", copy, "--db", own_db) == 0
    judge(own_db, "ole")
    assert run("restore", copy, "--db", own_db) == 0
    assert count(own_db, "select count(*) from annotations") == 1
    kept = Path(capsys.readouterr().out.strip().split(" in ")[-1])
    assert count(kept, "select count(*) from annotations") == 2, "what was replaced is kept"


def test_a_damaged_copy_is_not_restored(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--db", own_db) == 0
    content = bytearray(copy.read_bytes())
    content[8192:60000] = b"\xff" * (60000 - 8192)
    copy.write_bytes(content)
    before = count(own_db, "select count(*) from sentences")
    assert run("restore", copy, "--db", own_db) == 2
    assert "take another copy" in capsys.readouterr().err
    assert count(own_db, "select count(*) from sentences") == before


def test_releases_compared(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.db"
    assert run("backup", old, "--db", own_db) == 0
    judge(own_db, "ida")
    connection = schema.connect(own_db)
    connection.execute("update labels set definition = 'New.' where id = 'style_only'")
    connection.close()
    capsys.readouterr()
    assert run("compare", old, own_db) == 0
    told = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[1:]}
    assert told["annotations"][:3] == ["1", "0", "0"]
    assert told["labels"] == ["0", "1", "0", "17", "definition"]
    assert told["articles"][:3] == ["0", "0", "0"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "articles", "--db", "missing.db"],
        ["export", "dataset", "--about", "missing.yml", "--out", "x.zip"],
        ["export", "tei"],
        ["backup", "no/such/folder/copy.db"],
        ["restore", "missing.db"],
        ["compare", "missing.db", "missing.db"],
        ["import", "missing.ndjson"],
    ],
)
def test_faults_are_one_line_with_exit_status_2(
    own_db: Path, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own_db.parent)
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"retold {arguments[0]}: ")
    assert said.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    said = capsys.readouterr().out
    for command in ("build", "export", "import", "compare", "backup", "restore"):
        assert command in said
