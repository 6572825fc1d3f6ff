"""Bytes to text: which encoding a file is in, and a refusal where nobody can tell.

UTF-8 is tried first, strictly. Only a file that holds no UTF-8 beyond ASCII is given to charset-normalizer, and its
answer is taken only if the words look like words; otherwise the file is refused with the byte where it goes wrong.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retold.reading.formats.limits import Refused

# What archives are really kept in, commonest first; the order settles ties between equally good readings.
LEGACY = (
    "cp1252 cp1251 cp1250 cp1253 cp1254 cp1255 cp1256 cp932 gb18030 big5hkscs cp949 euc_jp "
    "koi8_r iso8859_2 iso8859_5 iso8859_15 mac_roman cp850 cp874"
).split()
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NOT_TEXT = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
LONE_LETTERS = frozenset("àáåäæèéêìíîòóôöøùúûªº")
WORD = re.compile(r"[^\W\d_]+")
# Control characters, spacing accents, box drawings: what the wrong table makes of letters.
NEVER_WRITTEN = re.compile("[\x7f-\x9f\u02c7\u02d8-\u02dd\u2320-\u2321\u2500-\u25a0]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; newlines become ``\\n``, nothing else changes.

    Raises ``Refused`` for bytes that are no text, or text in an encoding that cannot be told with confidence.
    """
    encoding = encoding_of(data)
    return newlines(data.decode(encoding)), encoding


def newlines(text: str) -> str:
    """Windows and old Macintosh line ends as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes) -> str:
    """The encoding that decodes all of the bytes. Raises ``Refused`` as ``decode`` does."""
    refuse_binary(data)
    marked = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if marked:
        return _as_marked(data, marked)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error.start)
    return "utf-8"


def refuse_binary(data: bytes, tolerated: int = 0) -> None:
    """Raise ``Refused`` for bytes that begin like a known binary format, or hold NULs without a mark of UTF-16.

    ``tolerated`` NULs are let through: a table with a damaged record is still a table.
    """
    for mark, kind in NOT_TEXT:
        if data.startswith(mark):
            raise Refused(f"binary: this is {kind}; give the article as text, HTML, JSONL, CSV or Parquet")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    if not wide and data.count(0) > tolerated:
        raise Refused(f"binary: byte {data.find(0)} is NUL; give the article as text, or save UTF-16 text as UTF-8")


def where(data: bytes, position: int) -> str:
    """A byte's place as a person looks it up."""
    return f"byte {position} (line {data.count(10, 0, position) + 1})"


def _as_marked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place = where(data, error.start)
        raise Refused(f"not {encoding} as its byte-order mark says, at {place}; save it as UTF-8") from None
    if encoding != "utf-8-sig" and text and not _has_breaks(text):
        raise Refused(f"binary: it begins like {encoding} but holds no words; save the article as UTF-8 text")
    return encoding


def _has_breaks(text: str) -> bool:
    return any(character.isspace() or character in "。、，" for character in text)


def _legacy(data: bytes, position: int) -> str:
    """The pre-Unicode encoding of bytes that are not UTF-8, the first wrong one at ``position``."""
    if _mostly_utf8(data):
        raise Refused(f"damaged UTF-8 at {where(data, position)}; restore the file or save it again as UTF-8")
    from charset_normalizer import from_bytes  # noqa: PLC0415 (only files that are not UTF-8 pay for it)

    readings = []
    for match in from_bytes(data, cp_isolation=LEGACY):
        for name in {match.encoding, *match.could_be_from_charset} & set(LEGACY):
            readings.append((round(match.chaos, 2), LEGACY.index(name), name))
    if not readings:
        raise Refused(_unsure(data, position))
    ranked = sorted((oddities(data.decode(name)), chaos, order, name) for chaos, order, name in readings)
    odd, _, _, best = ranked[0]
    if odd:
        raise Refused(_unsure(data, position))
    return best


def _unsure(data: bytes, position: int) -> str:
    return f"not UTF-8 at {where(data, position)}, and no other encoding fits with confidence; save the file as UTF-8"


def _mostly_utf8(data: bytes) -> bool:
    """Whether at least half of what is not ASCII is proper UTF-8: then the rest is damage, not another encoding."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    proper = sum(1 for character in text if character > "\x7f") - wrong
    return proper >= max(wrong, 1)


def oddities(text: str) -> int:
    """Words that no language spells so: a sign that the text was decoded with the wrong table.

    Counted are accented capitals inside lower-case words, words of accented letters only, words of mixed scripts,
    characters that no article holds, and a foreign script that stands out in a Latin text.
    """
    foreign = ascii_letters = odd = 0
    for match in WORD.finditer(text):
        word = match.group()
        if word.isascii():
            ascii_letters += len(word)
            continue
        latin = [letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in word]
        foreign += latin.count(False)
        odd += any(latin) and (not all(latin) or _odd_latin(word))
    odd += len(NEVER_WRITTEN.findall(text))
    return odd + (0 < foreign < ascii_letters)


def _odd_latin(word: str) -> bool:
    if not any(letter.isascii() for letter in word):
        return len(word) > 1 or word.lower() not in LONE_LETTERS
    pairs = pairwise(word)
    return any(first.islower() and second.isupper() and not second.isascii() for first, second in pairs)
