"""The queue: one edge after the other, each handed to one person at a time, with what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex
from sqlite3 import Connection
from typing import Any, cast
from urllib.parse import urlencode

from datasette import Request, Response, hookimpl

from retold.store import assign
from retold.store.queries import queue

ORDERS = {
    "story_order": "in the order of the stories",
    "most_suggestions": "most suggestions first",
    "least_agreed": "least agreed first",
}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/annotate$", queue_page)]


@hookimpl
def menu_links(datasette: Any, actor: Any) -> list[dict[str, str]]:
    return [{"href": datasette.urls.path("/-/annotate"), "label": "Annotate"}] if actor else []


async def queue_page(datasette: Any, request: Request) -> Response:
    pages = datasette.pm.get_plugin("pages.py")
    database = await pages.readable(datasette, request)
    asked = read(request)
    if request.method == "POST":
        return await post(datasette, request, asked)
    may = await pages.may_annotate(datasette, request, database)
    context = {"asked": asked, "orders": ORDERS, "may_annotate": may, "queue": True, "found": None, "inline": False}
    context |= {"login": (datasette.plugin_config("retold") or {}).get("login"), "form_key": token_hex(8)}
    context |= {"action": datasette.urls.path("/-/annotate") + "?" + urlencode(asked.lasting), "events": []}
    if may:
        reader_of = await pages.reader_for(datasette, request)
        who = str(request.actor["id"])

        def ask(connection: Connection) -> queue.Found:
            return queue.find(connection, who, asked, reader_of)

        # A lease is a write: two people who ask at once are not given the same edge.
        found = await database.execute_write_fn(ask)
        context |= {"found": found, "page": found.comparison, "reader": found.reader, "chosen": asked.edge}
        context |= {"blind": found.reader.blind if found.reader else False}
    return cast(Response, await pages.page(datasette, request, database, "queue", context))


async def post(datasette: Any, request: Request, asked: queue.Asked) -> Response:
    """A form sent without JavaScript: what says that an edge is finished leads to the next, all else back to it."""
    form = await request.post_vars()
    verb = form.get("action", "").split(":")[0]
    saved = await datasette.pm.get_plugin("pages.py").send_form(datasette, request, form)
    finished = saved and verb in ("done", "skipped", "flagged")
    where = {"after" if finished else "edge": form.get("change_id", "")}
    return Response.redirect(datasette.urls.path("/-/annotate") + "?" + urlencode(asked.lasting | where))


def read(request: Request) -> queue.Asked:
    order = request.args.get("order") or "story_order"
    if order not in ORDERS:
        order = "story_order"
    story, edge, after = (request.args.get(name) or None for name in ("story", "edge", "after"))
    return queue.Asked(cast(assign.Order, order), story, edge, after)
