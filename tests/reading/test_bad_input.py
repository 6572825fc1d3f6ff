"""What cannot be used: a clear message that names file, line and remedy, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.model import Document, Problem
from retold.reading import documents
from retold.reading.formats.limits import MEBIBYTE, Limits
from tests.reading.reading_support import STORY, read, refused

SMALL = Limits(article=2_000, archive_ratio_from=10_000)


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def good_and(path: Path, data: bytes | str, **options: Limits) -> Problem:
    """The problem of a bad file, after checking that the good file beside it was read all the same."""
    write(path.parent / "zz.txt", STORY)
    write(path, data)
    articles, problems = read(path.parent, **options)
    assert [one.text for one in articles] == [STORY]
    assert len(problems) == 1
    assert problems[0].path == str(path)
    return problems[0]


# Files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u00a0\u200b".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_empty_file(tmp_path: Path, name: str, data: bytes) -> None:
    message = good_and(tmp_path / name, data).message
    assert "empty" in message or "no article" in message


def test_a_file_that_is_nothing_but_front_matter(tmp_path: Path) -> None:
    assert "empty" in good_and(tmp_path / "a.md", "---\ntitle: Alone\n---\n").message


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    problem = good_and(tmp_path / "a.txt", b"The ferry \xff\xfe\xfd will close.\n")
    assert problem.message.startswith("not UTF-8 at byte 10 (line 1)")
    assert "save the file as UTF-8" in problem.message


def test_a_binary_file(tmp_path: Path) -> None:
    assert "binary" in good_and(tmp_path / "a.txt", bytes(range(256)) * 8).message


def test_an_article_over_the_limit(tmp_path: Path) -> None:
    problem = good_and(tmp_path / "a.txt", "words " * 1_000, limits=SMALL)
    assert problem.message == "larger than 2,000 bytes, which one article may take; split it"


def test_a_file_of_200_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200 * MEBIBYTE)
    started = time.monotonic()
    assert "larger than 10 MB" in refused(tmp_path / "a.txt").message
    assert time.monotonic() - started < 5


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        write(Path(folder) / "b.txt", STORY)
        write(Path(folder) / "a.txt", STORY).chmod(0)
        (Path(folder) / "closed").mkdir(mode=0)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            articles, problems = read(folder)
        finally:
            os.seteuid(user)
    assert [one.document.rpartition("/")[2] for one in articles] == ["b.txt"]
    assert [problem.path.rpartition("/")[2] for problem in problems] == ["a.txt", "closed"]
    assert all("who may read it" in problem.message for problem in problems)


@pytest.mark.parametrize("name", ["a.docx", "a", "a.tar.gz"])
def test_a_kind_of_file_that_is_not_read(tmp_path: Path, name: str) -> None:
    problem = refused(write(tmp_path / name, gzip.compress(b"words")))
    assert "not read" in problem.message
    assert ".jsonl" in problem.message


# HTML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><ul>" + "<li><a href='/x'>Sport</a></li>" * 40 + "</ul></body></html>",
        "<html><head><title>Log in</title></head><body><form><input name='user'></form></body></html>",
        "just < some > text & signs",
        "<p>",
        "<html>" + "<div>" * 5_000,
        "<!-- nothing -->",
    ],
)
def test_a_page_without_an_article(tmp_path: Path, page: str) -> None:
    assert "no article was found" in good_and(tmp_path / "a.html", page).message


def test_a_page_whose_article_is_damaged(tmp_path: Path) -> None:
    words = (
        b"The harbour town will clo\xff\xfese its \xc3\xa9 old ferry line next spring, the council said on Monday. " * 4
    )
    problem = good_and(
        tmp_path / "a.html",
        b"<html><head><meta charset=utf-8></head><body><article><p>" + words + b"</p></article></body></html>",
    )
    assert problem.message.startswith("bytes that are not utf-8 stand in line 1")


def test_a_page_of_endless_markup_is_refused_at_once(tmp_path: Path) -> None:
    page = "<html><body>" + "<p a=1>x</p>" * 100_000 + "</body></html>"
    started = time.monotonic()
    assert "more than 20,000 elements" in good_and(tmp_path / "a.html", page).message
    assert time.monotonic() - started < 10


# JSONL -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": "cut off', "not JSON at column"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"title": "no text"}', 'this one has "title"'),
        (b"{}", "no fields at all"),
        (b'{"text": 12}', 'field "text" is not text but int'),
        (b'{"text": null}', 'field "text" is empty'),
        (b'{"text": " "}', 'field "text": the text is empty'),
        (b'{"text": "a\xff"}', "not UTF-8 at byte 11"),
        (b'{"text": "half \\ud83d"}', "half of a surrogate pair at character 5"),
        (b'{"text": "a\\u0000b"}', "NUL character at character 1"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "cannot be read"),
    ],
)
def test_a_broken_line_costs_only_itself(tmp_path: Path, line: bytes, said: str) -> None:
    file = write(tmp_path / "a.jsonl", b'{"text": "One."}\n\n' + line + b'\n{"text": "Four."}\n')
    articles, problems = read(file)
    assert [one.text for one in articles] == ["One.", "Four."]
    assert len(problems) == 1
    assert problems[0].message.startswith("line 3: ")
    assert said in problems[0].message


def test_an_id_used_twice_keeps_the_first(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.jsonl", '{"id": 1, "text": "One."}\n{"id": 1, "text": "Two."}\n{"id": 3, "text": "Three."}\n'
    )
    articles, problems = read(file)
    assert [one.text for one in articles] == ["One.", "Three."]
    assert 'the id "1" was used before' in problems[0].message


def test_metadata_that_a_database_cannot_hold_is_made_harmless(tmp_path: Path) -> None:
    record = {
        "text": STORY,
        "title": "half \ud83d",
        "author": "a\0b",
        "publisher": "x" * 5_000,
        "date": {"name": ["?"]},
    }
    articles, problems = read(write(tmp_path / "a.jsonl", json.dumps(record)))
    assert problems == []
    assert articles[0].metadata == {"title": "half", "author": "a b"}
    assert "longer than" in articles[0].provenance["publisher"]


def test_an_empty_jsonl_file(tmp_path: Path) -> None:
    assert "empty" in refused(write(tmp_path / "a.jsonl", b"\n\n")).message


def test_a_table_of_nothing_but_trouble_does_not_list_it_all(tmp_path: Path) -> None:
    articles, problems = read(write(tmp_path / "a.jsonl", b"x\n" * 1_500))
    assert articles == []
    assert len(problems) == documents.MOST_PROBLEMS + 1
    assert "500 more problems" in problems[-1].message


class LongLine(io.RawIOBase):
    """A stream of one line of the given size between two good ones, never held as a whole."""

    def __init__(self, size: int, before: bytes, filling: bytes, after: bytes) -> None:
        self.parts = [before, *([filling] * (size // len(filling))), after]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        if not self.parts:
            return 0
        piece = self.parts[0][: len(buffer)]
        self.parts[0] = self.parts[0][len(piece) :]
        if not self.parts[0]:
            del self.parts[0]
        buffer[: len(piece)] = piece
        return len(piece)


def test_a_line_of_200_megabytes_takes_little_time_and_memory() -> None:
    line = LongLine(200 * MEBIBYTE, b'{"text": "One."}\n{"text": "', b"a" * MEBIBYTE, b'"}\n{"text": "Three."}\n')
    tracemalloc.start()
    started = time.monotonic()
    found = list(documents.read(["-"], stdin=io.BufferedReader(line)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.text for one in found if isinstance(one, Document)] == ["One.", "Three."]
    assert [one.message for one in found if isinstance(one, Problem)] == [
        "line 2: longer than 10 MB, which one article may take; split it"
    ]
    assert most < 50 * MEBIBYTE
    assert time.monotonic() - started < 20


# CSV ---------------------------------------------------------------------------------------------------------


def test_a_csv_without_a_text_column(tmp_path: Path) -> None:
    problem = good_and(tmp_path / "a.csv", "id;title\n1;Ferry\n2;Bridge\n")
    assert problem.message == (
        'no column for the text: the first line has "id", "title"; call one "text", "body" or "content"'
    )


@pytest.mark.parametrize("data", ["id,text\n", "\n\n"])
def test_a_csv_without_rows(tmp_path: Path, data: str) -> None:
    message = good_and(tmp_path / "a.csv", data).message
    assert "no rows" in message or "empty" in message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"2,too,many", "3 fields where the first line names 2"),
        (b"2", "1 fields where the first line names 2"),
        (b'2,"abc"d', "not a CSV record"),
        (b"2,  ", 'field "text": the text is empty'),
        (b"2,a\0b", "NUL character"),
        ("2,“é” ".encode() + b"\xff", "bytes that are not utf-8"),
        (b"1,again", 'the id "1" was used before'),
    ],
)
def test_a_broken_record_costs_only_itself(tmp_path: Path, line: bytes, said: str) -> None:
    file = write(tmp_path / "a.csv", b'id,text\n1,"One,\nin two lines."\n' + line + b"\n4,Four.\n")
    articles, problems = read(file)
    assert [one.text for one in articles] == ["One,\nin two lines.", "Four."]
    assert len(problems) == 1
    assert said in problems[0].message
    assert problems[0].message.startswith("line 4: ") or problems[0].path.endswith("a.csv#1")


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    articles, problems = read(write(tmp_path / "a.csv", 'id,text\n1,One.\n2,"Two.\n3,Three.\n'))
    assert [one.text for one in articles] == ["One."]
    assert problems[0].message.startswith("line 3: a quotation mark opened here is never closed")


def test_a_quotation_mark_that_stays_open_for_too_long(tmp_path: Path) -> None:
    rows = "".join(f"{number},A story.\n" for number in range(3, 1_000))
    articles, problems = read(write(tmp_path / "a.csv", f'id,text\n1,One.\n2,"Two.\n{rows}'), limits=SMALL)
    assert [one.text for one in articles] == ["One."]
    assert len(problems) == 1
    assert "never closed" in problems[0].message


@pytest.mark.parametrize("quote", ["", '"'])
def test_an_overlong_record_costs_only_itself(tmp_path: Path, quote: str) -> None:
    long = quote + "a" * 50_000 + quote
    articles, problems = read(write(tmp_path / "a.csv", f"id,text\n1,One.\n2,{long}\n3,Three.\n"), limits=SMALL)
    assert [one.text for one in articles] == ["One.", "Three."]
    assert [one.message for one in problems] == [
        "line 3: longer than 2,000 bytes, which one article may take; split it"
    ]


# Parquet -----------------------------------------------------------------------------------------------------


def test_a_parquet_file_that_is_none(tmp_path: Path) -> None:
    assert "not a Parquet file" in good_and(tmp_path / "a.parquet", b"PAR1 and nothing else PAR1").message


def test_a_parquet_file_without_a_text_column(tmp_path: Path) -> None:
    pq.write_table(pa.table({"title": ["Ferry"]}), tmp_path / "a.parquet")
    assert 'the columns are "title"' in refused(tmp_path / "a.parquet").message


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"text": ["A story."]}), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install pyarrow" in refused(tmp_path / "a.parquet").message


# Sidecars ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("articles.yml", "a.txt: [unclosed", "line 1: not YAML"),
        ("articles.yml", "a.txt: {title: X}\nb.txt: {title: Y}\n", 'there is no file "b.txt" here'),
        ("articles.yml", "just words", "neither"),
        ("articles.yml", "- title: X\n", "entry 1 names no file"),
        ("articles.yml", "- &x {file: a.txt}\n- *x\n", "aliases are not read"),
        ("articles.csv", "file,title\na.txt,X\na.txt,Y\n", '"a.txt" is named twice'),
        ("articles.csv", "file,title\na.txt,X\n./b.txt,Y\n", 'line 3: there is no file "b.txt" here'),
    ],
)
def test_a_broken_sidecar_is_told_of_and_the_articles_are_read(tmp_path: Path, name: str, data: str, said: str) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / name, data)
    articles, problems = read(tmp_path)
    assert [one.text for one in articles] == [STORY]
    assert len(problems) == 1
    assert problems[0].path == str(tmp_path / name)
    assert said in problems[0].message


def test_a_sidecar_given_by_name(tmp_path: Path) -> None:
    assert "a sidecar" in refused(write(tmp_path / "articles.yml", "{}")).message


# Anything at all ---------------------------------------------------------------------------------------------

BEGINNINGS = [b"", b"text\n", b'{"text": "', b"---\ntitle: x\n", b"<html><p>", b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300), st.sampled_from(sorted(documents.READABLE)))
def test_whatever_a_file_holds_reading_goes_on(tmp_path: Path, beginning: bytes, rest: bytes, suffix: str) -> None:
    file = write(tmp_path / f"a{suffix}", beginning + rest)
    for found in documents.read([file]):
        if isinstance(found, Problem):
            assert found.message
            assert "report this" not in found.message
        else:
            assert found.text.strip()
            assert found.text.encode("utf-8")
