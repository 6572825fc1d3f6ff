"""New annotations as an Atom feed (RFC 4287), for people who follow a dataset in a feed reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from lxml import etree

from retold.sharing import xml
from retold.sharing.tables import Row

ATOM = "http://www.w3.org/2005/Atom"
SHOWN = 50
EPOCH = "1970-01-01T00:00:00Z"  # the feed of a dataset without annotations has never been updated


def newest(connection: sqlite3.Connection) -> list[Row]:
    """The newest annotations that stand, newest first."""
    cursor = connection.execute(
        """select n.id, n.change_id, n.annotator, n.label, n.verdict, n.comment, n.created, n.updated,
                  c.operation, c.source_text, c.text, a.title, a.publisher
           from annotations n join changes c on c.id = n.change_id join articles a on a.id = n.article_id
           where not n.withdrawn order by n.created desc, n.id limit ?""",
        [SHOWN],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(values), strict=True)) for values in cursor]


def feed(rows: list[Row], title: str, home: str, own: str, edge: Callable[[str], str]) -> bytes:
    """The feed in UTF-8; ``home`` and ``own`` are addresses of the site and of the feed, ``edge(id)`` of an edge."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # None is lxml's default namespace
    child(root, "title", f"New annotations: {title}")
    child(root, "id", own)
    child(root, "updated", max((row["updated"] for row in rows), default=EPOCH))
    child(root, "generator", "Retold")
    for relation, address in (("self", own), ("alternate", home)):
        link(root, relation, address)
    for row in rows:
        entry(child(root, "entry"), row, edge(row["change_id"]))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def entry(parent: etree._Element, row: Row, address: str) -> None:
    child(parent, "id", f"urn:retold:annotation:{row['id']}")
    child(parent, "title", f"{row['label']} {row['verdict']}: {row['publisher'] or row['title']}")
    child(parent, "published", row["created"])
    child(parent, "updated", row["updated"])
    child(child(parent, "author"), "name", row["annotator"])
    link(parent, "alternate", address)
    child(parent, "category").set("term", xml.writable(row["label"]))
    said = [row["source_text"] and f"Wire: {row['source_text']}", row["text"] and f"Retelling: {row['text']}"]
    child(parent, "summary", "\n".join(part for part in (*said, row["comment"]) if part)).set("type", "text")


def link(parent: etree._Element, relation: str, address: str) -> None:
    made = child(parent, "link")
    made.set("rel", relation)
    made.set("href", xml.writable(address))


def child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    if text is not None:
        made.text = xml.writable(text)
    return made
