"""Kinds of blocks on hand-labelled pages: precision, recall and F1 per kind.

    python benchmarks/layout.py [--errors] [--part dev|heldout|fresh]

The pages under ``benchmarks/layout_pages/`` are made up for this measurement. Each line is ``kind<TAB>text``. A kind
with ``+`` before it goes on with the line above after a blank (a dateline and its lead), one with ``&`` goes on with
the paragraph on a new line (text wrapped to a width). Every page is laid out in two ways, with single line breaks and
with an empty line between paragraphs. A labelled line counts as right if most of its characters lie in blocks of its
kind. ``dev`` was at hand while the rules were written. ``heldout`` and, later, ``fresh`` were written before any rule
had been run on them; their first figures, and what they are since their errors were read, are in
``docs/users/layout.md``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from retold.model import Kind
from retold.reading import layout

PAGES = Path(__file__).parent / "layout_pages"
PARTS = ["dev", "heldout", "fresh"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Page:
    """The text of a page and its labelled stretches: (start, end, kind)."""

    name: str
    text: str = ""
    labels: list[tuple[int, int, str]] = field(default_factory=list)


def read(path: Path, separator: str) -> Page:
    """A page as text, its paragraphs separated by ``separator``; empty lines of the file are kept."""
    page = Page(path.stem)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            page.text += "\n"
            continue
        kind, text = line.split("\t", 1)
        joint = " " if kind.startswith("+") else "\n" if kind.startswith("&") else separator
        page.text += joint if page.text else ""
        start = len(page.text) + len(text) - len(text.lstrip())
        page.text += text
        page.labels.append((start, len(page.text.rstrip()), kind.lstrip("+&")))
    return page


def predicted(page: Page) -> list[str]:
    """The kind that covers most of each labelled stretch."""
    kinds = [""] * len(page.text)
    for block in layout.blocks(page.text):
        kinds[block.start : block.end] = [block.kind] * (block.end - block.start)
    return [Counter(kinds[start:end]).most_common(1)[0][0] for start, end, _ in page.labels]


def measure(pages: list[Page], errors: bool) -> Counter[tuple[str, str]]:
    """How often each pair of (labelled kind, found kind) occurs."""
    pairs: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for (start, end, kind), found in zip(page.labels, predicted(page), strict=True):
            pairs[kind, found] += 1
            if errors and kind != found:
                print(f"    {page.name[:22]:22} {kind:10} found as {found:10} {page.text[start:end][:90]!r}")
    return pairs


def table(title: str, pairs: Counter[tuple[str, str]]) -> None:
    print(f"\n{title}\n{'kind':12}{'lines':>6}  precision  recall     F1")
    scores = []
    for kind in KINDS:
        right = pairs[kind, kind]
        found = sum(n for (_, other), n in pairs.items() if other == kind)
        gold = sum(n for (label, _), n in pairs.items() if label == kind)
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        scores.append(f1)
        print(f"{kind:12}{gold:6}      {precision:.3f}   {recall:.3f}  {f1:.3f}")
    accuracy = sum(n for (label, found), n in pairs.items() if label == found) / sum(pairs.values())
    print(f"{'all':12}{sum(pairs.values()):6}   accuracy {accuracy:.3f}  macro F1 {sum(scores) / len(scores):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print every line that was given another kind")
    parser.add_argument("--part", choices=PARTS, help="one part only")
    options = parser.parse_args()
    for part in [options.part] if options.part else PARTS:
        for title, separator in (("line breaks", "\n"), ("empty lines", "\n\n")):
            pages = [read(path, separator) for path in sorted((PAGES / part).glob("*.tsv"))]
            table(f"{part}, {len(pages)} pages, {title} between paragraphs", measure(pages, options.errors))


if __name__ == "__main__":
    main()
