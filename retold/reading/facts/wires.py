"""Which news agency a piece of text names, by the list in ``wires.yml``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _forms() -> dict[str, str]:
    """Every form of an agency's name to the name that Retold writes."""
    listed = yaml.safe_load(files("retold.reading.facts").joinpath("wires.yml").read_text("utf-8"))
    return {form: entry["name"] for entry in listed for form in entry["forms"]}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_forms(), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w&-])({'|'.join(re.escape(form) for form in forms)})(?![\w&-])")


def canonical(name: str) -> str | None:
    """The agency that a name as a whole stands for: ``Thomson Reuters`` is ``Reuters``; ``None`` for any other name."""
    tidy = " ".join(name.strip(" .,;:()[]").split())
    forms = _forms()
    if tidy in forms:
        return forms[tidy]
    if len(tidy) < 5:
        return None  # "ap" and "Pap" are words and names, "AP" and "PAP" are agencies
    return next((agency for form, agency in forms.items() if form.casefold() == tidy.casefold()), None)


def named_in(text: str) -> str | None:
    """The first agency named anywhere in a dateline, byline or credit; not meant for prose."""
    match = _pattern().search(text)
    return _forms()[match[1]] if match else None
