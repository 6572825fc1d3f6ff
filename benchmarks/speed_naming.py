"""Speed of reading and naming in one process: ``python benchmarks/speed_naming.py --gold PATH`` prints a table.

Words per second of ``reading.read_all`` and ``naming.name`` beside spaCy's whole small English pipeline over the same
texts in the same run, and the process's memory as the corpus grows. Loading the model is counted on neither side.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from retold.model import Article, digest
from retold.naming import models, pipeline
from retold.reading.articles import read_all

PAGE = os.sysconf("SC_PAGE_SIZE")


def corpora(gold: Path) -> dict[str, list[str]]:
    """Texts by corpus: outlets that report alone, and one where every article is carried by three of them."""
    lines = (gold / "same_event" / "articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    polnear = sorted((gold / "polnear" / "dev").rglob("*.txt"))
    return {
        "same_event": texts,
        "polnear dev": [path.read_text("utf-8", "replace") for path in polnear],
        "wire copies": [text for text in texts[::3] for _ in range(3)],
    }


def articles(texts: list[str]) -> list[Article]:
    """Articles as the input files would give them."""
    return [
        Article(f"a{i}", f"a{i}", 1, None, f"{i}.txt", text, digest(text, length=64), language="en")
        for i, text in enumerate(texts)
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def retold(texts: list[str]) -> None:
    """The whole of both rooms, with nothing kept from before."""
    pipeline._reader.cache_clear()
    made = articles(texts)
    read_all(made)
    pipeline.name(made)


def spacy(texts: list[str]) -> None:
    """All components of the model over whole articles, as its documentation runs it."""
    for _ in models.english().pipe(texts):
        pass


def memory() -> float:
    """The process's resident memory in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of the gold data")
    parser.add_argument("--repeat", type=int, default=2, help="runs of each system, the faster one counts")
    options = parser.parse_args()
    warm = ["The minister said on Monday that Jan Novak had left Oslo."]
    retold(warm)
    spacy(warm)
    print(f"{'corpus':14} {'articles':>8} {'words':>8} {'retold w/s':>11} {'spaCy w/s':>11} {'ratio':>6}")
    texts: list[str] = []
    for name, texts in reversed(corpora(options.gold).items()):
        words = sum(len(text.split()) for text in texts)
        ours = min(seconds(lambda: retold(texts)) for _ in range(options.repeat))  # noqa: B023
        theirs = min(seconds(lambda: spacy(texts)) for _ in range(options.repeat))  # noqa: B023
        print(f"{name:14} {len(texts):8} {words:8} {words / ours:11.0f} {words / theirs:11.0f} {theirs / ours:6.2f}")
    print("\nmemory while reading same_event, one batch after another: MB after every 30 articles")
    batches = [texts[i : i + 30] for i in range(0, len(texts), 30)]
    for batch in batches:
        retold(batch)
        print(f"{memory():8.0f}", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
