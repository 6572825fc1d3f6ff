"""Stories and derivations on public sets: are the right articles together, and does nothing derive across stories?

    python benchmarks/stories.py --gold GOLD

A few files of onestop_english lie under another story's name; figures are given for all files as labelled and without
the stories concerned (``corpora.MISFILED``).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import corpora
from corpora import Labelled


def report(name: str, labelled: Labelled) -> None:
    started = time.perf_counter()
    stories, derivations = corpora.trace(labelled.articles)
    seconds = time.perf_counter() - started
    precision, recall, f1 = corpora.pair_f1(stories, labelled)
    story = {a.id: labelled.story[a.document] for a in labelled.articles}
    across = sum(story[d.source_article_id] != story[d.article_id] for d in derivations)
    print(
        f"| {name} | {len(labelled.articles)} | {precision:.3f} | {recall:.3f} | {f1:.4f} | {len(derivations)} "
        f"| {across} | {seconds:.1f} s |"
    )


def without_misfiled(labelled: Labelled) -> Labelled:
    kept = [a for a in labelled.articles if labelled.story[a.document] not in corpora.MISFILED]
    return Labelled(kept, labelled.story)


def first_levels(labelled: Labelled) -> None:
    """How often the most complete level was taken for the source."""
    by_id = {a.id: a for a in labelled.articles}
    found, _ = corpora.trace(labelled.articles)
    sources = [by_id[s.source_article_id].document for s in found if s.source_article_id]
    print(
        "\nSource of a onestop_english story is its fullest level: "
        f"{sum('.adv.' in d for d in sources)} of {len(sources)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    gold = parser.parse_args().gold
    levels, events = corpora.onestop(gold), corpora.same_event(gold)
    clean = without_misfiled(levels)
    print("| set | articles | pair precision | pair recall | pair F1 | derivations | across stories | time |")
    print("|---|---|---|---|---|---|---|---|")
    report("onestop_english as labelled", levels)
    report("onestop_english, misfiled stories left out", clean)
    report("same_event", events)
    report("both in one corpus", corpora.together(clean, events))
    first_levels(clean)


if __name__ == "__main__":
    main()
