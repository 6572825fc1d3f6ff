"""A zip whose names mean harm: nothing is written by them, nothing of it is lost silently, what is good is read."""

from __future__ import annotations

import sqlite3
import stat
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from retold import build
from retold.sharing import brat, tei
from retold.store import schema
from tests.conftest import lay_out
from tests.plugins.conftest import serve

LEAVING = [
    "../../etc/out.txt",
    "a/../../out.txt",
    "/etc/out.txt",
    "//host/share/out.txt",
    "C:/out.txt",
    "C:\\out.txt",
    "..\\out.txt",
    "\\\\host\\share\\out.txt",
    "\\out.txt",
    "a\\..\\..\\out.txt",
    "..",
]
ODD = [
    "bell\x07\x1b[31m.txt",
    "line\nbreak.txt",
    "\u202etxt.gnp.txt",
    "zero\u200bwidth.txt",
    "<script>window.harm=1</script>.txt",
    "=1+1.txt",
    "{{7*7}}.txt",
    "%2e%2e%2fout.txt",
    "😀/𝔘.txt",
    "a//./b.txt",
    "CON.txt",
    "~root.txt",
    "$HOME.txt",
    "`id`.txt",
    "x" * 300 + ".txt",
    "deep/" * 60 + "end.txt",
    "' or 1=1 --.txt",
]


def story(number: int) -> bytes:
    return f"The harbour closes gate {number}\n\nThe mayor of Lima shut gate {number} on Tuesday.\n".encode()


def pack(path: Path) -> Path:
    inner = path.with_name("inner.zip")
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", story(0))
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for number, name in enumerate([*ODD, *LEAVING, "twice.txt", "twice.txt"], 1):
            archive.writestr(name, story(number))
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        pipe = zipfile.ZipInfo("pipe.txt")
        pipe.external_attr = (stat.S_IFIFO | 0o666) << 16
        archive.writestr(pipe, story(98))
        archive.write(inner, "inner.zip")
        archive.writestr("locked.txt", story(99))
        archive.writestr("?name", story(97))
    inner.unlink()
    data = bytearray(path.read_bytes().replace(b"?name", b"\0name"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = next(i for i in _all(data, signature) if b"locked.txt" in data[i : i + 70])
        data[at + flags] |= 1
    path.write_bytes(data)
    return path


def _all(data: bytes, wanted: bytes) -> Iterator[int]:
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zips") / "deep" / "in" / "here"
    (folder / "in").mkdir(parents=True)
    pack(folder / "in" / "harm.zip")
    (folder / "in" / "good.txt").write_bytes(story(1000))
    assert build.main([str(folder / "in"), "--db", str(folder / "retold.db"), "--quiet"]) == 1
    return folder


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = schema.connect(folder / "retold.db")
    yield connection
    connection.close()


def test_nothing_is_written_by_the_names_of_an_archive(folder: Path) -> None:
    assert sorted(path.name for path in (folder / "in").iterdir()) == ["good.txt", "harm.zip"]
    strangers = [path for path in folder.parents[2].rglob("*") if path.is_file() and path.parent != folder / "in"]
    assert {path.name.split(".db")[0] for path in strangers} == {"retold"}


def test_every_member_is_an_article_or_told_of(db: sqlite3.Connection) -> None:
    told = {row["path"]: row["message"] for row in db.execute("select path, message from build_errors")}
    for name in LEAVING:
        found = [told[path] for path in told if path.endswith(f"harm.zip/{name}".replace("\\", "/"))]
        assert len(found) == 1, name
        assert "leads out of the archive" in found[0]
    assert [message for path, message in told.items() if path.endswith("/link.txt") and "a link" in message]
    assert [message for path, message in told.items() if path.endswith("/") and "without a name" in message]
    assert [message for path, message in told.items() if path.endswith("/locked.txt") and "encrypted" in message]
    assert [message for path, message in told.items() if path.endswith("/inner.zip") and "inside a zip" in message]
    texts = [row[0] for row in db.execute("select text from articles")]
    for number in range(1, len(ODD) + 1):
        assert any(f"gate {number} " in text for text in texts), ODD[number - 1]


def test_names_of_members_become_harmless_ids(db: sqlite3.Connection) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    ids = [row[0] for row in db.execute("select id from articles")]
    assert len(ids) == len(set(ids)) >= len(ODD) + 2
    assert all(set(one) <= allowed and not one.startswith((".", "-")) and len(one) < 200 for one in ids)
    names = [name for name, _ in tei.documents(db)] + [name for name, _, _ in brat.documents(db)]
    assert not [name for name in names if "/" in name or "\\" in name or ".." in name]


def test_of_two_members_of_one_name_the_second_is_told_of(db: sqlite3.Connection) -> None:
    [row] = db.execute("select text from articles where document like '%/twice.txt'")
    assert f"gate {len(ODD) + len(LEAVING) + 1} " in row["text"]
    [told] = db.execute("select message from build_errors where path like '%/twice.txt'")
    assert "another article has this name" in told["message"]


async def test_pages_show_the_names_as_text(folder: Path) -> None:
    site = serve(lay_out(folder))
    for path in ("/", "/retold/articles?_size=max", "/retold/build_errors?_size=max"):
        page = (await site.client.get(path)).text
        assert not [one for one in html.fromstring(page).iter("script") if "harm=" in (one.text or "")]
        assert "{49}" not in page
    assert "&lt;script&gt;window.harm=1" in (await site.client.get("/retold/articles?_size=max")).text
    site.close()


def test_a_message_shows_no_control_character(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A terminal would obey them."""
    build.main([str(folder / "in"), "--db", str(folder / "retold.db"), "--quiet", "--force"])
    shown = capfd.readouterr().err
    assert "leads out of the archive" in shown
    assert not [c for c in shown if c != "\n" and (ord(c) < 32 or c in "\u202e\u2066")]
