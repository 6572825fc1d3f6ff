"""Archives that are damaged, hostile or locked: told of, never unpacked, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from retold.reading.formats.limits import Limits
from tests.reading.reading_support import STORY, read, refused

SMALL = Limits(article=2_000, archive_ratio_from=10_000)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zip_of(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name", ["../../escaped.txt", "/escaped.txt", "a/../../escaped.txt", "C:\\escaped.txt", "..\\e.txt"]
)
def test_a_zip_that_leads_out_of_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    articles, problems = read(zip_of(tmp_path / "in" / "a.zip", (name, STORY.encode()), ("good.txt", STORY.encode())))
    assert [one.document for one in articles] == ["in/a.zip/good.txt"]
    assert len(problems) == 1
    assert "leads out of the archive" in problems[0].message
    assert not list(tmp_path.rglob("*escaped.txt"))


def test_a_zip_that_explodes_is_left_alone(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "a.zip", *((f"{number}.txt", b"a" * 100_000) for number in range(20)))
    assert "zip bomb" in refused(file, limits=SMALL).message


def test_a_zip_whose_members_share_their_bytes_is_a_bomb(tmp_path: Path) -> None:
    """Each member looks harmless, but all of them point to the same stretch of the file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0000.txt", b"a story " * 1_000)
        kernel = archive.infolist()[0]
        for number in range(1, 2_000):
            copy = zipfile.ZipInfo(f"{number:04}.txt")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(copy, field, getattr(kernel, field))
            archive.filelist.append(copy)
    assert (
        "zip bomb"
        in refused(
            write(tmp_path / "a.zip", stream.getvalue()), limits=Limits(archive_ratio=50, archive_ratio_from=100_000)
        ).message
    )


def test_a_gzip_that_explodes_is_left_alone(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl.gz", gzip.compress(b"\n" * 5_000_000))
    assert "far beyond any text" in refused(file, limits=SMALL).message


def test_a_member_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "a.zip", ("a.txt", os.urandom(3_000)), ("b.txt", STORY.encode()))
    articles, problems = read(file, limits=SMALL)
    assert [one.text for one in articles] == [STORY]
    assert problems[0].path.endswith("a.zip/a.txt")
    assert "larger than" in problems[0].message


def test_an_encrypted_zip(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "a.zip", ("a.txt", STORY.encode()))
    data = bytearray(file.read_bytes())
    directory = data.index(b"PK\x01\x02")
    for place in (6, directory + 8):
        data[place : place + 2] = struct.pack("<H", struct.unpack("<H", data[place : place + 2])[0] | 1)
    assert "encrypted" in refused(write(file, bytes(data))).message


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", ("a.txt", STORY.encode())).read_bytes()
    assert "zip inside a zip" in refused(zip_of(tmp_path / "outer.zip", ("inner.zip", inner))).message


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:45] + b"\0" * 8 + data[53:],
        lambda data: b"PK\x03\x04 nothing more",
    ],
)
def test_a_damaged_zip(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    data = zip_of(tmp_path / "b.zip", ("a.txt", STORY.encode() * 3)).read_bytes()
    assert "damaged archive" in refused(write(tmp_path / "a.zip", spoil(data))).message


def test_a_gzip_cut_off(tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(500).hex().encode())
    assert "cut off before its end" in refused(write(tmp_path / "a.txt.gz", data[:-40])).message
    assert "damaged archive" in refused(write(tmp_path / "b.txt.gz", b"no gzip at all")).message


def test_articles_before_the_cut_are_kept(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(2_000))
    articles, problems = read(write(tmp_path / "a.jsonl.gz", gzip.compress(lines)[:-2_000]))
    assert 1_000 < len(articles) < 2_000
    assert "cut off" in problems[-1].message
