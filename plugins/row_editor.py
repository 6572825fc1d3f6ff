"""datasette-write-ui edits the tables that people keep by hand. Everywhere else Datasette's own editor stands.

One table has one editor: ``templates/table.html`` and ``row.html`` choose by ``row_editor``.
"""

from typing import Any

from datasette import Forbidden, Response, hookimpl
from datasette.resources import TableResource
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from retold.store import published


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """``{% extends "write-ui:table.html" %}`` extends the plugin's own template under our template of that name."""
    write_ui = PrefixLoader({"write-ui": PackageLoader("datasette_write_ui")}, delimiter=":")
    env.loader = ChoiceLoader([loader for loader in (env.loader, write_ui) if loader])


@hookimpl
def extra_template_vars(datasette: Any, database: str | None, table: str | None) -> dict[str, str]:
    by_hand = database == published.name(datasette) and table in published.HAND_KEPT
    return {"row_editor": "write-ui" if by_hand else "default"}


@hookimpl(tryfirst=True)
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/-/datasette-write-ui/insert-row-details$", insert_row_details)]


async def insert_row_details(datasette: Any, request: Any) -> Response:
    """The fields of write-ui's form for a new row, in place of write-ui's own answer, which leaves out text keys."""
    name, table = request.args.get("db") or "", request.args.get("table") or ""
    if not await datasette.allowed(action="insert-row", resource=TableResource(name, table), actor=request.actor):
        raise Forbidden("insert-row permissions required")
    columns = await datasette.get_database(name).table_column_details(table)
    return Response.json(
        {
            "fields": [
                {"name": column.name, "affinity": "int" if "int" in column.type.lower() else "text"}
                for column in columns
                if not column.hidden and not (column.is_pk and "int" in column.type.lower())
            ]
        }
    )
