"""Columns, JSON keys, front matter and the like to the metadata that Retold keeps, each value with its provenance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from retold.model import METADATA_FIELDS
from retold.reading.facts import dates, languages, wires
from retold.reading.formats.limits import LIMITS, Refused, in_words

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Layer:
    """What one origin says of an article: values by field, and for each field where it was found or why not used."""

    __slots__ = ("provenance", "values")

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.provenance: dict[str, str] = {}

    def add(self, field: str, value: str, origin: str) -> None:
        """Keep a value if it is usable and the field is free; one that is not usable leaves the reason behind."""
        if field in self.values or not value:
            return
        usable, note = normalised(field, value)
        if usable:
            self.values[field] = usable
        self.provenance[field] = f"{origin}{note}"


def layer(raw: Mapping[str, object], origin: str) -> Layer:
    """The metadata among the keys of a record; ``origin`` is what the provenance calls the record (``column``)."""
    found = Layer()
    keys = by_name(raw)
    for field in METADATA_FIELDS:
        for name in synonyms()[field]:
            if name in keys and (value := as_text(raw[keys[name]])):
                found.add(field, value, f'{origin} "{keys[name]}"')
                break
    return found


def merged(*layers: Layer) -> Layer:
    """Layers in order of trust as one: for each field the first that has a usable value."""
    result = Layer()
    for one in layers:
        for field, origin in one.provenance.items():
            if field in result.values:
                continue
            if field in one.values:
                result.values[field] = one.values[field]
                result.provenance[field] = origin
            else:
                result.provenance.setdefault(field, origin)
    return result


@cache
def synonyms() -> dict[str, list[str]]:
    """The names under which each field is known, from ``fields.yml``."""
    listed: dict[str, list[str]] = yaml.safe_load(
        files("retold.reading.facts").joinpath("fields.yml").read_text("utf-8")
    )
    return listed


def by_name(raw: Mapping[str, object]) -> dict[str, str]:
    """The record's keys by their plain form (lower case, letters and digits only); the first of equals wins."""
    keys: dict[str, str] = {}
    for key in raw:
        keys.setdefault(plain(str(key)), key)
    return keys


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A key as it is compared: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", key.casefold())


def key_for(field: str, keys: Mapping[str, str], raw: Mapping[str, object] | None = None) -> str | None:
    """The record's own key for a field; with ``raw``, the first whose value is not blank, else the first of all."""
    present = [keys[name] for name in synonyms()[field] if name in keys]
    if raw is not None:
        for key in present:
            value = raw[key]
            if value.strip() if isinstance(value, str) else value is not None:
                return key
    return present[0] if present else None


def as_text(value: object) -> str:
    """A value of a record as one line: lists joined with commas, things with a name by their name, nothing for null."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return " ".join(CONTROLS.sub(" ", value).split())
    if isinstance(value, Mapping):
        return as_text(value.get("name"))
    if isinstance(value, (list, tuple)):
        return ", ".join(text for text in map(as_text, value) if text)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if str(value) in {"nan", "NaT"} else as_text(str(value))


def normalised(field: str, value: str) -> tuple[str | None, str]:
    """A value in the form in which it is stored, or ``None`` and the reason why it is not used."""
    if len(value) > LIMITS.metadata_characters:
        return None, f": longer than {LIMITS.metadata_characters:,} characters, not used"
    if field == "published":
        return dates.parse(value), "" if dates.parse(value) else f": {_why_no_date(value)}, not used"
    if field == "language":
        code = languages.code(value)
        return code, "" if code else f': "{value[:40]}" is no language known by that name, not used'
    if field == "wire":
        return wires.canonical(value) or value, ""
    return value, ""


def _why_no_date(value: str) -> str:
    swapped = dates.ambiguous(value)
    return f'"{value[:40]}" ' + ("could be day or month first" if swapped else "is not a full date")


def usable_text(text: str, limit: int) -> str:
    """The text itself. Raises ``Refused`` for one that is blank, over ``limit`` bytes, or that SQLite cannot hold."""
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise Refused("the text is empty; remove it or put the article's text in it")
    if (nul := text.find("\0")) >= 0:
        raise Refused(f"the text holds a NUL character at character {nul}; remove it")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise Refused(
            f"half of a surrogate pair at character {error.start}: the text was cut inside a character; restore it"
        ) from None
    if size > limit:
        raise Refused(f"the text is {in_words(size)}; one article may take {in_words(limit)}; split it")
    return text
