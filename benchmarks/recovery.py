"""What survives being killed, and how long people wait while a database is rebuilt under them.

    python benchmarks/recovery.py [--moments 50] [--people 20] [--decisions 100] [--readers 5] [--articles 300]
    python benchmarks/recovery.py --only crowd --code FOLDER     with the builds of another checkout

Three tables: builds killed with signal 9, half of them at random times, half at random statements of SQL; how long a
build alone keeps writers out, asked every 2 ms; and a real server with people annotating and reading while the
server is killed, and the database is rebuilt unchanged, with a tenth more articles, and with every text altered, so
that no derived row stays. People write until the last of these builds has ended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from generator import Generator

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from retold import build  # noqa: E402
from retold.store import schema  # noqa: E402
from tests.conftest import STORIES, copy_database, lay_out  # noqa: E402
from tests.recovery import crowd, support  # noqa: E402

KINDS = ("rebuilt unchanged", "a tenth more articles", "every text altered")


def killed(moments: int, seed: int) -> None:
    """Builds of a changed corpus over a database with annotations, killed; then the next run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder / "stories"
        shutil.copytree(STORIES, inputs)
        file = inputs / "ferry_gazette.txt"
        file.write_text(file.read_text().replace("1,200 passengers", "1,300 passengers"))
        (inputs / "orchard_press.txt").unlink()
        start, calm = folder / "start.db", folder / "calm.db"
        assert build.main([str(STORIES), "--db", str(start), "--quiet"]) == 0
        support.annotate_all(start)
        copy_database(start, calm)
        _seconds(inputs, copy_database(start, folder / "warm.db"))  # the first process waits for the models
        length = _seconds(inputs, calm)
        statements = _statements(inputs, copy_database(start, folder / "counted.db"))
        print(f"\nAn undisturbed build takes {length:.2f} s with the models loaded, and {statements:,} statements.\n")
        when = [_moment(n, seed, length, statements) for n in range(moments)]
        _table_of_kills(folder, inputs, start, calm, when)


def _moment(number: int, seed: int, length: float, statements: int) -> float | int:
    """After how many seconds, or at which statement."""
    chance = random.Random(seed * 1_000 + number)
    return chance.randrange(1, statements) if number % 2 else chance.random() * length


def _statements(inputs: Path, db: Path) -> int:
    """How many statements of SQL an undisturbed build runs."""
    connect, seen = schema.connect, 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1

    def counted(path: Path | str) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(count)
        return connection

    schema.connect = counted
    try:
        assert build.main([str(inputs), "--db", str(db), "--quiet"]) == 0
    finally:
        schema.connect = connect
    return seen


def _seconds(inputs: Path, db: Path) -> float:
    began = time.perf_counter()
    process = support.start(support.run_build, str(inputs), "--db", str(db))
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - began


def _table_of_kills(folder: Path, inputs: Path, start: Path, calm: Path, moments: list[float | int]) -> None:
    want, people = support.content(calm), support.authored(start)
    rows: dict[str, dict[str, int]] = {}
    for number, moment in enumerate(moments):
        db = folder / f"{number}" / "retold.db"
        db.parent.mkdir()
        copy_database(start, db)
        _wal(db)
        ended = _kill(inputs, db, moment, spill=number % 4 == 1)
        state = "written" if support.content(db) == want else "as before"
        row = rows.setdefault("at a statement" if isinstance(moment, int) else "at a time", dict.fromkeys(COLUMNS, 0))
        row["builds"] += 1
        row["killed"] += ended == -signal.SIGKILL
        row[state] += 1
        row["unsound"] += bool(support.faults_of(db))
        row["entries lost"] += sum(len(set(people[t]) - set(found)) for t, found in support.authored(db).items())
        again = build.main([str(inputs), "--db", str(db), "--quiet"])
        row["next run failed"] += again != 0
        row["other content"] += support.content(db) != want
        row["strays"] += len(support.strays(db))
        shutil.rmtree(db.parent)
    _print(["killed", *COLUMNS], [[name, *row.values()] for name, row in rows.items()])


COLUMNS = (
    "builds",
    "killed",
    "as before",
    "written",
    "unsound",
    "entries lost",
    "next run failed",
    "other content",
    "strays",
)


def _wal(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("pragma journal_mode = wal")
    connection.close()


def _kill(inputs: Path, db: Path, moment: float | int, spill: bool) -> int | None:
    if isinstance(moment, int):
        process = support.start(support.build_and_die, "", moment, spill, str(inputs), "--db", str(db))
    else:
        process = support.start(support.run_build, str(inputs), "--db", str(db))
        process.join(moment)
        process.kill()
    process.join()
    return process.exitcode


def people(given: argparse.Namespace) -> None:
    """A crowd at a server, with builds by the code of ``given.code``; how long answers took, by what went on."""
    with tempfile.TemporaryDirectory() as name:
        site, corpora = _site(Path(name), given)
        db = site / "retold.db"
        print(f"\n{given.articles:,} articles, {db.stat().st_size / 1e6:.0f} MB; builds by {given.code}\n")
        holds = [[kind, *_held(db, inputs, given)] for kind, inputs in corpora.items()]
        _print(["a build alone", "its seconds", "asked", "median, ms", "95 %, ms", "worst, ms"], holds)
        _build(db, corpora["rebuilt unchanged"], given).wait()
        server = crowd.Server(lay_out(site))
        server.start()
        try:
            log, phases = asyncio.run(_crowd(server, db, corpora, given))
        finally:
            server.kill()
        _report(log, phases, db)


def _site(folder: Path, given: argparse.Namespace) -> tuple[Path, dict[str, Path]]:
    """The folder to serve, built from the first of the inputs by what a build of them does."""
    site = folder / "site"
    corpora = {kind: folder / kind.replace(" ", "-") / "made" for kind in KINDS}
    for one in (site, *corpora.values()):
        one.mkdir(parents=True)
    smaller, larger, altered = corpora.values()
    documents = Generator(given.seed).make(given.articles * 11 // 10).documents
    for number, document in enumerate(documents):
        name = Path(document.document).name
        (larger / name).write_text(document.text)
        if number < given.articles:
            (smaller / name).write_text(document.text)
            (altered / name).write_text(f"{document.text}\n\nOffice {number} gave no further details.\n")
    assert _build(site / "retold.db", smaller, given).wait() == 0
    return site, corpora


def _build(db: Path, inputs: Path, given: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = ["nice", sys.executable, "build_db.py", str(inputs), "--db", str(db), "--force", "--quiet"]
    return subprocess.Popen(command, cwd=given.code, env=os.environ | {"PYTHONPATH": str(given.code)})


def _held(db: Path, inputs: Path, given: argparse.Namespace) -> list[str]:
    """A build with somebody who asks for the write lock all the time: its seconds, and how long they waited."""
    began, done, waits = time.perf_counter(), threading.Event(), [0.0]

    def ask() -> None:
        connection = sqlite3.connect(db, isolation_level=None, timeout=0)
        since = None
        while not done.is_set():
            now = time.perf_counter()
            try:
                connection.execute("begin immediate")
                connection.execute("rollback")
                waits.append(time.perf_counter() - (since or now))
                since = None
            except sqlite3.OperationalError:
                since = since or now
            time.sleep(0.002)
        connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    code = _build(db, inputs, given).wait()
    done.set()
    asking.join()
    assert code == 0
    return [f"{time.perf_counter() - began:.1f}", *_figures(waits)]


async def _crowd(
    server: crowd.Server, db: Path, corpora: dict[str, Path], given: argparse.Namespace
) -> tuple[crowd.Log, list[tuple[str, float, float]]]:
    phases: list[tuple[str, float, float]] = []

    async def meanwhile(log: crowd.Log) -> None:
        total = given.people * given.decisions
        await _reached(log, total // 20)
        server.kill()
        phases.append(await _phase("server killed", asyncio.to_thread(server.start)))
        await _reached(log, total // 10)
        for name, inputs in corpora.items():
            phases.append(await _phase(name, asyncio.to_thread(_finished, _build(db, inputs, given))))

    log = await crowd.crowd(server.url, db, given.people, given.decisions, given.readers, meanwhile)
    return log, phases


def _finished(building: subprocess.Popen[bytes]) -> None:
    if code := building.wait():
        print(f"a build ended with exit status {code}")


async def _reached(log: crowd.Log, count: int) -> None:
    while log.count < count and not log.faults:
        await asyncio.sleep(0.05)


async def _phase(name: str, work: Any) -> tuple[str, float, float]:
    began = time.perf_counter()
    await work
    return name, began, time.perf_counter()


def _report(log: crowd.Log, phases: list[tuple[str, float, float]], db: Path) -> None:
    rows = []
    for name, waits in (("post", log.waits), ("read", log.reads)):
        kinds: dict[str, list[float]] = {"nothing else going on": []}
        for began, seconds in waits:
            during = next((p for p, a, b in phases if began < b and began + seconds > a), "nothing else going on")
            kinds.setdefault(during, []).append(seconds)
        rows += [[name, kind, *_figures(seconds)] for kind, seconds in kinds.items() if seconds]
    print()
    _print(["", "while", "answers", "median, ms", "95 %, ms", "worst, ms"], rows)
    print(
        f"\n{log.count:,} writes acknowledged; lost or out of order: {len(crowd.lost(db, log))}; answers that nobody"
        f" should see: {len(log.faults)}; requests repeated because the server was away: {log.interrupted};"
        f" faults of the database: {len(support.faults_of(db))}"
    )
    for fault in log.faults[:5]:
        print(f"  {fault}")


def _figures(seconds: list[float]) -> list[str]:
    ordered = sorted(seconds)
    found = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return [f"{len(ordered):,}", *(f"{one * 1000:,.{0 if one > 0.01 else 1}f}" for one in found)]


def _print(head: list[str] | tuple[str, ...], rows: list[list[Any]]) -> None:
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--decisions", type=int, default=100)
    parser.add_argument("--readers", type=int, default=5)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--code", type=Path, default=ROOT, help="the checkout whose builds are measured")
    parser.add_argument("--only", choices=("killed", "crowd"))
    given = parser.parse_args()
    if given.only != "crowd":
        killed(given.moments, given.seed)
    if given.only != "killed":
        people(given)


if __name__ == "__main__":
    main()
