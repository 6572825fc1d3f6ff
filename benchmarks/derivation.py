"""The degree of reuse on Clough and Stevenson's answers, beside what METER's authors reached on theirs.

    python benchmarks/derivation.py --gold GOLD

Each answer is measured against its original, as one of two articles of a story. METER's degrees say how much of the
content comes from the source, the set's categories how much of the wording does, so two mappings are shown. The
probability behind a derivation is checked in bins against what it should mean (is there any derivation?).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import corpora

from retold.model import Article, Story
from retold.tracing import derivation, profiles
from retold.tracing.derivation.kinship import Comparer

CLASSES = ("wholly", "partially", "non")
BY_WORDING = {"cut": "wholly", "light": "partially", "heavy": "partially", "non": "non"}
BY_CONTENT = {"cut": "wholly", "light": "wholly", "heavy": "partially", "non": "non"}


def degrees(labelled: corpora.Labelled, category: dict[str, str]) -> list[tuple[str, str, float]]:
    """The category, the degree found and the probability of each answer."""
    originals = {labelled.story[a.document]: a for a in labelled.articles if category[a.document] == "orig"}
    corpus = profiles.corpus(labelled.articles)
    comparer = Comparer(corpus)
    found = []
    for article in labelled.articles:
        if category[article.document] == "orig":
            continue
        original = originals[labelled.story[article.document]]
        derived = pair(original, article, corpus)
        score = derivation.score(*comparer.both(corpus.by_id[original.id], corpus.by_id[article.id]))
        found.append((category[article.document], derived, score))
    return found


def pair(original: Article, article: Article, corpus: profiles.Corpus) -> str:
    """The degree of an answer, whichever of the two is taken for the source: the task gives the direction."""
    story = Story("s-pair", "", None, [original.id, article.id])
    rows = derivation.derive(story, [original, article], corpus)
    if not rows:
        return "non"
    comparer = Comparer(corpus)
    forward, _ = comparer.both(corpus.by_id[original.id], corpus.by_id[article.id])
    return derivation.degree(forward)


def macro_f1(gold: list[str], found: list[str]) -> tuple[float, float]:
    """Unweighted mean F1 over the classes, and accuracy."""
    scores = []
    for name in CLASSES:
        right = sum(g == f == name for g, f in zip(gold, found, strict=True))
        scores.append(2 * right / max(gold.count(name) + found.count(name), 1))
    return sum(scores) / len(scores), sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    labelled, category = corpora.answers(parser.parse_args().gold)
    found = degrees(labelled, category)
    print("| category | wholly | partially | non |\n|---|---|---|---|")
    for name in BY_WORDING:
        counts = Counter(degree for kind, degree, _ in found if kind == name)
        print(f"| {name} | " + " | ".join(str(counts[c]) for c in CLASSES) + " |")
    print("\n| mapping | three-class F1 | accuracy |\n|---|---|---|")
    for title, mapping in (("by wording: light is partial", BY_WORDING), ("by content: light is whole", BY_CONTENT)):
        f1, accuracy = macro_f1([mapping[k] for k, _, _ in found], [d for _, d, _ in found])
        print(f"| {title} | {f1:.3f} | {accuracy:.3f} |")
    two = [("non" if k == "non" else "wholly", "non" if d == "non" else "wholly") for k, d, _ in found]
    print(f"| derived at all or not: accuracy | | {sum(a == b for a, b in two) / len(two):.3f} |")
    print("| METER's authors on METER (another corpus) | .664 | |")
    print("\n| probability | answers | of these derived |\n|---|---|---|")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [kind != "non" for kind, _, score in found if low <= score < low + 0.2 + (low == 0.8)]
        print(f"| {low:.1f} to {low + 0.2:.1f} | {len(inside)} | {sum(inside)} |")


if __name__ == "__main__":
    main()
