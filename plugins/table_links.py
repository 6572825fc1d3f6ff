"""Ways from the tables to our pages: what has a page of its own links to it, in its table and on its row."""

from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.resources import TableResource
from markupsafe import Markup, escape

from retold.store import published

# Of each table, the cell whose text carries the link.
CELLS = {
    "stories": "title",
    "articles": "title",
    "derivations": "evidence",
    "changes": "operation",
    "suggestions": "explanation",
    "annotations": "verdict",
    "decisions": "status",
    "adjudications": "verdict",
    "labels": "name",
}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/-/edge/(?P<id>[A-Za-z0-9._-]+)$", edge)]


async def edge(datasette: Any, request: Any) -> Response:
    """A short address for an edge wherever only its id is known: leads to its place in the comparison."""
    try:
        database = published.database(datasette)
    except published.NotBuilt as fault:
        raise NotFound(str(fault)) from fault
    await datasette.ensure_permission(
        action="view-table", resource=TableResource(published.name(datasette), "changes"), actor=request.actor
    )
    sql = "select source_article_id, article_id from changes where id = ?"
    row = (await database.execute(sql, [request.url_vars["id"]])).first()
    if row is None:
        raise NotFound("There is no edge of this id any more. The home page lists the stories.")
    path = f"/-/compare/{row['source_article_id']}/{row['article_id']}#{request.url_vars['id']}"
    return Response.redirect(datasette.urls.path(path))


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    if value in (None, "") or CELLS.get(table or "") != column or database not in published.names(datasette):
        return None
    found = pages(str(table), row)
    return link(datasette, found[0][0], str(value)) if found else None


@hookimpl
def top_row(datasette: Any, database: str, table: str, row: Any) -> Markup | None:
    found = pages(table, row) if database in published.names(datasette) else []
    links = Markup(" · ").join(link(datasette, path, text) for path, text in found)
    return Markup('<p class="own-pages">{}</p>').format(links) if found else None


def pages(table: str, row: Any) -> list[tuple[str, str]]:
    """The addresses of pages about this row, the nearest first, each with the words of its link."""
    story, source, article = (plain(row, name) for name in ("story_id", "source_article_id", "article_id"))
    id_, edge_id, derived_from = (plain(row, name) for name in ("id", "change_id", "derived_from"))
    if table == "stories":
        return [(f"/-/story/{id_}", "Open the story")]
    if table == "labels":
        return [(f"/-/codebook#label-{id_}", "Open the codebook")]
    if table == "articles":
        compare = [(f"/-/compare/{derived_from}/{id_}", "Compare with its source")] if derived_from else []
        return compare + ([(f"/-/story/{story}", "Open its story")] if story else [])
    if table == "derivations" and source and article:
        return [(f"/-/compare/{source}/{article}", "Open the comparison")]
    if table == "changes":
        edge_id = id_
    return [(f"/-/edge/{edge_id}", "See it in the comparison")] if edge_id and table in CELLS else []


def plain(row: Any, name: str) -> str | None:
    """The value of a cell, also where Datasette has put the label of a reference in its place."""
    if name not in row.keys():  # noqa: SIM118 — rows of SQLite iterate over values
        return None
    value = row[name]
    found = value["value"] if isinstance(value, dict) else value
    return None if found is None else str(found)


def link(datasette: Any, path: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(path), escape(text))
