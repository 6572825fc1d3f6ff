"""Metadata kept beside the articles, in a file called ``articles.yml`` or ``articles.csv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import yaml

from retold.model import Problem
from retold.reading.facts.fields import Layer, as_text, by_name, key_for, layer
from retold.reading.formats import tabular
from retold.reading.formats.decoding import decode
from retold.reading.formats.limits import Refused, in_words
from retold.reading.formats.plain import PlainLoader
from retold.reading.formats.source import Source

YAML_NAMES = ("articles.yml", "articles.yaml")
CSV_NAME = "articles.csv"
NAMES = (*YAML_NAMES, CSV_NAME)


class Sidecar:
    """What one sidecar says, by the names of files relative to its own folder."""

    def __init__(self) -> None:
        self.layers: dict[str, Layer] = {}
        self.problems: list[Problem] = []

    def of(self, name: str) -> Layer:
        """What it says of a file; nothing for a file that it does not name."""
        return self.layers.get(name) or Layer()


def is_sidecar(source: Source) -> bool:
    """Whether a file is a sidecar by its name and, for a table, by having a column of files and none of texts."""
    if source.file.lower() in YAML_NAMES:
        return True
    if source.file.lower() != CSV_NAME:
        return False
    try:
        header = _header(source)
    except (Refused, OSError):
        return False
    return bool(key_for("file", header)) and not key_for("text", header)


def load(source: Source, exists: Callable[[str], bool]) -> Sidecar:
    """Read a sidecar. ``exists`` tells whether a file of a relative name is there; one that is not is a ``Problem``."""
    sidecar = Sidecar()
    try:
        entries = _from_csv(source, sidecar) if source.file.lower() == CSV_NAME else _from_yaml(source)
        for place, name, raw in entries:
            tidy = name.replace("\\", "/").removeprefix("./")
            if tidy in sidecar.layers:
                sidecar.problems.append(source.problem(f'"{tidy[:80]}" is named twice; the first entry counts', place))
            elif not exists(tidy):
                sidecar.problems.append(source.problem(f'there is no file "{tidy[:80]}" here; mend its name', place))
            else:
                sidecar.layers[tidy] = layer(raw, source.file)
    except Refused as refused:
        sidecar.problems.append(source.problem(str(refused)))
    except OSError as error:
        sidecar.problems.append(source.problem(f"cannot be read ({error.strerror}); check who may read it"))
    return sidecar


def _header(source: Source) -> dict[str, str]:
    encoding = tabular.encoding_of_table(source)
    with tabular.open_text(source, encoding) as stream:
        for record, _, number in tabular.rows(source, stream, encoding):
            if number == 0 and not isinstance(record, Problem):
                return by_name(record)
    return {}


def _from_csv(source: Source, sidecar: Sidecar) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    encoding = tabular.encoding_of_table(source)
    with tabular.open_text(source, encoding) as stream:
        for record, place, number in tabular.rows(source, stream, encoding):
            if isinstance(record, Problem):
                sidecar.problems.append(record)
                continue
            key = key_for("file", by_name(record))
            if key is None:
                raise Refused('no column that names the files; call one "file"')
            if number and (name := as_text(record[key])):
                yield place, name, record


def _from_yaml(source: Source) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    with source.open() as stream:
        data = stream.read(source.limits.sidecar + 1)
    if len(data) > source.limits.sidecar:
        raise Refused(f"larger than {in_words(source.limits.sidecar)}; use articles.csv")
    try:
        loaded = yaml.load(decode(data)[0], PlainLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Refused(f"line {line}: not YAML ({error.problem}); quote values that hold a colon") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(f"not YAML that can be read ({str(error)[:80]}); mend it") from None
    if isinstance(loaded, dict):
        loaded = [{"file": name, **(raw if isinstance(raw, dict) else {})} for name, raw in loaded.items()]
    if not isinstance(loaded, list) or not all(isinstance(entry, dict) for entry in loaded):
        raise Refused('neither "file name: {title: ...}" nor a list of entries with "file"; write it as one of these')
    for position, entry in enumerate(loaded, 1):
        key = key_for("file", by_name(entry))
        if key is None:
            raise Refused(f'entry {position} names no file; give it "file: name.txt"')
        yield f"entry {position}", as_text(entry[key]), entry
