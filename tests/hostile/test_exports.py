"""Hostile text in every export: whole, harmless, and read back by foreign parsers as it was."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from retold.sharing import about, brat, bundle, conll, formats, labelstudio, tables, tei, webannotation
from retold.store import schema
from tests.conftest import ROOT
from tests.hostile import corpus
from tests.sharing.test_tables import READERS

TEI = {"t": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(corpus.make(tmp_path_factory.mktemp("hostile")))
    yield connection
    connection.close()


def test_the_corpus_is_what_it_is_meant_to_be(db: sqlite3.Connection) -> None:
    articles = [dict(row) for row in db.execute("select * from articles order by id")]
    assert len(articles) == 8
    assert db.execute("select count(*) from derivations").fetchone()[0] >= 1
    assert sum(corpus.MARKUP in row["title"] for row in articles) >= 2
    assert any(corpus.TURNED in row["text"] and corpus.HIDDEN in row["text"] for row in articles)
    for row in articles:
        assert set(row["id"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def test_offsets_hold(db: sqlite3.Connection) -> None:
    for table in ("sentences", "mentions"):
        span = 'substr(a.text, x.start + 1, x."end" - x.start)'
        sql = f"select x.text, {span} from {table} x join articles a on a.id = x.article_id"
        rows = db.execute(sql).fetchall()
        assert rows
        assert all(row[0] == row[1] for row in rows), table


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_tables_come_back_as_they_were(db: sqlite3.Connection, kind: str) -> None:
    for name in tables.NAMES:
        rows = list(tables.stream(db, name))
        columns, out = tables.describe(db, name), io.BytesIO()
        formats.write(kind, list(columns), list(columns.values()), rows, out)
        if kind == "csv":
            rows = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        assert READERS[kind](out.getvalue()) == rows, name


def test_tei(db: sqlite3.Connection) -> None:
    documents = list(tei.documents(db))
    assert documents
    for name, content in documents:
        assert "/" not in name
        root = etree.fromstring(content)
        sides = {row[0] for row in db.execute("select source_text from changes union select text from changes")}
        for reading in root.iterfind(".//t:rdg", TEI):
            assert not len(reading)
            assert (reading.text or "") in {side or "" for side in sides}


def test_brat(db: sqlite3.Connection) -> None:
    for name, text, standoff in brat.documents(db):
        assert "/" not in name
        assert not name.startswith(".")
        stored = db.execute("select text from articles where id = ?", [name]).fetchone()
        assert stored
        assert stored[0] == text
        for line in standoff.split("\n"):
            if line.startswith("T"):
                _, where, words = line.split("\t", 2)
                pieces = [tuple(map(int, one.split())) for one in where.split(" ", 1)[1].split(";")]
                assert " ".join(text[a:b] for a, b in pieces).replace("\t", " ") == words


def test_web_annotations_and_label_studio_carry_it_whole(db: sqlite3.Connection) -> None:
    page = json.loads(json.dumps(webannotation.page(db)))
    assert page["items"]
    assert all(item["creator"]["nickname"] == corpus.ACTOR for item in page["items"])
    assert corpus.EVIL in json.dumps(page, ensure_ascii=False).replace('\\"', '"')
    tasks = list(labelstudio.tasks(db))
    assert any(corpus.MARKUP in json.dumps(task, ensure_ascii=False).replace('\\"', '"') for task in tasks)
    etree.fromstring(labelstudio.configuration(db).encode())


def test_conll_has_one_token_a_line(db: sqlite3.Connection) -> None:
    lines = [line.rstrip("\n") for line in conll.lines(db)]
    columns = {line.count("\t") for line in lines if line and not line.startswith("#")}
    assert len(columns) == 1
    written = "".join(line.split("\t")[0] for line in lines if line and not line.startswith("#"))
    for part in ("window.harm=1", "𝔘𝔫𝔦", "HYPERLINK"):
        assert part.replace("=", "") in written.replace("=", ""), part


def test_the_zip_holds_files_of_known_names_only(db: sqlite3.Connection, tmp_path: Path) -> None:
    described = about.load(ROOT / "dataset.yml", ROOT / "metadata.yml")
    counts = bundle.save(db, described, tmp_path / "dataset.zip")
    with zipfile.ZipFile(tmp_path / "dataset.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert not [name for name in names if name.startswith("/") or ".." in name or "<" in name]
    assert counts["articles"] == 8
