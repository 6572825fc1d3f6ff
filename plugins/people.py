"""Who does what: everybody's progress, each person's own page, and the lead's assignments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from datasette import NotFound, Request, Response, hookimpl
from datasette.utils import tilde_decode

from retold.store import assign
from retold.store.queries import people

READ = ("stories", "changes", "annotations", "decisions", "comments", "adjudications", "assignments")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/-/people$", people_page),
        (r"^/-/people/(?P<person>[^/]+)$", person_page),
        (r"^/-/api/assignments$", post_assignment),
    ]


async def post_assignment(datasette: Any, request: Request) -> Response:
    api = datasette.pm.get_plugin("annotation_api.py")
    answer: Response = await api.post(datasette, request, "assignment", assign.assign, "adjudicate")
    return answer


async def people_page(datasette: Any, request: Request) -> Response:
    frame = datasette.pm.get_plugin("frame.py")
    database = await frame.readable(datasette, request, READ, own=True)  # counts, nobody's answers
    if request.method == "POST":
        return await _assign(datasette, request)
    found = await database.execute_fn(people.people)
    response: Response = await frame.render(datasette, request, "people", {"page": found})
    return response


async def _assign(datasette: Any, request: Request) -> Response:
    """A form of the page: assign, change the terms or take back."""
    form = await request.post_vars()
    body: dict[str, Any] = {name: form.get(name, "").strip() for name in ("annotator", "story_id")}
    body["withdrawn"] = 1 if form.get("action") == "withdraw" else 0
    if form.get("revision", "").isdecimal():
        body["revision"] = int(form["revision"])
    if not body["withdrawn"]:
        number = form.get("annotators_per_edge", "")
        body |= {"pass": form.get("pass", ""), "annotators_per_edge": int(number) if number.isdecimal() else 0}
    done = "Taken back." if body["withdrawn"] else "Assigned."
    await datasette.pm.get_plugin("frame.py").send(datasette, request, "/-/api/assignments", body, done)
    return Response.redirect(datasette.urls.path("/-/people"))


async def person_page(datasette: Any, request: Request) -> Response:
    frame = datasette.pm.get_plugin("frame.py")
    id_ = tilde_decode(request.url_vars["person"])
    own = str((request.actor or {}).get("id")) == id_
    database = await frame.readable(datasette, request, (*READ, "annotation_events"), own)
    before = request.args.get("before") or ""
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    found = await database.execute_fn(partial(people.person, id_=id_, before=start))
    if found is None:
        raise NotFound("Nobody of this name has entered or been given anything. The people page lists who has.")
    response: Response = await frame.render(datasette, request, "person", {"page": found, "own": own})
    return response
