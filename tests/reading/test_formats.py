"""Each kind of file: its text, its metadata, and which origin is believed first."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import Document
from retold.reading.formats import jsonl, plain, tabular
from retold.reading.formats.limits import LIMITS
from retold.reading.formats.source import Source
from tests.reading.reading_support import STORY, only, read

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Ferry line to close | The Lindholm Post</title>
<meta property="og:site_name" content="The Lindholm Post">
<link rel="canonical" href="https://example.org/ferry">
<meta property="article:published_time" content="2024-03-04T09:30:00+01:00">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ferry line to close",
 "author": {{"@type": "Person", "name": "Ida Holm"}}, "datePublished": "2024-03-04T08:15:00+01:00",
 "comment": [{{"datePublished": "2020-01-01"}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ferry line to close</h1>
<p>The harbour town of Lindholm will close its old ferry line next spring, the council said on Monday.</p>
<p>“We have looked at every other way,” Mayor Ada Birk told reporters at the café. The last boat leaves in April.</p>
<p>Residents of the two islands said that they had not been asked, and that the bridge was not ready yet.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""
FIRST_PARAGRAPH = "The harbour town of Lindholm will close its old ferry line next spring"

texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1).filter(
    lambda text: (
        bool(text.strip("\ufeff \t\r\n\f\v\u00a0\u200b\x1c\x1d\x1e\x1f\x85\u2028\u2029")) and bool(text.strip())
    )
)


def unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def jsonl_of(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def source_of(data: bytes) -> Source:
    return Source("made", "made/made", lambda: io.BytesIO(data), LIMITS)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "a.markdown"])
def test_plain_text_is_kept_to_the_letter(tmp_path: Path, name: str) -> None:
    text = "\n  # A headline \t\n\n" + STORY + "\n\n\n"
    assert only(write(tmp_path / name, text)).text == text


def test_gzip_holds_the_same_article_under_its_own_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt.gz", gzip.compress(STORY.encode()))
    found = only(file)
    assert (found.text, found.document) == (STORY, f"{tmp_path.name}/a.txt.gz")


# Front matter ------------------------------------------------------------------------------------------------


def test_front_matter_is_metadata_and_not_text(tmp_path: Path) -> None:
    head = "---\ntitle: Ferry line to close\ndate: 2024-03-04\nauthors: [Ida Holm, Bo Ek]\nlang: English\nmood: grey\n"
    found = only(write(tmp_path / "a.md", head + "---\n\n" + STORY))
    assert found.text == STORY
    assert found.metadata == {
        "title": "Ferry line to close",
        "published": "2024-03-04",
        "author": "Ida Holm, Bo Ek",
        "language": "en",
    }
    assert found.provenance["published"] == 'front matter "date"'


def test_front_matter_whose_title_holds_a_colon(tmp_path: Path) -> None:
    found = only(write(tmp_path / "a.txt", "---\ntitle: Ferry: line to close\ndate: 4 March 2024\n---\n" + STORY))
    assert found.metadata == {"title": "Ferry: line to close", "published": "2024-03-04"}
    assert found.text == STORY


@pytest.mark.parametrize(
    "text",
    [
        "---\nA story that opens with a rule.\n---\nAnd another line.",
        "---\ntitle: Never closed\n\nThe story goes on.",
        "--- Breaking ---\nThe story.",
        "The story.\n---\ntitle: Not at the start\n---\nMore.",
        "---\n---\nNothing in it.",
        "---\n- a\n- list\n---\nStory.",
    ],
)
def test_what_only_looks_like_front_matter_stays_text(text: str) -> None:
    assert plain.front_matter(text)[1] == text


def test_front_matter_that_would_explode_is_left_alone() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n---\nStory."
    found, text = plain.front_matter(bomb)
    assert found.values.get("title", "") == "[*b, *b]"
    assert text == "Story."


@given(st.text(st.characters(codec="utf-8")))
def test_front_matter_takes_nothing_but_a_head(text: str) -> None:
    assert text.endswith(plain.front_matter(text)[1])


# HTML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.html.gz"])
def test_a_page_gives_its_article_and_what_it_says_of_it(tmp_path: Path, name: str) -> None:
    data = PAGE.format(charset="utf-8").encode()
    found = only(write(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data))
    lines = found.text.split("\n")
    assert [line[:12] for line in lines if len(line) > 40] == ["The harbour ", "“We have loo", "Residents of"]
    assert "newsletter" not in found.text
    assert found.metadata == {
        "title": "Ferry line to close",
        "publisher": "The Lindholm Post",
        "url": "https://example.org/ferry",
        "author": "Ida Holm",
        "published": "2024-03-04T08:15:00+01:00",
    }
    assert set(found.provenance.values()) == {"HTML metadata"}


@pytest.mark.parametrize(
    ("declared", "real"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("made-up", "cp1252")],
)
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, declared: str, real: str) -> None:
    found = only(write(tmp_path / "a.html", PAGE.format(charset=declared).encode(real)))
    assert "“We have looked at every other way,” Mayor Ada Birk told reporters at the café" in found.text
    assert found.encoding == real


def test_a_page_that_declares_the_wrong_encoding_but_is_utf8(tmp_path: Path) -> None:
    found = only(write(tmp_path / "a.html", PAGE.format(charset="iso-8859-1").encode()))
    assert "at the café" in found.text
    assert found.encoding == "utf-8"


def test_damage_outside_the_article_does_no_harm(tmp_path: Path) -> None:
    data = PAGE.format(charset="utf-8").encode().replace(b"Subscribe", b"Sub\xffscribe")
    assert FIRST_PARAGRAPH in only(write(tmp_path / "a.html", data)).text


@pytest.mark.parametrize("key", ["author", "sourceOrganization"])
def test_an_agency_named_by_the_page_is_the_wire(tmp_path: Path, key: str) -> None:
    page = PAGE.format(charset="utf-8").replace(
        '"comment":', f'"{key}": {{"name": "Agence France-Presse"}}, "comment":'
    )
    assert only(write(tmp_path / "a.html", page)).metadata["wire"] == "AFP"


def test_no_date_is_guessed_from_running_text(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8")
    page = page.replace("2024-03-04T09:30:00+01:00", "").replace("2024-03-04T08:15:00+01:00", "10 months ago")
    page = page.replace("2020-01-01", "").replace("The last boat", "On 5 June 2019 the last boat")
    assert "published" not in only(write(tmp_path / "a.html", page)).metadata


# Tables ------------------------------------------------------------------------------------------------------


def test_jsonl_gives_an_article_a_line(tmp_path: Path) -> None:
    data = jsonl_of(
        {"id": 7, "text": STORY, "headline": "Ferry", "source": "Post", "authors": ["Ida Holm"], "url": None},
        {"body": "Another story.", "date": "2024-03-04", "publisher": {"name": "Post"}},
    )
    articles, problems = read(write(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + data + b"\n"))
    assert problems == []
    assert [one.document.partition("#")[2] for one in articles] == ["7", "2"]
    assert articles[0].metadata == {"title": "Ferry", "publisher": "Post", "author": "Ida Holm"}
    assert articles[0].provenance["title"] == 'column "headline"'
    assert articles[1].metadata == {"published": "2024-03-04", "publisher": "Post"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    stream = io.StringIO()
    rows = [
        ["ID", "Publication Date", "Full Text"],
        ["x1", "2024-03-04", STORY + " At the café; so, he | said\t“yes”."],
    ]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    found = only(write(tmp_path / "a.csv", stream.getvalue().encode(encoding)))
    assert found.text == rows[1][2]
    assert found.document.endswith("a.csv#x1")
    assert found.metadata == {"published": "2024-03-04"}
    assert found.encoding == encoding


def test_csv_as_spreadsheets_declare_their_delimiter(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.csv", "sep=;\r\nname;text\r\n1,5;A story.\r\n")).text == "A story."


def test_csv_with_escaped_quotation_marks(tmp_path: Path) -> None:
    assert (
        only(write(tmp_path / "a.csv", 'id,text\n1,"He said \\"go\\", then left."\n')).text
        == 'He said "go", then left.'
    )


def test_csv_in_gzip(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.csv.gz", gzip.compress(b"text\nA story.\n"))).text == "A story."


def test_parquet_gives_an_article_a_row(tmp_path: Path) -> None:
    table = pa.table(
        {
            "doc_id": ["p1", "p2"],
            "Text": [STORY, "Another\r\nstory."],
            "published_at": [datetime(2024, 3, 4, 8, 15), None],
            "authors": [["Ida Holm", "Bo Ek"], None],
            "vector": [[0.5, 0.25], None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    articles, problems = read(tmp_path / "a.parquet")
    assert problems == []
    assert [one.text for one in articles] == [STORY, "Another\nstory."]
    assert [one.document.partition("#")[2] for one in articles] == ["p1", "p2"]
    assert articles[0].metadata == {"published": "2024-03-04T08:15:00", "author": "Ida Holm, Bo Ek"}
    assert articles[1].metadata == {}


def test_parquet_of_bytes_and_of_wrong_bytes(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"text": pa.array([STORY.encode(), b"\xff\xfe broken"], pa.binary())}), tmp_path / "a.parquet"
    )
    articles, problems = read(tmp_path / "a.parquet")
    assert [one.text for one in articles] == [STORY]
    assert problems[0].message.startswith('row 2: field "text" is not UTF-8')


@given(st.lists(texts, min_size=1, max_size=4))
def test_jsonl_brings_texts_back(written: list[str]) -> None:
    found = list(jsonl.read(source_of(jsonl_of(*({"text": text} for text in written)))))
    assert [one.text for one in found if isinstance(one, Document)] == [unix(text) for text in written]


@given(st.lists(texts, min_size=1, max_size=4))
def test_csv_brings_texts_back(written: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["id", "text"], *enumerate(written)])
    found = list(tabular.read(source_of(stream.getvalue().encode())))
    assert [one.text for one in found if isinstance(one, Document)] == [unix(text) for text in written]


# Archives ----------------------------------------------------------------------------------------------------


def test_a_zip_holds_files_of_every_kind(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["From parquet."]}), tmp_path / "t.parquet")
    members = {
        "news/b.txt": STORY.encode(),
        "news/a.html": PAGE.format(charset="utf-8").encode(),
        "t.jsonl": jsonl_of({"id": "x", "text": "From JSONL."}),
        "t.csv": b"id,text\ny,From CSV.\n",
        "t.parquet": (tmp_path / "t.parquet").read_bytes(),
        "z.txt.gz": gzip.compress(b"From gzip."),
        "README.txt": b"About it.",
        "__MACOSX/news/._b.txt": b"\0\0",
        "picture.jpg": b"\xff\xd8\xff",
    }
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    articles, problems = read(tmp_path / "all.zip")
    assert problems == []
    prefix = f"{tmp_path.name}/all.zip/"
    names = [one.document.removeprefix(prefix) for one in articles]
    assert names == ["news/a.html", "news/b.txt", "t.csv#y", "t.jsonl#x", "t.parquet#1", "z.txt.gz"]


# Sidecars and the order of trust -----------------------------------------------------------------------------


def test_a_sidecar_speaks_of_the_files_beside_and_below_it(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    (tmp_path / "deep").mkdir()
    write(tmp_path / "deep" / "b.txt", STORY + " B.")
    write(tmp_path / "articles.yml", "a.txt: {title: Ferry, date: 2024-03-04}\ndeep/b.txt:\n  wire: Thomson Reuters\n")
    write(tmp_path / "deep" / "articles.csv", "file,wire,outlet\nb.txt,Agence France-Presse,The Post\n")
    (first, second), problems = read(tmp_path)
    assert problems == []
    assert first.metadata == {"title": "Ferry", "published": "2024-03-04"}
    assert first.provenance["title"] == 'articles.yml "title"'
    assert second.metadata == {"wire": "AFP", "publisher": "The Post"}
    assert only(tmp_path / "a.txt").metadata == first.metadata


def test_a_sidecar_may_be_a_list_and_lie_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("n/a.txt", STORY)
        archive.writestr("n/articles.yaml", "- file: a.txt\n  title: Ferry\n")
    assert only(tmp_path / "all.zip").metadata == {"title": "Ferry"}


def test_a_table_called_articles_is_a_table(tmp_path: Path) -> None:
    write(tmp_path / "articles.csv", "file,text\nx.txt,A story.\n")
    assert only(tmp_path).text == "A story."


def test_front_matter_is_believed_before_a_sidecar_and_that_before_the_page(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "---\ntitle: From the head\n---\n" + STORY)
    write(tmp_path / "b.html", PAGE.format(charset="utf-8"))
    sidecar = "a.md: {title: From the sidecar, author: Bo Ek}\nb.html: {title: From the sidecar}\n"
    write(tmp_path / "articles.yml", sidecar)
    (first, second), _ = read(tmp_path)
    assert (first.metadata["title"], first.metadata["author"]) == ("From the head", "Bo Ek")
    assert (second.metadata["title"], second.metadata["author"]) == ("From the sidecar", "Ida Holm")


def test_a_value_that_cannot_be_used_says_why_and_leaves_room(tmp_path: Path) -> None:
    write(tmp_path / "t.jsonl", jsonl_of({"id": "a", "text": STORY, "date": "05/03/2024", "lang": "klingonish"}))
    write(tmp_path / "articles.yml", "t.jsonl: {published: 2024-03-05}\n")
    found = only(tmp_path)
    assert found.metadata == {"published": "2024-03-05"}
    assert found.provenance["published"] == 'articles.yml "published"'
    assert "no language known" in found.provenance["language"]
    write(tmp_path / "articles.yml", "t.jsonl: {}\n")
    assert "could be day or month first" in only(tmp_path).provenance["published"]
