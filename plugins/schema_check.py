"""A database of another schema is refused by every page and call of ours, with what to do about it.

The build brings an older database up, so this is seen where the server was renewed and the build did not run, or where
a newer or a foreign file was put in the place of ours. Datasette's own pages show any database, so they go on.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Request, Response, hookimpl

from retold.store import migrations, published

App = Callable[[Any, Any, Any], Awaitable[None]]

TRUSTED = 5.0  # seconds for which a database that was found fit is not asked again
HEALTH = "/-/health"  # says so in its own way
API = "/-/api/"


@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    prefix = datasette.setting("base_url").rstrip("/")
    fit_until = 0.0

    def wrap(app: App) -> App:
        async def checked(scope: Any, receive: Any, send: Any) -> None:
            nonlocal fit_until
            if scope["type"] != "http" or not _is_ours(datasette, scope["path"].removeprefix(prefix) or "/"):
                await app(scope, receive, send)
                return
            if time.monotonic() > fit_until:
                fault = await _fault(datasette)
                if fault:
                    refusal = await _refusal(datasette, Request(scope, receive), fault)
                    await refusal.asgi_send(send)
                    return
                fit_until = time.monotonic() + TRUSTED
            await app(scope, receive, send)

        return checked

    return wrap


def _is_ours(datasette: Any, path: str) -> bool:
    return path != HEALTH and datasette.pm.get_plugin("headers.py").OURS.fullmatch(path) is not None


async def _fault(datasette: Any) -> str | None:
    try:
        database = published.database(datasette)
    except published.NotBuilt:
        return None  # the pages say so
    found: str | None = await database.execute_fn(migrations.unfit)
    return found


async def _refusal(datasette: Any, request: Request, fault: str) -> Response:
    headers = {"cache-control": "no-store", "retry-after": "60"}
    if API in request.path:
        return Response.json({"ok": False, "error": fault, "status": 503}, status=503, headers=headers)
    told = {"ok": False, "error": fault, "status": 503, "title": "This database cannot be used"}
    page = await datasette.render_template(["503.html", "error.html"], told, request=request)
    return Response.html(page, status=503, headers=headers)
