"""A retelling and its wire copy as a TEI P5 critical apparatus: one ``<app>`` per edge, one ``<rdg>`` per side.

https://tei-c.org/release/doc/tei-p5-doc/en/html/TC.html. Characters that XML 1.0 cannot hold become U+FFFD.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lxml import etree

from retold.sharing import xml
from retold.sharing.tables import Row

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def documents(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """``(derivation id, XML)`` for every derivation, in key order."""
    for derivation in connection.execute("select * from derivations order by id").fetchall():
        yield derivation["id"], document(connection, dict(derivation))


def document(connection: sqlite3.Connection, derivation: Row) -> bytes:
    """One derivation as a TEI document in UTF-8."""
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})  # type: ignore[dict-item]  # None is lxml's default namespace
    source = _article(connection, derivation["source_article_id"])
    article = _article(connection, derivation["article_id"])
    _header(root, source, article)
    body = _child(_child(root, "text"), "body")
    sql = "select * from changes where derivation_id = ? and not retired order by position, id"
    for change in connection.execute(sql, [derivation["id"]]):
        _apparatus(_child(body, "p"), dict(change))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False))


def _article(connection: sqlite3.Connection, article_id: str) -> Row:
    row = connection.execute("select id, title, publisher, published from articles where id = ?", [article_id])
    return dict(row.fetchone())


def _header(root: etree._Element, source: Row, article: Row) -> None:
    description = _child(_child(root, "teiHeader"), "fileDesc")
    _child(_child(description, "titleStmt"), "title", article["title"])
    _child(
        _child(description, "publicationStmt"), "p", "Made by Retold; the rights in the texts stay with their owners."
    )
    listed = _child(_child(description, "sourceDesc"), "listWit")
    for name, one in (("source", source), ("article", article)):
        witness = _child(listed, "witness", one["title"])
        witness.set(XML_ID, name)
        witness.set("n", one["id"])
        if one["published"]:
            _child(witness, "date", one["published"]).set("when", xml.writable(one["published"]))


def _apparatus(parent: etree._Element, change: Row) -> None:
    app = _child(parent, "app")
    app.set("type", change["operation"])
    app.set("n", change["id"])
    for witness, column in (("source", "source_text"), ("article", "text")):
        reading = _child(app, "rdg", change[column] or "")
        reading.set("wit", f"#{witness}")


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{TEI}}}{name}")
    if text is not None:
        made.text = xml.writable(text)
    return made
