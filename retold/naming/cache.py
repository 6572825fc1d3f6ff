"""Sentences that the models have read before, in a file beside the database: a sentence met again is not read again.

The file is only ever a help. Whatever is wrong with it (locked, damaged, full disk, no permission), the build goes on
without it and says so once. It may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
import struct
import time
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import metadata
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from retold.naming import models, packing
from retold.reading.extent import readable

ENTRIES = 1_000_000
"""Sentences kept unless told otherwise; about 250 bytes each."""
FORMAT = "1"  # of what is packed; another one makes every sentence new
OURS = 0x52544C43  # marks the file as ours, so that no other database is written into
KEYS = 400  # in one query
PATIENCE = 2.0  # seconds to wait for another process that writes
HOUR = 3600
CHECK = struct.Struct("<I")  # a CRC before each value

SCHEMA = f"""
begin immediate;
create table if not exists sentence (
    id integer primary key, key blob not null unique, used integer not null, value blob not null
);
create index if not exists sentence_used on sentence (used);
create table if not exists size (one integer primary key check (one = 1), entries integer not null);
insert or ignore into size values (1, 0);
pragma application_id = {OURS};
commit;
"""


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How often the models could be spared; add up what several processes report.

    ``hits`` and ``misses`` count sentences, ``entries`` those in the file; ``problem`` says why the file could not be
    used, if it could not.
    """

    hits: int = 0
    misses: int = 0
    entries: int = 0
    problem: str | None = None

    def __add__(self, other: CacheUse) -> CacheUse:
        return CacheUse(
            self.hits + other.hits,
            self.misses + other.misses,
            max(self.entries, other.entries),
            self.problem or other.problem,
        )

    @property
    def rate(self) -> float:
        """The share of sentences that the models did not have to read, 0 to 1."""
        return self.hits / (self.hits + self.misses) if self.hits else 0.0


class SentenceCache:
    """Read sentences by text and model, at most ``limit`` of them; those not used for longest go first.

    Several processes may share the file, each with a ``SentenceCache`` of its own. No method raises where the file
    fails: ``problem`` then says why, and from there on nothing is found and nothing kept.
    """

    def __init__(self, path: Path, limit: int = ENTRIES, clock: Callable[[], float] = time.time) -> None:
        self.path, self.limit, self.clock = path, limit, clock
        self.problem: str | None = None
        self.entries = 0
        self._stale: list[bytes] = []
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _open(path)
            self.entries = _entries(self._connection)
            weakref.finalize(self, self._connection.close)
        except (sqlite3.Error, OSError, TypeError) as error:
            self._fail(error)

    def get(self, texts: Iterable[str]) -> dict[str, Doc]:
        """The documents of those of the texts that are kept."""
        keys = {_key(text): text for text in texts}
        docs = {}
        for key, value in self._values(list(keys)):
            doc = _restored(key, value, keys[key])
            if doc is not None:
                docs[keys[key]] = doc
        return docs

    def put(self, docs: Mapping[str, Doc]) -> None:
        """Keep documents by their text; one that is kept already is replaced, as it may have syntax now."""
        if self._connection is None:
            return
        rows = {key: value for text, doc in docs.items() for key, value in _row(text, doc)}
        try:
            if rows or self._stale:
                self.entries = self._write(self._connection, rows)
        except (sqlite3.Error, OSError, TypeError) as error:
            self._fail(error)

    def close(self) -> None:
        """Let go of the file; a cache that is closed finds nothing and keeps nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _values(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Key and value of those that are there; which were last used some time ago is noted where room is scarce."""
        hour = self._hour()
        for some in _portions(keys):
            for key, value, used in self._select(some):
                if used != hour and 2 * self.entries > self.limit:
                    self._stale.append(key)
                yield key, value

    def _select(self, keys: list[bytes]) -> list[tuple[bytes, bytes, int]]:
        if self._connection is None:
            return []
        query = f"select key, value, used from sentence where key in ({', '.join('?' * len(keys))})"
        try:
            return self._connection.execute(query, keys).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
            return []

    def _write(self, connection: sqlite3.Connection, rows: dict[bytes, bytes]) -> int:
        """New rows in, what was read marked as used, the oldest out, in one transaction; the number of entries then."""
        hour, stale, self._stale = self._hour(), self._stale, []
        with connection:
            connection.execute("begin immediate")
            connection.executemany("update sentence set used = ? where key = ?", [(hour, key) for key in stale])
            entries = _entries(connection)
            entries -= connection.executemany("delete from sentence where key = ?", [(key,) for key in rows]).rowcount
            insert = "insert into sentence (key, used, value) values (?, ?, ?)"
            entries += connection.executemany(insert, [(key, hour, value) for key, value in rows.items()]).rowcount
            if entries > self.limit:
                oldest = "delete from sentence where id in (select id from sentence order by used, id limit ?)"
                entries -= connection.execute(oldest, (entries - self.limit,)).rowcount
            connection.execute("update size set entries = ?", (entries,))
        return entries

    def _hour(self) -> int:
        return int(self.clock() // HOUR)

    def _fail(self, error: Exception) -> None:
        remedy = "The result is the same; delete the file if this happens again."
        self.problem = f"sentences are read without the cache {self.path}: {error}. {remedy}"
        self.close()


def _open(path: Path) -> sqlite3.Connection:
    """The file, made if there is none; raises ``sqlite3.Error`` or ``OSError`` where it cannot be used."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        # Both in one statement, because another process may be making the file just now.
        mark, tables = connection.execute(
            "select application_id, (select count(*) from sqlite_master) from pragma_application_id"
        ).fetchone()
        if mark != OURS:
            if tables:
                raise sqlite3.DatabaseError("it is another database")
            _patiently(connection, "pragma journal_mode = wal")
            _patiently(connection, SCHEMA)
        connection.execute("pragma synchronous = normal")
    except BaseException:
        connection.close()
        raise
    return connection


def _patiently(connection: sqlite3.Connection, script: str) -> None:
    """Run a script that another process may be running too; SQLite's own patience does not cover a change of mode."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.executescript(script)
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.rollback()
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _entries(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select entries from size").fetchone()[0])


def _portions(keys: list[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(keys)
    while some := list(islice(remaining, KEYS)):
        yield some


@cache
def _model() -> bytes:
    """What a document depends on besides its text: the model, the library that runs it, and how it is packed."""
    return "\0".join((models.checksum(), metadata.version("spacy"), FORMAT, "")).encode()


def _key(text: str) -> bytes:
    return blake2b(_model() + readable(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _row(text: str, doc: Doc) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of a sentence; nothing for one that has no room in the format."""
    try:
        key, packed = _key(text), packing.pack(doc)
    except packing.Unpackable:
        return
    yield key, CHECK.pack(zlib.crc32(packed, zlib.crc32(key))) + packed


def _restored(key: bytes, value: bytes, text: str) -> Doc | None:
    """The document of a value; None where it was damaged, which makes the sentence one that is not kept."""
    packed = bytes(value)[CHECK.size :]
    if bytes(value)[: CHECK.size] != CHECK.pack(zlib.crc32(packed, zlib.crc32(key))):
        return None
    try:
        return packing.unpack(readable(text), packed)
    except packing.Unpackable:
        return None
