"""The papers that travel with the dataset: the card, the datasheet, the citation file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import Any

import yaml

from retold.sharing import tables
from retold.sharing.about import About
from retold.sharing.contract import Table
from retold.store import agreement


def card(about: About, contract: list[Table], counts: dict[str, int], with_text: bool) -> str:
    """``README.md``: a dataset card whose front matter lets Hugging Face ``datasets`` load each table by name."""
    front = {
        "pretty_name": about["title"],
        "license": about["licence"]["id"].lower(),
        "language": ["en"],
        "tags": about["keywords"],
        "configs": [{"config_name": name, "data_files": f"parquet/{name}.parquet"} for name in tables.NAMES],
    }
    rows = "\n".join(
        f"| `{table.name}` | {counts[table.name]:,} | {about.tables.get(table.name, '')} |" for table in contract
    )
    joins = "\n".join(f"| `{name}` | {counts[name]:,} | {join.description} |" for name, join in tables.JOINS.items())
    blank = "" if with_text else f"\nThe words of the articles are left out. {OFFSETS}\n"
    return f"""---
{yaml.safe_dump(front, sort_keys=False, allow_unicode=True).strip()}
---
# {about["title"]}

{about["description"]}

Version {about["version"]}, {about["released"]}. {about["licence"]["title"]}. {about["rights"]}
{blank}
| table | rows | what it holds |
|---|---:|---|
{rows}
{joins}

Offsets are half-open ranges of Unicode code points into `articles.text`: `text[start:end]` in Python. In `csv/` an
empty field is a missing value or an empty text; `parquet/` tells the two apart. A CSV cell may begin with `=`, `+`, `-`
or `@`, since nothing is changed on its way out: in a spreadsheet, import such columns as text.

`datapackage.json` describes the CSV files for Frictionless, `croissant.json` for machine-learning tools,
`codebook.json` defines the labels, `agreement.json` says how far annotators agree, `provenance.json` from what and by
what it was made. `CHECKSUMS` verifies it:
`sha256sum -c CHECKSUMS`.
"""


OFFSETS = "Offsets and `articles.sha256` stay, so that whoever holds the articles can put the words back."


def datasheet(about: About, counts: dict[str, int], provenance: dict[str, Any]) -> str:
    """``DATASHEET.md``, in the order of questions of Gebru et al., Datasheets for Datasets (2021)."""
    build = provenance["build"]
    return f"""# Datasheet: {about["title"]}

## Motivation
Made to study how wire copy is retold: what outlets keep, reword, drop and add, what happens to quotations, and which
sources vanish. {about["description"]}

## Composition
{counts["articles"]:,} articles in {counts["stories"]:,} stories, {counts["sentences"]:,} sentences,
{counts["derivations"]:,} derivations, {counts["changes"]:,} edges between wire copy and retelling,
{counts["suggestions"]:,} labels suggested by rules, {counts["annotations"]:,} annotations by people. Articles name
public and private persons as the press did. Annotators appear under the name they signed in with.

## Collection
The articles were supplied as files; `provenance.json` lists each by the hash of its text. Nothing was fetched.

## Preprocessing and labelling
Made by Retold {build["retold_version"]}, finished {build["finished"]}. Sentences by Punkt, names by spaCy's small
English model and decisions over the whole corpus, attributions, alignment and suggestions by rules. Every text is
stored as read. Suggestions are the machine's; annotations are people's, under the codebook version that each row
carries.

## Uses
Text reuse, source attribution, edit intention, quotation integrity. Not for judging an outlet by a handful of stories,
and not for judging a person quoted by what an outlet made of it.

## Distribution
{about["licence"]["title"]} ({about["licence"]["url"]}). {about["rights"]}

## Maintenance
Corrections of article metadata are kept in the table `corrections`. A new release can be compared with the last, row by
row: `python -m retold compare old.zip new.zip`. Contact: {about.fields.get("contact") or "see the repository"}.
"""


def citation(about: About) -> str:
    """``CITATION.cff`` (Citation File Format 1.2.0)."""
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": about["title"],
        "abstract": about["description"],
        "authors": about["authors"],
        "version": about["version"],
        "date-released": about["released"],
        "license": about["licence"]["id"],
        "keywords": about["keywords"],
    }
    if about.fields.get("doi"):
        fields["doi"] = about["doi"]
    if about.fields.get("homepage"):
        fields["url"] = about["homepage"]
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)


def provenance(connection: sqlite3.Connection) -> dict[str, Any]:
    """From what and by what the dataset was made: the last build, its settings, every input by hash."""
    row = dict(connection.execute("select * from builds where finished is not null order by id desc").fetchone())
    row["inputs"], row["settings"] = json.loads(row["inputs"]), json.loads(row["settings"])
    sql = "select id, document, version, path, sha256, encoding, provenance from articles order by document, version"
    articles = [dict(r) | {"provenance": json.loads(r["provenance"])} for r in connection.execute(sql)]
    return {"build": row, "articles": articles}


def agreed(connection: sqlite3.Connection) -> dict[str, Any]:
    """The agreement figures, overall, per label and per pair, over both passes, as ``/-/agreement`` shows them."""
    labels = [row[0] for row in connection.execute("select id from labels order by ordinal, id")]
    return asdict(agreement.measure(agreement.load(connection), labels))


def codebook(connection: sqlite3.Connection) -> dict[str, Any]:
    """The labels as they stand in this dataset, edits included."""
    return {"labels": [dict(row) for row in connection.execute("select * from labels order by ordinal, id")]}
