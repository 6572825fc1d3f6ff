"""A published snapshot that nothing writes to, with what people enter in a second file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette

from retold import cli
from retold.store import annotate, schema, snapshots
from tests.conftest import ROOT as ROOT_FOLDER
from tests.conftest import lay_out
from tests.plugins.conftest import serve
from tests.recovery import support

IDA, ROOT = {"id": "ida"}, {"id": "root"}


@pytest.fixture
def published(own_db: Path, tmp_path: Path) -> Path:
    """A folder with both files, published after Ida annotated, and all that Datasette serves around them."""
    support.annotate_all(own_db)
    folder = tmp_path / "site"
    snapshots.publish(own_db, folder)
    return lay_out(folder)


@pytest.fixture
async def apart(published: Path) -> AsyncIterator[Datasette]:
    datasette = serve(published)
    await datasette.invoke_startup()
    yield datasette
    datasette.close()


def edge(folder: Path) -> tuple[str, str, str]:
    """An edge that nobody has judged: id, source, article."""
    connection = sqlite3.connect(folder / "retold.db")
    connection.execute("attach ? as apart", [str(folder / "annotations.db")])
    sql = """select id, source_article_id, article_id from changes
             where not retired and id not in (select change_id from decisions) order by id"""
    found: tuple[str, str, str] = connection.execute(sql).fetchone()
    connection.close()
    return found


def test_every_row_is_in_one_of_the_files(own_db: Path, published: Path) -> None:
    whole, snapshot, annotations = (
        sqlite3.connect(path) for path in (own_db, published / "retold.db", published / "annotations.db")
    )
    names = (
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%_fts_%'"
    )
    tables = {db: {row[0] for row in db.execute(names)} for db in (whole, snapshot, annotations)}
    assert tables[annotations] == set(snapshots.AUTHORED)
    assert tables[snapshot] == tables[whole] - tables[annotations]
    for table in tables[whole]:
        apart = annotations if table in tables[annotations] else snapshot
        found, wanted = (sorted(db.execute(f"select * from [{table}]"), key=repr) for db in (apart, whole))
        assert found == wanted, table
    for db in (snapshot, annotations):
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []


async def test_the_snapshot_is_immutable_and_counted(apart: Datasette, published: Path) -> None:
    listed = {one["name"]: one for one in (await apart.client.get("/-/databases.json")).json()["databases"]}
    assert not listed["retold"]["is_mutable"]
    assert listed["annotations"]["is_mutable"]
    counted = json.loads((published / "inspect-data.json").read_text())["retold"]["tables"]
    page = (await apart.client.get("/retold.json")).json()
    for table in page["tables"]:
        assert table["count"] == counted[table["name"]]["count"], table["name"]


@pytest.mark.parametrize(
    ("database", "table"), [("annotations", "annotations"), ("annotations", "decisions"), ("retold", "changes")]
)
async def test_tables_show_themselves_as_ever(apart: Datasette, database: str, table: str) -> None:
    described = yaml.safe_load((ROOT_FOLDER / "metadata.yml").read_text())["databases"]["retold"]["tables"][table]
    path = f"/{database}/{table}.json?_extra=facet_results,facets_timed_out"
    assert list((await apart.client.get(path)).json()["facet_results"]["results"]) == described["facets"]
    assert described["description"].split(".")[0] in (await apart.client.get(f"/{database}/{table}")).text


async def test_every_page_is_there(apart: Datasette, published: Path) -> None:
    _, source, article = edge(published)
    story = (await apart.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    paths = ["/", f"/-/story/{story}", f"/-/compare/{source}/{article}", "/-/codebook", "/-/downloads", "/-/people"]
    paths += ["/-/agreement", "/-/annotate", "/-/adjudicate", "/-/orphans", "/-/people/ida", "/-/annotations.atom"]
    paths += ["/retold/articles", "/annotations/annotations", "/annotations/decisions", "/-/health"]
    paths += [f"/-/downloads/{name}.csv" for name in ("sentences", "annotations", "edges", "judgements")]
    for path in paths:
        answer = await apart.client.get(path, actor=ROOT)
        assert answer.status_code == 200, path
    home = (await apart.client.get("/")).text
    assert "/annotations/annotations" in home
    assert "/retold/annotations" not in home


async def test_people_annotate_and_the_snapshot_stays(apart: Datasette, published: Path) -> None:
    before = (published / "retold.db").read_bytes()
    id_, source, article = edge(published)
    for path, body in (
        ("annotations", {"change_id": id_, "label": "style_only", "verdict": "added", "comment": "seen apart"}),
        ("decisions", {"change_id": id_, "status": "done"}),
        ("comments", {"change_id": id_, "text": "and why", "key": "1"}),
    ):
        answer = await apart.client.post(f"/-/api/{path}", json=body, actor=IDA)
        assert answer.status_code == 201, answer.text
    page = (await apart.client.get(f"/-/compare/{source}/{article}", actor=IDA)).text
    assert "seen apart" in page
    assert "and why" in page
    assert "seen apart" in (await apart.client.get("/-/downloads/annotations.csv")).text
    rows = (await apart.client.get(f"/annotations/annotations.json?change_id={id_}&_shape=array")).json()
    assert [row["comment"] for row in rows] == ["seen apart"]
    assert (await apart.client.get("/-/annotate", actor={"id": "new"})).status_code == 200
    assert (published / "retold.db").read_bytes() == before


@pytest.mark.parametrize(
    "body",
    [
        {"change_id": "c-none", "label": "style_only", "verdict": "added"},
        {"label": "no_such_label", "verdict": "added"},
    ],
)
async def test_references_are_checked_across_files(apart: Datasette, published: Path, body: dict[str, Any]) -> None:
    answer = await apart.client.post("/-/api/annotations", json={"change_id": edge(published)[0]} | body, actor=IDA)
    assert answer.status_code == 400


async def test_no_other_way_to_write(apart: Datasette) -> None:
    for database, table in (("annotations", "annotations"), ("annotations", "leases"), ("retold", "labels")):
        answer = await apart.client.post(f"/{database}/{table}/-/insert", json={"rows": [{"id": "x"}]}, actor=ROOT)
        assert answer.status_code in (400, 403), (database, table)
    history = "update annotation_events set actor = 'x'"
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await apart.get_database("annotations").execute_write(history)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await apart.get_database("annotations").execute_write("update articles set title = 'x'")


async def test_a_blind_pass_closes_both_files(apart: Datasette) -> None:
    story = (await apart.client.get("/retold/stories.json?_shape=array")).json()[0]["id"]
    body = {"annotator": "ole", "story_id": story, "pass": "blind", "annotators_per_edge": 2}
    assert (await apart.client.post("/-/api/assignments", json=body, actor=ROOT)).status_code == 201
    for path in ("/retold/suggestions", "/annotations/annotations", "/annotations/-/query?sql=select+1"):
        assert (await apart.client.get(path, actor={"id": "ole"})).status_code == 403, path
        assert (await apart.client.get(path, actor=IDA)).status_code == 200, path


def test_nothing_is_written_over(own_db: Path, published: Path) -> None:
    with pytest.raises(snapshots.NotPublished, match="is there already"):
        snapshots.publish(own_db, published)
    assert schema.exists(own_db)


async def test_what_was_entered_comes_back(apart: Datasette, own_db: Path, published: Path, capsys: Any) -> None:
    id_ = edge(published)[0]
    new = {"change_id": id_, "label": "style_only", "verdict": "added", "comment": "new"}
    assert (await apart.client.post("/-/api/annotations", json=new, actor=IDA)).status_code == 201
    main = schema.connect(own_db)
    first, second = (dict(row) for row in main.execute("select * from decisions order by id limit 2"))
    for row in (first, second):
        body = {"change_id": row["change_id"], "status": "flagged", "revision": row["revision"]}
        assert (await apart.client.post("/-/api/decisions", json=body, actor=IDA)).status_code == 200
    main.execute("begin immediate")
    annotate.decide(main, {"change_id": second["change_id"], "status": "skipped", "revision": 1}, "ida")
    main.execute("commit")
    arguments = ["merge", str(published / "annotations.db"), "--db", str(own_db)]
    assert cli.main(arguments) == 1
    told = capsys.readouterr()
    assert "2 imported" in told.out
    assert "1 in conflict" in told.out
    assert second["id"] in told.err
    status = dict(main.execute("select id, status from decisions where id in (?, ?)", [first["id"], second["id"]]))
    assert status == {first["id"]: "flagged", second["id"]: "skipped"}
    assert main.execute("select comment from annotations where change_id = ?", [id_]).fetchone()[0] == "new"
    assert cli.main(arguments) == 1  # the conflict is still one; the rest is here already
    assert "0 imported" in capsys.readouterr().out
    assert support.faults_of(own_db) == []
    main.close()
