"""How much of a news page's body is found, and how little else: token 4-gram shingles against a hand-made body.

The measure is that of the article-extraction benchmark (Scrapinghub): per page, shingles in common, missing and too
many are counted with their multiplicity; precision and recall are averaged over pages, and F1 is theirs. Rows:
trafilatura as it comes, the text that Retold stores, and the body sentences that its layout finds in that text.

    python benchmarks/html_body.py --gold FOLDER    (holding article_html/ with ground-truth.json and html/*.html.gz)
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from retold.model import Document
from retold.reading import articles, documents

SHINGLE = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(max(1, len(tokens) - SHINGLE + 1)))


def precision_recall(truth: str, found: str) -> tuple[float, float]:
    """Of one page; an empty answer has precision 0, as nothing of the body was found."""
    wanted, got = shingles(truth), shingles(found)
    common = sum((wanted & got).values())
    return common / max(1, sum(got.values())), common / max(1, sum(wanted.values()))


def pages(folder: Path, truth: dict[str, dict[str, str]]) -> dict[str, Path]:
    return {page: folder / "html" / f"{page}.html.gz" for page in sorted(truth)}


def alone(files: dict[str, Path]) -> dict[str, str]:
    """Trafilatura as it comes, comments left out."""
    opened = {page: gzip.decompress(path.read_bytes()) for page, path in files.items()}
    return {page: trafilatura.extract(data, include_comments=False) or "" for page, data in opened.items()}


def stored(files: dict[str, Path]) -> dict[str, str]:
    """The text of the article as Retold reads it."""
    return {page: document.text for page, document in _documents(files).items()}


def body(files: dict[str, Path], kinds: frozenset[str] = frozenset({"body"})) -> dict[str, str]:
    """The sentences of prose among it; the furniture that recurs is looked for over all pages together."""
    corpus = {page: articles.article(document) for page, document in _documents(files).items()}
    articles.read_all(list(corpus.values()))
    return {page: "\n".join(s.text for s in one.sentences if s.kind in kinds) for page, one in corpus.items()}


def body_with_subheadings(files: dict[str, Path]) -> dict[str, str]:
    """The same with the headings between paragraphs, which the hand-made bodies count as body."""
    return body(files, frozenset({"body", "subheading"}))


def _documents(files: dict[str, Path]) -> dict[str, Document]:
    read = {page: next(documents.read([path])) for page, path in files.items()}
    return {page: one for page, one in read.items() if isinstance(one, Document)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--worst", type=int, default=0, help="list this many pages on which the last row does worst")
    given = parser.parse_args()
    folder = given.gold / "article_html" if (given.gold / "article_html").is_dir() else given.gold
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    files = pages(folder, truth)
    systems: dict[str, Callable[[dict[str, Path]], dict[str, str]]] = {
        "trafilatura alone": alone,
        "retold: text": stored,
        "retold: body": body,
        "retold: body, subheadings": body_with_subheadings,
    }
    print(f"{len(files)} pages\n{'system':<26} precision  recall      F1  seconds")
    scores: dict[str, tuple[float, float]] = {}
    for name, system in systems.items():
        started = time.perf_counter()
        found = system(files)
        seconds = time.perf_counter() - started
        scores = {page: precision_recall(truth[page]["articleBody"], found.get(page, "")) for page in files}
        precision, recall = (sum(score[side] for score in scores.values()) / len(scores) for side in (0, 1))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(f"{name:<26}     {precision:.3f}   {recall:.3f}   {f1:.4f}  {seconds:7.1f}")
    for page, (precision, recall) in sorted(scores.items(), key=lambda item: item[1][0] * item[1][1])[: given.worst]:
        print(f"{precision:.2f} {recall:.2f} {truth[page].get('url', page)}")


if __name__ == "__main__":
    main()
