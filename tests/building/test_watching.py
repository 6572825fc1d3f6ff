"""Watching a folder: a build for each set of changes, however the last one ended."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchfiles import Change

from retold.building import watching
from retold.building.request import Request
from retold.model import Fault
from retold.progress import Reporter


def asked(folder: Path, *inputs: str) -> Request:
    return Request(list(inputs) or [str(folder)], folder / "retold.db", reporter=Reporter(quiet=True))


def test_a_build_at_once_and_one_for_each_change(tmp_path: Path) -> None:
    statuses = iter([0, 2, 1])
    wanted = asked(tmp_path)
    wanted.force = True
    forced: list[bool] = []

    def attempt() -> int:
        forced.append(wanted.force)
        return next(statuses)

    changes = [{(Change.added, "one.txt")}, {(Change.modified, "one.txt")}]
    assert watching.watch(wanted, attempt, changes) == 1, "the status of the last"
    assert forced == [True, False, False], "everything is computed anew once, not for ever"


def test_stopped_by_the_keyboard(tmp_path: Path) -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    assert watching.watch(asked(tmp_path), stop, []) == 2


@pytest.mark.parametrize(("given", "said"), [("-", "standard input"), ("nowhere", "make the folder first")])
def test_what_cannot_be_watched(
    tmp_path: Path, given: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Fault, match=said):
        watching.folders([given])
    assert watching.watch(asked(tmp_path, given), lambda: 0) == 2
    assert said in capsys.readouterr().err


def test_which_folders_are_watched(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text("Rain.")
    given = [str(folder / "one.txt"), str(folder), str(folder / "deep" / "*.txt")]
    assert watching.folders(given) == [folder, folder / "deep"]


def test_changes_are_seen_and_those_of_the_build_itself_are_not(tmp_path: Path) -> None:
    found = watching.changes_among(asked(tmp_path))
    for name in ("retold.db", "retold.db-wal", "retold.db.lock", "retold.work", "retold.sentences-shm"):
        (tmp_path / name).write_text("ours")
    threading.Timer(0.2, (tmp_path / "late.txt").write_text, ["Rain."]).start()
    assert {Path(path).name for _, path in next(found)} == {"late.txt"}
