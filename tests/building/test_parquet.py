"""``--parquet``: every row of the database, by story, as DuckDB reads it; nothing of others is overwritten."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import duckdb
import pytest

from retold import build
from retold.building import parquet
from retold.store import schema
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def folder(story_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("parquet") / "rows"
    assert parquet.write(story_db, found) > 100
    return found


@pytest.mark.parametrize("table", [*parquet.BY_STORY, *parquet.WHOLE])
def test_every_row_is_there_once(story_db: Path, folder: Path, table: str) -> None:
    with sqlite3.connect(story_db) as connection:
        cursor = connection.execute(f"select * from {table}")
        names = [f'"{column[0]}"' for column in cursor.description]
        expected = sorted(cursor.fetchall(), key=repr)
    sql = f"select {', '.join(names)} from read_parquet('{folder}/{table}/**/*.parquet', hive_partitioning = true)"
    assert sorted(duckdb.sql(sql).fetchall(), key=repr) == expected
    assert expected


def test_what_belongs_to_a_story_lies_in_its_folder(story_db: Path, folder: Path) -> None:
    with sqlite3.connect(story_db) as connection:
        stories = [row[0] for row in connection.execute("select id from stories")]
    assert len(stories) == 2
    for story in stories:
        part = folder / "sentences" / f"story={story[2:4]}" / "part-0.parquet"
        assert duckdb.sql(f"select count(*) from '{part}' where story_id = '{story}'").fetchall()[0][0] >= 5


def test_the_documented_queries_run(folder: Path) -> None:
    page = (ROOT / "docs/users/cluster.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(queries) >= 2
    for query in queries:
        assert duckdb.sql(query.replace("rows/", f"{folder}/")).fetchall()


def test_the_same_build_is_not_written_twice_and_a_new_one_takes_its_place(own_db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    count = parquet.write(own_db, folder)
    assert count
    assert parquet.write(own_db, folder) == 0
    with schema.connect(own_db) as connection:
        connection.execute("update builds set finished = 'later'")
        connection.execute("delete from suggestions")
    connection.close()
    assert 0 < parquet.write(own_db, folder) < count
    assert not (folder / "suggestions").exists()
    assert [path.name for path in tmp_path.iterdir() if "rows" in path.name] == ["rows"]


def test_a_folder_of_others_is_refused(own_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years of work")
    text = tmp_path / "a.txt"
    text.write_text("The ferry was late, the harbour master said on Monday. Nobody was hurt.")
    given = [str(text), "--db", str(tmp_path / "b.db"), "--quiet", "--parquet", str(tmp_path / "mine")]
    assert build.main(given) == build.NOTHING_DONE
    assert "holds something other" in capsys.readouterr().err
    assert (tmp_path / "mine" / "thesis.txt").exists()
