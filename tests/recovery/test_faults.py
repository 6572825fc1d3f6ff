"""Disks that are full, folders that may not be written, files that are damaged: one line that helps, nothing lost."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retold import build, cli
from retold.store import backup, schema
from tests.conftest import ROOT, STORIES
from tests.recovery import support

NOBODY = 65534


def rebuild(db: Path) -> int:
    return build.main([str(STORIES), "--db", str(db), "--force", "--quiet"])


def add_articles(db: Path) -> list[str]:
    """Arguments of a build that has something to write."""
    folder = db.parent / "more" / STORIES.name
    shutil.copytree(STORIES, folder)
    chance = random.Random(1)
    words = ["".join(chance.choices("aeioulmnrst", k=7)) for _ in range(2000)]
    sentences = [" ".join(chance.sample(words, 12)).capitalize() + "." for _ in range(300)]
    (folder / "long.txt").write_text("A long report\n\n" + "\n\n".join(sentences))
    return [str(folder), "--db", str(db), "--quiet"]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """``refused(status, *words)``: exit status 2 and one line with all the words; gives the line."""

    def check(status: int, *words: str) -> str:
        said = capsys.readouterr().err.strip()
        assert status == 2, said
        assert len(said.splitlines()) == 1, said
        assert "Traceback" not in said
        for word in words:
            assert word in said
        return said

    return check


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "PATIENCE", 0.2)


def test_full_disk(own_db: Path, monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]) -> None:
    support.annotate_all(own_db)
    before, connect = support.content(own_db), schema.connect

    def small(path: Path | str) -> sqlite3.Connection:
        connection = connect(path)
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages + 3}")
        return connection

    arguments = add_articles(own_db)
    monkeypatch.setattr(schema, "connect", small)
    refused(build.main(arguments), str(own_db), "the disk is full", "Free some space", "Nothing was changed")
    monkeypatch.undo()
    assert support.content(own_db) == before
    assert support.faults_of(own_db) == []
    assert build.main(arguments) == 0


def test_file_size_limit(own_db: Path, tmp_path: Path) -> None:
    """A limit of the system, in a process of its own: the disk itself refuses."""
    before = support.content(own_db)
    limit = own_db.stat().st_size + 50_000
    ran = subprocess.run(
        [sys.executable, ROOT / "build_db.py", *add_articles(own_db)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Nothing was changed" in ran.stderr
    assert support.content(own_db) == before


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not")
@pytest.mark.parametrize("command", ["build", "backup", "restore"])
def test_read_only_folder(own_db: Path, tmp_path: Path, command: str) -> None:
    before, copy = support.content(own_db), tmp_path / "copy.db"
    backup.backup(own_db, copy)
    commands = {
        "build": ["build", str(STORIES), "--force"],
        "backup": ["backup", str(own_db.with_name("new.db"))],
        "restore": ["restore", str(copy)],
    }
    folder = own_db.parent
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    program = f"import os, sys; from retold import cli; os.setuid({NOBODY}); sys.exit(cli.main(sys.argv[1:]))"
    ran = subprocess.run(
        [sys.executable, "-c", program, *commands[command], "--db", str(own_db)],
        cwd="/", env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert str(folder) in ran.stderr
    assert "may write" in ran.stderr or "may not write" in ran.stderr
    assert support.content(own_db) == before


def test_held_by_another_program(own_db: Path, impatient: None, refused: Callable[..., str]) -> None:
    other = sqlite3.connect(own_db, isolation_level=None)
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    other.execute("insert into corrections (document) values ('x')")
    try:
        refused(rebuild(own_db), str(own_db), "held by another program", "Close that program")
    finally:
        other.execute("rollback")
        other.close()
    assert rebuild(own_db) == 0


def test_held_only_at_the_end(own_db: Path, impatient: None, refused: Callable[..., str]) -> None:
    """Readers may read while somebody holds the write lock, so the build notices when it comes to write."""
    connection = schema.connect(own_db)
    connection.execute("pragma journal_mode = wal")
    before = support.content(own_db)
    connection.execute("begin immediate")
    refused(rebuild(own_db), str(own_db), "held by another program", "Nothing was changed")
    connection.execute("rollback")
    connection.close()
    assert support.content(own_db) == before


def spoil(db: Path, start: int, length: int) -> None:
    with db.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * length)


def test_damaged_database(own_db: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    copy = tmp_path / "copy.db"
    support.annotate_all(own_db)
    backup.backup(own_db, copy)
    before = support.content(own_db)
    spoil(own_db, 4096, own_db.stat().st_size - 4096)
    damaged = own_db.read_bytes()
    refused(rebuild(own_db), str(own_db), "is damaged", "python -m retold restore COPY --db")
    assert own_db.read_bytes() == damaged, "left for whoever wants to rescue it"
    for command in ("export", "backup"):
        arguments = ["articles", "--out"] if command == "export" else []
        refused(cli.main([command, *arguments, str(tmp_path / "out"), "--db", str(own_db)]), str(own_db))
    assert cli.main(["restore", str(copy), "--db", str(own_db)]) == 0
    assert support.content(own_db) == before
    assert len(list(own_db.parent.glob("retold.db.before-restore-*"))) == 1


@pytest.mark.parametrize("what", ["text", "nothing but a header", "cut short"])
def test_a_wreck_is_set_aside_by_restore(
    own_db: Path, tmp_path: Path, what: str, refused: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    backup.backup(own_db, copy)
    before, whole = support.content(copy), own_db.read_bytes()
    wreck = {"text": b"not a database " * 99, "nothing but a header": whole[:100], "cut short": whole[:20_000]}[what]
    own_db.write_bytes(wreck)
    refused(rebuild(own_db), str(own_db))
    assert cli.main(["restore", str(copy), "--db", str(own_db)]) == 0
    kept = Path(capsys.readouterr().out.strip().split(" in ")[-1])
    assert support.content(own_db) == before
    if what != "cut short":
        assert kept.read_bytes() == wreck
    assert rebuild(own_db) == 0


def test_restore_spares_the_database_of_another_program(
    own_db: Path, tmp_path: Path, refused: Callable[..., str]
) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table theirs (x)")
    connection.close()
    before = other.read_bytes()
    refused(cli.main(["restore", str(own_db), "--db", str(other)]), "made by another program")
    assert other.read_bytes() == before
    refused(cli.main(["restore", str(own_db), "--db", str(own_db)]), "is the database itself")
    refused(cli.main(["backup", str(own_db), "--db", str(own_db)]), "is the database itself")


def test_a_log_cut_short_loses_only_what_it_held(own_db: Path, tmp_path: Path) -> None:
    """As after a crash of the machine: whole transactions from the end, never half a one."""
    connection = schema.connect(own_db)
    connection.execute("pragma journal_mode = wal")
    for number in range(20):
        connection.execute("insert into corrections (document) values (?)", [f"{number:02}"])
    copy = tmp_path / "crashed" / "retold.db"
    copy.parent.mkdir()
    shutil.copy(own_db, copy)
    log = own_db.with_name("retold.db-wal").read_bytes()
    copy.with_name("retold.db-wal").write_bytes(log[: len(log) // 2 + 11])
    connection.close()
    assert support.faults_of(copy) == []
    connection = schema.connect(copy)
    left = [row[0] for row in connection.execute("select document from corrections order by 1")]
    connection.close()
    assert 0 < len(left) < 20
    assert left == [f"{number:02}" for number in range(len(left))]
    assert rebuild(copy) == 0
    assert support.faults_of(copy) == []


@pytest.mark.parametrize("moment", ["keeping", "putting"])
def test_a_restore_that_dies_leaves_the_old_or_the_new(own_db: Path, tmp_path: Path, moment: str) -> None:
    copy = tmp_path / "copy.db"
    backup.backup(own_db, copy)
    support.annotate_all(own_db)
    before = support.content(own_db)
    process = support.start(support.restore_and_die, str(copy), str(own_db), moment)
    process.join(60)
    assert process.exitcode == -9
    assert support.content(own_db) == before
    assert support.faults_of(own_db) == []
    for kept in own_db.parent.glob("retold.db.before-restore-*"):
        assert support.content(kept) == before
    assert backup.restore(copy, own_db) is not None
    assert support.content(own_db) == support.content(copy)
    assert [name for name in support.strays(own_db) if "before-restore" not in name] == []
