"""A corpus and its annotations that mean harm wherever a value can be put."""

# ruff: noqa: E501 -- one paragraph is one line

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from retold import build
from retold.store import adjudicate, annotate, assign, discuss, schema

MARKUP = "<script>window.harm=1</script><img src=x onerror='window.harm=2'>\"'><b>bold</b></textarea></title>"
TEMPLATE = "q{{7*7}}q {% raw %} q${7*7}q q#{7*7}q"
FORMULA = '=HYPERLINK("http://elsewhere.example")'
TURNED = "abc\u202egnp.exe\u202c \u2066isolated\u2069 שלום"
HIDDEN = "zero\u200bwidth\u2060joined\ufeffmark"
ASTRAL = "😀👩\u200d👩\u200d👧 𝔘𝔫𝔦 𒀀"
PATH = "../../etc/passwd"
LINK = "javascript:window.harm=6"
EVIL = f"{MARKUP} {TEMPLATE} {TURNED} {HIDDEN} {ASTRAL} {PATH}"
ACTOR = f"{FORMULA} {MARKUP} {TEMPLATE} {TURNED}"[:190]
OTHER = f"<b>{ASTRAL}</b> {TEMPLATE} {MARKUP}"[:190]

WIRE = f"""{ASTRAL} The harbour master {MARKUP} closed 48 gates on Tuesday {HIDDEN}, Mayor Anna Ito said in Lima, Peru.

“We will {TEMPLATE} rebuild {ASTRAL} every gate,” the master told reporters on the quay {TURNED}.

{FORMULA} and repairs to the northern gates may cost 3 million dollars, according to the board of the port.

]]> --> &lt;b&gt; &amp; \\u0000 %s %(x)s $$ `rm -rf` ' or 1=1; -- the last of the gates opens in the spring, it said.
"""
RETOLD = f"""The harbour master {MARKUP} closed nearly 60 gates on Tuesday {ASTRAL} {HIDDEN}, Mayor Anna Ito said in Lima, Peru.

“We must {TEMPLATE} rebuild {ASTRAL} every gate,” the master told reporters on the quay {TURNED}.

{FORMULA} and repairs to the northern gates will cost 3 million dollars {ASTRAL}, said the board of the port.

]]> --> &lt;b&gt; &amp; \\u0000 %s %(x)s $$ `rm -rf` ' or 1=1; -- the last of the gates opens in the spring.
"""


def article(text: str, **more: str) -> str:
    fields = {"title": f"Gates shut {EVIL}", "publisher": f"{FORMULA} {MARKUP}", "url": LINK, "author": EVIL}
    return json.dumps(fields | {"text": text} | more)


def write(folder: Path) -> Path:
    """The input: values in fields, and files whose names look like paths and markup."""
    folder.mkdir()
    lines = [article(WIRE, published="2024-01-05"), article(RETOLD, published="2024-01-06", publisher=PATH)]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for number, name in enumerate(
        ['"><img src=x onerror=harm=7>', "a..evil", "=1+1", "a\u202egnp", "%2e%2e%2fx", "😀"]
    ):
        (folder / f"{name}.txt").write_text(
            f"Number {number} {EVIL}\n\nNothing else happened on day {number}.\n", "utf-8"
        )
    return folder


def make(folder: Path) -> Path:
    """The path of a database built from it, with what a hostile annotator adds."""
    path = folder / "retold.db"
    assert build.main([str(write(folder / "in")), "--db", str(path), "--quiet"]) == 0
    connection = schema.connect(path)
    with connection:
        poison(connection)
        judge(connection)
    connection.close()
    return path


def judge(connection: sqlite3.Connection) -> None:
    edges = connection.execute("select id from changes where not retired order by id").fetchall()
    for edge in edges:
        sent = {"change_id": edge["id"], "label": "style_only", "verdict": "added", "comment": EVIL}
        annotate.annotate(connection, sent, ACTOR)
        annotate.decide(connection, {"change_id": edge["id"], "status": "flagged", "comment": EVIL}, ACTOR)


def poison(connection: sqlite3.Connection) -> None:
    """What no article can set by itself, but a lead or another program might have."""
    connection.execute("update labels set definition = ?, example = ? where id = 'style_only'", [EVIL, EVIL])
    connection.execute("insert into corrections (document, note) values (?, ?)", [PATH, EVIL])
    connection.execute("update articles set wire = ?, place = ?", [EVIL, EVIL])
    connection.execute("update articles set url = ?", [LINK])
    connection.execute("update suggestions set explanation = explanation || ?", [EVIL])


def crowd(connection: sqlite3.Connection) -> None:
    """Two hostile people who differ about everything, what one of them asks, and what became of it."""
    edges = [row["id"] for row in connection.execute("select id from changes where not retired order by id")]
    for person, verdict in ((ACTOR, "added"), (OTHER, "rejected")):
        for edge in edges[:4]:
            given = {"change_id": edge, "label": "style_only", "verdict": "added", "comment": EVIL}
            annotate.annotate(
                connection, given | {"label": "style_only" if verdict == "added" else "detail_dropped"}, person
            )
            annotate.decide(connection, {"change_id": edge, "status": "done", "comment": EVIL}, person)
            discuss.comment(connection, {"change_id": edge, "text": EVIL, "key": edge}, person)
    settled = {"change_id": edges[0], "label": "style_only", "verdict": "accepted", "comment": EVIL}
    adjudicate.adjudicate(connection, settled, ACTOR)
    story = connection.execute("select id from stories order by articles desc, id limit 1").fetchone()[0]
    for person in (ACTOR, OTHER):
        assign.assign(connection, {"annotator": person, "story_id": story, "annotators_per_edge": 2}, ACTOR)
    connection.execute("update annotations set orphaned = 1 where change_id = ?", [edges[1]])
    connection.execute("update comments set orphaned = 1 where change_id = ?", [edges[1]])
