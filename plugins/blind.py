"""Whoever has a blind pass to do sees neither suggestions nor other people's answers, in no table and by no query.

The pages and the API go by story; Datasette's tables and SQL cannot, so they are closed as a whole until the pass is
done or taken back. A denial of a named table outranks every grant.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from datasette import hookimpl
from datasette.permissions import PermissionSQL
from datasette.resources import TableResource

from retold.store import passes, published

REASON = "a blind pass is under way: no suggestions, and nobody else's answers"
_story_by_story: ContextVar[bool] = ContextVar("story_by_story", default=False)


async def may_see(datasette: Any, actor: Any, table: str) -> bool:
    """Whether the person may see a table, blind passes aside: for what keeps to them story by story itself."""
    token = _story_by_story.set(True)
    try:
        resource = TableResource(published.home_of(datasette, table), table)
        return bool(await datasette.allowed(action="view-table", resource=resource, actor=actor))
    finally:
        _story_by_story.reset(token)


@hookimpl
def permission_resources_sql(
    datasette: Any, actor: Any, action: str
) -> Callable[[], Awaitable[PermissionSQL | None]] | None:
    if action not in ("view-table", "execute-sql") or not actor or not actor.get("id") or _story_by_story.get():
        return None

    async def rules() -> PermissionSQL | None:
        return closed(datasette, action) if await is_under_way(datasette, str(actor["id"])) else None

    return rules


async def is_under_way(datasette: Any, annotator: str) -> bool:
    try:
        database = published.database(datasette)
    except published.NotBuilt:
        return False
    return bool(await database.execute_fn(lambda connection: passes.has_blind(connection, annotator)))


def closed(datasette: Any, action: str) -> PermissionSQL:
    if action == "view-table":
        pairs: list[tuple[str, str | None]] = [(published.home_of(datasette, table), table) for table in passes.TELLING]
    else:
        pairs = [(name, None) for name in published.names(datasette)]
    params: dict[str, Any] = {"blind_reason": REASON}
    for n, (database, table) in enumerate(pairs):
        params |= {f"blind_database_{n}": database, f"blind_{n}": table}
    sql = " union all ".join(
        f"select :blind_database_{n} as parent, :blind_{n} as child, 0 as allow, :blind_reason as reason"
        for n in range(len(pairs))
    )
    return PermissionSQL(sql=sql, params=params)
