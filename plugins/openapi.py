"""Our own API described for programs, at ``/-/api/openapi.json``."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from datasette import Response, hookimpl


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/api/openapi\.json$", openapi)]


async def openapi(datasette: Any) -> Response:
    return Response.json(described() | {"servers": [{"url": datasette.setting("base_url")}]})


@cache
def described() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files("retold") / "openapi.yml").read_text(encoding="utf-8"))
    return found
