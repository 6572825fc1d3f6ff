"""Reading is open to everyone; Datasette's own ways to write reach the hand-kept tables alone, for the lead alone."""

from __future__ import annotations

from typing import Any

import pytest
from datasette.resources import DatabaseResource, TableResource

HAND_KEPT = {"labels", "corrections"}
ROOT, LEAD, ADA = {"id": "root"}, {"id": "grace", "role": "lead"}, {"id": "ada"}
SQL = {"sql": "update annotations set annotator = 'eve'"}


@pytest.fixture
async def tables(shared) -> list[str]:
    shared.root_enabled = True  # as `datasette --root` does: even its grant must not reach the tables
    names = await shared.get_database("retold").table_names()
    return [name for name in names if not name.startswith("sqlite_") and "_fts" not in name]


async def allowed(shared, action: str, table: str | None, actor: Any) -> bool:
    resource = DatabaseResource("retold") if table is None else TableResource("retold", table)
    return await shared.allowed(action=action, resource=resource, actor=actor)


async def test_everyone_reads_everything(shared, tables):
    for table in tables:
        assert (await shared.client.get(f"/retold/{table}.json?_size=1")).status_code == 200, table
        for actor in (ADA, LEAD, ROOT):
            assert await allowed(shared, "view-table", table, actor)


@pytest.mark.parametrize(
    ("actor", "annotates", "adjudicates"),
    [(None, False, False), ({}, False, False), (ADA, True, False), (LEAD, True, True), (ROOT, True, True)],
)
async def test_own_actions(shared, actor, annotates, adjudicates):
    assert await allowed(shared, "annotate", None, actor) is annotates
    assert await allowed(shared, "adjudicate", None, actor) is adjudicates


@pytest.mark.parametrize("action", ["insert-row", "update-row", "delete-row"])
async def test_rows_of_hand_kept_tables_alone_for_the_lead_alone(shared, tables, action):
    for table in tables:
        by = [await allowed(shared, action, table, actor) for actor in (None, ADA, LEAD, ROOT)]
        assert by == ([False, False, True, True] if table in HAND_KEPT else [False] * 4), table


@pytest.mark.parametrize("action", ["alter-table", "drop-table", "set-column-type", "drop-view"])
async def test_nobody_changes_a_table(shared, tables, action):
    for table in tables:
        for actor in (None, ADA, LEAD, ROOT):
            assert not await allowed(shared, action, table, actor), table


@pytest.mark.parametrize("action", ["create-table", "create-view", "execute-write-sql"])
async def test_nobody_changes_the_database(shared, tables, action):
    for actor in (None, ADA, LEAD, ROOT):
        assert not await allowed(shared, action, None, actor)


async def test_no_grant_in_the_configuration_lifts_the_limit(served, tables):
    served.root_enabled = True
    everything = {action: True for action in served.actions if action not in ("annotate", "adjudicate")}
    served.config["permissions"] |= everything
    database = served.config["databases"]["retold"]
    database["permissions"] = everything
    database["tables"] = {table: {"permissions": everything} for table in tables}
    for table in ("changes", "annotations", "annotation_events", "articles", "articles_fts"):
        for action in ("insert-row", "update-row", "delete-row", "drop-table", "alter-table"):
            assert not await allowed(served, action, table, ROOT), (table, action)
            assert not await allowed(served, action, table.upper(), ROOT), (table, action)
    assert not await allowed(served, "execute-write-sql", None, ROOT)


@pytest.mark.parametrize("table", ["changes", "annotations", "annotation_events", "decisions", "articles"])
async def test_datasettes_write_api_is_refused_in_fact(shared, tables, table):
    database = shared.get_database("retold")
    counts = (await database.execute(f"select count(*) from {table}")).single_value()
    calls = [
        (f"/retold/{table}/-/insert", {"row": {"id": "x"}}),
        (f"/retold/{table}/-/upsert", {"rows": [{"id": "x"}]}),
        (f"/retold/{table}/-/drop", {"confirm": True}),
        (f"/retold/{table}/-/alter", {"operations": []}),
        ("/retold/-/create", {"table": table, "rows": [{"id": "x"}], "replace": True}),
    ]
    for path, body in calls:
        for actor in (None, ADA, LEAD, ROOT):
            answer = await shared.client.post(path, json=body, actor=actor)
            assert answer.status_code in (403, 404), (path, answer.text)
    assert (await database.execute(f"select count(*) from {table}")).single_value() == counts


async def test_no_sql_writes(shared, tables):
    for actor in (None, ADA, LEAD, ROOT):
        for path in ("/retold/-/execute-write", "/retold/-/query"):
            answer = await shared.client.post(path, json=SQL, actor=actor)
            assert answer.status_code >= 400, path
    read = await shared.client.get("/retold/-/query.json", params=SQL)
    assert read.status_code == 400


async def test_the_lead_edits_what_is_kept_by_hand(served):
    wording = {"update": {"definition": "Said otherwise."}, "return": True}
    assert (await served.client.post("/retold/labels/style_only/-/update", json=wording, actor=ADA)).status_code == 403
    answer = await served.client.post("/retold/labels/style_only/-/update", json=wording, actor=LEAD)
    assert answer.json()["rows"][0]["definition"] == "Said otherwise."
    row = {"row": {"document": "wire.txt", "publisher": "The Ferryman"}}
    answer = await served.client.post("/retold/corrections/-/insert", json=row, actor=LEAD)
    assert (answer.status_code, answer.json()["rows"][0]["title"]) == (201, "")


async def test_foreign_keys_are_on(shared):
    def pragma(connection: Any) -> int:
        return int(connection.execute("pragma foreign_keys").fetchone()[0])

    database = shared.get_database("retold")
    assert await database.execute_fn(pragma) == await database.execute_write_fn(pragma) == 1
    assert (await database.execute("pragma journal_mode")).single_value() == "wal"


async def test_a_label_in_use_cannot_be_deleted(served):
    edge = (await served.get_database("retold").execute("select id from changes limit 1")).single_value()
    sent = {"change_id": edge, "label": "style_only", "verdict": "added"}
    assert (await served.client.post("/-/api/annotations", json=sent, actor=ADA)).status_code == 201
    answer = await served.client.post("/retold/labels/style_only/-/delete", json={}, actor=LEAD)
    assert answer.status_code >= 400
    assert answer.json()["ok"] is False
    assert (await served.client.get("/retold/labels/style_only.json")).status_code == 200
