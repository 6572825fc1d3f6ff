"""What lost its edge in a rebuild: the page, and the address that puts it on another edge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from sqlite3 import Connection
from typing import Any

from datasette import Request, Response, hookimpl

from retold.store import orphans, saving
from retold.store.queries import orphans as queries

READ = ("articles", "changes", *orphans.OWNER)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    row = r"(?P<table>\w+)/(?P<id>[A-Za-z0-9._-]+)"
    return [(r"^/-/orphans$", orphans_page), (rf"^/-/api/orphans/{row}/attach$", post_attach)]


async def post_attach(datasette: Any, request: Request) -> Response:
    frame, api = (datasette.pm.get_plugin(name) for name in ("frame.py", "annotation_api.py"))
    anyones = await frame.may(datasette, request, "adjudicate")
    where = request.url_vars["table"], request.url_vars["id"]

    def store(connection: Connection, given: Any, actor: str) -> saving.Written:
        return orphans.attach(connection, *where, given, actor, anyones)

    # The lead may settle without annotating.
    action = "adjudicate" if anyones else "annotate"
    answer: Response = await api.post(datasette, request, "row", store, action)
    return answer


async def orphans_page(datasette: Any, request: Request) -> Response:
    """The lead sees everybody's, others their own; a form sent from the page attaches one and comes back."""
    frame = datasette.pm.get_plugin("frame.py")
    lead = await frame.may(datasette, request, "adjudicate")
    database = await frame.readable(datasette, request, READ, own=not lead)
    if request.method == "POST":
        return await _attach(datasette, request)
    person = None if lead else str((request.actor or {}).get("id") or "")
    found = await database.execute_fn(partial(queries.page, person=person))
    may_attach = lead or await frame.may(datasette, request, "annotate")
    context = {"page": found, "lead": lead, "may_attach": may_attach}
    response: Response = await frame.render(datasette, request, "orphans", context)
    return response


async def _attach(datasette: Any, request: Request) -> Response:
    form = await request.post_vars()
    table, id_ = form.get("table", ""), form.get("id", "")
    if table in orphans.OWNER and id_:
        revision = form.get("revision", "")
        body = {"change_id": form.get("change_id", ""), "revision": int(revision) if revision.isdecimal() else None}
        path = f"/-/api/orphans/{table}/{id_}/attach"
        frame = datasette.pm.get_plugin("frame.py")
        await frame.send(datasette, request, path, body, f"The {queries.ONE_NAME[table]} is on its new edge.")
    return Response.redirect(datasette.urls.path("/-/orphans"))
