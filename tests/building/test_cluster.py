"""On Dask: the same rows as on this machine alone, whoever dies meanwhile; what goes wrong is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from dask import config as dask_config
from distributed import Client

from retold import build
from retold.building import cluster, remote, stages
from retold.building.request import SKIPPED_SOME
from retold.building.stages import Read, Untold, Waiting
from retold.model import Article
from retold.progress import Reporter
from retold.store import schema
from retold.tracing.stories import grouping
from tests.building.conftest import portions
from tests.conftest import ROOT, STORIES
from tests.recovery import support
from tests.tracing.test_shuffle import index_of, made

PATIENCE = 120  # seconds, on a busy machine


@dataclass
class Machines:
    """A scheduler and two workers, each a process of its own; ``client`` is the test's own view of them."""

    address: str
    processes: list[subprocess.Popen[bytes]]
    client: Any

    def pids(self) -> list[int]:
        """The processes that do the work, each with a nanny that starts it again when it dies."""
        return sorted(self.client.run(os.getpid).values())


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("dask")
    found = folder / "scheduler.json"
    host = ["--host", "127.0.0.1", "--no-dashboard"]
    processes = [dask("scheduler", *host, "--port", "0", "--scheduler-file", str(found))]
    worker = ["--scheduler-file", str(found), "--nthreads", "1", "--local-directory", str(folder)]
    try:
        processes += [dask("worker", *host, *worker) for _ in range(2)]
        until(found.exists)
        with Client(scheduler_file=str(found), timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            yield Machines(client.scheduler.address, processes, client)
    finally:
        for process in reversed(processes):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:  # it was just starting a worker
        process.kill()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def wire(make_folder: Callable[[Path, int], list[Path]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of generated articles, and what this machine alone makes of them."""
    folder, db = tmp_path_factory.mktemp("wire"), tmp_path_factory.mktemp("local") / "b.db"
    make_folder(folder, 60)
    assert portions(db, folder, portion=40) == build.DONE
    return folder, db


@pytest.fixture(autouse=True)
def any_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that do not ask which code the workers run: somebody may be editing it."""
    begin = cluster.Cluster.__init__

    def begun(self: cluster.Cluster, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        self.recipe = None

    monkeypatch.setattr(cluster.Cluster, "__init__", begun)


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until(holds: Callable[[], object]) -> None:
    for _ in range(PATIENCE * 10):
        if holds():
            return
        time.sleep(0.1)
    raise TimeoutError


def on_dask(db: Path, *arguments: object, scheduler: str) -> int:
    return build.main([*map(str, arguments), "--db", str(db), "--quiet", "--engine", "dask", "--scheduler", scheduler])


def killing(monkeypatch: pytest.MonkeyPatch, machines: Machines, method: str, nth: int) -> list[int]:
    """End a worker with signal 9 when the engine comes to this point for the ``nth`` time; its number is returned."""
    done: list[int] = []
    original, seen = getattr(cluster.Cluster, method), 0

    def watched(self: cluster.Cluster, *given: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == nth:
            done.append(machines.pids()[0])
            os.kill(done[0], signal.SIGKILL)
        return original(self, *given)

    monkeypatch.setattr(cluster.Cluster, method, watched)
    return done


def test_the_seeds_give_the_same_rows(machines: Machines, tmp_path: Path) -> None:
    db, same = tmp_path / "a.db", tmp_path / "b.db"
    inputs = [str(STORIES), str(ROOT / "seeds")]
    assert on_dask(db, *inputs, scheduler=machines.address) == build.DONE
    assert build.main([*inputs, "--db", str(same), "--quiet"]) == build.DONE
    assert support.content(db) == support.content(same)
    assert not support.faults_of(db)


def test_dead_workers_lose_nothing(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wire: tuple[Path, Path]
) -> None:
    folder, expected = wire
    monkeypatch.setattr(cluster, "BLOCK", 16)
    reading = killing(monkeypatch, machines, "_result", 2)
    searching = killing(monkeypatch, machines, "_weighed", 1)
    db = tmp_path / "a.db"
    assert on_dask(db, folder, "--portion", "40", scheduler=machines.address) == build.DONE
    assert reading
    assert searching
    assert not {*reading, *searching} & {*machines.pids()}
    assert support.content(db) == support.content(expected)
    machines.client.wait_for_workers(2, timeout=PATIENCE)


def test_a_search_whose_data_went_with_a_worker_is_done_again(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, numbers = index_of(made(90, 4, 45))
    expected = grouping.links(index, numbers)
    monkeypatch.setattr(cluster, "BLOCK", 20)
    killed = killing(monkeypatch, machines, "_weighed", 1)
    told: list[int] = []
    with cluster.Cluster(Reporter(quiet=True), scheduler=machines.address) as engine:
        assert np.array_equal(engine.links(index, numbers, told.append), expected)
        # A few new ones among many are asked for here.
        few = numbers[:4]
        monkeypatch.setattr(cluster.Cluster, "_search", None)
        assert np.array_equal(engine.links(index, few, told.append), grouping.links(index, few))
    assert len(killed) == 1
    machines.client.wait_for_workers(2, timeout=PATIENCE)
    assert sum(told) == len(numbers) + len(few)


def test_a_worker_of_another_version_is_refused(machines: Machines) -> None:
    with cluster.Cluster(Reporter(quiet=True), scheduler=machines.address) as engine:
        engine.recipe = "of other code"
        with pytest.raises(remote.Unlike, match=r"tcp://127.*runs another version of Retold"):
            list(engine.tell([Untold([], frozenset(), frozenset(), 0, {})]))


def test_a_document_that_ends_workers_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a batch the others are read; the deadly one is a problem like any other, and tried again by the next build."""
    folder, db = tmp_path / "in", tmp_path / "a.db"
    shutil.copytree(STORIES, folder)
    (folder / "deadly.txt").write_text("Nobody lives to tell what this says.")
    with monkeypatch.context() as patch, dask_config.set({"distributed.scheduler.allowed-failures": 0}):
        patch.setattr(remote, "read", read_or_die)
        patch.setattr(cluster, "BACK", "1 ms")  # Dask gives a dead worker up, and another has to be started
        patch.setattr(cluster, "LOOK", 2)
        given = [str(folder), "--db", str(db), "--engine", "dask", "--jobs", "1", "--quiet"]
        assert build.main(given) == SKIPPED_SOME
    assert "deadly.txt: every worker that read it died" in capsys.readouterr().err
    with schema.connect(db) as connection:
        assert [row["path"] for row in connection.execute("select path from build_errors")] == ["in/deadly.txt"]
        assert connection.execute("select count(*) from articles").fetchone()[0] == 5
    assert portions(db, folder) == build.DONE
    assert portions(tmp_path / "b.db", folder) == build.DONE
    without = ("builds", "build_errors")
    one, other = (
        {table: rows for table, rows in support.content(tmp_path / name).items() if table not in without}
        for name in ("a.db", "b.db")
    )
    assert one == other


def read_or_die(batch: Sequence[Waiting], cache: Path | None, recipe: str | None) -> Read:
    if any("deadly" in one.document.document for one in batch):
        os._exit(1)
    return stages.read(batch, cache)


def test_who_waits_for_workers_or_loses_the_scheduler_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "LOOK", 0.5)
    monkeypatch.setattr(cluster, "CONNECTING", 5)
    found = tmp_path / "scheduler.json"
    process = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(found))
    try:
        until(found.exists)
        address = json.loads(found.read_text())["address"]
        soon = dask_config.set({"distributed.comm.timeouts.connect": "2s"})
        with soon, cluster.Cluster(Reporter(quiet=True), scheduler=address) as engine:
            future = engine._submit(int)  # nobody is there to do it
            threading.Timer(2, process.kill).start()
            with pytest.raises(cluster.Lost, match=r"no longer answers.*the build goes on from there"):
                engine._result(future)
            with pytest.raises(cluster.Lost):
                list(engine.read([[]]))
    finally:
        process.kill()
        process.wait(PATIENCE)
    said = capsys.readouterr().err
    assert said.count(f"waiting for workers; start some: dask worker {address}") == 1


def test_what_cannot_be_used_is_said_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    assert on_dask(tmp_path / "a.db", STORIES, scheduler="tcp://127.0.0.1:9") == build.NOTHING_DONE
    assert "no Dask scheduler answers at tcp://127.0.0.1:9; start one" in capsys.readouterr().err
    assert on_dask(tmp_path / "b.db", STORIES, scheduler="the one over there") == build.NOTHING_DONE
    assert "no Dask scheduler answers at the one over there" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "retold.building.cluster", None)
    assert on_dask(tmp_path / "c.db", STORIES, scheduler="tcp://127.0.0.1:9") == build.NOTHING_DONE
    assert "pip install 'retold[dask]'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        build.main(["--scheduler", "tcp://127.0.0.1:9"])
    assert "--scheduler is for --engine dask" in capsys.readouterr().err


def test_small_stories_travel_together() -> None:
    stories = [Untold([cast(Article, n)] * n, frozenset(), frozenset(), 0, {}) for n in (1, 2, 30, 1)]
    assert [[len(s.articles) for s in batch] for batch in cluster._batched(stories)] == [[1, 2, 30], [1]]
