"""The dataset as a whole: one zip that is complete, described, checkable and citable."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from retold.sharing import contract, croissant, datapackage, formats, papers, tables
from retold.sharing.about import About

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content gives the same zip, whenever it is made


class Bundle:
    """Writes members into one zip and remembers their hashes; members stream, so memory stays flat."""

    def __init__(self, out: BinaryIO) -> None:
        self.zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.hashes: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def add(self, name: str, content: bytes | str) -> None:
        with self.open(name) as member:
            member.write(content.encode() if isinstance(content, str) else content)

    def open(self, name: str) -> _Member:
        return _Member(self, name)

    def close(self) -> None:
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.hashes.items()))
        self.add("CHECKSUMS", lines)
        self.zip.close()


class _Member(io.RawIOBase):
    """One member of the zip, hashed on the way in."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self.bundle, self.name_, self.size, self.hash = bundle, name, 0, hashlib.sha256()
        self.target = bundle.zip.open(info, "w", force_zip64=True)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.hash.update(content)
        self.size += len(content)
        return self.target.write(content)

    def close(self) -> None:
        if not self.closed:
            self.target.close()
            self.bundle.hashes[self.name_], self.bundle.sizes[self.name_] = self.hash.hexdigest(), self.size
        super().close()


def write(connection: sqlite3.Connection, about: About, out: BinaryIO, with_text: bool = True) -> dict[str, int]:
    """Write the dataset to ``out`` as a zip; returns the row count by table. Reads one snapshot of the database.

    ``with_text=False`` leaves out what articles say word for word and keeps offsets and hashes.
    """
    bundle = Bundle(out)
    connection.execute("begin")
    try:
        promised = contract.read(connection)
        counts = {name: _table(connection, bundle, name, with_text) for name in tables.NAMES}
        _describe(connection, bundle, about, promised, counts, with_text)
        bundle.close()
    finally:
        bundle.zip.close()
        connection.execute("rollback")
    return counts


def save(connection: sqlite3.Connection, about: About, path: Path, with_text: bool = True) -> dict[str, int]:
    """:func:`write` to a file that appears whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            counts = write(connection, about, out, with_text)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _table(connection: sqlite3.Connection, bundle: Bundle, name: str, with_text: bool) -> int:
    columns = tables.describe(connection, name)
    number = 0
    for kind in ("csv", "parquet"):
        with bundle.open(f"{kind}/{name}.{kind}") as member:
            rows = tables.stream(connection, name, with_text)
            number = formats.write(kind, list(columns), list(columns.values()), rows, member)
    return number


def _describe(
    connection: sqlite3.Connection,
    bundle: Bundle,
    about: About,
    promised: list[contract.Table],
    counts: dict[str, int],
    with_text: bool,
) -> None:
    files = {
        name: {"path": path, "bytes": bundle.sizes[path], "hash": bundle.hashes[path]}
        for name in tables.NAMES
        if (path := f"csv/{name}.csv")
    }
    made = papers.provenance(connection)
    bundle.add("datapackage.json", _json(datapackage.describe(about, promised, files, with_text)))
    bundle.add("croissant.json", _json(croissant.describe(about, promised, files)))
    bundle.add("codebook.json", _json(papers.codebook(connection)))
    bundle.add("agreement.json", _json(papers.agreed(connection)))
    bundle.add("provenance.json", _json(made))
    bundle.add("README.md", papers.card(about, promised, counts, with_text))
    bundle.add("DATASHEET.md", papers.datasheet(about, counts, made))
    bundle.add("CITATION.cff", papers.citation(about))


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
