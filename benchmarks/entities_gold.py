"""Reading the gold data of the entity benchmark: UNER's EWT and GUM's news documents, as articles and spans of theirs.

Both become articles whose sentences are the gold sentences, so that the measure is of names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retold.model import Article, Sentence, digest

# Titles that the treebank treats as part of a person's name.
TITLES = set(
    "Prime Minister President Vice Sir Dr Mr Mrs Ms Professor Emeritus Senator Secretary General Major".split()
)
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass(slots=True)
class GoldDocument:
    """An article and its names: (start, end, type), and for GUM the coreference id of each span."""

    article: Article
    spans: dict[tuple[int, int], str] = field(default_factory=dict)
    clusters: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Token:
    """A token of a CoNLL file with its place in the article's text."""

    form: str
    start: int
    end: int
    columns: list[str]


def blocks(path: Path) -> Iterator[tuple[str | None, str, list[list[str]]]]:
    """(document id if one begins here, text, rows) of each sentence of a CoNLL-like file."""
    for chunk in re.split(r"\n\s*\n", path.read_text("utf-8").strip()):
        lines = chunk.split("\n")
        new = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# newdoc id")), None)
        text = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# text =")), "")
        yield new, text, [line.split("\t") for line in lines if re.match(r"\d+\t", line)]


def documents(path: Path) -> Iterator[tuple[Article, list[list[Token]]]]:
    """The articles of a CoNLL-like file, sentence by sentence one line of text, with their tokens."""
    name: str | None = None
    sentences: list[tuple[str, list[list[str]]]] = []
    for new, text, rows in blocks(path):
        if new is not None and sentences:
            yield article(name or path.stem, sentences)
            sentences = []
        name = new or name
        sentences.append((text, rows))
    if sentences:
        yield article(name or path.stem, sentences)


def article(name: str, sentences: list[tuple[str, list[list[str]]]]) -> tuple[Article, list[list[Token]]]:
    """One article of given sentences, and each sentence's tokens with offsets."""
    text = "\n".join(s for s, _ in sentences)
    made = Article(name, name, 1, None, name, text, digest(text))
    tokens, start = [], 0
    for position, (sentence, rows) in enumerate(sentences):
        end = start + len(sentence)
        made.sentences.append(
            Sentence(f"{name}.s{position}", name, position, position, "body", sentence, start, end, len(rows))
        )
        tokens.append(locate(rows, sentence, start))
        start = end + 1
    return made, tokens


def locate(rows: list[list[str]], sentence: str, offset: int) -> list[Token]:
    """The rows as tokens with offsets into the article, found one after another in the sentence."""
    found, at = [], 0
    for row in rows:
        start = sentence.find(row[1], at)
        start = at if start < 0 else start
        at = start + len(row[1])
        found.append(Token(row[1], offset + start, offset + at, row))
    return found


def ewt(folder: Path) -> Iterator[GoldDocument]:
    """UNER's annotation of EWT: PER, ORG, LOC as they stand; nationalities are not names there."""
    for path in sorted(folder.glob("*.iob2")):
        for made, sentences in documents(path):
            gold = GoldDocument(made)
            for tokens in sentences:
                add_iob(gold, tokens)
            yield gold


def add_iob(gold: GoldDocument, tokens: list[Token]) -> None:
    """Add the spans of one sentence in IOB2 tags."""
    opened: tuple[int, str] | None = None
    for i, token in enumerate([*tokens, Token("", 0, 0, ["", "", "O"])]):
        tag = token.columns[2]
        if opened is not None and not tag.startswith("I-"):
            gold.spans[(opened[0], tokens[i - 1].end)] = opened[1]
            opened = None
        if tag.startswith("B-"):
            opened = (token.start, tag[2:])
    gold.spans = {k: v for k, v in gold.spans.items() if v in {"PER", "ORG", "LOC"}}


def gum(folder: Path) -> Iterator[GoldDocument]:
    """GUM's named mentions: persons, organisations and places headed by a proper noun, reduced to the name itself.

    GUM marks whole noun phrases ("the club's chairman Jan Novak of …"); a name is its head with the proper nouns that
    form one name with it. Of nested names the outermost counts, because the systems give flat spans. Left out are
    peoples ("Muslims") and titles alone ("the President"), which are no names of persons.
    """
    for path in sorted(folder.rglob("*.conllu")):
        for made, sentences in documents(path):
            gold = GoldDocument(made)
            for tokens in sentences:
                add_gum(gold, tokens)
            yield gold


def gum_entities(tokens: list[Token]) -> Iterator[tuple[str, str, int, int]]:
    """(coreference id, type, first token, last token) of each entity annotated in one sentence."""
    opened: list[tuple[str, int]] = []
    for i, token in enumerate(tokens):
        marked = re.search(r"(?:^|\|)Entity=([^|]*)", token.columns[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", marked.group(1) if marked else ""):
            if part.startswith("("):
                opened.append((part.strip("()"), i))
            if part.endswith(")"):
                wanted = opened[-1][0] if part.startswith("(") else part.rstrip(")")
                for body, first in reversed(opened):
                    if body.split("-")[0] == wanted.split("-")[0]:
                        opened.remove((body, first))
                        yield body.split("-")[0], body.split("-")[1] if "-" in body else "", first, i
                        break


def add_gum(gold: GoldDocument, tokens: list[Token]) -> None:
    """Add the names of one sentence, outermost first."""
    found = []
    for cluster, kind, first, last in gum_entities(tokens):
        name = name_span(tokens, first, last, kind)
        if kind in GUM_TYPES and name is not None:
            found.append((name, GUM_TYPES[kind], cluster))
    for (start, end), kind, cluster in sorted(found, key=lambda f: f[0][0] - f[0][1]):
        if not any(s <= start and end <= e for s, e in gold.spans):
            gold.spans[(start, end)] = kind
            gold.clusters[(start, end)] = cluster


def name_span(tokens: list[Token], first: int, last: int, kind: str) -> tuple[int, int] | None:
    """The name that heads the phrase, as offsets; None where a common noun or a pronoun heads it."""
    inside = range(first, last + 1)
    head = next(
        (
            i
            for i in inside
            if not first < int(tokens[i].columns[6]) <= last + 1 and int(tokens[i].columns[6]) - 1 not in inside
        ),
        None,
    )
    if head is not None and kind == "person":
        head = named_head(tokens, head, inside)
    if head is None or tokens[head].columns[3] != "PROPN" or (kind == "person" and describes(tokens, head, inside)):
        return None
    left = right = head
    while left > first and joins(tokens, left - 1, head, kind):
        left -= 1
    while right < last and joins(tokens, right + 1, head, kind):
        right += 1
    while kind == "person" and left < right and tokens[left].form.strip(".") in TITLES:
        left += 1
    while right > left and tokens[right].columns[4] not in {"NNP", "NNPS", "CD"}:
        right -= 1
    while left < right and tokens[left].columns[4] not in {"NNP", "NNPS"}:
        left += 1
    return tokens[left].start, tokens[right].end


def named_head(tokens: list[Token], head: int, inside: range) -> int:
    """The name itself where a common noun heads the phrase: Novak in "the company's founder Jan Novak"."""
    if tokens[head].columns[3] == "PROPN":
        return head
    flat = (i for i in inside if tokens[i].columns[6] == tokens[head].columns[0] and tokens[i].columns[7] == "flat")
    return next(flat, head)


def describes(tokens: list[Token], head: int, inside: range) -> bool:
    """Whether a person's head is no name of one person: a people ("Muslims") or a title ("the President")."""
    determined = any(
        tokens[i].columns[6] == tokens[head].columns[0] and tokens[i].columns[7] in {"det", "nmod:poss"} for i in inside
    )
    named = any(tokens[i].columns[6] == tokens[head].columns[0] and tokens[i].columns[7] == "flat" for i in inside)
    return tokens[head].columns[4] == "NNPS" or (determined and not named)


def joins(tokens: list[Token], i: int, head: int, kind: str) -> bool:
    """Whether a token forms one name with the head: capitalised parts and what binds them, without titles."""
    tag, relation = tokens[i].columns[4], tokens[i].columns[7]
    if kind == "person":
        return (tag in {"NNP", "NNPS", "HYPH"} and relation in {"flat", "compound", "flat:name", "punct"}) or (
            i < head and tag == "NNP" and relation not in {"nmod:desc", "nmod:poss", "appos", "nmod", "amod", "root"}
        )
    if tag in {"NNP", "NNPS", "HYPH", "POS"}:
        return relation not in {"appos", "nmod:poss", "conj"} or i < head
    return (
        tokens[i].form.lower() in {"of", "for", "and", "the", "&"}
        and 0 < i < len(tokens) - 1
        and (tokens[i + 1].columns[4] in {"NNP", "NNPS"} or (tokens[i].form == "of" and tokens[i + 1].form == "the"))
    )
