"""Every table and join, whole, as CSV, JSON, NDJSON or Parquet: a page, the files, and links on table pages."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from functools import partial
from sqlite3 import Connection
from typing import Any

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.resources import TableResource
from datasette.utils.asgi import AsgiStream

from retold.sharing import bulk, formats, tables
from retold.store import published

JOINED = ("articles", "changes", "derivations", "suggestions", "annotations", "adjudications")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    kinds = "|".join(formats.FORMATS)
    return [
        (r"^/-/downloads$", downloads_page),
        (rf"^/-/downloads/(?P<name>\w+)\.(?P<format>{kinds})$", download),
    ]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    return [{"href": datasette.urls.path("/-/downloads"), "label": "Downloads"}]


@hookimpl
def top_table(datasette: Any, database: str, table: str) -> Callable[[], Awaitable[str]]:
    async def links() -> str:
        if database not in published.names(datasette) or table not in tables.TABLES:
            return ""
        context = {"table": table, "page": datasette.urls.path("/-/downloads"), "formats": formats.FORMATS}
        return str(await datasette.render_template("_downloads.html", context))

    return links


async def downloads_page(datasette: Any, request: Any) -> Response:
    database = find(datasette)
    readable = [name for name in tables.NAMES if await may_read(datasette, request, name)]
    counts = await database.execute_fn(partial(count_all, names=readable))
    listed = [{"name": n, "rows": counts[n], "description": await describe(datasette, n)} for n in readable]
    context = {"tables": listed, "formats": formats.FORMATS, "joins": tables.JOINS}
    html = await datasette.render_template("downloads.html", context, request=request, view_name="downloads")
    return Response.html(html)


def count_all(connection: Connection, names: list[str]) -> dict[str, int]:
    return {name: tables.count(connection, name) for name in names}


async def describe(datasette: Any, name: str) -> str:
    if name in tables.JOINS:
        return tables.JOINS[name].description
    return str(
        (await datasette.get_resource_metadata(published.home_of(datasette, name), name)).get("description") or ""
    )


async def download(datasette: Any, request: Any) -> AsgiStream:
    find(datasette)
    name, kind = request.url_vars["name"], request.url_vars["format"]
    if name not in tables.NAMES:
        raise NotFound(f"There is nothing called {name} to download. See /-/downloads for what there is.")
    if not await may_read(datasette, request, name):
        raise Forbidden(f"You may not see all of {name}.")
    chunks = read(datasette, name, kind)

    async def send(writer: Any) -> None:
        if request.method != "HEAD":
            await write(writer, chunks)

    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"', "cache-control": "no-cache"}
    return AsgiStream(send, headers=headers, content_type=formats.CONTENT_TYPES[kind])


def read(datasette: Any, name: str, kind: str) -> Iterator[bytes]:
    """The rows as they stood at the first chunk, whatever is written meanwhile.

    Not through Datasette's pool, whose few connections a slow reader would hold, and whose queries have a time limit.
    """
    with closing(published.read_only(datasette)) as connection:
        if kind == "csv" and name in tables.TABLES:
            yield from bulk.csv_chunks(connection, name)
            return
        types = tables.describe(connection, name)
        yield from formats.chunks(kind, list(types), list(types.values()), tables.stream(connection, name))


async def write(writer: Any, chunks: Iterator[bytes]) -> None:
    try:
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            # Not through the writer's own method, which takes text only.
            await writer.send({"type": "http.response.body", "body": chunk, "more_body": True})
    finally:
        await asyncio.to_thread(chunks.close)  # type: ignore[attr-defined]


def find(datasette: Any) -> Any:
    try:
        return published.database(datasette)
    except published.NotBuilt as fault:
        raise NotFound(str(fault)) from fault


async def may_read(datasette: Any, request: Any, name: str) -> bool:
    """Whether the reader may see the table, or every table that the join draws on."""
    for table in JOINED if name in tables.JOINS else (name,):
        resource = TableResource(published.home_of(datasette, table), table)
        if not await datasette.allowed(action="view-table", resource=resource, actor=request.actor):
            return False
    return True
