"""Dask beside this machine alone, in one run: a scheduler and two workers of their own against as many processes.

    python benchmarks/cluster.py [--articles 2000] [--kind mixed|tenfold|distinct] [--search 10000]

First whole builds: here, on Dask, and on Dask with a worker killed (signal 9) when half of the articles are read; the
three databases have to hold the same. Then the search for stories alone, in the index and as a shuffle, which have to
find the same links. Other programs share the machine, so processor seconds stand beside those of the clock: the
builder's own, and those of the workers (of the ones that live at the end).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import kinds
import numpy as np
import psutil
from distributed import Client

from retold.building.cluster import Cluster
from retold.progress import Reporter
from retold.reading import articles as reading
from retold.tracing import profiles
from retold.tracing.stories import features, grouping
from retold.tracing.stories.index import Index

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.recovery import support  # noqa: E402

STEP = re.compile(r"^(.+): [\d,]+ in ([\d.]+) s$")
STAGES = ("reading and naming", "finding stories", "tracing and writing stories")
PROGRAM = (
    "import json, resource, runpy, sys; sys.argv = sys.argv[1:]\n"
    "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
    "except SystemExit as stop: code = stop.code\n"
    "own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
    "print('USAGE', json.dumps([own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime, own.ru_maxrss]))\n"
    "sys.exit(code)"
)


@dataclass
class Figures:
    """One build: seconds by the clock, processor seconds of the builder and of the workers, megabytes of the first."""

    seconds: float
    own: float
    workers: float
    memory: float
    stages: dict[str, float] = field(default_factory=dict)


@contextmanager
def machines(count: int) -> Iterator[tuple[str, Any]]:
    """A scheduler and so many workers: the address, and a client to look at them."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "scheduler.json"
        host = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        worker = ["worker", *host, "--nthreads", "1", "--local-directory", name]
        commands = [["scheduler", *host, "--port", "0"], *[worker] * count]
        processes = [
            subprocess.Popen([sys.executable, "-m", "dask", *one], cwd=ROOT, stderr=subprocess.DEVNULL)
            for one in commands
        ]
        try:
            while not file.exists():
                time.sleep(0.2)
            with Client(scheduler_file=str(file), timeout=60, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=120)
                yield client.scheduler.address, client
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait()


def processor(client: Any) -> float:
    """Processor seconds of the workers that live."""
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in client.run(os.getpid).values())


def build(inputs: Path, db: Path, options: list[str], client: Any = None) -> Figures:
    """One run of the product's command in portions, whatever the size."""
    db.with_suffix(".work").touch()
    before = processor(client) if client is not None else 0.0
    started = time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, str(ROOT / "build_db.py"), str(inputs), "--db", str(db), *options]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    seconds = time.perf_counter() - started
    if found.returncode:
        raise SystemExit(f"the build failed with status {found.returncode}:\n{found.stderr}")
    usage = next(line for line in found.stdout.splitlines() if line.startswith("USAGE "))
    own, workers, memory = json.loads(usage.removeprefix("USAGE "))
    if client is not None:
        with suppress(psutil.Error):
            workers = processor(client) - before
    steps = [match for line in found.stderr.splitlines() if (match := STEP.match(line))]
    return Figures(seconds, own, workers, memory / 1024, {match[1]: float(match[2]) for match in steps})


class Killer(threading.Thread):
    """Ends a worker with signal 9 as soon as the working file holds so many read articles."""

    def __init__(self, work: Path, articles: int, client: Any) -> None:
        super().__init__(daemon=True)
        self.work, self.articles, self.client, self.killed = work, articles, client, 0

    def run(self) -> None:
        while not self.killed:
            time.sleep(0.2)
            with suppress(sqlite3.Error):
                connection = sqlite3.connect(self.work)
                try:
                    (count,) = connection.execute("select count(*) from found").fetchone()
                finally:
                    connection.close()
                if count >= self.articles:
                    self.killed = sorted(self.client.run(os.getpid).values())[0]
                    os.kill(self.killed, signal.SIGKILL)


def builds(kind: str, articles: int, workers: int) -> None:
    """The three builds, a line of the table for each."""
    print(
        "| build | time | articles/s | " + " | ".join(STAGES) + " | processor, builder / workers | builder's memory |"
    )
    print("|" + "---|" * (len(STAGES) + 5))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "in.jsonl").open("w", encoding="utf-8") as out:
            for one in kinds.corpus(kind, articles).documents:
                out.write(json.dumps({"id": one.document, "text": one.text, **one.metadata}) + "\n")
        portion = ["--portion", str(min(1000, articles // 4))]
        here = build(folder / "in.jsonl", folder / "here.db", [*portion, "--jobs", str(workers)])
        report(f"here, {workers} processes", articles, here)
        expected = support.content(folder / "here.db")
        for killing in (False, True):
            with machines(workers) as (address, client):
                db = folder / f"dask{killing:d}.db"
                killer = Killer(db.with_suffix(".work"), articles // 2, client)
                if killing:
                    killer.start()
                there = build(folder / "in.jsonl", db, [*portion, "--engine", "dask", "--scheduler", address], client)
            if killing and not killer.killed:
                raise SystemExit("no worker was killed: the build was too quick")
            same = support.content(db) == expected
            title = f"Dask, {workers} workers" + (", one killed half-way" if killing else "")
            report(f"{title}, {'the same rows' if same else 'OTHER ROWS'}", articles, there)


def report(title: str, articles: int, one: Figures) -> None:
    stages = " | ".join(f"{one.stages.get(name, 0):.1f} s" for name in STAGES)
    rate, spent = articles / one.seconds, f"{one.own:.0f} / {one.workers:.0f} s"
    print(f"| {title} | {one.seconds:.1f} s | {rate:.1f} | {stages} | {spent} | {one.memory:.0f} MB |", flush=True)


def search(kind: str, sizes: list[int], workers: int) -> None:
    """The search alone: in the index by one process, and as a shuffle."""
    print(f"\n| articles | links | in the index | as a shuffle, {workers} workers | the builder's processor seconds |")
    print("|" + "---|" * 5)
    with Cluster(Reporter(quiet=True), workers) as engine:
        engine._threads()
        for size in sizes:
            index = Index(sqlite3.connect(":memory:", isolation_level=None))
            read = [reading.article(document) for document in kinds.corpus(kind, size).documents]
            reading.read_all(read)
            corpus = profiles.corpus(read)
            index.add(features.of(corpus), corpus.stems)
            del read, corpus
            numbers = index.settle()
            index.forget_counts()
            clock, own = time.perf_counter(), _own()
            expected = grouping.links(index, numbers)
            here = time.perf_counter() - clock, _own() - own
            index.forget_counts()
            clock, own = time.perf_counter(), _own()
            found = engine.links(index, numbers, lambda n: None)
            there = time.perf_counter() - clock, _own() - own
            same = "" if np.array_equal(found, expected) else ", OTHER LINKS"
            times, spent = f"{here[0]:.1f} s | {there[0]:.1f} s", f"{here[1]:.1f} / {there[1]:.1f}"
            print(f"| {size:,} | {len(found):,}{same} | {times} | {spent} |", flush=True)


def _own() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kind", choices=kinds.KINDS, default="mixed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--search", default="2000,10000", help="articles, comma between")
    given = parser.parse_args()
    builds(given.kind, given.articles, given.workers)
    search(given.kind, [int(size) for size in given.search.split(",")], given.workers)


if __name__ == "__main__":
    main()
