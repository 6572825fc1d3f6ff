"""Do people agree? The page, and its figures as JSON and CSV: computed in a thread, once until somebody writes."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from datasette import Request, Response, hookimpl
from datasette.database import Database
from datasette.resources import DatabaseResource

from retold.store import agreement as measures
from retold.store import published
from retold.store.queries import agreement

READ = ("changes", "suggestions", "annotations", "decisions", "labels")
_kept: WeakKeyDictionary[Any, tuple[agreement.Key, asyncio.Task[agreement.Figures]]] = WeakKeyDictionary()


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/-/agreement$", agreement_page),
        (r"^/-/agreement\.json$", agreement_json),
        (r"^/-/agreement\.csv$", agreement_csv),
    ]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    return [{"href": datasette.urls.path("/-/agreement"), "label": "Agreement and people"}]


async def agreement_page(datasette: Any, request: Request) -> Response:
    frame = datasette.pm.get_plugin("frame.py")
    database = await frame.readable(datasette, request, READ)
    found = await figures(datasette, database)
    sql = await datasette.allowed(
        action="execute-sql", resource=DatabaseResource(published.authored_name(datasette)), actor=request.actor
    )
    context = {
        "page": found,
        "names": {row["id"]: row["name"] for row in found.labels},
        "reading": agreement.reading,
        "too_few": measures.TOO_FEW,
        "bar": bar,
        "judged": judged if sql else None,
    }
    response: Response = await frame.render(datasette, request, "agreement", context)
    return response


async def agreement_json(datasette: Any, request: Request) -> Response:
    found = await figures(datasette, await _database(datasette, request))
    return Response.json({"ok": True, **asdict(found)})


async def agreement_csv(datasette: Any, request: Request) -> Response:
    found = agreement.table(await figures(datasette, await _database(datasette, request)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]) if found else [])
    writer.writeheader()
    writer.writerows(found)
    headers = {"content-disposition": 'attachment; filename="agreement.csv"', "cache-control": "no-cache"}
    return Response(out.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


async def _database(datasette: Any, request: Request) -> Database:
    found: Database = await datasette.pm.get_plugin("frame.py").readable(datasette, request, READ)
    return found


async def figures(datasette: Any, database: Database) -> agreement.Figures:
    """The figures as they stand. Whoever asks while they are being computed waits for the same computation."""
    key = await database.execute_fn(agreement.key)
    kept = _kept.get(datasette)
    stale = kept is None or kept[0] != key or (kept[1].done() and kept[1].exception() is not None)
    if kept is None or stale:
        kept = (key, asyncio.create_task(asyncio.to_thread(_compute, datasette)))
        _kept[datasette] = kept
    return await asyncio.shield(kept[1])


def _compute(datasette: Any) -> agreement.Figures:
    """Not through Datasette's pool, whose few connections others need meanwhile."""
    with closing(published.read_only(datasette)) as connection:
        connection.row_factory = sqlite3.Row
        return agreement.figures(connection)


def bar(measure: measures.Measure) -> dict[str, float] | None:
    """Where a value and its interval lie on a scale from 0 to 100; what is below 0 is drawn at 0."""
    if measure.value is None:
        return None
    ends = [end if end is not None else measure.value for end in (measure.low, measure.high)]
    at = [round(100 * min(1.0, max(0.0, value)), 1) for value in (measure.value, *ends)]
    return {"value": at[0], "low": at[1], "width": round(at[2] - at[1], 1)}


def judged(rule: str, label: str, verdict: str) -> str:
    """The query of the annotations that accepted or rejected what one rule suggested."""
    quoted = rule.replace("'", "''")
    where = f"suggestion_id in (select id from suggestions where rule = '{quoted}')"
    exact = {"label__exact": label, "verdict__exact": verdict, "withdrawn__exact": "0"}
    return urlencode({**exact, "_where": where})
