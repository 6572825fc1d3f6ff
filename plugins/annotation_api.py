"""The API through which people annotate: JSON in, JSON out, every write one transaction with its event."""

import json
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from sqlite3 import Connection
from typing import Any

from datasette import Response, hookimpl
from datasette.resources import DatabaseResource
from datasette.utils.asgi import PayloadTooLarge

from retold.store import annotate, discuss, fields, history, passes, published, realign, saving
from retold.store.errors import Invalid, Missing, NotYours, StaleWrite

MAX_BODY = 64 * 1024
Handler = Callable[[Any, Any], Awaitable[Response]]


class Refused(Exception):
    """The request ends here, with this status and body."""

    def __init__(self, status: int, error: str, **more: Any) -> None:
        super().__init__(error)
        self.response = Response.json({"ok": False, "error": error, **more}, status=status)


def answers_json(handler: Handler) -> Handler:
    """Every refusal as JSON, so that a page never has to read an error page."""

    @wraps(handler)
    async def wrapped(datasette: Any, request: Any) -> Response:
        try:
            return await handler(datasette, request)
        except Refused as refused:
            return refused.response
        except published.NotBuilt as fault:
            return Response.json({"ok": False, "error": str(fault)}, status=503)

    return wrapped


# Tables whose rows can be taken back, each with the name under which an answer gives the row.
TAKEN_BACK = {"annotations": "annotation", "comments": "comment", "realignments": "realignment"}


@hookimpl
def register_routes() -> list[tuple[str, Handler]]:
    row = r"(?P<id>[A-Za-z0-9._-]+)"
    return [
        (r"^/-/api/annotations$", post_annotation),
        (r"^/-/api/decisions$", post_decision),
        (r"^/-/api/comments$", post_comment),
        (r"^/-/api/realignments$", post_realignment),
        (rf"^/-/api/changes/{row}$", get_change),
        *((rf"^/-/api/{table}/{row}/withdraw$", taking_back(table, True)) for table in TAKEN_BACK),
        *((rf"^/-/api/{table}/{row}/restore$", taking_back(table, False)) for table in TAKEN_BACK),
    ]


@answers_json
async def post_annotation(datasette: Any, request: Any) -> Response:
    return await write(datasette, request, "annotation", passes.save)


@answers_json
async def post_decision(datasette: Any, request: Any) -> Response:
    return await write(datasette, request, "decision", annotate.decide)


@answers_json
async def post_comment(datasette: Any, request: Any) -> Response:
    return await write(datasette, request, "comment", discuss.comment)


@answers_json
async def post_realignment(datasette: Any, request: Any) -> Response:
    return await write(datasette, request, "realignment", realign.realign)


@answers_json
async def get_change(datasette: Any, request: Any) -> Response:
    if request.method not in ("GET", "HEAD"):
        raise Refused(405, "Send a GET request.")
    database = published.database(datasette)
    change_id = request.url_vars["id"]
    only = await blind_reader(database, request, change_id)
    # One's own answers are one's own to see; the tables are for seeing everybody's.
    telling = () if only else passes.TELLING
    for table in ("changes", *telling):
        if not await datasette.pm.get_plugin("blind.py").may_see(datasette, request.actor, table):
            raise Refused(403, f"You may not see the table {table}.")
    try:
        found = await database.execute_fn(partial(history.change, change_id=change_id, only=only))
    except Missing as fault:
        raise Refused(404, str(fault)) from fault
    return Response.json({"ok": True, **found})


async def blind_reader(database: Any, request: Any, change_id: str) -> str | None:
    """The person, if their pass over the edge's story is blind: the lead assigned it so, or they ask for it."""
    if request.args.get("pass") == "blind":
        return annotator(request)
    if not (request.actor or {}).get("id"):
        return None
    who = annotator(request)

    def assigned(connection: Connection) -> bool:
        return passes.is_blind(connection, who, passes.story_of(connection, change_id))

    return who if await database.execute_fn(assigned) else None


def taking_back(table: str, withdrawn: bool) -> Handler:
    """The call that takes back a row of the table, or brings it back."""

    @answers_json
    async def handler(datasette: Any, request: Any) -> Response:
        def store(connection: Connection, given: Any, annotator: str) -> saving.Written:
            return saving.set_withdrawn(connection, table, request.url_vars["id"], given, annotator, withdrawn)

        return await write(datasette, request, TAKEN_BACK[table], store)

    return handler


REFUSALS = {
    "annotate": "You may not annotate. Ask the lead of this dataset for the permission 'annotate'.",
    "adjudicate": "You may not settle or assign anything. That takes the permission 'adjudicate'.",
}


async def write(
    datasette: Any,
    request: Any,
    what: str,
    store: Callable[[Connection, Any, str], saving.Written],
    action: str = "annotate",
) -> Response:
    """Check who asks and what for, store it, and answer with the row as it now stands under the name ``what``.

    Other plugins reach this as ``datasette.pm.get_plugin("annotation_api.py").post``, which answers refusals too.
    """
    if request.method != "POST":
        raise Refused(405, "Send a POST request.")
    database = published.database(datasette)
    who = annotator(request)
    if not await datasette.allowed(
        action=action, resource=DatabaseResource(published.name(datasette)), actor=request.actor
    ):
        raise Refused(403, REFUSALS[action])
    given = await body(request)
    written = await database.execute_write_fn(partial(attempt, store=store, given=given, who=who), request=request)
    if isinstance(written, Refused):
        raise written
    return Response.json({"ok": True, what: written.row}, status=201 if written.created else 200)


async def post(
    datasette: Any,
    request: Any,
    what: str,
    store: Callable[[Connection, Any, str], saving.Written],
    action: str = "annotate",
) -> Response:
    async def handler(datasette: Any, request: Any) -> Response:
        return await write(datasette, request, what, store, action)

    return await answers_json(handler)(datasette, request)


def annotator(request: Any) -> str:
    """The id of whoever is signed in, as the annotator's name."""
    id_ = (request.actor or {}).get("id")
    try:
        return str(fields.name(None if id_ is None else str(id_)))
    except ValueError as fault:
        raise Refused(401, "Sign in to annotate.") from fault


async def body(request: Any) -> Any:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "Send the header Content-Type: application/json.")
    try:
        return json.loads(await request.post_body(max_bytes=MAX_BODY), parse_constant=_refuse)
    except PayloadTooLarge as fault:
        raise Refused(413, f"Too long: send at most {MAX_BODY:,} bytes.") from fault
    except (ValueError, RecursionError) as fault:
        raise Refused(400, "Not JSON.", errors={"body": "Send one JSON object in UTF-8."}) from fault


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def attempt(
    conn: Connection, store: Callable[[Connection, Any, str], saving.Written], given: Any, who: str
) -> saving.Written | Refused:
    """The write, or why it was refused. Returned, since raising would log it as a fault of ours."""
    try:
        return store(conn, given, who)
    except Invalid as fault:
        return Refused(400, str(fault), errors=fault.errors)
    except StaleWrite as fault:
        return Refused(409, str(fault), current=fault.current)
    except Missing as fault:
        return Refused(404, str(fault))
    except NotYours as fault:
        return Refused(403, str(fault))
