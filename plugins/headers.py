"""Strict headers: on our pages no script but files of this site, on Datasette's own what its templates need.

Datasette's pages hold scripts within the page, so they cannot do without ``'unsafe-inline'``. Ours run two of these
too, from the shared base template; they are allowed by their hash, and whatever an article smuggles in is not.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import __version__, hookimpl

App = Callable[[Any, Any, Any], Awaitable[None]]

OURS = re.compile(
    r"/(-/(story|compare|edge|codebook|annotate|annotations|agreement|adjudicate|downloads|people|orphans|health|api)"
    r"(/.*|\.\w+)?)?$"
)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
EVERYWHERE = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    prefix = datasette.setting("base_url").rstrip("/")
    core = POLICY.format(scripts="'unsafe-inline'").encode()
    ours = POLICY.format(scripts=" ".join(shared_scripts(datasette))).encode()

    def wrap(app: App) -> App:
        async def with_headers(scope: Any, receive: Any, send: Any) -> None:
            async def send_with_headers(message: Any) -> None:
                if message["type"] == "http.response.start":
                    own = OURS.fullmatch(scope["path"].removeprefix(prefix) or "/")
                    wanted = EVERYWHERE | {b"content-security-policy": ours if own else core}
                    present = {name.lower() for name, _ in message["headers"]}
                    more = [[name, value] for name, value in wanted.items() if name not in present]
                    message = {**message, "headers": [*message["headers"], *more]}
                await send(message)

            await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

        return with_headers

    return wrap


def shared_scripts(datasette: Any) -> list[str]:
    """The hashes of the scripts within ``base.html`` and what it includes, as CSP writes them."""
    environment = datasette.get_jinja_environment()
    versions = [f"window.datasetteVersion = '{shown}';" for shown in (__version__, "")]  # error pages show none
    menus = INLINE.findall(environment.loader.get_source(environment, "_close_open_menus.html")[0])
    digests = (hashlib.sha256(script.encode()).digest() for script in [*versions, *menus])
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
