"""Whole tables as CSV at the speed of the database: SQLite itself puts lines together, some thousands at a time.

Python takes each piece as bytes and passes it on. While SQLite works, other threads of the server run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from retold.sharing import tables

BATCH = 2_000  # rows to a piece


def csv_chunks(connection: sqlite3.Connection, name: str, batch: int = BATCH) -> Iterator[bytes]:
    """A table, all of it as it stood at the first piece: header line, UTF-8, rows in the order in which they lie.

    The order of the key, in which other exports write, would fetch every row from another place of the file.
    Every text stands in quotes, so that an empty one and NULL, which is an empty field, differ. Numbers read back as
    the very same. Cells that a spreadsheet would take for a formula leave as they are, as everywhere.
    """
    line = _line(connection, name)
    yield ",".join(tables.describe(connection, name)).encode() + b"\r\n"
    sql = f"""
        select cast(group_concat(line, '') as blob) from (
          select {line} as line from "{name}" where rowid > ? and rowid <= ? order by rowid)
    """
    connection.execute("begin")
    try:
        low = -(1 << 63)
        while (high := _last(connection, name, low, batch)) is not None:
            yield connection.execute(sql, [low, high]).fetchone()[0]
            low = high
    finally:
        connection.rollback()


def _last(connection: sqlite3.Connection, name: str, low: int, batch: int) -> int | None:
    """The number of the last row of the next piece; None where there is none."""
    sql = f'select max(rowid) from (select rowid from "{name}" where rowid > ? order by rowid limit ?)'
    found: int | None = connection.execute(sql, [low, batch]).fetchone()[0]
    return found


def _line(connection: sqlite3.Connection, name: str) -> str:
    """SQL for a row as a line. ``printf`` is fast but ends a text at a NUL: a row that holds one goes another way."""
    info = connection.execute(f'pragma table_xinfo("{name}")').fetchall()
    ids = {row[1] for row in info if row[5]}
    ids |= {row[3] for row in connection.execute(f'pragma foreign_key_list("{name}")')}
    given = {row[1]: row[2].lower() == "text" and bool(row[3] or row[5]) for row in info}
    columns = {f'"{column}"': plain for column, plain in given.items()}
    form = ",".join('"%w"' if plain else "%s" for plain in columns.values())
    quick = "printf('\"%w\"', {0})"
    cells = ", ".join(column if plain else _cell(column, quick) for column, plain in columns.items())
    fast = f"printf('{form}' || char(13, 10), {cells})"
    slow = " || ',' || ".join(_cell(column) for column in columns) + " || char(13, 10)"
    # What a generated column holds stands in another column too.
    texts = [f'"{row[1]}"' for row in info if row[2].lower() == "text" and row[1] not in ids and not row[6]]
    nul = " or ".join(f"instr({column}, char(0))" for column in texts)
    return f"iif({nul}, {slow}, {fast})" if nul else fast


QUOTED = """'"' || replace({0}, '"', '""') || '"'"""


def _cell(column: str, quoted: str = QUOTED) -> str:
    return f"""case typeof({column}) when 'integer' then {column} when 'null' then ''
      when 'real' then {_exact(column)} else {quoted.format(column)} end"""


def _exact(column: str) -> str:
    """Fifteen digits where they are enough, as they nearly always are, else seventeen."""
    return f"iif(cast(cast({column} as text) as real) = {column}, {column}, printf('%!.17g', {column}))"
