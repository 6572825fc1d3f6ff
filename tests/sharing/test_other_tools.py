"""Annotations in the formats of other tools, read back by parsers that know nothing of ours."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable

from lxml import etree

from retold.sharing import brat, conll, labelstudio, tei, webannotation

TEI = {"t": "http://www.tei-c.org/ns/1.0"}


def texts(db: sqlite3.Connection) -> dict[str, str]:
    return {row["id"]: row["text"] for row in db.execute("select id, text from articles")}


def test_web_annotations_select_the_same_words_by_quote_and_by_position(db: sqlite3.Connection) -> None:
    page = json.loads(json.dumps(webannotation.page(db)))
    known = texts(db)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == 6
    for item in page["items"]:
        assert {b["purpose"] for b in item["body"]} == {"classifying", "assessing", "commenting"}
        assert len(item["target"]) == 2
        for target in item["target"]:
            quote, position = target["selector"]
            text = known[target["source"].removeprefix("urn:retold:article:")]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


def test_withdrawn_annotations_stay_at_home(db: sqlite3.Connection) -> None:
    db.execute("update annotations set withdrawn = 1 where annotator = 'ole'")
    assert {i["creator"]["nickname"] for i in webannotation.page(db)["items"]} == {"ida"}


def parse_brat(standoff: str) -> tuple[dict[str, tuple[str, list[tuple[int, int]], str]], list[dict[str, str]]]:
    bounds, events = {}, []
    for line in standoff.splitlines():
        if line.startswith("T"):
            name, where, words = line.split("\t")
            kind, offsets = where.split(" ", 1)
            bounds[name] = (kind, [tuple(map(int, pair.split())) for pair in offsets.split(";")], words)
        else:
            events.append(dict(role.split(":") for role in line.split("\t")[1].split()))
    return bounds, events


def test_brat_spans_are_the_words_they_say(db: sqlite3.Connection) -> None:
    names = joined = 0
    for _, text, standoff in brat.documents(db):
        bounds, events = parse_brat(standoff)
        for kind, pieces, words in bounds.values():
            assert " ".join(text[a:b] for a, b in pieces).replace("\t", " ") == words
            names += kind not in ("Source", "Cue", "Content", "Attribution")
        for event in events:
            assert {bounds[i][0] for role, i in event.items() if role != "Attribution"} <= {"Source", "Cue", "Content"}
            joined += 1
    assert names == db.execute("select count(*) from mentions").fetchone()[0]
    assert joined == db.execute("select count(*) from attributions").fetchone()[0] > 0


def test_brat_breaks_a_span_at_line_ends() -> None:
    lines = brat._Lines("one two\n\nthree")
    lines.bound("Content", [(4, 14)])
    assert lines.lines == ["T1\tContent 4 7;9 14\ttwo three"]


def test_brat_configuration_names_every_type(db: sqlite3.Connection) -> None:
    listed = brat.configuration(db).split("[events]")[0]
    for (kind,) in db.execute("select distinct type from mentions"):
        assert f"\n{kind}\n" in listed


def conll_names(lines: Iterable[str], known: dict[str, str]) -> set[tuple[str, int, int, str]]:
    found, article, running = set(), "", None
    for line in lines:
        if line.startswith("# newdoc"):
            article = line.split(" = ")[1]
        if not line or line.startswith("#"):
            running = None
            continue
        word, tag, _, where = line.split("\t")
        start, end = map(int, where.split("-"))
        assert known[article][start:end] == word or word in ("``", "''")
        if tag.startswith("B-"):
            running = [article, start, end, tag[2:]]
        elif tag.startswith("I-"):
            assert running is not None
            assert running[3] == tag[2:]
            running[2] = end
        else:
            running = None
        if running is not None:
            found = {f for f in found if f[:2] != (article, running[1])} | {tuple(running)}
    return found


def test_conll_gives_every_name_back(db: sqlite3.Connection) -> None:
    read = conll_names(conll.lines(db), texts(db))
    kept = {
        (r["article_id"], r["start"], r["end"], r["type"])
        for r in db.execute(
            "select m.* from mentions m where not exists (select 1 from mentions o where "
            'o.article_id = m.article_id and o.id <> m.id and o.start <= m.start and o."end" >= m."end")'
        )
    }
    assert kept
    assert kept <= read


def test_tei_holds_both_readings_of_every_edge(db: sqlite3.Connection) -> None:
    documents = dict(tei.documents(db))
    assert len(documents) == db.execute("select count(*) from derivations").fetchone()[0] > 0
    for derivation, content in documents.items():
        root = etree.fromstring(content)
        found = {
            app.get("n"): (
                app.get("type"),
                *(app.findtext(f"t:rdg[@wit='#{w}']", "", TEI) for w in ("source", "article")),
            )
            for app in root.iterfind(".//t:app", TEI)
        }
        stored = db.execute("select * from changes where derivation_id = ? and not retired", [derivation]).fetchall()
        assert found == {r["id"]: (r["operation"], r["source_text"] or "", r["text"] or "") for r in stored}
        assert len(root.findall(".//t:witness", TEI)) == 2


def test_tei_survives_characters_that_xml_cannot_hold(db: sqlite3.Connection) -> None:
    first = "select min(id) from changes where text is not null"
    db.execute(f"update changes set text = ? where id = ({first})", ["a\x0b<b>&\x00c"])
    read = [etree.fromstring(content) for _, content in tei.documents(db)]
    said = [rdg.text or "" for root in read for rdg in root.iterfind(".//t:rdg", TEI)]
    assert "a\ufffd<b>&\ufffdc" in said


def test_label_studio_regions_lie_in_the_tasks_text(db: sqlite3.Connection) -> None:
    tasks = list(labelstudio.tasks(db))
    assert len(tasks) == db.execute("select count(*) from changes where not retired").fetchone()[0]
    people = set()
    for task in tasks:
        results = [(p["result"], None) for p in task["predictions"]]
        results += [(a["result"], a["completed_by"]["email"]) for a in task["annotations"]]
        for result, person in results:
            people.add(person)
            for region in result:
                value = region["value"]
                assert task["data"][region["to_name"]][value["start"] : value["end"]] == value["text"]
    assert {"ida", "ole"} <= people


def test_label_studio_interface_names_what_the_regions_name(db: sqlite3.Connection) -> None:
    view = etree.fromstring(labelstudio.configuration(db))
    offered = {label.get("value") for label in view.iter("Label")}
    tags = {tag.get("name") for tag in view.iter("Labels")}
    for task in labelstudio.tasks(db):
        for region in (r for one in task["annotations"] + task["predictions"] for r in one["result"]):
            assert region["from_name"] in tags
            assert set(region["value"]["labels"]) <= offered
            assert re.fullmatch(r"[A-Za-z0-9._-]+", region["id"])
