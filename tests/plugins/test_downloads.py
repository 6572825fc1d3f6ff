"""Downloads are complete, equal the database cell by cell, and are linked where people look for them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from plugins import downloads

ROWS = 12_000
HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@sum", "a\r\nb", 'quo"te', "комма,", "\U0001f600\u202e", "<b>", ""]


@pytest.fixture
def large(site: Path) -> Path:
    """The site with a table longer than any limit of Datasette's and cells that are awkward in every format."""
    connection = sqlite3.connect(site / "retold.db")
    connection.executemany(
        "insert into entities values (?, ?, 'PERSON', 0, 0, '[]', null)",
        ((f"e-{number:06}", HOSTILE[number % len(HOSTILE)]) for number in range(ROWS)),
    )
    connection.commit()
    connection.close()
    return site


@pytest.fixture
def stored(large: Path) -> list[sqlite3.Row]:
    connection = sqlite3.connect(large / "retold.db")
    connection.row_factory = sqlite3.Row
    rows = connection.execute("select * from entities order by id").fetchall()
    connection.close()
    return rows


async def test_json_and_ndjson_equal_the_table(large, stored, served):
    whole = [dict(row) for row in stored]
    assert len(whole) > ROWS
    assert json.loads((await served.client.get("/-/downloads/entities.json")).text) == whole
    lines = (await served.client.get("/-/downloads/entities.ndjson")).text.split("\n")
    assert [json.loads(line) for line in lines if line] == whole


async def test_csv_equals_the_table(large, stored, served):
    answer = await served.client.get("/-/downloads/entities.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="entities.csv"'
    found = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert found[0] == list(stored[0].keys())
    assert sorted(found[1:]) == [["" if cell is None else str(cell) for cell in row] for row in stored]


async def test_datasettes_own_csv_and_json_are_complete_too(large, stored, served):
    text = (await served.client.get("/retold/entities.csv?_stream=1&_size=max")).text
    assert sorted(row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))) == [row["id"] for row in stored]
    page = (await served.client.get("/retold/entities.json?_size=max&_shape=array")).json()
    assert len(page) == 10_000


async def test_empty_tables(served):
    assert (await served.client.get("/-/downloads/adjudications.json")).json() == []
    assert (await served.client.get("/-/downloads/adjudications.ndjson")).text == ""
    assert (await served.client.get("/-/downloads/adjudications.csv")).text.startswith("id,change_id,label")


async def test_every_table_is_listed_with_its_rows_and_links_that_work(served):
    database = served.get_database("retold")
    page = (await served.client.get("/-/downloads")).text
    hidden = await database.hidden_table_names()
    names = [name for name in await database.table_names() if name not in hidden]
    assert len(names) > 15
    for name in names:
        rows = (await database.execute(f"select count(*) from {name}")).single_value()
        assert f'<td class="num">{rows:,}</td>' in page
        for format_ in ("csv", "json", "ndjson"):
            assert f'href="/-/downloads/{name}.{format_}"' in page
            assert f'href="/-/downloads/{name}.{format_}"' in (await served.client.get(f"/retold/{name}")).text
        assert len((await served.client.get(f"/-/downloads/{name}.json")).json()) == rows
    for name in ("edges", "judgements"):
        assert f'href="/-/downloads/{name}.csv"' in page
        assert (await served.client.get(f"/-/downloads/{name}.csv")).status_code == 200
    assert "labels_shipped" not in page


async def test_nothing_else_is_served(served):
    for path in ("nothing.csv", "labels_shipped.csv", "articles_fts.json", "articles.xml", "..%2fretold.csv"):
        answer = await served.client.get(f"/-/downloads/{path}", follow_redirects=True)
        assert answer.status_code == 404, path


async def test_a_table_closed_to_the_reader_is_closed_here(served):
    served.config["databases"]["retold"]["tables"].setdefault("annotations", {})["allow"] = {"id": "root"}
    assert (await served.client.get("/-/downloads/annotations.csv")).status_code == 403
    assert "annotations.csv" not in (await served.client.get("/-/downloads")).text
    assert (await served.client.get("/-/downloads/annotations.csv", actor={"id": "root"})).status_code == 200


async def test_a_download_shows_one_moment(served, site):
    """What is written while it runs is neither waited for nor half in it."""
    connection = sqlite3.connect(site / "retold.db")
    connection.executemany("insert into corrections (document) values (?)", [(str(n),) for n in range(5000)])
    connection.commit()
    chunks = downloads.read(served, "corrections", "ndjson")
    whole = next(chunks)
    connection.execute("delete from corrections")
    connection.commit()
    connection.close()
    assert (whole + b"".join(chunks)).count(b"\n") == 5000
