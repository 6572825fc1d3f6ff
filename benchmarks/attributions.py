"""Source attributions against PolNeAR, beside the published systems that are installed.

    python benchmarks/attributions.py --gold FOLDER [--part dev|train-sample] [--causes]

FOLDER holds ``polnear/``. The texts go through the whole pipeline: layout, sentences, models, attributions. A system's
contents are matched to the gold ones one to one, best overlap first, where intersection over union of their characters
is at least 0.5; the first annotator counts where there are two. The kind of a gold content is direct where it begins
and ends with a quotation mark, mixed where it holds one, else indirect. A source is right where it overlaps the gold
source; matched attributions without a gold source are left out of that share.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.model import Article, Document
from retold.naming import attributions, models
from retold.reading.articles import article, read_all

Span = tuple[int, int]
MARKS = frozenset('"“”')
KINDS = ("direct", "mixed", "indirect")
SAMPLE = 5  # every so manieth article of train


@dataclass(frozen=True)
class Said:
    """One attribution: the parts of its source, cue and content as character ranges."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Page:
    name: str
    text: str
    gold: tuple[Said, ...]


def pages(folder: Path, part: str) -> list[Page]:
    """The articles of a part with the first annotator's attributions."""
    root = folder / "polnear" / part.partition("-")[0]
    first: dict[str, Path] = {}
    for path in sorted((root / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    names = sorted(first)[:: SAMPLE if part == "train-sample" else 1]
    return [_page(root / "text" / f"{name}.txt", first[name]) for name in names]


def _page(text: Path, annotations: Path) -> Page:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[str]] = []
    for line in annotations.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 1:
            ranges = cells[1].partition(" ")[2]
            spans[cells[0]] = tuple((int(a), int(b)) for a, b in (r.split() for r in ranges.split(";") if r.strip()))
        elif line.startswith("E") and len(cells) > 1:
            events.append(cells[1].split())
    return Page(text.stem, text.read_bytes().decode("utf-8"), tuple(_said(events, spans)))


def _said(events: list[list[str]], spans: dict[str, tuple[Span, ...]]) -> Iterator[Said]:
    for event in events:
        roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for entry in event:
            role, _, key = entry.partition(":")
            roles.setdefault(re.sub(r"\d+$", "", role), []).extend(spans.get(key, ()))
        if roles["Content"]:
            yield Said(*(tuple(sorted(roles[role])) for role in ("Source", "Cue", "Content")))


def retold(given: list[Page]) -> list[list[Said]]:
    """What this project finds, by way of the build's own steps."""
    articles = [article(Document(page.name, page.name, page.text)) for page in given]
    read_all(articles)
    return [[_row(a) for a in attributions.find(item, _parsed(item))] for item in articles]


def _parsed(item: Article) -> dict[str, models.Doc]:
    wanted = [s for s in item.sentences if s.kind != "furniture" and attributions.needs_parse(s.text)]
    return dict(zip((s.id for s in wanted), models.parse([s.text for s in wanted]), strict=True))


def _row(row: attributions.Attribution) -> Said:
    source = ((row.source_start, row.source_end),) if row.source_start is not None and row.source_end else ()
    return Said(source, ((row.cue_start, row.cue_end),), tuple(row.content_parts))


def textacy(given: list[Page]) -> list[list[Said]]:
    """textacy's ``direct_quotations``, a paragraph at a time (https://textacy.readthedocs.io)."""
    from textacy.extract import direct_quotations  # noqa: PLC0415 - optional

    found: list[list[Said]] = []
    for page in given:
        here: list[Said] = []
        for line in re.finditer(r"[^\n]*\S[^\n]*", page.text):
            at = line.start()
            for quote in _quotes(direct_quotations, models.english()(line.group())):
                inner = (at + quote.content.start_char, at + quote.content.end_char)
                sources = tuple((at + t.idx, at + t.idx + len(t)) for t in quote.speaker)
                here.append(Said(sources, (), (inner,)))
        found.append(here)
    return found


def _quotes(extract: Callable[[models.Doc], Iterator[Any]], doc: models.Doc) -> list[Any]:
    """textacy refuses a text with an odd number of quotation marks; such a paragraph then has none."""
    try:
        return list(extract(doc))
    except ValueError:
        return []


def gendergaptracker(given: list[Page]) -> list[list[Said]]:
    """The ``quote_extractor`` of https://github.com/sfu-discourse-lab/GenderGapTracker, where it is on the path."""
    from quote_extractor import extract_quotes  # type: ignore[import-not-found]  # noqa: PLC0415 - optional

    found: list[list[Said]] = []
    for page in given:
        quotes = extract_quotes(page.name, models.english()(page.text))
        found.append([Said(_ranges(q["speaker_index"]), (), _ranges(q["quote_index"])) for q in quotes])
    return found


def _ranges(index: str) -> tuple[Span, ...]:
    numbers = [int(n) for n in re.findall(r"\d+", str(index))]
    return ((numbers[0], numbers[1]),) if len(numbers) > 1 else ()


def kind(text: str, content: tuple[Span, ...]) -> str:
    words = " ".join(text[a:b] for a, b in content).strip(" .,")
    if not MARKS & set(words):
        return "indirect"
    return "direct" if words[0] in MARKS and words[-1] in MARKS else "mixed"


def _characters(spans: tuple[Span, ...]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def matched(gold: tuple[Said, ...], found: list[Said]) -> dict[int, int]:
    """Index of a gold attribution → index of the one that matches it."""
    wanted, given = [_characters(g.content) for g in gold], [_characters(f.content) for f in found]
    pairs = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(given):
            shared = len(one & other)
            if shared and shared / len(one | other) >= 0.5:
                pairs.append((-shared / len(one | other), i, j))
    kept: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in kept and j not in kept.values():
            kept[i] = j
    return kept


def score(given: list[Page], found: list[list[Said]]) -> dict[str, float]:
    """Precision, recall by kind, F1 and the share of right sources among matched attributions."""
    count: Counter[str] = Counter()
    for page, here in zip(given, found, strict=True):
        pairs = matched(page.gold, here)
        count.update(gold=len(page.gold), found=len(here), matched=len(pairs))
        for i, said in enumerate(page.gold):
            of = kind(page.text, said.content)
            count[f"gold {of}"] += 1
            count[f"matched {of}"] += i in pairs
            if i in pairs and said.source:
                count["sources"] += 1
                count["right"] += bool(_characters(said.source) & _characters(here[pairs[i]].source))
    precision, recall = count["matched"] / max(1, count["found"]), count["matched"] / max(1, count["gold"])
    scores = {"precision": precision}
    scores |= {k: count[f"matched {k}"] / max(1, count[f"gold {k}"]) for k in KINDS}
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return scores | {"recall": recall, "F1": f1, "source": count["right"] / max(1, count["sources"])}


def causes(given: list[Page], found: list[list[Said]]) -> Counter[str]:
    """Why gold attributions were missed, told apart by what stands at the gold cue and content."""
    why: Counter[str] = Counter()
    for page, here in zip(given, found, strict=True):
        pairs = matched(page.gold, here)
        for i, said in enumerate(page.gold):
            if i not in pairs:
                why[_cause(page.text, said, here)] += 1
    return why


def _cause(text: str, said: Said, here: list[Said]) -> str:
    wanted, cue = _characters(said.content), _characters(said.cue)
    of = kind(text, said.content)
    overlap = [f for f in here if _characters(f.content) & wanted]
    same = [f for f in overlap if _characters(f.cue) & cue]
    if same:
        longer = sum(len(_characters(f.content)) for f in same) > len(wanted)
        return f"{of}: cue found, content too {'long' if longer else 'short'}"
    if any(_characters(f.content) & cue for f in here):
        return f"{of}: cue lies in the content of another attribution"
    if overlap:
        return f"{of}: content found under another cue"
    if any(_characters(f.cue) & cue for f in here):
        return f"{of}: cue found, other content taken"
    if not cue:
        return f"{of}: the annotators mark no cue"
    return f"{of}: {_cue_form(' '.join(text[a:b] for a, b in said.cue))}"


def _cue_form(cue: str) -> str:
    from retold.naming.attributions import cues as lexicon  # noqa: PLC0415 - only for the list of causes

    words = [w for w in re.findall(r"[\w’'-]+", cue)]
    if not words:
        return "cue is a mark only (colon, dash, quotation mark)"
    if len(words) == 1 and words[0].lower() in {"in", "of", "to", "on", "by", "for", "from", "about", "under", "with"}:
        return "cue is a preposition"
    if not lexicon.has_cue(cue):
        return f"{'phrase' if len(words) > 2 else 'word'} not in the lexicon"
    return f"{'phrase around a word' if len(words) > 2 else 'word'} of the lexicon in a frame it does not open"


SYSTEMS: dict[str, Callable[[list[Page]], list[list[Said]]]] = {
    "Retold": retold,
    "textacy direct_quotations": textacy,
    "GenderGapTracker": gendergaptracker,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder that holds polnear/")
    parser.add_argument("--part", choices=("dev", "train-sample"), default="dev")
    parser.add_argument("--causes", action="store_true", help="list the most frequent causes of misses")
    options = parser.parse_args()
    given = pages(options.gold, options.part)
    print(f"PolNeAR {options.part}: {len(given)} articles, {sum(len(p.gold) for p in given)} attributions")
    print(
        f"{'system':28}{'precision':>10}"
        + "".join(f"{k:>10}" for k in KINDS)
        + "    recall        F1    source   seconds"
    )
    for name, system in SYSTEMS.items():
        began = time.perf_counter()
        try:
            found = system(given)
        except ImportError:
            print(f"{name:28}not installed")
            continue
        numbers = "".join(f"{value:10.3f}" for value in score(given, found).values())
        print(f"{name:28}{numbers}{time.perf_counter() - began:10.1f}", flush=True)
        if options.causes and name == "Retold":
            print("\n".join(f"  {n:5}  {cause}" for cause, n in causes(given, found).most_common(20)))


if __name__ == "__main__":
    main()
