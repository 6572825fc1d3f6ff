"""Who may do what: requests by people, as tables that a test asks cell by cell and the documentation repeats.

``<table>`` stands for every table that is not kept by hand, ``<hand-kept>`` for ``labels`` and ``corrections``,
``<own>`` and ``<another's>`` for annotations. A cell is the status answered. Where it is no 2xx, nothing was changed in
the database, unless the cell says "saved".
"""

# ruff: noqa: E501 -- a table has rows

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WHO = ("visitor", "reader", "annotator", "lead", "root", "token", "token to read", "token to annotate")

TABLES: dict[str, str] = {
    "Our pages": """
| request | visitor | reader | annotator | lead | root | token | token to read | token to annotate |
|---|---|---|---|---|---|---|---|---|
| `GET /` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/story/<story>` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/compare` | 404 | 404 | 404 | 404 | 404 | 404 | 404 | 404 |
| `GET /-/compare?source=<source>&article=<article>` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 302 |
| `GET /-/compare/<source>/<article>` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/compare/<source>/<article>` | 302 | 302 | 302 saved | 302 saved | 302 saved | 302 saved | 302 | 403 |
| `POST /-/compare/<source>/<article> (withdraw another's)` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 403 |
| `GET /-/annotate` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/annotate` | 302 | 302 | 302 saved | 302 saved | 302 saved | 302 saved | 302 | 403 |
| `GET /-/codebook` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/downloads` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/downloads/articles.csv` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/edge/<edge>` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 403 |
| `GET /-/annotations.atom` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/health` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/agreement` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/agreement.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/agreement.csv` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/adjudicate` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `POST /-/adjudicate` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `GET /-/people` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/people/ada` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/people` | 302 | 302 | 302 | 302 saved | 302 saved | 302 | 302 | 403 |
| `GET /-/orphans` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/orphans` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 403 |
""",
    "Our API": """
| request | visitor | reader | annotator | lead | root | token | token to read | token to annotate |
|---|---|---|---|---|---|---|---|---|
| `GET /-/api/openapi.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/api/changes/<edge>` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/api/changes/<edge>?pass=blind` | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/api/changes/<edge>` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `GET /-/api/annotations` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/annotations` | 401 | 403 | 201 | 201 | 201 | 201 | 403 | 201 |
| `GET /-/api/annotations/<own>/withdraw` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/annotations/<own>/withdraw` | 401 | 403 | 200 | 200 | 200 | 200 | 403 | 200 |
| `POST /-/api/annotations/<another's>/withdraw` | 401 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /-/api/annotations/<own>/restore` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/annotations/<own>/restore` | 401 | 403 | 200 | 200 | 200 | 200 | 403 | 200 |
| `POST /-/api/annotations/<another's>/restore` | 401 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /-/api/decisions` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/decisions` | 401 | 403 | 201 | 201 | 201 | 201 | 403 | 201 |
| `GET /-/api/comments` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/comments` | 401 | 403 | 201 | 201 | 201 | 201 | 403 | 201 |
| `GET /-/api/comments/<none>/withdraw` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/comments/<none>/withdraw` | 401 | 403 | 404 | 404 | 404 | 404 | 403 | 404 |
| `GET /-/api/comments/<none>/restore` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/comments/<none>/restore` | 401 | 403 | 404 | 404 | 404 | 404 | 403 | 404 |
| `GET /-/api/realignments` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/realignments` | 401 | 403 | 201 | 201 | 201 | 201 | 403 | 201 |
| `GET /-/api/realignments/<none>/withdraw` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/realignments/<none>/withdraw` | 401 | 403 | 404 | 404 | 404 | 404 | 403 | 404 |
| `GET /-/api/realignments/<none>/restore` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/realignments/<none>/restore` | 401 | 403 | 404 | 404 | 404 | 404 | 403 | 404 |
| `GET /-/api/adjudications` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/adjudications` | 401 | 403 | 403 | 201 | 201 | 403 | 403 | 403 |
| `GET /-/api/assignments` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/assignments` | 401 | 403 | 403 | 201 | 201 | 403 | 403 | 403 |
| `GET /-/api/orphans/annotations/<own>/attach` | 405 | 405 | 405 | 405 | 405 | 405 | 405 | 405 |
| `POST /-/api/orphans/annotations/<own>/attach` | 401 | 403 | 200 | 200 | 200 | 200 | 403 | 200 |
| `POST /-/api/orphans/annotations/<another's>/attach` | 401 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
""",
    "Datasette: data": """
| request | visitor | reader | annotator | lead | root | token | token to read | token to annotate |
|---|---|---|---|---|---|---|---|---|
| `GET /retold` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold.db` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /retold/<any table>.json?_size=1` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles.csv` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/labels/style_only` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/-/query?sql=select+1` | 200 | 200 | 200 | 200 | 200 | 200 | 403 | 403 |
| `GET /retold/-/query.json?sql=select+1` | 200 | 200 | 200 | 200 | 200 | 200 | 403 | 403 |
| `GET /retold/-/query/parameters?sql=select+1` | 200 | 200 | 200 | 200 | 200 | 200 | 403 | 403 |
| `GET /retold/-/schema` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/-/queries` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /retold/<query>` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /retold/<query>/-/definition` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /retold/-/foreign-key-targets` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/articles/-/count` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles/-/autocomplete?q=a` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles/-/fragment` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles/-/schema` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /retold/articles/-/foreign-key-suggestions` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
""",
    "Datasette: the site": """
| request | visitor | reader | annotator | lead | root | token | token to read | token to annotate |
|---|---|---|---|---|---|---|---|---|
| `GET /-/` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-` | 301 | 301 | 301 | 301 | 301 | 301 | 301 | 301 |
| `GET /-/static/app.css` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /static/retold.css` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/static-plugins/datasette-write-ui/table.min.js` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/static-plugins/datasette_write_ui/table.min.js` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /favicon.ico` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /:memory:` | 301 | 301 | 301 | 301 | 301 | 301 | 301 | 301 |
| `GET /-/versions.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/plugins.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/settings.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/config.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/databases.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/actor.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/jump.json` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/queries` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/schema` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/logout` | 302 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `POST /-/logout` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 302 |
| `GET /-/auth-token` | 403 | 403 | 403 | 403 | 302 | 403 | 403 | 403 |
| `GET /-/api` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/patterns` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/allow-debug` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| `GET /-/debug/autocomplete` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/messages` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `POST /-/messages` | 302 | 302 | 302 | 302 | 302 | 302 | 302 | 403 |
| `GET /-/create-token` | 403 | 200 | 200 | 200 | 200 | 403 | 403 | 403 |
| `POST /-/create-token` | 403 | 200 | 200 | 200 | 200 | 403 | 403 | 403 |
| `GET /-/permissions` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `POST /-/permissions` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /-/allowed.json?action=view-table` | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| `GET /-/rules.json?action=view-table` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /-/check.json?action=view-instance` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /-/threads.json` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /-/tasks.json` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /-/actions.json` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
""",
    "Datasette: writing": """
| request | visitor | reader | annotator | lead | root | token | token to read | token to annotate |
|---|---|---|---|---|---|---|---|---|
| `POST /retold/<hand-kept>/-/insert` | 403 | 403 | 403 | 201 | 201 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/-/upsert` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/<row>/-/update` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/<row>/-/delete` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/-/drop` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/-/alter` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<hand-kept>/-/set-column-type` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /-/datasette-write-ui/insert-row-details?db=retold&table=labels` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `GET /-/datasette-write-ui/insert-row-details?db=retold&table=annotations` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /-/datasette-write-ui/edit-row-details?db=retold&table=labels&primaryKeys=style_only` | 403 | 403 | 403 | 200 | 200 | 403 | 403 | 403 |
| `GET /-/datasette-write-ui/edit-row-details?db=retold&table=stories&primaryKeys=<story>` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/-/insert` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/-/upsert` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/<row>/-/update` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/<row>/-/delete` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/-/drop` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/-/alter` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/<table>/-/set-column-type` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/-/create` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /retold/-/execute-write` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/-/execute-write` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `GET /retold/-/execute-write/analyze?sql=delete+from+annotations` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/-/query` | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 500 |
| `POST /retold/-/queries/store (that writes)` | 403 | 403 | 403 | 403 | 403 | 403 | 403 | 403 |
| `POST /retold/-/queries/store (that reads)` | 403 | 403 | 403 | 403 | 201 | 403 | 403 | 403 |
| `GET /retold/-/queries/analyze?sql=select+1` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `POST /retold/<query>/-/update` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `POST /retold/<query>/-/delete` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
| `GET /retold/<query>/-/edit` | 403 | 403 | 403 | 403 | 200 | 403 | 403 | 403 |
""",
}
# Routes of packages that come with the tests only.
ELSEWHERE = {"^/-/password-tool$", "^/-/login$"}


@dataclass(frozen=True, slots=True)
class Form:
    """A body as a browser sends a form without JavaScript."""

    fields: dict[str, str]


def rows() -> list[tuple[str, list[str]]]:
    """(request, cells in the order of ``WHO``) of every table."""
    lines = [line for table in TABLES.values() for line in table.strip().splitlines()[2:]]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return [(request, found) for request, *found in cells]


LABEL = {name: "x" for name in ("name", "group_name", "definition", "use_when", "example", "maps_to")} | {
    "id": "made_up_too",
    "version": 1,
    "ordinal": 99,
}

# What is sent with a POST, by the request as it stands in the table. Placeholders are filled as in addresses.
BODIES: dict[str, Any] = {
    "POST /-/api/annotations": {"change_id": "<edge>", "label": "style_only", "verdict": "added"},
    "POST /-/api/annotations/<own>/withdraw": {"revision": 1},
    "POST /-/api/annotations/<own>/restore": {"revision": 1},
    "POST /-/api/annotations/<another's>/withdraw": {"revision": 1},
    "POST /-/api/annotations/<another's>/restore": {"revision": 1},
    "POST /-/api/decisions": {"change_id": "<edge>", "status": "done"},
    "POST /-/api/adjudications": {"change_id": "<edge>", "label": "style_only", "verdict": "accepted"},
    "POST /-/adjudicate": Form({"change_id": "<edge>", "label": "style_only", "verdict": "accepted"}),
    "POST /-/api/assignments": {"annotator": "rita", "story_id": "<story>"},
    "POST /-/people": Form(
        {"annotator": "rita", "story_id": "<story>", "pass": "assisted", "annotators_per_edge": "1"}
    ),
    "POST /-/api/orphans/annotations/<own>/attach": {"change_id": "<edge>", "revision": 1},
    "POST /-/api/orphans/annotations/<another's>/attach": {"change_id": "<edge>", "revision": 1},
    "POST /-/orphans": Form({"table": "annotations", "id": "<another's>", "change_id": "<edge>", "revision": "1"}),
    "POST /-/api/comments": {"change_id": "<edge>", "text": "so?", "key": "1"},
    "POST /-/api/realignments": {
        "source_article_id": "<source>",
        "article_id": "<article>",
        "sentences": ["<sentence>"],
    },
    "POST /-/api/comments/<none>/withdraw": {"revision": 1},
    "POST /-/api/comments/<none>/restore": {"revision": 1},
    "POST /-/api/realignments/<none>/withdraw": {"revision": 1},
    "POST /-/api/realignments/<none>/restore": {"revision": 1},
    "POST /-/annotate": Form({"change_id": "<edge>", "action": "done:::"}),
    "POST /-/compare/<source>/<article>": Form({"change_id": "<edge>", "action": "done:::"}),
    "POST /-/compare/<source>/<article> (withdraw another's)": Form({"action": "withdraw:<another's>:1:"}),
    "POST /retold/<hand-kept>/-/insert": {"labels": {"row": LABEL}, "corrections": {"row": {"document": "new"}}},
    "POST /retold/<hand-kept>/-/upsert": {
        "labels": {"rows": [LABEL]},
        "corrections": {"rows": [{"document": "made_up", "title": "Other"}]},
    },
    "POST /retold/<hand-kept>/<row>/-/update": {
        "labels": {"update": {"name": "Other"}},
        "corrections": {"update": {"title": "Other"}},
    },
    "POST /retold/<hand-kept>/-/drop": {"confirm": True},
    "POST /retold/<hand-kept>/-/alter": {"operations": [{"op": "add_column", "args": {"name": "x"}}]},
    "POST /retold/<hand-kept>/-/set-column-type": {"column": "title", "column_type": {"type": "url"}},
    "POST /retold/<table>/-/insert": {"row": {"id": "x"}},
    "POST /retold/<table>/-/upsert": {"rows": [{"id": "x"}]},
    "POST /retold/<table>/<row>/-/update": {"update": {"id": "x"}},
    "POST /retold/<table>/-/drop": {"confirm": True},
    "POST /retold/<table>/-/alter": {"operations": [{"op": "add_column", "args": {"name": "x"}}]},
    "POST /retold/<table>/-/set-column-type": {"column": "id", "column_type": {"type": "url"}},
    "POST /retold/-/create": {"table": "annotations", "rows": [{"id": "x"}], "replace": True},
    "POST /retold/-/execute-write": {"sql": "delete from annotations"},
    "POST /retold/-/query": {"sql": "delete from annotations"},
    "POST /retold/-/queries/store (that writes)": {"query": {"name": "gone", "sql": "delete from annotations"}},
    "POST /retold/-/queries/store (that reads)": {"query": {"name": "new", "sql": "select 1"}},
    "POST /retold/<query>/-/update": {"update": {"title": "Other"}},
    "POST /-/create-token": Form({"expire_type": ""}),
    "POST /-/permissions": Form({"actor": "{}", "permission": "view-instance"}),
    "POST /-/messages": Form({"message": "x", "message_type": "INFO"}),
}


def body(row: str, names: dict[str, str]) -> Any:
    found = BODIES.get(row)
    if "<hand-kept>" in row and isinstance(found, dict) and "labels" in found:
        found = found[names["<hand-kept>"]]
    return filled(found, names)


def filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for placeholder, meant in names.items():
            value = value.replace(placeholder, meant)
    if isinstance(value, Form):
        return Form(filled(value.fields, names))
    if isinstance(value, list):
        return [filled(one, names) for one in value]
    return {key: filled(one, names) for key, one in value.items()} if isinstance(value, dict) else value
