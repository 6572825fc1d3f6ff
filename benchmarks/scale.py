"""Stories and derivation on many made-up articles: right or wrong against known ancestry, seconds and memory.

    python benchmarks/scale.py [--articles 20000] [--seed 1]

Measures half the number first and then all of it, each in a process of its own, and says how time grows. Reading is the
product's; naming is left out (names in invented words mean nothing), so entities take no part. Time is processor time,
which other programs on the machine hardly lengthen; the clock's is shown beside it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

from generator import Generator, Made

from retold.model import Article, Derivation
from retold.reading import articles as reading
from retold.tracing import derivation, profiles, stories


def run(count: int, seed: int) -> dict[str, float]:
    """One size: the figures as a mapping."""
    made = Generator(seed).make(count)
    articles = [reading.article(document) for document in made.documents]
    reading.read_all(articles)
    by_id = {a.id: a for a in articles}
    clock, processor = time.perf_counter(), time.process_time()
    corpus = profiles.corpus(articles)
    found = stories.group(articles, corpus)
    grouped = time.process_time()
    derivations = [d for s in found for d in derivation.derive(s, [by_id[i] for i in s.article_ids], corpus)]
    figures = {
        "articles": float(len(articles)),
        "stories_seconds": grouped - processor,
        "seconds": time.process_time() - processor,
        "clock": time.perf_counter() - clock,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return figures | quality(made, articles, derivations)


def quality(made: Made, articles: list[Article], derivations: list[Derivation]) -> dict[str, float]:
    """Against the truth: linked pairs of common descent, and whether the very parent was found."""
    name = {a.id: a.document for a in articles}
    pairs = {name[d.article_id]: name[d.source_article_id] for d in derivations}
    linked = {frozenset(pair) for pair in pairs.items()}
    true = {frozenset(pair) for pair in made.parent.items()}
    family = sum(_family(made, a) == _family(made, b) for a, b in pairs.items())
    return {
        "precision": family / max(len(pairs), 1),
        "exact_precision": sum(made.parent.get(a) == b for a, b in pairs.items()) / max(len(pairs), 1),
        "recall": sum(a in pairs and _family(made, a) == _family(made, pairs[a]) for a in made.parent)
        / len(made.parent),
        "either_way": len(linked & true) / len(true),
        "exact_recall": sum(pairs.get(a) == b for a, b in made.parent.items()) / len(made.parent),
    }


def _family(made: Made, document: str) -> str:
    """The first ancestor of a document."""
    while document in made.parent:
        document = made.parent[document]
    return document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run(given.articles, given.seed)))
        return
    sizes = [given.articles // 2, given.articles]
    rows = []
    for size in sizes:
        command = [sys.executable, __file__, "--one", "--articles", str(size), "--seed", str(given.seed)]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    print("| figure | " + " | ".join(f"{size:,} articles" for size in sizes) + " |\n|---|---|---|")
    for label, key in (
        ("derivation precision (same ancestry)", "precision"),
        ("derivation recall (same ancestry)", "recall"),
        ("the very parent, precision", "exact_precision"),
        ("the very parent, recall", "exact_recall"),
        ("parent and child linked, either way", "either_way"),
    ):
        print(f"| {label} | " + " | ".join(f"{row[key]:.4f}" for row in rows) + " |")
    for label, key in (("stories, s", "stories_seconds"), ("stories and derivation, s", "seconds"),
                       ("the same by the clock, s", "clock"), ("peak memory, MB", "megabytes")):  # fmt: skip
        print(f"| {label} | " + " | ".join(f"{row[key]:.1f}" for row in rows) + " |")
    print(f"\nTime grows by {rows[1]['seconds'] / rows[0]['seconds']:.2f} when the corpus doubles.")


if __name__ == "__main__":
    main()
