"""Rows to bytes, streaming: CSV, JSON, newline-delimited JSON, Parquet. Every row given is a row written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from retold.sharing.tables import Row

BATCH = 2_000  # rows held at once
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
Out = BinaryIO | io.RawIOBase
Chunks = Callable[[Sequence[str], Iterable[Row]], Iterator[bytes]]


def csv_chunks(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """RFC 4180 with a header line, UTF-8, NULL as an empty field.

    Cells that a spreadsheet would take for a formula leave as they are: data that is changed on its way out is no
    longer the data. The documentation says how to open such a file safely.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for batch in _batches(rows):
        writer.writerows([row[name] for name in columns] for row in batch)
        yield _drain(out)
    yield _drain(out)


def json_chunks(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """One JSON array of objects, a row a line."""
    yield b"["
    separator = "\n"
    for batch in _batches(rows):
        yield (separator + ",\n".join(_object(columns, row) for row in batch)).encode()
        separator = ",\n"
    yield b"\n]\n"


def ndjson_chunks(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A JSON object a line."""
    for batch in _batches(rows):
        yield "".join(_object(columns, row) + "\n" for row in batch).encode()


TEXT_FORMATS: dict[str, Chunks] = {"csv": csv_chunks, "json": json_chunks, "ndjson": ndjson_chunks}
FORMATS = (*TEXT_FORMATS, "parquet")


def write(kind: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Row], out: Out) -> int:
    """Write rows in one of ``FORMATS``; ``types`` are SQLite column types, used by Parquet. Returns the row count."""
    counted = _Counted(rows)
    for chunk in chunks(kind, columns, types, counted):
        out.write(chunk)
    return counted.number


def chunks(kind: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows in one of ``FORMATS``, piece by piece; ``types`` as for :func:`write`."""
    if kind == "parquet":
        return parquet_chunks(columns, types, rows)
    return TEXT_FORMATS[kind](columns, rows)


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.number += 1
            yield row


def parquet_chunks(columns: Sequence[str], types: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Parquet with zstd, a row group to a batch, in pieces as they are written."""
    schema = pa.schema([(name, _arrow(kind)) for name, kind in zip(columns, types, strict=True)])
    out = _Drained()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            yield out.drain()
    yield out.drain()


class _Drained(io.RawIOBase):
    """A file that hands on what is written to it."""

    def __init__(self) -> None:
        self.held, self.written = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        self.written += len(data)
        return len(data)

    def tell(self) -> int:
        return self.written

    def drain(self) -> bytes:
        held, self.held = bytes(self.held), bytearray()
        return held


def _arrow(kind: str) -> Any:
    return {"integer": pa.int64(), "real": pa.float64()}.get(kind.lower(), pa.string())


def _object(columns: Sequence[str], row: Row) -> str:
    return json.dumps({name: row[name] for name in columns}, ensure_ascii=False)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _drain(out: io.StringIO) -> bytes:
    held = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return held
