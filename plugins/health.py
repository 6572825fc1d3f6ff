"""Whether the service works, for platforms that ask: one word, nothing about how it is made."""

import asyncio
from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

from datasette import Response, hookimpl

from retold.store import migrations, published

PATIENCE = 5.0  # seconds; a server that takes longer to read one row is not well


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/health$", health)]


async def health(datasette: Any) -> Response:
    well = await is_well(datasette)
    headers = {"cache-control": "no-store"}
    return Response.json({"ok": well}, status=200 if well else 503, headers=headers)


async def is_well(datasette: Any) -> bool:
    try:
        answer = published.database(datasette).execute_fn(answers)
        return bool(await asyncio.wait_for(answer, PATIENCE))
    except Exception:  # whatever it is, the answer is the same, and it is an answer
        return False


def answers(connection: Connection) -> bool:
    """The file is ours, of the schema that this release writes, and can be read."""
    connection.execute("select id from articles limit 1").fetchone()
    return migrations.unfit(connection) is None
