"""Bytes to text: encodings, byte-order marks, line ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.formats.decoding import decode
from retold.reading.formats.limits import Refused
from tests.reading.reading_support import only, refused

WESTERN = "The café in Düsseldorf “will not close”, the owner’s son said — for £5 million. Señor Núñez agreed. "
POLISH = "Premier powiedział w piątek, że rząd przygotuje ustawę. Źródła są różne, a żołnierze wracają do kraju. "
RUSSIAN = "Премьер-министр заявил в пятницу, что паром закроют весной. Жители города недовольны решением. "
GREEK = "Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γραμμή θα κλείσει την άνοιξη. Οι κάτοικοι διαφωνούν. "
JAPANESE = "市長は月曜日、古いフェリー航路を来年の春に廃止すると発表した。住民は反対している。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "cp1252"),
        (WESTERN, "mac_roman"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (WESTERN + RUSSIAN, "utf-16"),
        (WESTERN, "utf-32"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-8"),
    ],
)
def test_the_encoding_is_told_and_recorded(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((text * 3).encode(encoding, "ignore"))
    found = only(file)
    assert found.text == (text * 3).encode(encoding, "ignore").decode(encoding)
    assert found.encoding == encoding


def test_one_accented_letter_is_enough_in_a_plain_text() -> None:
    assert decode("The café in the harbour will close next spring.".encode("cp1252"))[0].startswith("The café in")


@pytest.mark.parametrize(
    "data",
    [
        b"The mayor said \xff\xfe\xfd on Monday that the line would close.",
        b"The mayor said on Monday \x80\x81\x8d\x90 the line would close.",
        b"A line\nand another \xfe\xff\xfe here.",
    ],
)
def test_bytes_that_are_no_words_in_any_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not UTF-8 at byte"):
        decode(data)


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    data = "“Café”, said Zoë.\nThen the line breaks: ".encode() + b"\xe2\x80" + " and goes on — so.".encode()
    with pytest.raises(Refused, match=r"damaged UTF-8 at byte \d+ \(line 2\)"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 words", "PDF"),
        (b"{\\rtf1 words}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04 words", "zip"),
        (b"words\x00words", "byte 5 is NUL"),
        (b"\xff\xfe" + bytes(range(0x40, 0x4F)), "utf-16"),
    ],
)
def test_binary_files_are_named(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert said in refused(file).message


@given(st.text(st.characters(exclude_characters="\0\r\ufeff", codec="utf-8")))
def test_any_utf8_comes_back_as_it_was(text: str) -> None:
    data = text.encode()
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"GIF8", b"{\\rtf")):
        return
    assert decode(data) == (text, "utf-8")


@given(st.lists(st.sampled_from(["Word", "é", " ", "\r\n", "\r", "\n"])))
def test_line_ends_become_one_kind_and_nothing_else_changes(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert decode(text.encode())[0] == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Refused:
        return
    assert data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n") == text
