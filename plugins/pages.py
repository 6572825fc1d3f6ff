"""The pages of our own: home, story, compare and codebook. Each is a query, a route and a template."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable
from datetime import date
from functools import partial
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from datasette import Forbidden, NotFound, Request, Response, hookimpl
from datasette.database import Database
from datasette.resources import DatabaseResource

from retold.store import history, passes, published
from retold.store.errors import Missing
from retold.store.queries import base, codebook, compare, graph, home, story

SYMBOLS = {"kept": "●", "reworded": "◐", "merged": "⋏", "split": "⋎", "dropped": "○", "added": "+", "moved": "↕"}
IDENTIFIER = re.compile(r"[A-Za-z0-9_.-]+")
READ = ("articles", "sentences", "changes", "suggestions")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/-/story/(?P<story_id>[A-Za-z0-9_.-]+)$", story_page),
        (r"^/-/compare$", compare_any),
        (r"^/-/compare/(?P<source_id>[A-Za-z0-9_.-]+)/(?P<article_id>[A-Za-z0-9_.-]+)$", compare_page),
        (r"^/-/codebook$", codebook_page),
    ]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    return [
        {"href": datasette.urls.path("/"), "label": "Home"},
        {"href": datasette.urls.path("/-/codebook"), "label": "Codebook"},
    ]


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    env.globals["dataset_of"] = partial(published.home_of, datasette)
    env.filters["written_date"] = written_date


def written_date(iso: str) -> str:
    """``2024-01-05T09:30:00Z`` as people write it, "5 January 2024"; what is no date comes back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {month_name[day.month]} {day.year}"


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    return [datasette.urls.path("/static/retold.css")]


@hookimpl
def extra_template_vars(template: str, datasette: Any, request: Request | None) -> Callable[[], Any]:
    async def found() -> dict[str, Any]:
        if template != "index.html" or request is None:
            return {}
        return await _home_context(datasette, request)

    return found


async def _home_context(datasette: Any, request: Request) -> dict[str, Any]:
    """What templates/index.html needs; without a dataset of ours, or leave to see it, Datasette's own list remains."""
    try:
        database = published.database(datasette)
    except published.NotBuilt as fault:
        return {"home": None, "missing": str(fault)}
    if not await _may_read(datasette, request, database):
        return {"home": None, "missing": "You may not see this dataset. Sign in, or ask whoever runs this site."}
    found = await database.execute_fn(home.home)
    return {"home": found, "dataset": published.name(datasette), "symbols": SYMBOLS, "outlet": base.outlet}


async def story_page(datasette: Any, request: Request) -> Response:
    database = await readable(datasette, request)
    found = await database.execute_fn(lambda connection: story.story(connection, request.url_vars["story_id"]))
    if found is None:
        raise NotFound("There is no story with this id. The home page lists the stories.")
    context = {"page": found, "graph": graph.layout(found.articles, found.derivations)}
    return await page(datasette, request, database, "story", context)


async def compare_page(datasette: Any, request: Request) -> Response:
    database = await readable(datasette, request)
    if request.method == "POST":
        return await post_form(datasette, request, request.path)
    pair = request.url_vars["source_id"], request.url_vars["article_id"]
    reader_of = await reader_for(datasette, request)
    wanted = compare.Filter(
        request.args.get("operation") or "", request.args.get("label") or "", bool(request.args.get("undecided"))
    )
    chosen = request.args.get("edge")

    def ask(connection: Any) -> tuple[compare.Comparison | None, compare.Reader, list[base.Row], list[base.Row]]:
        reader = reader_of(connection, compare.story_of(connection, pair[1]))
        found = compare.comparison(connection, *pair, reader, wanted)
        if found is None:
            return None, reader, [], []
        others = compare.other_articles(connection, found.article["story_id"], list(pair))
        return found, reader, others, events_of(connection, chosen, reader) if found.derivation else []

    found, reader, others, events = await database.execute_fn(ask)
    if found is None:
        raise NotFound("One of these two articles is not in the dataset. The home page lists what is.")
    context = {
        "page": found,
        "others": others,
        "chosen": chosen,
        "events": events,
        "reader": reader,
        "blind": reader.blind,
        "asked_blind": request.args.get("pass") == "blind",
        "form_key": token_hex(8),
        "action": request.path,
        "may_annotate": found.derivation is not None and await may_annotate(datasette, request, database),
        "login": (datasette.plugin_config("retold") or {}).get("login"),
        "inline": request.args.get("view") == "inline",
        "link": _linker(request),
    }
    return await page(datasette, request, database, "compare", context)


def events_of(connection: Any, chosen: str | None, reader: compare.Reader) -> list[base.Row]:
    """What was done on the chosen edge; readers who may not see others' work get their own."""
    if not chosen or not (reader.others or reader.actor):
        return []
    try:
        found = history.change(connection, chosen, None if reader.others else reader.actor)
    except Missing:
        return []
    events: list[base.Row] = found["events"]
    return events


async def compare_any(datasette: Any, request: Request) -> Response:
    """``/-/compare?source=…&article=…``: where the form that picks two articles leads."""
    source, article = request.args.get("source") or "", request.args.get("article") or ""
    if not (IDENTIFIER.fullmatch(source) and IDENTIFIER.fullmatch(article)):
        raise NotFound("Two articles are needed: /-/compare?source=…&article=…")
    return Response.redirect(datasette.urls.path(f"/-/compare/{source}/{article}"))


async def codebook_page(datasette: Any, request: Request) -> Response:
    database = await readable(datasette, request)
    found = await database.execute_fn(codebook.codebook)
    return await page(datasette, request, database, "codebook", {"page": found})


async def page(datasette: Any, request: Request, database: Database, name: str, context: dict[str, Any]) -> Response:
    shared = {"dataset": published.name(datasette), "symbols": SYMBOLS, "outlet": base.outlet}
    html = await datasette.render_template([f"pages/{name}.html"], shared | context, request=request, view_name=name)
    return Response.html(html)


def _linker(request: Request) -> Callable[..., str]:
    """``link(operation="kept")``: this address with some of its query changed; an empty value removes a key."""

    def link(**changed: str) -> str:
        kept = {key: request.args[key] for key in request.args if key != "edge"}
        query = {key: value for key, value in (kept | changed).items() if value}
        return f"?{urlencode(query)}" if query else "?"

    return link


async def readable(datasette: Any, request: Request) -> Database:
    try:
        database: Database = published.database(datasette)
    except published.NotBuilt as fault:
        raise NotFound(str(fault)) from fault
    if not await _may_read(datasette, request, database):
        raise Forbidden("You may not see this dataset. Sign in, or ask whoever runs this site.")
    return database


async def _may_read(datasette: Any, request: Request, database: Database) -> bool:
    """True if every table that our pages show may be viewed; a page must not be a way around a table's permission."""
    for table in READ:
        if not await datasette.pm.get_plugin("blind.py").may_see(datasette, request.actor, table):
            return False
    return True


async def reader_for(datasette: Any, request: Request) -> Callable[[Any, str | None], compare.Reader]:
    """``reader(connection, story)``: for whom a page about that story is made, blind where the lead assigned it so."""
    actor = (request.actor or {}).get("id")
    asked = request.args.get("pass") == "blind"
    sees = datasette.pm.get_plugin("blind.py").may_see
    suggestions = await sees(datasette, request.actor, "suggestions")
    others = await sees(datasette, request.actor, "annotations")

    def reader(connection: Any, story_id: str | None) -> compare.Reader:
        blind = asked or (actor is not None and passes.is_blind(connection, str(actor), story_id))
        return compare.Reader(actor, suggestions and not blind, others and not blind, blind)

    return reader


async def may_annotate(datasette: Any, request: Request, database: Database) -> bool:
    if not request.actor or "annotate" not in datasette.actions:
        return False
    resource = DatabaseResource(published.name(datasette))
    return bool(await datasette.allowed(action="annotate", resource=resource, actor=request.actor))


async def post_form(datasette: Any, request: Request, onward: str) -> Response:
    """A form of an edge, sent without JavaScript: saved, then back to the edge."""
    form = await request.post_vars()
    await send_form(datasette, request, form)
    change = form.get("change_id", "")
    return Response.redirect(f"{onward}?{urlencode({'edge': change})}#{change}")


async def send_form(datasette: Any, request: Request, form: dict[str, str]) -> bool:
    """The call to the API that a form stands for; whether it was saved, with a message where it was not."""
    if form.get("action", "").startswith("answer:"):
        return False  # the edge comes back with the form to answer in
    path, body = form_call(form)
    answer = await datasette.client.post(path, json=body, actor=request.actor)
    if answer.status_code >= 400:
        error = answer.json().get("error") or "This was not saved."
        datasette.add_message(request, f"Not saved. {error}", datasette.ERROR)
    return bool(answer.status_code < 400)


def form_call(form: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """The API call that a form stands for; its button says which, as ``action=verb:id:revision:label``."""
    verb, row, revision, label = [*form.get("action", "").split(":"), "", "", ""][:4]
    shared = {"change_id": form.get("change_id", ""), "revision": int(revision) if revision.isdigit() else None}
    if verb in ("withdraw", "restore"):
        kind = {"m-": "comments", "r-": "realignments"}.get(row[:2], "annotations")
        return f"/-/api/{kind}/{row}/{verb}", {"revision": shared["revision"]}
    if verb == "comment":
        said = {"text": form.get("text", ""), "key": form.get("key", ""), "parent_id": form.get("parent") or None}
        return "/-/api/comments", {"change_id": shared["change_id"]} | said
    if verb == "undecide":
        return "/-/api/decisions", shared | {"status": row, "withdrawn": 1}
    if verb in ("done", "skipped", "flagged"):
        return "/-/api/decisions", shared | {"status": verb} | (
            {"comment": form["comment"]} if form.get("comment") else {}
        )
    if verb == "added":
        own = {"label": form.get("label", ""), "verdict": "added", "comment": form.get("comment", "")}
        return "/-/api/annotations", shared | own
    return "/-/api/annotations", shared | {"label": label, "verdict": verb, "suggestion_id": row}
