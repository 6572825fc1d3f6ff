"""How connections to Retold's database behave: references are checked, readers do not wait for the writer."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from sqlite3 import Connection, OperationalError
from typing import Any

from datasette import hookimpl

from retold.store import published

PATIENCE_MS = 30_000  # a rebuild may hold the write lock for seconds; people's writes wait for it


@hookimpl
def prepare_connection(conn: Connection, database: str, datasette: Any) -> None:
    if database in published.names(datasette):
        published.prepare(datasette, conn, database)
        conn.execute("pragma foreign_keys = on")
        conn.execute("pragma recursive_triggers = on")  # else REPLACE would delete from the history unasked
        conn.execute(f"pragma busy_timeout = {PATIENCE_MS}")


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    async def use_wal() -> None:
        database = datasette.databases.get(published.authored_name(datasette))
        if database is not None and database.is_mutable and not database.is_memory:
            await database.execute_write_fn(_use_wal, transaction=False)

    return use_wal


def _use_wal(conn: Connection) -> None:
    # A file or folder that may not be written is still served, for reading.
    with suppress(OperationalError):
        conn.execute("pragma journal_mode = wal")
