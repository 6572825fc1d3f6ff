"""Named entities as CoNLL columns: token, BIO tag, canonical entity, half-open range of code points."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from nltk.tokenize import NLTKWordTokenizer

from retold.sharing.tables import Row

_TOKENIZER = NLTKWordTokenizer()


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """The file line by line: ``# newdoc id``, ``# sent_id``, one token a line, a blank line after each sentence."""
    article = None
    for sentence in connection.execute(
        "select * from sentences where kind <> 'furniture' order by article_id, position"
    ):
        if sentence["article_id"] != article:
            article = sentence["article_id"]
            yield f"# newdoc id = {article}"
        yield f"# sent_id = {sentence['id']}"
        yield from _sentence(dict(sentence), _mentions(connection, sentence["id"]))
        yield ""


def _mentions(connection: sqlite3.Connection, sentence_id: str) -> list[Row]:
    sql = 'select start, "end", type, entity_id from mentions where sentence_id = ? order by start, "end" desc'
    return [dict(row) for row in connection.execute(sql, [sentence_id])]


def _sentence(sentence: Row, mentions: list[Row]) -> Iterator[str]:
    for start, end in _tokens(sentence["text"], mentions, sentence["start"]):
        word = sentence["text"][start - sentence["start"] : end - sentence["start"]]
        held = next((m for m in mentions if m["start"] <= start and end <= m["end"]), None)
        if held is None:
            yield f"{word}\tO\t_\t{start}-{end}"
        else:
            prefix = "B" if start == held["start"] else "I"
            yield f"{word}\t{prefix}-{held['type']}\t{held['entity_id']}\t{start}-{end}"


def _tokens(text: str, mentions: list[Row], offset: int) -> Iterator[tuple[int, int]]:
    """Token ranges in the article, cut at the edges of names so that every name is whole tokens."""
    cuts = {m["start"] for m in mentions} | {m["end"] for m in mentions}
    for start, end in _TOKENIZER.span_tokenize(text):
        first, last = start + offset, end + offset
        at = first
        for cut in sorted(c for c in cuts if first < c < last):
            yield at, cut
            at = cut
        yield at, last
