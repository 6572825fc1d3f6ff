"""The labelled sets as articles, read as the product reads any other, with the story each one belongs to."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from retold.model import Article, Derivation, Document, Story
from retold.naming import pipeline as naming
from retold.reading import articles as reading
from retold.tracing import derivation, profiles, stories

MISFILED = frozenset({"wnl-use-of-e-cig", "wnl-tributes", "wnl-arctic-ramadan"})
"""Stories of onestop_english whose files the public set holds under another's name (their texts say so)."""


@dataclass
class Labelled:
    """Articles, and for each document the name of its true story."""

    articles: list[Article]
    story: dict[str, str]


def onestop(gold: Path) -> Labelled:
    """126 articles at three levels of difficulty; each article is a story."""
    files = sorted((gold / "onestop_english").glob("*.txt"))
    documents = [_document(f"onestop/{f.name}", f.read_text(encoding="utf-8-sig")) for f in files]
    return Labelled(_read(documents), {d.document: d.document.split("/")[1].split(".")[0] for d in documents})


def same_event(gold: Path) -> Labelled:
    """50 events, each reported by three outlets, mostly on their own."""
    rows = [json.loads(line) for line in (gold / "same_event" / "articles.jsonl").read_text("utf-8").splitlines()]
    documents, story = [], {}
    for row in rows:
        known = {name: row[name] for name in ("title", "publisher", "published") if row[name]}
        documents.append(_document(f"event/{row['id']}.txt", f"{row['title']}\n\n{row['text']}", known))
        story[documents[-1].document] = row["event"]
    return Labelled(_read(documents), story)


def answers(gold: Path) -> tuple[Labelled, dict[str, str]]:
    """Five originals and the answers made from them or not; and the category of each answer."""
    folder = gold / "clough_stevenson"
    with (folder / "categories.csv").open(encoding="utf-8") as lines:
        category = {f"answer/{row['File']}": row["Category"] for row in csv.DictReader(lines)}
    documents = [_document(name, (folder / name[7:]).read_text("utf-8", errors="replace")) for name in sorted(category)]
    return Labelled(_read(documents), {d.document: d.document[-5] for d in documents}), category


def _document(name: str, text: str, known: dict[str, str] | None = None) -> Document:
    return Document(name, name, text.replace("\r\n", "\n").replace("\r", "\n"), metadata=known or {})


def _read(documents: list[Document]) -> list[Article]:
    articles = [reading.article(one) for one in documents]
    reading.read_all(articles)
    naming.name(articles)
    return articles


def together(*sets: Labelled) -> Labelled:
    return Labelled([a for s in sets for a in s.articles], {k: v for s in sets for k, v in s.story.items()})


def trace(articles: list[Article]) -> tuple[list[Story], list[Derivation]]:
    """Stories and derivations of a corpus, as the build makes them."""
    corpus = profiles.corpus(articles)
    by_id = {a.id: a for a in articles}
    found = stories.group(articles, corpus)
    return found, [d for s in found for d in derivation.derive(s, [by_id[i] for i in s.article_ids], corpus)]


def pair_f1(found: Iterable[Story], labelled: Labelled) -> tuple[float, float, float]:
    """Precision, recall and F1 over the pairs of articles put into one story."""
    name = {a.id: labelled.story[a.document] for a in labelled.articles}
    put = [(a, b) for s in found for a, b in combinations(s.article_ids, 2) if a in name and b in name]
    right = sum(name[a] == name[b] for a, b in put)
    true = sum(n * (n - 1) // 2 for n in Counter(name.values()).values())
    precision, recall = right / max(len(put), 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
