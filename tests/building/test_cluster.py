"""On Dask: the same rows as on this machine alone, whoever dies meanwhile; what goes wrong is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from retold import build
from retold.building import cluster
from tests.building.conftest import portions
from tests.conftest import ROOT, STORIES
from tests.recovery import support

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
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def wire(make_folder: Callable[[Path, int], list[Path]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of generated articles, and what this machine alone makes of them."""
    folder, db = tmp_path_factory.mktemp("wire"), tmp_path_factory.mktemp("local") / "b.db"
    make_folder(folder, 80)
    assert portions(db, folder, portion=50) == build.DONE
    return folder, db


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


@pytest.mark.parametrize(("method", "nth"), [("_result", 2), ("_weighed", 2)], ids=["reading", "searching"])
def test_a_dead_worker_loses_nothing(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wire: tuple[Path, Path], method: str, nth: int
) -> None:
    folder, expected = wire
    monkeypatch.setattr(cluster, "BLOCK", 25)
    killed = killing(monkeypatch, machines, method, nth)
    db = tmp_path / "a.db"
    assert on_dask(db, folder, "--portion", "50", scheduler=machines.address) == build.DONE
    assert killed
    assert killed[0] not in machines.pids()
    assert support.content(db) == support.content(expected)
