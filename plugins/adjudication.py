"""Settling disagreements: the page for the lead, and the address that rulings are written to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from datasette import Forbidden, Request, Response, hookimpl

from retold.store import adjudicate
from retold.store.queries import adjudication, base

READ = ("articles", "changes", "annotations", "decisions", "adjudications")
STATES = {"": "all", "unsettled": "unsettled", "settled": "settled"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/adjudicate$", adjudicate_page), (r"^/-/api/adjudications$", post_adjudication)]


async def post_adjudication(datasette: Any, request: Request) -> Response:
    api = datasette.pm.get_plugin("annotation_api.py")
    answer: Response = await api.post(datasette, request, "adjudication", adjudicate.adjudicate, "adjudicate")
    return answer


async def adjudicate_page(datasette: Any, request: Request) -> Response:
    frame = datasette.pm.get_plugin("frame.py")
    database = await frame.readable(datasette, request, READ)
    if not await frame.may(datasette, request, "adjudicate"):
        raise Forbidden("Only the lead sees and settles disagreements: that takes the permission 'adjudicate'.")
    state = request.args.get("state", "unsettled")
    wanted = {"state": state if state in STATES else "", "label": request.args.get("label") or ""}
    number = request.args.get("page") or ""
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1
    found = await database.execute_fn(
        partial(adjudication.adjudication, state=wanted["state"], label=wanted["label"], page=page)
    )
    labels = await database.execute_fn(lambda db: base.rows(db, "select id, name from labels order by ordinal, id"))

    def link(**changed: Any) -> str:
        return "?" + urlencode({key: value for key, value in (wanted | changed).items() if value or key == "state"})

    context = {"page": found, "states": STATES, "labels": labels, "link": link, **wanted}
    response: Response = await frame.render(datasette, request, "adjudicate", context)
    return response
