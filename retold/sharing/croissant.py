"""The dataset as Croissant metadata (https://docs.mlcommons.org/croissant/docs/croissant-spec.html, 1.0)."""

from __future__ import annotations

from typing import Any

from retold.sharing.about import About
from retold.sharing.contract import Table

TYPES = {"text": "sc:Text", "integer": "sc:Integer", "real": "sc:Float"}
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def describe(about: About, contract: list[Table], files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """``croissant.json``; ``files`` gives ``path``, ``bytes`` and ``hash`` of each table's CSV."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about["name"],
        "description": about["description"],
        "version": about["version"],
        "datePublished": about["released"],
        "license": about["licence"]["url"],
        "keywords": about["keywords"],
        "url": about.fields.get("homepage") or f"urn:retold:{about['name']}",
        "creator": [
            {"@type": "sc:Person", "name": f"{a.get('given-names', '')} {a['family-names']}".strip()}
            for a in about["authors"]
        ],
        "citeAs": f"{about['title']}, version {about['version']}",
        "distribution": [_file(table, files[table.name]) for table in contract],
        "recordSet": [_records(about, table) for table in contract],
    }


def _file(table: Table, file: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "contentUrl": file["path"],
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": "text/csv",
        "sha256": file["hash"],
    }


def _records(about: About, table: Table) -> dict[str, Any]:
    found = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": about.tables.get(table.name, ""),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": about.columns.get((table.name, column.name), ""),
                "dataType": TYPES[column.type],
                "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }
    if table.key:
        found["key"] = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return found
