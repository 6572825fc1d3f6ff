"""Signing in through a proxy that already knows who asks: off unless ``plugins: retold: proxy:`` names its header.

Whoever reaches the server directly could send the header, so let it listen to the proxy alone. Where it cannot, name a
``secret_header`` as well, which the proxy fills with the value of ``secret``.
"""

from __future__ import annotations

import hmac
from typing import Any

from datasette import Request, hookimpl

MAX_ID = 200


@hookimpl
def actor_from_request(datasette: Any, request: Request) -> dict[str, Any] | None:
    config = (datasette.plugin_config("retold") or {}).get("proxy") or {}
    header = str(config.get("header") or "").lower()
    if not header or not _trusted(request, config):
        return None
    # Two headers of one name: one is the proxy's and the other is not.
    sent = [value for name, value in request.scope["headers"] if name.decode("latin-1").lower() == header]
    id_ = sent[0].decode("utf-8", "replace").strip() if len(sent) == 1 else ""
    if not id_ or len(id_) > MAX_ID or not id_.isprintable():
        return None
    role = (config.get("roles") or {}).get(id_) or config.get("role")
    return {"id": id_, "role": role} if role else {"id": id_}


def _trusted(request: Request, config: dict[str, Any]) -> bool:
    name, secret = str(config.get("secret_header") or "").lower(), str(config.get("secret") or "")
    if not name:
        return True
    return bool(secret) and hmac.compare_digest(request.headers.get(name, "").encode(), secret.encode())
