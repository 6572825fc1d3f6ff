"""What an article's own text says of it, where no column, front matter, sidecar or page did.

Headline, dateline, byline, credits, copyright and "Published" lines are read by the kinds that layout gave them; the
prose itself is never searched. Every value says in ``Article.provenance`` what it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator

from retold.model import Article, Sentence
from retold.reading.facts import bylines, languages, wires

LONGEST_LINE = 300
TITLE_WORDS = 20
LOOKED_AT = 4_000


def complete(article: Article) -> None:
    """Fill the metadata that no container gave, from the laid-out text, noting where each value came from.

    Title, author, published, place, wire, publisher and language; a field without evidence stays ``None``, but for the
    title, which everything needs.
    """
    _title(article)
    _datelines(article)
    _published(article)
    _author(article)
    _wire(article)
    _publisher(article)
    _language(article)


def _fill(article: Article, field: str, value: str | None, origin: str) -> None:
    if value and getattr(article, field) is None:
        setattr(article, field, value)
        article.provenance[field] = origin


def _of_kind(article: Article, *kinds: str) -> Iterator[Sentence]:
    return (sentence for sentence in article.sentences if sentence.kind in kinds)


def _around_prose(article: Article) -> list[Sentence]:
    """Short lines that are no prose, headline or caption."""
    kinds = ("dateline", "credit", "furniture", "subheading")
    return [sentence for sentence in _of_kind(article, *kinds) if len(sentence.text) <= LONGEST_LINE]


def _title(article: Article) -> None:
    for sentence in _of_kind(article, "headline"):
        _fill(article, "title", " ".join(sentence.text.split()).strip("#*_ "), "headline")
    for sentence in (*_of_kind(article, "body"), *article.sentences):
        words = sentence.text.split()
        short = " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")
        _fill(article, "title", short[: 10 * TITLE_WORDS], "first words")
        break
    _fill(article, "title", article.document, "file name")


def _datelines(article: Article) -> None:
    """The first dateline tells place and wire, and the day if it gives the year as well."""
    for sentence in _of_kind(article, "dateline"):
        place, wire, day = bylines.dateline(sentence.text[:LONGEST_LINE])
        _fill(article, "place", place, "dateline")
        _fill(article, "wire", wire, "dateline")
        if not _labelled_day(article):
            _fill(article, "published", day, "dateline")


def _published(article: Article) -> None:
    _fill(article, "published", _labelled_day(article), '"Published" line')
    for sentence in article.sentences:
        if sentence.kind == "body":
            break
        if sentence.kind != "headline" and len(sentence.text) <= LONGEST_LINE:
            _fill(article, "published", bylines.day_of(sentence.text), "date line")


def _labelled_day(article: Article) -> str | None:
    lines = [sentence.text for sentence in _around_prose(article)]
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        if day := bylines.labelled_day(line, following):
            return day
    return None


def _author(article: Article) -> None:
    for sentence in _of_kind(article, "credit", "furniture"):
        if names := bylines.authors(sentence.text[:LONGEST_LINE]):
            _fill(article, "author", ", ".join(names), "byline" if sentence.text[:2].lower() == "by" else "credit")
            return


def _wire(article: Article) -> None:
    """The agency by the strongest evidence: dateline (read before), author, credit, publisher, credit of a picture."""
    if article.author:
        _fill(article, "wire", wires.named_in(article.author), "author")
    pictures: list[str] = []
    for sentence in _of_kind(article, "credit", "furniture"):
        line = sentence.text[:LONGEST_LINE]
        if bylines.is_picture_credit(line):
            pictures.append(line)
        elif sentence.kind == "credit":
            _fill(article, "wire", wires.named_in(line), "credit")
        elif holder := bylines.copyright_holder(line):
            _fill(article, "wire", wires.canonical(holder), "copyright line")
        else:
            _fill(article, "wire", wires.canonical(line), "credit")
    if article.publisher:
        _fill(article, "wire", wires.canonical(article.publisher), "publisher")
    for line in (*pictures, *(sentence.text for sentence in _of_kind(article, "caption"))):
        _fill(article, "wire", bylines.picture_agency(line[-LONGEST_LINE:]), "picture credit")


def _publisher(article: Article) -> None:
    for sentence in _around_prose(article):
        holder = bylines.copyright_holder(sentence.text)
        if holder and not wires.canonical(holder) and not bylines.PICTURE.search(sentence.text):
            _fill(article, "publisher", holder, "copyright line")


def _language(article: Article) -> None:
    if article.language is None:
        prose = " ".join(sentence.text for sentence in _of_kind(article, "body"))
        _fill(article, "language", languages.detect(prose) or languages.detect(article.text), "detected")
