"""Inputs to files: folders walked in a fixed order, globs, single files, and what is left out by rule.

Left out without a word: hidden files and folders, README and LICENSE files, sidecars, and files of kinds that hold no
articles. Kinds that may well hold articles but are not read (PDF, Word, ...) are one ``Problem`` a kind and input.
"""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from retold.model import Problem
from retold.reading.facts.fields import Layer, merged
from retold.reading.formats import sidecar
from retold.reading.formats.limits import Limits
from retold.reading.formats.source import Source, printable

ABOUT = re.compile(r"(readme([_ -].*)?|licen[cs]e|copying)(\.\w+)?(\.gz)?", re.I)
MAY_HOLD_ARTICLES = frozenset(
    ".pdf .doc .docx .odt .rtf .epub .xls .xlsx .ods .json .xml .mht .mhtml .warc .eml .mbox .rar .7z .tar .tgz .bz2 "
    ".xz .zst .feather .arrow .sqlite".split()
)
DEEPEST = 100
WILD = re.compile(r"[*?\[]")


def left_out(name: str) -> bool:
    """Whether a file or folder of this name is passed over without a word."""
    return name.startswith(".") or name.lower() in sidecar.YAML_NAMES or bool(ABOUT.fullmatch(name))


def _problem(path: Path | str, message: str) -> Problem:
    return Problem(printable(str(path)), "reading", message)


class Walker:
    """Goes through the inputs, every file once; ``readable`` are the suffixes that some reader knows."""

    def __init__(self, limits: Limits, readable: frozenset[str]) -> None:
        self.limits = limits
        self.readable = readable
        self.seen: set[str] = set()
        self.sidecars: dict[str, sidecar.Sidecar] = {}

    def walk(self, given: str) -> Iterator[Source | Problem]:
        """The files of one input as it was given."""
        path = Path(given)
        if given and os.path.lexists(path):
            yield from self._given(path)
        elif WILD.search(given):
            yield from self._glob(given)
        else:
            yield _problem(given, "there is no such file or folder; check the path")

    def _given(self, path: Path) -> Iterator[Source | Problem]:
        if os.path.isdir(path):
            yield from self._folder(path, path.resolve().name, [])
        else:
            parent = path.absolute().parent.resolve().name
            yield from self._single(path, f"{parent}/{path.name}".lstrip("/"))

    def _glob(self, pattern: str) -> Iterator[Source | Problem]:
        fixed = re.split(WILD, pattern, maxsplit=1)[0]
        base = Path(fixed.rpartition("/")[0] or ("/" if fixed.startswith("/") else "."))
        matches = sorted(glob.iglob(pattern, recursive=True))
        if not matches:
            yield _problem(pattern, "no file fits this pattern; check it, and quote it in the shell")
        for match in map(Path, matches):
            document = f"{base.resolve().name}/{match.relative_to(base).as_posix()}".lstrip("/")
            if os.path.isdir(match):
                if not pattern.rstrip("/").endswith("**"):
                    yield from self._folder(match, document, [])
            elif not left_out(match.name):
                yield from self._single(match, document)

    def _single(self, path: Path, document: str) -> Iterator[Source | Problem]:
        """One file given by its own name, with what a sidecar in its folder says of it."""
        beside = self._beside(path.parent)
        yield from self._problems_of(beside)
        if path.name.lower() in sidecar.YAML_NAMES:
            yield _problem(path, "a sidecar, not an article; give the folder that it describes")
            return
        said = merged(*(one.of(path.name) for one in beside))
        yield from self._file(path, document, said)

    def _folder(
        self, folder: Path, document: str, above: list[tuple[str, list[sidecar.Sidecar]]]
    ) -> Iterator[Source | Problem]:
        """Everything under a folder; ``above`` are the sidecars of the folders it stands in, with their names."""
        real = os.path.realpath(folder)
        if real in self.seen:
            return  # given before, or a link back to a folder that is being read
        if len(above) >= DEEPEST:
            yield _problem(folder, f"folders more than {DEEPEST} deep are not read; move it up")
            return
        self.seen.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield _problem(folder, f"cannot be opened ({error.strerror}); check who may read it")
            return
        beside = self._beside(folder)
        yield from self._problems_of(beside)
        chain = [(f"{document}/", beside), *above]
        not_read: Counter[str] = Counter()
        for entry in entries:
            path, name = Path(entry.path), f"{document}/{entry.name}"
            if left_out(entry.name):
                continue
            if os.path.isdir(path):
                yield from self._folder(path, name, chain)
            elif self._is_read(entry.name, not_read) and str(path) not in self.sidecars:
                said = [one.of(name.removeprefix(prefix)) for prefix, found in chain for one in found]
                yield from self._file(path, name, merged(*said))
        for suffix, count in sorted(not_read.items()):
            files = "1 file" if count == 1 else f"{count} files"
            yield _problem(folder, f"{files} of kind {suffix} left out; save the articles as text")

    def _is_read(self, name: str, not_read: Counter[str]) -> bool:
        suffix = Path(name).suffix.lower()
        if suffix in MAY_HOLD_ARTICLES or not suffix:
            not_read[suffix or "(no suffix)"] += 1
        return suffix in self.readable

    def _file(self, path: Path, document: str, said: Layer) -> Iterator[Source | Problem]:
        real = os.path.realpath(path)
        if real in self.seen:
            return
        self.seen.add(real)
        if not os.path.exists(path):
            gone = "a link to a file that is not there; mend or remove the link"
            yield _problem(path, gone if os.path.islink(path) else "cannot be opened; check who may read it")
        elif not os.path.isfile(path):
            yield _problem(path, "not an ordinary file; for a stream of JSONL give - and pipe it in")
        else:
            yield self._source(path, document, said)

    def _source(self, path: Path, document: str, said: Layer | None = None) -> Source:
        return Source(str(path), document, lambda: path.open("rb"), self.limits, said or Layer())

    def _beside(self, folder: Path) -> list[sidecar.Sidecar]:
        """The sidecars in a folder, each read once."""
        found = []
        for name in sidecar.NAMES:
            path = folder / name
            if str(path) not in self.sidecars:
                source = self._source(path, f"{folder.name}/{name}")
                if not os.path.isfile(path) or not sidecar.is_sidecar(source):
                    continue
                self.sidecars[str(path)] = sidecar.load(source, lambda other: os.path.exists(folder / other))
            found.append(self.sidecars[str(path)])
        return found

    def _problems_of(self, sidecars: list[sidecar.Sidecar]) -> Iterator[Problem]:
        for one in sidecars:
            yield from one.problems
            one.problems = []
