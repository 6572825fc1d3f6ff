"""How many suggestions an edge gets, and how often people who judged them agreed.

    python benchmarks/suggestions.py [--gold PATH] [--show LABEL] [--limit N]

Corpora: the seeds; with ``--gold``, pairs of ``onestop_english`` (advanced to intermediate and to elementary level)
and of ``same_event`` (two outlets on one event). Judgements stand in ``benchmarks/judgements.csv``: a key made of the
articles, the label and the offsets, the label, the verdict (``right``, ``wrong``) and the corpus; never any text.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retold.model import Article, Document, Edge, Suggestion, digest
from retold.naming import pipeline as naming
from retold.reading import articles as reading
from retold.tracing import alignment, changes
from retold.tracing import pipeline as tracing

HERE = Path(__file__).parent
JUDGEMENTS = HERE / "judgements.csv"


@dataclass(slots=True)
class Found:
    """One suggestion with all that is needed to read it."""

    corpus: str
    source: Article
    article: Article
    edge: Edge
    suggestion: Suggestion

    @property
    def key(self) -> str:
        """Stable while articles and evidence stay: it does not depend on edges or on rule names."""
        s = self.suggestion
        offsets = (s.source_start, s.source_end, s.start, s.end)
        return "j-" + digest(self.source.sha256, self.article.sha256, s.label, *(str(n) for n in offsets))


def read(texts: list[tuple[str, str, dict[str, str]]]) -> list[Article]:
    """Articles from names, texts and metadata, through the rooms of reading and naming."""
    found = [reading.article(Document(name, name, text, metadata=metadata)) for name, text, metadata in texts]
    reading.read_all(found)
    naming.name(found)
    return found


def compared(corpus: str, source: Article, article: Article) -> tuple[list[Edge], list[Found]]:
    """Edges and suggestions of one pair of articles."""
    edges = alignment.align(source, article)
    by_id = {edge.id: edge for edge in edges}
    found = changes.suggest(edges, source, article)
    return edges, [Found(corpus, source, article, by_id[s.change_id], s) for s in found]


def pairs(gold: Path | None, limit: int) -> Iterator[tuple[str, Article, Article]]:
    """Pairs of articles of every corpus asked for."""
    yield from _seeds()
    if gold is None:
        return
    for corpus, texts in (("onestop_english", _onestop(gold, limit)), ("same_event", _same_event(gold, limit))):
        articles = read([item for group in texts for item in group])
        at = 0
        for group in texts:
            head, *rest = articles[at : at + len(group)]
            at += len(group)
            yield from ((corpus, head, other) for other in rest)


def _seeds() -> Iterator[tuple[str, Article, Article]]:
    files = sorted((HERE.parent / "seeds").glob("*.txt"))
    articles = read([(path.name, path.read_text("utf-8"), {}) for path in files])
    by_id = {article.id: article for article in articles}
    for one in tracing.trace(articles).derivations:
        yield "seeds", by_id[one.source_article_id], by_id[one.article_id]


def _onestop(gold: Path, limit: int) -> list[list[tuple[str, str, dict[str, str]]]]:
    names = sorted((gold / "onestop_english").glob("*.adv.txt"))
    step = max(1, len(names) // limit)
    levels = ("adv", "int", "ele")
    return [
        [(p.name, p.read_text("utf-8-sig"), {}) for p in (Path(str(n).replace(".adv.", f".{v}.")) for v in levels)]
        for n in names[::step][:limit]
    ]


def _same_event(gold: Path, limit: int) -> list[list[tuple[str, str, dict[str, str]]]]:
    events: dict[str, list[tuple[str, str, dict[str, str]]]] = defaultdict(list)
    for line in (gold / "same_event" / "articles.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        metadata = {key: row[key] for key in ("title", "publisher", "published") if row.get(key)}
        events[row["event"]].append((f"{row['id']}.txt", row["text"], metadata))
    return list(events.values())[:limit]


def judged() -> dict[str, str]:
    """Verdict by key."""
    if not JUDGEMENTS.exists():
        return {}
    with JUDGEMENTS.open(newline="", encoding="utf-8") as file:
        return {row["key"]: row["verdict"] for row in csv.DictReader(file)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder with onestop_english and same_event")
    parser.add_argument("--limit", type=int, default=20, help="texts or events of each gold corpus (default 20)")
    parser.add_argument("--show", metavar="LABEL", help="print the suggestions of a label, or of all, to be judged")
    options = parser.parse_args()
    edges: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    everything: list[Found] = []
    seconds = 0.0
    for corpus, source, article in pairs(options.gold, options.limit):
        start = time.perf_counter()
        new, found = compared(corpus, source, article)
        seconds += time.perf_counter() - start
        edges[corpus] += len(new)
        suggested[corpus] += len({f.edge.id for f in found})
        everything += found
    if options.show:
        show([f for f in everything if options.show in (f.suggestion.label, f.suggestion.rule, "all")])
    report(edges, suggested, everything, seconds)


def show(found: list[Found]) -> None:
    """Every suggestion with its evidence, for reading."""
    verdicts = judged()
    for f in found:
        s = f.suggestion
        print(f"\n{f.key} {s.label} {s.rule} {s.confidence} {f.corpus} {f.edge.operation} {verdicts.get(f.key, '-')}")
        print("  wire:", " ".join(x.text for x in f.edge.source_sentences))
        print("  here:", " ".join(x.text for x in f.edge.sentences))
        print(f"  [{s.before}] -> [{s.after}]\n  {s.explanation}")


def report(edges: Counter[str], suggested: Counter[str], found: list[Found], seconds: float) -> None:
    """The table."""
    print(f"\n{'corpus':18}{'edges':>8}{'with any':>10}{'suggestions':>13}{'per such edge':>15}")
    totals = Counter(f.corpus for f in found)
    for corpus in edges:
        rate = totals[corpus] / max(1, suggested[corpus])
        print(f"{corpus:18}{edges[corpus]:8}{suggested[corpus]:10}{totals[corpus]:13}{rate:15.2f}")
    print(f"seconds for edges and suggestions: {seconds:.1f}")
    verdicts = judged()
    print(f"\n{'label':22}{'suggested':>10}{'judged':>8}{'right':>7}{'precision':>11}")
    for label in changes.label_order():
        mine = [f for f in found if f.suggestion.label == label]
        known = [verdicts[f.key] for f in mine if f.key in verdicts]
        right = known.count("right")
        share = f"{right / len(known):.2f}" if known else "-"
        print(f"{label:22}{len(mine):10}{len(known):8}{right:7}{share:>11}")


if __name__ == "__main__":
    main()
