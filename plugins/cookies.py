"""Cookies out of reach: no script reads them, and over HTTPS they are never sent in the clear.

Datasette 1.0a41 sets its own without either flag.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

App = Callable[[Any, Any, Any], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    def wrap(app: App) -> App:
        async def with_flags(scope: Any, receive: Any, send: Any) -> None:
            secure = scope.get("scheme") == "https" or datasette.setting("force_https_urls")

            async def send_with_flags(message: Any) -> None:
                if message["type"] == "http.response.start":
                    headers = [
                        (name, flagged(value, secure) if name.lower() == b"set-cookie" else value)
                        for name, value in message["headers"]
                    ]
                    message = {**message, "headers": headers}
                await send(message)

            await app(scope, receive, send_with_flags if scope["type"] == "http" else send)

        return with_flags

    return wrap


def flagged(cookie: bytes, secure: bool) -> bytes:
    """The value of a ``Set-Cookie`` header with the flags that it lacks."""
    present = {part.strip().partition(b"=")[0].lower() for part in cookie.split(b";")[1:]}
    wanted = {b"httponly": b"HttpOnly", b"samesite": b"SameSite=Lax"} | ({b"secure": b"Secure"} if secure else {})
    return b"; ".join([cookie, *(flag for name, flag in wanted.items() if name not in present)])
