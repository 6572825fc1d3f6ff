"""The story page: who told it, who took it from whom, and what became of each sentence and quotation."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field

from retold.store.queries.base import Row, one, outlet, rows
from retold.tracing.alignment import ALIGNED_KINDS

QUOTED = re.compile('[“"„«]([^“”"„«»]+)[”"“»]')
QUOTE_LABELS = ("quote_altered", "quote_trimmed", "quote_paraphrased")


@dataclass(slots=True)
class Matrix:
    """What became of one source: ``cells[sentence id][article id]`` is the edge, with its operation and texts.

    ``added`` counts by article the sentences that the source does not have.
    """

    source: Row
    columns: list[Row]
    sentences: list[Row]
    cells: dict[str, dict[str, Row]]
    added: dict[str, int]
    quotes: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """``derivations`` holds every arrow of the story, ``matrices`` one matrix per article others were made from."""

    story: Row
    articles: list[Row]
    derivations: list[Row]
    matrices: list[Matrix]


def story(connection: sqlite3.Connection, story_id: str) -> Story | None:
    """One story with everything its page shows, in a handful of queries however many articles it has."""
    found = one(connection, "select * from stories where id = ?", [story_id])
    if found is None:
        return None
    articles = _articles(connection, story_id)
    derivations = _derivations(connection, story_id)
    sources = list(dict.fromkeys(row["source_article_id"] for row in derivations))
    sources.sort(key=lambda i: i != found["source_article_id"])
    by_id = {row["id"]: row for row in articles}
    changes = _changes(connection, story_id)
    matrices = [_matrix(connection, by_id[i], derivations, changes, by_id) for i in sources if i in by_id]
    return Story(found, articles, derivations, matrices)


def _articles(connection: sqlite3.Connection, story_id: str) -> list[Row]:
    found = rows(
        connection,
        """select id, title, publisher, wire, author, published, place, url, document, version, words, sentences, role,
                  derived_from, derivation
           from articles where story_id = ? order by published is null, published, document, version""",
        [story_id],
    )
    return [row | {"outlet": outlet(row)} for row in found]


def _derivations(connection: sqlite3.Connection, story_id: str) -> list[Row]:
    return rows(
        connection,
        """select d.* from derivations d join articles a on a.id = d.article_id where a.story_id = ?
           order by d.source_article_id, a.published is null, a.published, a.document, a.version""",
        [story_id],
    )


def _changes(connection: sqlite3.Connection, story_id: str) -> list[Row]:
    """Every edge of the story with the ids of its source sentences and how many suggestions it carries."""
    return rows(
        connection,
        """select c.id, c.source_article_id, c.article_id, c.operation, c.moved, c.similarity, c.text,
                  c.source_start, c.source_end,
                  (select group_concat(sentence_id, ' ') from change_sentences s
                   where s.change_id = c.id and s.side = 'source') as sentence_ids,
                  (select group_concat(distinct label) from suggestions g where g.change_id = c.id) as labels,
                  (select count(*) from change_sentences s where s.change_id = c.id and s.side = 'article') as told_in
           from changes c join articles a on a.id = c.article_id
           where a.story_id = ? and c.derivation_id is not null and not c.retired order by c.article_id, c.position""",
        [story_id],
    )


def _matrix(
    connection: sqlite3.Connection, source: Row, derivations: list[Row], changes: list[Row], by_id: dict[str, Row]
) -> Matrix:
    columns = [
        by_id[row["article_id"]] | {"degree": row["degree"], "score": row["score"]}
        for row in derivations
        if row["source_article_id"] == source["id"] and row["article_id"] in by_id
    ]
    sentences = [
        row
        for row in rows(
            connection,
            'select id, position, kind, text, start, "end" from sentences where article_id = ? order by position',
            [source["id"]],
        )
        if row["kind"] in ALIGNED_KINDS
    ]
    matrix = Matrix(source, columns, sentences, {row["id"]: {} for row in sentences}, {})
    for change in changes:
        if change["source_article_id"] == source["id"]:
            _place(matrix, change)
    matrix.quotes = _quotes(matrix)
    return matrix


def _place(matrix: Matrix, change: Row) -> None:
    if change["operation"] == "added":
        matrix.added[change["article_id"]] = matrix.added.get(change["article_id"], 0) + change["told_in"]
    change["shade"] = 0 if change["operation"] == "dropped" else 1 + min(4, int(change["similarity"] * 5))
    for sentence_id in (change["sentence_ids"] or "").split():
        if sentence_id in matrix.cells:
            matrix.cells[sentence_id][change["article_id"]] = change


def _quotes(matrix: Matrix) -> list[Row]:
    """Every quotation of the source and its fate by article: ``intact``, a quote label, ``changed`` or ``dropped``."""
    found: list[Row] = []
    for sentence in matrix.sentences:
        edges = matrix.cells[sentence["id"]]
        for match in QUOTED.finditer(sentence["text"]):
            fates = {column["id"]: _fate(match[1], edges.get(column["id"])) for column in matrix.columns}
            found.append({"text": match[0], "sentence": sentence, "fates": fates, "edges": edges})
    return found


def _fate(words: str, edge: Row | None) -> str:
    if edge is None or edge["operation"] == "dropped" or not edge["text"]:
        return "dropped"
    wanted, quoted = _plain(words), [_plain(match[1]) for match in QUOTED.finditer(edge["text"])]
    if any(wanted in one for one in quoted):
        return "intact"
    if wanted in _plain(edge["text"]):
        return "words kept, marks gone"
    labels = (edge["labels"] or "").split(",")
    return next((label.replace("_", " ") for label in QUOTE_LABELS if label in labels), "changed")


def _plain(text: str) -> str:
    """Words only: the shape of quotation marks, final punctuation, spaces and case say nothing about a quotation."""
    return " ".join(re.findall(r"\w+", text.casefold()))
