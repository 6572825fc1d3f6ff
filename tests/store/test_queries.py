"""What the pages ask of the database: texts that add up, counts that agree, few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.store import schema
from retold.store.queries import base, codebook, compare, graph, home, story


@pytest.fixture
def connection(own_db: Path) -> Iterator[sqlite3.Connection]:
    opened = schema.connect(own_db)
    yield opened
    opened.close()


def pair(connection: sqlite3.Connection) -> tuple[str, str]:
    row = connection.execute("select source_article_id, article_id from derivations order by id limit 1").fetchone()
    return row[0], row[1]


def statements(connection: sqlite3.Connection, ask: object) -> int:
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    ask()  # type: ignore[operator]
    connection.set_trace_callback(None)
    return len([one for one in seen if one.lstrip().lower().startswith(("select", "with"))])


def test_runs_add_up_to_the_article(connection: sqlite3.Connection) -> None:
    source, article = pair(connection)
    found = compare.comparison(connection, source, article, compare.Reader())
    assert found is not None
    for which, sides in ((source, "source"), (article, "article")):
        text = connection.execute("select text from articles where id = ?", [which]).fetchone()[0]
        for edge in found.edges:
            for part in getattr(edge, sides):
                shown = "".join(run for _, run in part.runs)
                assert text[part.start : part.start + len(shown)] == shown
                assert shown


def test_only_words_of_one_side_are_marked(connection: sqlite3.Connection) -> None:
    found = compare.comparison(connection, *pair(connection), compare.Reader())
    assert found is not None
    kinds = {edge.operation: {kind for part in edge.source for kind, _ in part.runs} for edge in found.edges}
    assert kinds["reworded"] == {"same", "gone"}
    for edge in found.edges:
        if edge.operation == "added":
            assert edge.source == []
            assert {kind for part in edge.article for kind, _ in part.runs} == {"new"}
            assert {one.kind for one in edge.inline} == {"new"}


def test_filters_let_through_what_they_say(connection: sqlite3.Connection) -> None:
    ids = pair(connection)
    everything = compare.comparison(connection, *ids, compare.Reader())
    assert everything is not None
    for operation, n in everything.operation_counts:
        one = compare.comparison(connection, *ids, compare.Reader(), compare.Filter(operation=operation))
        assert one is not None
        assert len(one.shown) == n
        assert len(one.edges) == len(everything.edges)
    for label in everything.label_counts:
        one = compare.comparison(connection, *ids, compare.Reader(), compare.Filter(label=label["id"]))
        assert one is not None
        assert len(one.shown) == label["n"] > 0


def test_a_blind_reader_gets_neither_suggestions_nor_others(connection: sqlite3.Connection) -> None:
    ids = pair(connection)
    full = compare.comparison(connection, *ids, compare.Reader("ada"))
    blind = compare.comparison(connection, *ids, compare.Reader("ada", suggestions=False, others=False))
    assert full is not None
    assert blind is not None
    assert any(edge.suggestions for edge in full.edges)
    assert not any(edge.suggestions or edge.annotations for edge in blind.edges)


def test_two_articles_without_derivation_are_aligned_on_demand(connection: sqlite3.Connection) -> None:
    source, article = pair(connection)
    back = compare.comparison(connection, article, source, compare.Reader())
    assert back is not None
    assert back.derivation is None
    assert back.reverse
    assert back.edges
    assert compare.comparison(connection, article, "nobody", compare.Reader()) is None


def test_pages_ask_few_questions_however_many_edges(connection: sqlite3.Connection) -> None:
    source, article = pair(connection)
    story_id = connection.execute("select story_id from articles where id = ?", [source]).fetchone()[0]
    assert statements(connection, lambda: compare.comparison(connection, source, article, compare.Reader("ada"))) <= 14
    assert statements(connection, lambda: story.story(connection, story_id)) <= 10
    assert statements(connection, lambda: home.home(connection)) <= 10
    assert statements(connection, lambda: codebook.codebook(connection)) <= 3


def test_every_source_sentence_has_one_fate_in_every_retelling(connection: sqlite3.Connection) -> None:
    for row in connection.execute("select id from stories").fetchall():
        found = story.story(connection, row["id"])
        assert found is not None
        for matrix in found.matrices:
            assert matrix.columns
            for sentence in matrix.sentences:
                assert set(matrix.cells[sentence["id"]]) == {column["id"] for column in matrix.columns}


def test_a_quotation_is_intact_where_its_words_stand_in_quotation_marks(connection: sqlite3.Connection) -> None:
    fates = [
        (quote["text"], fate, quote["edges"].get(article))
        for row in connection.execute("select id from stories").fetchall()
        for matrix in (story.story(connection, row["id"]) or story.Story({}, [], [], [])).matrices
        for quote in matrix.quotes
        for article, fate in quote["fates"].items()
    ]
    assert len({fate for _, fate, _ in fates}) > 1
    for text, fate, edge in fates:
        words = text.strip('“”".,')
        if fate == "intact":
            assert words.casefold() in edge["text"].casefold()
        elif fate == "dropped":
            assert edge is None or edge["operation"] == "dropped"
        else:
            assert f"“{words}" not in edge["text"]


def test_an_empty_dataset_has_a_home_page(tmp_path: Path) -> None:
    connection = schema.connect(tmp_path / "empty.db")
    schema.create(connection)
    found = home.home(connection)
    assert found.totals["articles"] == 0
    assert (found.stories, found.outlets, found.operations, found.labels, found.first) == ([], [], [], [], None)
    assert codebook.codebook(connection).groups == []
    connection.close()


@given(st.data())
def test_a_graph_of_any_shape_is_laid_out(data: st.DataObject) -> None:
    """Also with circles and forks: every article drawn or named, no two labels on one another, arrows to the right."""
    count = data.draw(st.integers(0, 60))
    articles = [{"id": f"a{n}", "document": f"{n}.txt"} for n in range(count)]
    ends = st.tuples(st.integers(0, max(count - 1, 0)), st.integers(0, max(count - 1, 0)))
    edges = data.draw(st.lists(ends.filter(lambda e: e[0] != e[1]), max_size=80, unique=True)) if count > 1 else []
    derivations = [{"source_article_id": f"a{a}", "article_id": f"a{b}"} for a, b in edges]
    laid = graph.layout(articles, derivations)
    assert len(laid.nodes) + len(laid.alone) == count
    assert len(laid.arrows) == len(edges)
    places = [(node.x, node.y) for node in laid.nodes]
    assert len(set(places)) == len(places)
    assert all(0 <= x < laid.width and 0 < y < laid.height for x, y in places)


def test_one_source_and_fifty_nine_retellings_stand_in_lines() -> None:
    articles = [{"id": f"a{n}", "document": f"{n}.txt"} for n in range(60)]
    derivations = [{"source_article_id": "a0", "article_id": f"a{n}"} for n in range(1, 60)]
    laid = graph.layout(articles, derivations)
    right = sorted(node.y for node in laid.nodes if node.x > laid.nodes[0].x)
    assert len(right) == 59
    assert min(b - a for a, b in pairwise(right)) >= graph.LINE - 1


def test_a_retelling_with_the_wires_dateline_is_not_called_the_wire() -> None:
    row = {"publisher": None, "wire": "Reuters", "document": "seeds/000.txt", "role": "retelling"}
    assert base.outlet(row) == "000"
    assert base.outlet(row | {"role": "source"}) == "Reuters"
    assert base.outlet(row | {"publisher": "The Courier"}) == "The Courier"


def test_offsets_in_one_column_lead_to_the_words_shown(connection: sqlite3.Connection) -> None:
    ids = pair(connection)
    texts = [connection.execute("select text from articles where id = ?", [one]).fetchone()[0] for one in ids]
    found = compare.comparison(connection, *ids, compare.Reader("ada"))
    assert found is not None
    placed = 0
    for edge in found.edges:
        for one in edge.inline:
            for text, start in zip(texts, (one.source_start, one.start), strict=True):
                if start is not None:
                    assert text[start : start + len(one.text)] == one.text
                    placed += 1
        for text, parts in zip(texts, (edge.source, edge.article), strict=True):
            for part in parts:
                shown = "".join(run for _, run in part.runs)
                assert text[part.start : part.start + len(shown)] == shown
                assert part.sentence
    assert placed > 10
