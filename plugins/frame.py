"""What the pages of our own share: who may see them, and how they are rendered.

Plugins cannot import one another; they reach this one as ``datasette.pm.get_plugin("frame.py")``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from datasette import Forbidden, NotFound, Request, Response
from datasette.database import Database
from datasette.resources import DatabaseResource, TableResource
from datasette.utils import tilde_encode

from retold.store import published
from retold.store.queries import base

SYMBOLS = {"kept": "●", "reworded": "◐", "merged": "⋏", "split": "⋎", "dropped": "○", "added": "+", "moved": "↕"}


async def readable(datasette: Any, request: Request, tables: Iterable[str], own: bool = False) -> Database:
    """The database, if the reader may see every one of the tables: a page must not be a way around a permission.

    ``own`` pages tell nobody's answers but the reader's, so a blind pass does not close them.
    """
    try:
        database: Database = published.database(datasette)
    except published.NotBuilt as fault:
        raise NotFound(str(fault)) from fault
    blind = datasette.pm.get_plugin("blind.py")
    for table in tables:
        resource = TableResource(published.home_of(datasette, table), table)
        if own:
            allowed = await blind.may_see(datasette, request.actor, table)
        else:
            allowed = await datasette.allowed(action="view-table", resource=resource, actor=request.actor)
        if not allowed:
            raise Forbidden(await _why(datasette, request, blind))
    return database


async def _why(datasette: Any, request: Request, blind: Any) -> str:
    id_ = (request.actor or {}).get("id")
    if id_ and await blind.is_under_way(datasette, str(id_)):
        return "You judge a story blind, so what others answered is closed to you until that is done."
    return "You may not see this page. Sign in, or ask whoever runs this site."


async def may(datasette: Any, request: Request, action: str) -> bool:
    """Whether a signed-in person has one of our own permissions."""
    if not request.actor or not request.actor.get("id"):
        return False
    resource = DatabaseResource(published.name(datasette))
    return bool(await datasette.allowed(action=action, resource=resource, actor=request.actor))


async def render(datasette: Any, request: Request, name: str, context: dict[str, Any]) -> Response:
    shared = {
        "dataset": published.name(datasette),
        "symbols": SYMBOLS,
        "outlet": base.outlet,
        "part": tilde_encode,
        "may_adjudicate": await may(datasette, request, "adjudicate"),
        "login": (datasette.plugin_config("retold") or {}).get("login"),
    }
    html = await datasette.render_template([f"pages/{name}.html"], shared | context, request=request, view_name=name)
    return Response.html(html)


async def send(datasette: Any, request: Request, path: str, body: dict[str, Any], done: str) -> None:
    """A form sent without JavaScript: the same call to the API, and a message that says what came of it."""
    answer = await datasette.client.post(path, json=body, actor=request.actor)
    if answer.status_code < 400:
        datasette.add_message(request, done, datasette.INFO)
        return
    try:
        error = answer.json().get("error") or "The server refused it."
    except ValueError:
        error = f"The server answered {answer.status_code}."
    datasette.add_message(request, f"Not saved. {error}", datasette.ERROR)
