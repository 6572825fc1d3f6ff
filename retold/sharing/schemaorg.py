"""The dataset as search engines read it: schema.org/Dataset in JSON-LD (https://schema.org/Dataset)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retold.sharing.about import About

TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def describe(about: About, page: str, downloads: Mapping[str, str]) -> dict[str, Any]:
    """What stands on the home page at the address ``page``; ``downloads`` gives the address of each of ``TYPES``."""
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about["title"],
        "description": about["description"],
        "url": about.fields.get("homepage") or page,
        "version": about["version"],
        "datePublished": about["released"],
        "license": about["licence"]["url"],
        "keywords": about["keywords"],
        "isAccessibleForFree": True,
        "creator": [_person(author) for author in about["authors"]],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": TYPES[kind], "contentUrl": address}
            for kind, address in downloads.items()
        ],
    }
    if doi := about.fields.get("doi"):
        found["identifier"] = f"https://doi.org/{doi}"
    return found


def _person(author: Mapping[str, Any]) -> dict[str, str]:
    given, family = str(author.get("given-names") or ""), str(author["family-names"])
    named = {"givenName": given, "familyName": family} if given else {"familyName": family}
    return {"@type": "Person", "name": f"{given} {family}".strip(), **named}
