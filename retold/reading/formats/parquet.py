"""Parquet files, by pyarrow."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from retold.model import Document, Problem
from retold.reading.facts.fields import by_name, plain, synonyms
from retold.reading.formats.limits import MEBIBYTE, Refused, in_words
from retold.reading.formats.records import document
from retold.reading.formats.source import Source

BATCH = 64


def read(source: Source) -> Iterator[Document | Problem]:
    """The articles of a Parquet file, one a row; only the columns that mean something to Retold are decoded."""
    try:
        import pyarrow as arrow  # noqa: PLC0415 (large, and few need it)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise Refused(
            "reading Parquet needs pyarrow, which is not installed: pip install pyarrow, or save it as CSV"
        ) from None

    with _seekable(source) as stream:
        try:
            table = parquet.ParquetFile(stream)
            columns = _columns(list(table.schema_arrow.names))
            number = 0
            for batch in table.iter_batches(batch_size=BATCH, columns=columns):
                for position in range(batch.num_rows):
                    number += 1
                    yield _row(source, batch, position, number)
        except arrow.ArrowException as error:
            raise Refused(f"not a Parquet file that can be read ({_first_line(error)}); write it again") from None
    if number == 0:
        raise Refused("the table has no rows; add some or leave it out")


def _columns(names: list[str]) -> list[str]:
    known = {name for group in synonyms().values() for name in group}
    if not any(plain(name) in synonyms()["text"] for name in names):
        named = ", ".join(f'"{name[:40]}"' for name in names[:12]) or "none"
        raise Refused(f'no column for the text: the columns are {named}; call one "text", "body" or "content"')
    return [name for name in by_name(dict.fromkeys(names)).values() if plain(name) in known]


def _row(source: Source, batch: Any, position: int, number: int) -> Document | Problem:
    place = f"row {number}"
    record: dict[str, object] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value = column[position].as_py()
            record[name] = value.decode("utf-8") if isinstance(value, bytes) else value
        except (UnicodeDecodeError, ValueError, OverflowError) as error:
            reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "a value that cannot be read"
            return source.problem(f'field "{name}" is {reason}; write the table again', place)
    return document(source, _plain_values(record), number, place, "utf-8")


def _plain_values(record: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if value is not None}


def _seekable(source: Source) -> BinaryIO:
    """The file itself where it can be read from any place, else a bounded copy of it on disk."""
    stream = source.open()
    try:
        stream.seek(0, 2)
        stream.seek(0)
        if stream.fileno() >= 0:
            return stream
    except (OSError, AttributeError):
        pass
    copy: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    limit = source.limits.table_in_archive
    with stream:
        while piece := stream.read(MEBIBYTE):
            if copy.tell() > limit:
                raise Refused(f"larger than {in_words(limit)} once unpacked; unpack it yourself, then read it")
            copy.write(piece)
    copy.seek(0)
    return copy


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:120]
