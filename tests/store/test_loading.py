"""Articles read back from the database are the articles that were written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from retold.store import loading, schema
from retold.store.rows import change_row
from retold.tracing import alignment


def connect(path: Path) -> sqlite3.Connection:
    return schema.connect(path)


def test_what_comes_back_can_be_aligned_to_the_same_edges(story_db: Path) -> None:
    connection = connect(story_db)
    for row in connection.execute("select * from derivations").fetchall():
        loaded = loading.articles(connection, [row["source_article_id"], row["article_id"]])
        source, article = loaded[row["source_article_id"]], loaded[row["article_id"]]
        again = [change_row(edge, source, article) for edge in alignment.align(source, article, row["id"])]
        sql = "select * from changes where derivation_id = ? order by position"
        stored = [{name: one[name] for name in again[0]} for one in connection.execute(sql, [row["id"]])]
        assert stored
        assert again == stored
    connection.close()


def test_offsets_hold_in_what_comes_back(story_db: Path) -> None:
    connection = connect(story_db)
    ids = [row["id"] for row in connection.execute("select id from articles")]
    found = loading.articles(connection, ids)
    assert list(found) == ids
    for article in found.values():
        assert article.sentences
        for one in (*article.sentences, *article.mentions):
            assert article.text[one.start : one.end] == one.text
        for said in article.attributions:
            assert article.text[said.cue_start : said.cue_end] == said.cue
    connection.close()


def test_unknown_ids_are_left_out(story_db: Path) -> None:
    connection = connect(story_db)
    assert loading.articles(connection, ["nobody", "'; drop table articles"]) == {}
    assert loading.articles(connection, []) == {}
    connection.close()
