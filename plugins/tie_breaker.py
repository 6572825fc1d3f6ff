"""Pages of a sorted table neither skip nor repeat a row."""

from functools import wraps
from typing import Any

from datasette import hookimpl
from datasette.views import table as table_view


@hookimpl
def startup() -> None:
    """Sort ties by primary key on the first page too.

    Datasette 1.0a41 does so from the second page on only. Where a sorted column has many equal values, the pages, and
    the CSV stream made of them, then lose rows. Private, so with a release that has no such function nothing happens.
    """
    sort_order = getattr(table_view, "_sort_order", None)
    if sort_order is None or hasattr(sort_order, "__wrapped__"):
        return

    @wraps(sort_order)
    async def with_ties_broken(table_metadata: Any, sortable: Any, request: Any, order_by: str) -> Any:
        sort, sort_desc, order = await sort_order(table_metadata, sortable, request, order_by)
        return sort, sort_desc, f"{order}, {order_by}" if (sort or sort_desc) and order_by else order

    table_view._sort_order = with_ties_broken
