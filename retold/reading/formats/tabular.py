"""CSV files: any usual delimiter, any encoding that can be told, quotation marks doubled or escaped.

The first line must name the columns. Bytes that do not fit the file's encoding cost their own record only.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retold.model import Document, Problem
from retold.reading.facts.fields import by_name, key_for
from retold.reading.formats.decoding import encoding_of, refuse_binary
from retold.reading.formats.jsonl import STEP
from retold.reading.formats.limits import Refused, in_words
from retold.reading.formats.records import document
from retold.reading.formats.source import Source

DELIMITERS = ",;\t|"
SAMPLE = 256 * 1024
DECLARED_DELIMITER = re.compile(r"sep=([,;\t|])\s*\n", re.I)
SURROGATES = re.compile("[\ud800-\udfff]")
ESCAPED_QUOTE = re.compile(r'\\"(?=[^",;\t|\r\n])')
DOUBLED_QUOTE = re.compile(r'\w""|""\w')


class Overlong(Exception):
    """A line or a record over the limit; ``resumes`` tells whether the next line surely begins a record."""

    def __init__(self, resumes: bool) -> None:
        self.resumes = resumes


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table divides its fields; ``preamble`` counts the lines before the one that names the columns."""

    delimiter: str
    escaped: bool
    preamble: int


class Lines:
    """The lines of a table, counted, no line or record longer than the limit; what the csv module reads from."""

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self.stream = stream
        self.limit = limit
        self.number = 0
        self.begin_record()

    def begin_record(self) -> None:
        """Start to count a new record with the next line."""
        self.first = self.number + 1
        self.size = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(self.limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.size += len(line)
        if len(line) > self.limit and not line.endswith(("\n", "\r")):
            quotes = line.count('"') + self._skip()
            raise Overlong(resumes=self.first == self.number and quotes % 2 == 0)
        if self.size > self.limit:
            raise Overlong(resumes=False)
        return line

    def _skip(self) -> int:
        """Read past the rest of a line in little memory; the quotation marks in it."""
        quotes = 0
        while piece := self.stream.readline(STEP):
            quotes += piece.count('"')
            if piece.endswith(("\n", "\r")):
                break
        return quotes


def read(source: Source) -> Iterator[Document | Problem]:
    """The articles of a CSV file, one a record."""
    encoding = encoding_of_table(source)
    with open_text(source, encoding) as stream:
        for record, place, number in rows(source, stream, encoding):
            if isinstance(record, Problem):
                yield record
            elif number == 0:
                _require_text(record)
            else:
                yield document(source, record, number, place, encoding)


def rows(
    source: Source, stream: io.TextIOWrapper, encoding: str
) -> Iterator[tuple[dict[str, object] | Problem, str, int]]:
    """The records of a table with their place and number; number 0 is the header. A record in trouble is a Problem."""
    csv.field_size_limit(max(csv.field_size_limit(), source.limits.article))
    dialect = dialect_of(source, encoding)
    lines = Lines(stream, source.limits.article)
    for _ in range(dialect.preamble):
        next(lines)
    escapes = "\\" if dialect.escaped else None
    reader = csv.reader(
        lines, delimiter=dialect.delimiter, escapechar=escapes, doublequote=not dialect.escaped, strict=True
    )
    header: list[str] = []
    number = 0
    for cells, place in _cells(source, reader, lines):
        if isinstance(cells, Problem):
            yield cells, place, number
        elif not header:
            header = cells
            yield dict.fromkeys(header), place, 0
        else:
            number += 1
            yield _record(source, header, cells, place, encoding), place, number
    if not header:
        raise Refused("the file is empty; give it a first line that names the columns, and a line for each article")
    if number == 0:
        yield source.problem("the table has no rows under its first line; add some or leave it out"), place, 0


def _cells(source: Source, reader: Iterator[list[str]], lines: Lines) -> Iterator[tuple[list[str] | Problem, str]]:
    """The records that are not blank, as they are divided, with the lines where they begin."""
    while True:
        lines.begin_record()
        place = f"line {lines.first}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except Overlong as overlong:
            yield source.problem(_too_long(source, overlong), place), place
            if not overlong.resumes:
                return
        except csv.Error as error:
            yield source.problem(_broken(error), place), place
        else:
            if any(cell.strip() for cell in cells):
                yield cells, place


def open_text(source: Source, encoding: str) -> io.TextIOWrapper:
    """The table as text in its own encoding; bytes that do not fit come through as lone surrogates."""
    return io.TextIOWrapper(source.open(), encoding, "surrogateescape", newline="")


def encoding_of_table(source: Source) -> str:
    """UTF-8 if all of it is, else what its first lines beyond ASCII look like. Raises ``Refused`` for binary files."""
    with source.open() as stream:
        head = stream.read(SAMPLE)
        refuse_binary(head, tolerated=len(head) // 20)
        if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        piece, sample = head, b""
        while piece:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                sample += b"".join(line for line in piece.splitlines(True) if not line.isascii())
                break
            piece = stream.read(STEP)
    try:
        return encoding_of(sample[:SAMPLE]) if sample else "utf-8"
    except Refused:
        return "utf-8"


def dialect_of(source: Source, encoding: str) -> Dialect:
    """The delimiter under which a text column comes out, and whether quotation marks are escaped or doubled."""
    with open_text(source, encoding) as stream:
        sample = stream.read(SAMPLE)
    escaped = bool(ESCAPED_QUOTE.search(sample)) and not DOUBLED_QUOTE.search(sample)
    if declared := DECLARED_DELIMITER.match(sample):
        return Dialect(declared[1], escaped, 1)
    header = sample.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    return Dialect(max(DELIMITERS, key=lambda one: _fitness(header, one)), escaped, 0)


def _fitness(header: str, delimiter: str) -> tuple[bool, int]:
    """How well a delimiter divides a header: whether a text column comes out, and how many columns do."""
    try:
        names = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return False, 0
    return key_for("text", by_name(dict.fromkeys(names))) is not None, len(names)


def _record(
    source: Source, header: list[str], cells: list[str], place: str, encoding: str
) -> dict[str, object] | Problem:
    if len(cells) != len(header):
        return source.problem(
            f"{len(cells)} fields where the first line names {len(header)}; quote fields that hold the delimiter", place
        )
    if encoding != "utf-16" and any(not cell.isascii() and SURROGATES.search(cell) for cell in cells):
        return source.problem(f"bytes that are not {encoding}; save the file as UTF-8", place)
    record: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=True):
        record.setdefault(name, cell)
    return record


def _require_text(header: Mapping[str, object]) -> None:
    if key_for("text", by_name(header)) is None:
        named = ", ".join(f'"{name[:40]}"' for name in list(header)[:12])
        raise Refused(f'no column for the text: the first line has {named}; call one "text", "body" or "content"')


def _too_long(source: Source, overlong: Overlong) -> str:
    limit = in_words(source.limits.article)
    if overlong.resumes:
        return f"longer than {limit}, which one article may take; split it"
    return f"a record longer than {limit}, or a quotation mark that is never closed; mend it, nothing after it was read"


def _broken(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "a quotation mark opened here is never closed; mend it, nothing after it was read"
    return f"not a CSV record ({error}); double the quotation marks inside quoted fields"
