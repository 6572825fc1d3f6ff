"""How much anyone may send: bytes to a request, writes to a minute. Set under ``plugins: retold: limits``.

Counted by person, and by address for whoever is not signed in, so that a seminar behind one address is no single
client. Calls that the server makes to itself belong to a request already counted.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from math import ceil
from typing import Any

from datasette import Request, hookimpl
from datasette.plugins import pm
from datasette.tokens import TokenInvalid
from datasette.utils import await_me_maybe
from datasette.utils.asgi import PayloadTooLarge

App = Callable[[Any, Any, Any], Awaitable[None]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DEFAULTS = {"writes_per_minute": 600, "anonymous_posts_per_minute": 60, "address_header": ""}
REMEMBERED = 10_000  # clients; of more than that the one seen longest ago starts afresh


class Allowances:
    """Token buckets: ``per_minute`` at once, and as many again over each minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, per_minute: float) -> int:
        """Take one; 0, or the seconds to wait until there is one again."""
        now = self.clock()
        left, since = self.buckets.pop(key, (per_minute, now))
        left = min(per_minute, left + (now - since) * per_minute / 60)
        wait = 0 if left >= 1 else ceil((1 - left) * 60 / per_minute)
        self.buckets[key] = (left if wait else left - 1, now)
        while len(self.buckets) > REMEMBERED:
            self.buckets.popitem(last=False)
        return wait


# First to wrap is innermost, so that a refusal carries the strict headers too.
@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    allowances = Allowances()

    def wrap(app: App) -> App:
        async def limited(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or scope["method"] in SAFE:
                return await app(scope, receive, send)
            if not datasette.in_client():
                limits = settings(datasette)
                key, per_minute = await client(datasette, scope, receive, limits)
                wait = allowances.take(key, per_minute) if per_minute > 0 else 0
                if wait:
                    return await refuse(send, 429, f"Too many requests. Wait {wait} seconds.", {"retry-after": wait})
            longest = datasette.setting("max_post_body_bytes")
            if longest and declared(scope) > longest:
                return await refuse(send, 413, f"Too long: send at most {longest:,} bytes.")
            return await app(scope, counting(receive, longest) if longest else receive, send)

        return limited

    return wrap


def settings(datasette: Any) -> dict[str, Any]:
    return DEFAULTS | ((datasette.plugin_config("retold") or {}).get("limits") or {})


async def client(datasette: Any, scope: Any, receive: Any, limits: dict[str, Any]) -> tuple[str, float]:
    """What the request is counted under, and how many of its kind a minute may have."""
    request = Request(scope, receive)
    if (id_ := await actor_id(datasette, request)) is not None:
        return f"actor {id_}", float(limits["writes_per_minute"])
    # The last of several addresses is the one that the site's own proxy saw; those before it anybody can make up.
    forwarded = request.headers.get(limits["address_header"], "").split(",")[-1].strip()
    address = forwarded or (scope.get("client") or ("unknown",))[0]
    return f"address {address}", float(limits["anonymous_posts_per_minute"])


async def actor_id(datasette: Any, request: Request) -> str | None:
    try:
        for found in pm.hook.actor_from_request(datasette=datasette, request=request):
            actor = await await_me_maybe(found)
            if actor and actor.get("id") is not None:
                return str(actor["id"])
    except TokenInvalid:
        pass
    return None


def declared(scope: Any) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and value.isdigit() and len(value) < 20:
            return int(value)
    return 0


def counting(receive: Any, longest: int) -> Any:
    """``receive`` for a body of which nobody said how long it is; Datasette answers the exception with 413."""
    received = 0

    async def counted() -> Any:
        nonlocal received
        message = await receive()
        received += len(message.get("body") or b"")
        if received > longest:
            raise PayloadTooLarge(f"Too long: send at most {longest:,} bytes.")
        return message

    return counted


async def refuse(send: Any, status: int, error: str, headers: dict[str, int] | None = None) -> None:
    body = json.dumps({"ok": False, "error": error, "status": status}).encode()
    sent = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    sent += [(name.encode(), str(value).encode()) for name, value in (headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": body})
