"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

from retold.model import Article, Document, Problem, Sentence
from retold.reading import documents
from retold.reading.formats.limits import Limits

STORY = (
    "The harbour town of Lindholm will close its old ferry line next spring, the council said on Monday.\n\n"
    "“We have looked at every other way,” Mayor Ada Birk told reporters. The last boat leaves in April."
)


def read(*inputs: str | Path, **options: Limits) -> tuple[list[Document], list[Problem]]:
    """What the inputs hold, articles and problems apart."""
    found = list(documents.read(inputs, **options))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Problem)]


def only(*inputs: str | Path, **options: Limits) -> Document:
    """The single article of inputs without problems."""
    articles, problems = read(*inputs, **options)
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def refused(*inputs: str | Path, **options: Limits) -> Problem:
    """The single problem of inputs without articles."""
    articles, problems = read(*inputs, **options)
    assert articles == []
    assert len(problems) == 1
    assert problems[0].stage == "reading"
    return problems[0]


def laid_out(*rows: tuple[str, str]) -> Article:
    """An article of lines with the kinds that layout would give them."""
    text = "\n".join(line for _, line in rows)
    article = Article("a-1", "made/a.txt", 1, None, "made/a.txt", text, "0" * 64)
    start = 0
    for position, (kind, line) in enumerate(rows):
        end = start + len(line)
        row = Sentence(f"a-1.{start}-{end}", "a-1", position, position, kind, line, start, end, len(line.split()))
        article.sentences.append(row)
        start = end + 1
    return article
