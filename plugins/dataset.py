"""The dataset announced: schema.org/Dataset on the home page, and new annotations as a feed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.resources import TableResource

from retold.sharing import about, atom, schemaorg
from retold.store import published

FEED = "/-/annotations.atom"
FED_BY = ("annotations", "changes", "articles")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/-/annotations\.atom$", feed)]


@hookimpl
def extra_template_vars(template: str, datasette: Any, request: Any) -> dict[str, Any]:
    if template != "index.html" or request is None:
        return {}
    return {"dataset_ld": described(datasette, request), "feed": datasette.urls.path(FEED)}


def described(datasette: Any, request: Any) -> dict[str, Any] | None:
    """None where the folder being served has no usable ``dataset.yml``: then there is nothing to cite."""
    try:
        found = about.load(Path(datasette.config_dir or ".") / "dataset.yml")
    except about.Incomplete:
        return None

    def address(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    downloads = {kind: address(f"/-/downloads/edges.{kind}") for kind in schemaorg.TYPES}
    return schemaorg.describe(found, address("/"), downloads)


async def feed(datasette: Any, request: Any) -> Response:
    try:
        database = published.database(datasette)
    except published.NotBuilt as fault:
        raise NotFound(str(fault)) from fault
    for table in FED_BY:
        resource = TableResource(published.home_of(datasette, table), table)
        if not await datasette.allowed(action="view-table", resource=resource, actor=request.actor):
            raise Forbidden(f"You may not see the table {table}.")

    def address(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    rows = await database.execute_fn(atom.newest)
    title = str((await datasette.get_instance_metadata()).get("title") or "Retold")
    made = atom.feed(rows, title, address("/"), address(FEED), partial(edge_address, address))
    return Response(made, content_type="application/atom+xml; charset=utf-8")


def edge_address(address: Callable[[str], str], id_: str) -> str:
    return address(f"/-/edge/{id_}")
