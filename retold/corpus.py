"""Which articles a build works on: what the inputs hold, earlier versions of it, and whatever people annotated."""

from __future__ import annotations

from dataclasses import dataclass, field

from retold.model import Article, Document, Problem, digest
from retold.reading import articles as reading
from retold.store.previous import CORRECTED, Previous, Version


@dataclass(slots=True)
class Corpus:
    """The articles of a build in a stable order, and what could not be used."""

    articles: list[Article] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def assemble(documents: list[Document], problems: list[Problem], previous: Previous) -> Corpus:
    """The articles of the documents, after their earlier versions; texts that people annotated always stay."""
    found = Corpus(problems=problems, read=len(documents))
    for document in documents:
        found.articles += _versions(document, previous.versions.get(document.document, []))
    present = {article.id for article in found.articles}
    for versions in previous.versions.values():
        kept = [v for v in versions if v.article_id in previous.annotated and v.article_id not in present]
        found.articles += [_known(v, present | {k.article_id for k in kept}) for v in kept]
    found.articles.sort(key=lambda article: (article.document, article.version))
    return found


def correct(articles: list[Article], corrections: dict[str, dict[str, str]]) -> None:
    """Put what people corrected in place of what was read, and say so in the provenance."""
    for article in articles:
        for name, value in corrections.get(article.document, {}).items():
            setattr(article, name, value)
            article.provenance[name] = CORRECTED


def fingerprint(documents: list[Document], problems: list[Problem], previous: Previous, recipe: str) -> str:
    """Digest of everything the derived rows depend on: inputs, corrections, and the recipe (code and models)."""
    parts = [recipe]
    for one in sorted(documents, key=lambda d: d.document):
        parts += [one.document, one.path, digest(one.text, length=64), repr(sorted(one.metadata.items()))]
    parts += [f"{p.path}\0{p.stage}\0{p.message}" for p in problems]
    parts.append(repr(sorted((name, sorted(row.items())) for name, row in previous.corrections.items())))
    return digest(*parts, length=64)


def _versions(document: Document, known: list[Version]) -> list[Article]:
    article = reading.article(document)
    earlier = [_known(v, {k.article_id for k in known}) for v in known]
    same = next((v for v in known if v.article_id == article.id), None)
    if same is not None:
        article.version, article.supersedes = same.version, same.supersedes
        return [a for a in earlier if a.id != article.id] + [article]
    if known:
        article.version, article.supersedes = known[-1].version + 1, known[-1].article_id
    return [*earlier, article]


def _known(version: Version, present: set[str]) -> Article:
    supersedes = version.supersedes if version.supersedes in present else None
    return reading.article(version.document, version.version, supersedes)
