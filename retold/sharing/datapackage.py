"""The dataset as a Frictionless Data Package (https://datapackage.org, v1), with every constraint of the contract."""

from __future__ import annotations

from typing import Any

from retold.sharing import tables
from retold.sharing.about import About
from retold.sharing.contract import Column, Table

TYPES = {"text": "string", "integer": "integer", "real": "number"}


def describe(about: About, contract: list[Table], files: dict[str, dict[str, Any]], with_text: bool) -> dict[str, Any]:
    """``datapackage.json``; ``files`` gives ``path``, ``bytes`` and ``hash`` of each table's CSV."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "version": about["version"],
        "created": f"{about['released']}T00:00:00Z",
        "keywords": about["keywords"],
        "licenses": [
            {"name": about["licence"]["id"], "title": about["licence"]["title"], "path": about["licence"]["url"]}
        ],
        "contributors": [
            {"title": f"{a.get('given-names', '')} {a['family-names']}".strip(), "role": "author"}
            for a in about["authors"]
        ],
        "resources": [_resource(about, table, files[table.name], with_text) for table in contract],
    }
    if about.fields.get("homepage"):
        package["homepage"] = about["homepage"]
    if about.fields.get("doi"):
        package["id"] = f"https://doi.org/{about['doi']}"
    return package


def _resource(about: About, table: Table, file: dict[str, Any], with_text: bool) -> dict[str, Any]:
    blank = set() if with_text else tables.VERBATIM.get(table.name, set())
    schema: dict[str, Any] = {
        "fields": [_field(about, table, column, column.name in blank) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = table.key
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": [one.column],
                "reference": {"resource": "" if one.table == table.name else one.table, "fields": [one.to]},
            }
            for one in table.references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file["path"],
        "bytes": file["bytes"],
        "hash": f"sha256:{file['hash']}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": about.tables.get(table.name, ""),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(about: About, table: Table, column: Column, blank: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    # CSV has no way to tell an empty text from a missing one, so a text may be required only where it is never empty.
    if column.required and not blank and (column.type != "text" or column.unique or column.allowed):
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = column.allowed
    if column.bounds:
        constraints |= {"minimum": column.bounds[0], "maximum": column.bounds[1]}
    described = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": about.columns.get((table.name, column.name), ""),
    }
    return described | ({"constraints": constraints} if constraints else {})
