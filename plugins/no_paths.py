"""Where the database lies on the server's disk is told to nobody.

Datasette 1.0a41 tells every visitor, on ``/-/databases`` and through SQL.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import Response, hookimpl
from datasette.resources import DatabaseResource


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.set_authorizer(without_paths)


def without_paths(action: int, first: str | None, *more: str | None) -> int:
    """``PRAGMA database_list``, also as the function of that name, finds nothing. Nothing is attached here anyway."""
    hidden = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() == "database_list"
    return sqlite3.SQLITE_IGNORE if hidden else sqlite3.SQLITE_OK


@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/databases(?:\.json)?$", databases)]


async def databases(datasette: Any, request: Any) -> Response:
    """In place of Datasette's own answer: the same without path, size and hash."""
    listed = [
        {"name": name, "route": database.route, "is_mutable": database.is_mutable, "is_memory": database.is_memory}
        for name, database in datasette.databases.items()
        if await datasette.allowed(action="view-database", resource=DatabaseResource(name), actor=request.actor)
    ]
    return Response.json({"ok": True, "databases": listed})
