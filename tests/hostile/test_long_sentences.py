"""A text without a full stop: built in bearable time, kept whole, compared, shown and exported."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold import build
from retold.reading import extent
from retold.sharing import formats, tables
from retold.store import schema
from retold.tracing.words import worddiff
from tests.conftest import lay_out
from tests.hostile import corpus
from tests.plugins.conftest import serve
from tests.sharing.test_tables import READERS

ENOUGH = 5_000_000
LONGEST_BUILD = 60.0  # seconds of this process; it takes a tenth of that where nothing else runs


def telling(opening: str, number: str) -> str:
    """Five megabytes that no full stop divides, with emoji and names, and one word that differs deep inside."""
    said = f"the mayor of Lima said {corpus.ASTRAL} gates and "
    times = ENOUGH // len(said.encode()) + 1
    half = said * (times // 2)
    return f"{opening}\n\nOn Tuesday {half}{number} boats and {said * (times - times // 2)}so on.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("endless")
    (folder / "in").mkdir()
    (folder / "in" / "wire.txt").write_text(telling("The harbour closes", "forty"), encoding="utf-8")
    (folder / "in" / "retold.txt").write_text(telling("The harbour shuts", "sixty"), encoding="utf-8")
    started = time.process_time()
    assert build.main([str(folder / "in"), "--db", str(folder / "retold.db"), "--quiet"]) == 0
    assert time.process_time() - started < LONGEST_BUILD
    return folder


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(folder / "retold.db")
    yield connection
    connection.close()


def test_nothing_of_it_is_lost(db: sqlite3.Connection) -> None:
    for text, opening in db.execute("select text, title from articles"):
        assert len(text.encode()) > ENOUGH
        assert text == telling(opening, "forty" if opening == "The harbour closes" else "sixty")
    longest = db.execute("select max(length(text)) from sentences").fetchone()[0]
    assert longest > ENOUGH // 3
    span = 'substr(a.text, s.start + 1, s."end" - s.start)'
    sql = f"select s.text, {span} from sentences s join articles a on a.id = s.article_id"
    assert all(row[0] == row[1] for row in db.execute(sql))


def test_names_and_words_are_found_in_its_beginning(db: sqlite3.Connection) -> None:
    reach = db.execute(
        "select min(m.start - s.start), max(m.end - s.start) from mentions m join sentences s on s.id = m.sentence_id"
    ).fetchone()
    assert 0 <= reach[0] < reach[1] <= extent.READ
    assert db.execute("select count(*) from changes where operation = 'reworded' and length(text) > 100000").fetchone()[
        0
    ]


async def test_pages_show_it(folder: Path) -> None:
    site = serve(lay_out(folder))
    connection = schema.connect(folder / "retold.db")
    source, article = connection.execute("select source_article_id, article_id from derivations").fetchone()
    connection.close()
    for path in (f"/-/compare/{source}/{article}", f"/-/compare/{article}/{source}?view=inline"):
        answer = await site.client.get(path)
        assert answer.status_code == 200
        assert "forty" in answer.text
        assert "sixty" in answer.text
    assert (await site.client.get(f"/retold/articles/{article}")).status_code == 200
    site.close()


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_exports_hold_it(db: sqlite3.Connection, kind: str) -> None:
    rows, out = list(tables.stream(db, "articles")), io.BytesIO()
    columns = tables.describe(db, "articles")
    formats.write(kind, list(columns), list(columns.values()), rows, out)
    usual = csv.field_size_limit(2 * ENOUGH)  # Python's own reader refuses longer cells unless told
    back = READERS[kind](out.getvalue())
    csv.field_size_limit(usual)
    assert [row["text"] for row in back] == [row["text"] for row in rows]


@pytest.mark.parametrize("one", ["word", "🙂", "a b", "said, ", '"x" '])
def test_differences_of_long_texts_cover_both_and_find_the_one_word(one: str) -> None:
    body = f"{one} " * 30_000
    before, after = f"{body}forty {body}", f"{body}sixty {body}"
    pieces = worddiff.diff(before, after)
    assert "".join(before[p.source_start : p.source_end] for p in pieces) == before
    assert "".join(after[p.start : p.end] for p in pieces) == after
    changed = [(before[p.source_start : p.source_end], after[p.start : p.end]) for p in pieces if p.op != "equal"]
    assert changed == [("forty", "sixty")]


def test_long_texts_without_anything_in_common_are_told_apart() -> None:
    before, after = "gate " * 50_000, "boat " * 60_000
    pieces = worddiff.diff(before, after)
    assert "".join(before[p.source_start : p.source_end] for p in pieces) == before
    assert "".join(after[p.start : p.end] for p in pieces) == after
    assert not any(
        before[p.source_start : p.source_end].strip() or after[p.start : p.end].strip()
        for p in pieces
        if p.op == "equal"
    )
    assert worddiff.diff(before, before)[0].op == "equal"


def test_what_is_looked_into_ends_with_a_word() -> None:
    assert extent.readable("gate " * 2_000) == ("gate " * 2_000)[: extent.READ].rstrip()
    assert extent.readable("x" * 9_000) == "x" * extent.READ
    assert extent.readable("short") == "short"
