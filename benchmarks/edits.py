"""How well the operations of our edges agree with the edits that people labelled in SWiPE (Laban et al., ACL 2023).

    python benchmarks/edits.py --gold PATH [--limit N]

``PATH/swipe/swipe_val.json`` holds pairs of encyclopaedia articles, one a simplification of the other, with every edit
labelled. Mapping of its categories to ours:

    syntactic_sentence_splitting                      split
    syntactic_sentence_fusion                         merged
    discourse_reordering                              moved, where most of a sentence changes place past another
    semantic_deletion, nonsim_noise_deletion,
      syntactic_deletion                              dropped, where the edits take away a whole sentence
    semantic_elaboration_*,
      nonsim_extraneous_information, nonsim_general   added, where the edits make a whole sentence

The other categories are changes inside a sentence and have no operation of their own. An edit counts as found if an
edge with the operation holds one of the sentences in which the edit lies; an edge counts as right if it holds such an
edit. "Whole" means that the edits of the category cover at least 80 % of the sentence's characters.

Most reorderings of the set are phrases that change place inside a sentence or cross into the next one; they leave no
trace in the order of sentences. One counts for ``moved`` only where it takes away half or more of a source sentence and
puts in half or more of an article sentence, and a sentence at least half of whose text is unedited lies between the
two places. How many are left out is printed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retold.model import Article, Block, Document, Edge, Sentence
from retold.naming import pipeline as naming
from retold.reading import articles as reading
from retold.reading import sentences
from retold.tracing import alignment

WHOLE = 0.8
DELETIONS = frozenset({"semantic_deletion", "nonsim_noise_deletion", "syntactic_deletion"})
INSERTIONS = frozenset({"nonsim_extraneous_information", "nonsim_general"})
OPERATIONS = ("split", "merged", "moved", "dropped", "added")
Span = tuple[int, int]


class Pair:
    """One pair of articles with the places of its labelled edits on both sides."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.source = article(row["_id"] + "-r", row["r_content"])
        self.article = article(row["_id"] + "-s", row["s_content"])
        self.places = places(row["edits"], self.source.text, self.article.text)
        self.unedited = [edit["type"] == "equal" for edit in row["edits"]]
        self.labelled: list[tuple[str, list[int]]] = [(a["category"], a["opis"]) for a in row["annotations"]]

    def touched(self, edits: list[int], side: int, around: bool = False) -> set[str]:
        """The sentences of a side in which the edits lie; ``around`` takes in the one on either side of a boundary."""
        owner = (self.source, self.article)[side]
        found = set()
        for index in edits:
            start, end = self.places[index][side]
            reach = (start - 2, end + 2) if around else (start, end)
            found |= {s.id for s in owner.sentences if s.start < reach[1] and reach[0] < s.end}
        return found

    def most(self, edits: list[int], side: int) -> set[str]:
        """The sentences of a side that the edits cover by half or more."""
        owner = (self.source, self.article)[side]
        spans = [self.places[i][side] for i in edits]
        return {s.id for s in owner.sentences if covered(s, spans) >= 0.5 * (s.end - s.start)}

    def passes_another(self, edits: list[int]) -> bool:
        """Whether the edits move most of a sentence from one side of a sentence that stays to its other side."""
        taken, put = self.most(edits, 0), self.most(edits, 1)
        if not taken or not put:
            return False
        kept = [article for (_, article), same in zip(self.places, self.unedited, strict=True) if same]
        deleted = [self.places[i][1] for i in edits if self.places[i][1][0] == self.places[i][1][1]]
        inserted = [self.places[i][1] for i in edits if self.places[i][1][0] < self.places[i][1][1]]
        gaps = [(min(a[1], b[1]), max(a[0], b[0])) for a in deleted for b in inserted]
        return any(
            start <= s.start and s.end <= end and 2 * covered(s, kept) >= s.end - s.start
            for start, end in gaps
            for s in self.article.sentences
        )

    def whole(self, categories: frozenset[str], prefix: str, side: int) -> set[str]:
        """The sentences that edits of these categories cover almost wholly."""
        owner = (self.source, self.article)[side]
        edits = {i for c, opis in self.labelled if c in categories or (prefix and c.startswith(prefix)) for i in opis}
        spans = [self.places[i][side] for i in sorted(edits)]
        return {s.id for s in owner.sentences if covered(s, spans) >= WHOLE * (s.end - s.start)}


def covered(sentence: Sentence, spans: list[Span]) -> int:
    return sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in spans)


def article(name: str, text: str) -> Article:
    """An article whose every line is a paragraph of prose."""
    made = reading.article(Document(name, name, text))
    at, blocks = 0, []
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block(start, start + len(line.strip()), "body", number))
        at += len(line) + 1
    made.sentences = sentences.split(made, blocks)
    return made


def places(edits: list[dict[str, Any]], source: str, text: str) -> list[tuple[Span, Span]]:
    """Where each edit stands in either text, found by counting characters other than spaces."""
    solid = [[i for i, c in enumerate(t) if not c.isspace()] for t in (source, text)]
    at = [0, 0]
    found = []
    for edit in edits:
        spans: list[Span] = []
        for side, absent in ((0, "insert"), (1, "delete")):
            content = (
                "" if edit["type"] == absent else edit.get("text") or edit.get("delete") or edit.get("insert") or ""
            )
            length = sum(not c.isspace() for c in content)
            spans.append(stretch(solid[side], at[side], length))
            at[side] += length
        found.append((spans[0], spans[1]))
    if at != [len(solid[0]), len(solid[1])]:
        raise ValueError("the edits do not spell the texts")
    return found


def stretch(solid: list[int], first: int, length: int) -> Span:
    if not solid:
        return 0, 0
    start = solid[min(first, len(solid) - 1)]
    return (start, solid[min(first + length, len(solid)) - 1] + 1) if length else (start, start)


def pairs(path: Path, limit: int | None) -> Iterator[Pair]:
    for row in json.loads(path.read_text("utf-8"))[:limit]:
        try:
            yield Pair(row)
        except ValueError:
            continue


def ids(edge: Edge) -> set[str]:
    return {s.id for s in [*edge.source_sentences, *edge.sentences]}


def gold(pair: Pair) -> dict[str, list[set[str]]]:
    """By operation, each labelled edit as the sentences that would show it."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for category, edits in pair.labelled:
        if category == "syntactic_sentence_splitting":
            found["split"].append(pair.touched(edits, 1, around=True))
        elif category == "syntactic_sentence_fusion":
            found["merged"].append(pair.touched(edits, 0, around=True))
        elif category == "discourse_reordering" and pair.passes_another(edits):
            found["moved"].append(pair.most(edits, 0) | pair.most(edits, 1))
    found["dropped"] = [{i} for i in sorted(pair.whole(DELETIONS, "", 0))]
    found["added"] = [{i} for i in sorted(pair.whole(INSERTIONS, "semantic_elaboration", 1))]
    return found


def score(pair: Pair, edges: list[Edge], counts: dict[str, Counter[str]]) -> None:
    wanted = gold(pair)
    for operation in OPERATIONS:
        mine = [ids(e) for e in edges if (e.moved if operation == "moved" else e.operation == operation)]
        if operation in ("dropped", "added"):  # one row may hold several sentences: count sentences
            mine = [{i} for one in mine for i in sorted(one)]
        count = counts[operation]
        count["gold"] += len(wanted[operation])
        count["found"] += sum(any(one & other for other in mine) for one in wanted[operation])
        count["ours"] += len(mine)
        count["right"] += sum(any(one & other for other in wanted[operation]) for one in mine)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder that holds swipe/swipe_val.json")
    parser.add_argument("--limit", type=int, help="only the first N pairs")
    options = parser.parse_args()
    found = list(pairs(options.gold / "swipe" / "swipe_val.json", options.limit))
    naming.name([a for pair in found for a in (pair.source, pair.article)])
    counts: dict[str, Counter[str]] = {operation: Counter() for operation in OPERATIONS}
    start = time.perf_counter()
    for pair in found:
        score(pair, alignment.align(pair.source, pair.article), counts)
    seconds = time.perf_counter() - start
    reorderings = sum(c == "discourse_reordering" for pair in found for c, _ in pair.labelled)
    print(f"{len(found)} pairs, aligned in {seconds:.1f} s")
    print(f"{reorderings} reorderings labelled, {counts['moved']['gold']} of them of a sentence past another\n")
    print(f"{'operation':12}{'labelled':>10}{'found':>8}{'recall':>9}{'ours':>8}{'right':>8}{'precision':>11}")
    for operation, c in counts.items():
        recall, precision = c["found"] / max(1, c["gold"]), c["right"] / max(1, c["ours"])
        print(f"{operation:12}{c['gold']:10}{c['found']:8}{recall:9.2f}{c['ours']:8}{c['right']:8}{precision:11.2f}")


if __name__ == "__main__":
    main()
