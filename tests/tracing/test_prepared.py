"""What is kept of an article while its story is traced: asked for again it is the same, and never another's."""

from __future__ import annotations

import pytest

from retold.model import Article, Sentence
from retold.tracing import alignment, changes, prepared
from retold.tracing.prepared import Prepared

WIRE = ["The bridge closed on Monday.", "Mayor Ana Vega said repairs may take 12 weeks.", "Buses will run instead."]
FIRST = ["Mayor Ana Vega said repairs will take 14 weeks.", "The bridge closed on Monday."]
SECOND = ["Buses will run instead.", "The bridge closed on Monday, a shameful end."]


def made(name: str, told: list[str]) -> Article:
    article = Article(name, name, 1, None, name, "", "0")
    for n, text in enumerate(told):
        start = len(article.text)
        article.text += text + "\n\n"
        article.sentences.append(Sentence(f"{name}{n}", name, n, n, "body", text, start, start + len(text), 5))
    return article


def test_what_is_kept_changes_no_edge_and_no_suggestion() -> None:
    wire, first, second = made("wire", WIRE), made("first", FIRST), made("second", SECOND)
    known, found = Prepared(), 0
    for source, article in ((wire, first), (wire, second), (first, second), (wire, first)):
        alone = alignment.align(source, article)
        edges = alignment.align(source, article, prepared=known)
        assert edges == alone
        suggested = changes.suggest(edges, source, article, known)
        assert suggested == changes.suggest(alone, source, article)
        found += len(suggested)
    assert found


def test_each_article_is_made_once_and_another_of_its_name_anew() -> None:
    seen: list[Article] = []

    def make(article: Article) -> str:
        seen.append(article)
        return article.text

    known, one, other = Prepared(), made("a", WIRE), made("a", FIRST)
    assert [known.of(a, make) for a in (one, one, other)] == [one.text, one.text, other.text]
    assert len(seen) == 2


def test_a_large_story_costs_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "KEPT", 2)
    known, count = Prepared(), 0

    def make(article: Article) -> int:
        nonlocal count
        count += 1
        return count

    articles = [made(name, WIRE) for name in "abc"]
    assert [known.of(a, make) for a in [*articles, articles[2], articles[0]]] == [1, 2, 3, 3, 4]
