"""How well names are found and made one: ``python benchmarks/entities.py --gold PATH`` prints all tables in one run.

Mentions: exact spans and types PER, ORG, LOC. OntoNotes types map so: PERSON to PER; ORG to ORG; GPE, LOC and FAC to
LOC; nationalities (NORP) and all other types are left out on both sides, as UNER leaves them out.
Canonicalisation: B-cubed (Bagga and Baldwin 1998) over the mentions that the system and the gold data share.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from entities_gold import GoldDocument, ewt, gum
from spacy.tokens import Doc

from retold.model import Article, digest
from retold.naming import entities, models
from retold.reading.articles import read_all

MAPPED = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
HAND_MADE = Path(__file__).with_name("same_event_clusters.csv")
Span = tuple[str, int, int]
Spans = dict[Span, str]


def bare(articles: list[Article]) -> Spans:
    """What spaCy's pipeline marks, sentence by sentence, nothing done to it."""
    docs = recognised(tuple(s.text for a in articles for s in a.sentences))
    return {
        (s.article_id, s.start + e.start_char, s.start + e.end_char): MAPPED[e.label_]
        for a in articles
        for s in a.sentences
        for e in docs[s.text].ents
        if e.label_ in MAPPED
    }


@cache
def recognised(texts: tuple[str, ...]) -> dict[str, Doc]:
    """The model's reading of each text, the same one for all systems."""
    return dict(zip(texts, models.recognise(texts), strict=True))


def trimmed(articles: list[Article]) -> Spans:
    """The bare model with leading articles and possessives off: what the convention of the gold data alone explains."""
    texts = {a.id: a.text for a in articles}
    found: Spans = {}
    for (name, start, end), kind in bare(articles).items():
        text = texts[name][start:end]
        possessive = 2 * text.endswith(("'s", "’s"))
        article = 4 * text.lower().startswith("the ")
        found[(name, start + article, end - possessive)] = kind
    return found


def ours(articles: list[Article]) -> Spans:
    """What the room of naming says, from the same reading of the model."""
    docs = recognised(tuple(s.text for a in articles for s in a.sentences))
    for article in articles:
        article.mentions = entities.find(article, {s.id: docs[s.text] for s in article.sentences})
    entities.resolve(articles)
    return {(a.id, m.start, m.end): MAPPED[m.type] for a in articles for m in a.mentions if m.type in MAPPED}


def score(gold: Spans, found: Spans) -> tuple[float, float, float]:
    """Precision, recall and F1 of exact spans with their type."""
    right = sum(gold.get(span) == kind for span, kind in found.items())
    return prf(right, len(found), len(gold))


def prf(right: float, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall, F1 from counts; 0 where there is nothing to divide by."""
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def mention_table(name: str, documents: list[GoldDocument]) -> list[Article]:
    """Print the rows of one data set; return the articles as our system left them."""
    gold = {(d.article.id, *span): kind for d in documents for span, kind in d.spans.items()}
    systems: dict[str, Callable[[list[Article]], Spans]] = {"spaCy": bare, "spaCy trimmed": trimmed, "retold": ours}
    articles: list[Article] = []
    for system, run in systems.items():
        articles = [copy.deepcopy(d.article) for d in documents]
        found = run(articles)
        by_type = " ".join(f"{score(only(gold, t), only(found, t))[2]:9.3f}" for t in ("PER", "ORG", "LOC"))
        print(f"{name:10} {system:14} " + " ".join(f"{x:9.3f}" for x in score(gold, found)) + " " + by_type)
    return articles


def only(spans: Spans, kind: str) -> Spans:
    """The spans of one type."""
    return {span: k for span, k in spans.items() if k == kind}


def b_cubed(gold: Mapping[Span, str], found: Mapping[Span, str]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 over the mentions that both clusterings hold."""
    shared = [m for m in gold if m in found]
    sizes = [Counter(c[m] for m in shared) for c in (gold, found)]
    both = Counter((gold[m], found[m]) for m in shared)
    precision = sum(both[(gold[m], found[m])] / sizes[1][found[m]] for m in shared) / max(len(shared), 1)
    recall = sum(both[(gold[m], found[m])] / sizes[0][gold[m]] for m in shared) / max(len(shared), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def exact(articles: list[Article]) -> Spans:
    """Mentions of one spelling in one article are one: what the exact string alone gives."""
    return {(a.id, m.start, m.end): f"{a.id} {m.text}" for a in articles for m in a.mentions}


def canonical(articles: list[Article]) -> Spans:
    """Our entities, article by article, as GUM's clusters are."""
    return {(a.id, m.start, m.end): f"{a.id} {m.entity_id}" for a in articles for m in a.mentions}


def cluster_table(name: str, gold: Mapping[Span, str], systems: dict[str, Mapping[Span, str]]) -> None:
    """Print the B-cubed rows of one data set."""
    for system, found in systems.items():
        shared = sum(span in found for span in gold)
        print(f"{name:10} {system:14} " + " ".join(f"{x:9.3f}" for x in b_cubed(gold, found)) + f" {shared:9}")


def same_event(gold: Path) -> list[Article]:
    """The articles of ``same_event_clusters.csv``, read and named as a build does; one corpus of several events."""
    wanted = {article for article, _, _ in hand_made()}
    found = []
    for line in (gold / "same_event" / "articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in wanted:
            text = row["text"]
            found.append(Article(row["id"], row["id"], 1, None, "", text, digest(text), language="en"))
    read_all(found)
    ours(found)
    return found


def hand_made() -> dict[Span, str]:
    """Which mentions of some same_event articles are one entity, decided by reading, event by event."""
    with HAND_MADE.open(encoding="utf-8") as lines:
        return {(r["article"], int(r["start"]), int(r["end"])): r["cluster"] for r in csv.DictReader(lines)}


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of the gold data, with ewt/ and gum_news/")
    gold = parser.parse_args().gold
    head = f"{'system':14} {'precision':>9} {'recall':>9} {'F1':>9}"
    print(f"{'mentions':10} {head} {'F1 PER':>9} {'F1 ORG':>9} {'F1 LOC':>9}")
    mention_table("ewt", list(ewt(gold / "ewt")))
    documents = list(gum(gold / "gum_news"))
    articles = mention_table("gum_news", documents)
    print(f"\n{'B-cubed':10} {head} {'mentions':>9}")
    clusters = {(d.article.id, *span): f"{d.article.id} {c}" for d in documents for span, c in d.clusters.items()}
    cluster_table("gum_news", clusters, {"exact string": exact(articles), "retold": canonical(articles)})
    told = same_event(gold)
    by_event = {a.id: a.id.rsplit("_", 1)[0] for a in told}
    strings = {(a.id, m.start, m.end): f"{by_event[a.id]} {m.text}" for a in told for m in a.mentions}
    names = {(a.id, m.start, m.end): f"{by_event[a.id]} {m.entity_id}" for a in told for m in a.mentions}
    cluster_table("same_event", hand_made(), {"exact string": strings, "retold": names})


if __name__ == "__main__":
    main()
