"""What is packed: gzip around one file, zip around many. Nothing is unpacked to disk by an archive's own names."""

from __future__ import annotations

import gzip
import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from retold.model import Problem
from retold.reading.facts.fields import Layer, merged
from retold.reading.formats import sidecar
from retold.reading.formats.limits import Limits, Refused, in_words
from retold.reading.formats.source import Source
from retold.reading.formats.walking import left_out

FAULTS = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError)
ENCRYPTED = 0x1


def fault(error: BaseException) -> str:
    """What a broken archive is called in a message."""
    if isinstance(error, EOFError):
        return "cut off before its end; fetch or pack it again"
    if isinstance(error, NotImplementedError):
        return f"packed in a way that cannot be read ({error}); pack it again as an ordinary zip"
    return f"a damaged archive ({str(error)[:120]}); fetch or pack it again"


def unzipped(source: Source) -> Source:
    """The file inside a ``.gz``, read as it is unpacked, under the name of the ``.gz``."""

    def opened() -> BinaryIO:
        return io.BufferedReader(_Inflated(source.open(), source.limits))

    inner = source.file[: -len(".gz")]
    return Source(source.path, source.document, opened, source.limits, source.sidecar, inner)


class _Inflated(io.RawIOBase):
    """What a gzip stream unpacks to; refuses to go on where that is far more than any text would give."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self.packed = packed
        self.limits = limits
        self.inflating = gzip.GzipFile(fileobj=packed)
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.inflating.read(len(buffer))
        self.given += len(piece)
        if self.given > self.limits.archive_ratio_from and self.given > self.limits.archive_ratio * self.packed.tell():
            raise Refused(f"unpacks to {in_words(self.given)} and more, far beyond any text: it was left alone")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self.inflating.close()
        self.packed.close()
        super().close()


def members(source: Source, stream: BinaryIO, readable: frozenset[str]) -> Iterator[Source | Problem]:
    """The files inside a zip that may hold articles, in the order of their names, each opened only when it is read.

    Left out are the same files as in a folder; sidecars count. Raises ``Refused`` for an archive that would unpack to
    far more than it holds.
    """
    with zipfile.ZipFile(stream) as archive:
        files = (info for info in archive.infolist() if not info.filename.endswith("/"))  # is_dir fails without a name
        listed = sorted(files, key=lambda info: info.filename)
        _refuse_bomb(listed, stream.seek(0, io.SEEK_END), source.limits)
        found = [_member(source, archive, info) for info in listed if not _left_out(info.filename)]
        sidecars = _sidecars(source, [one for one in found if isinstance(one, Source)])
        for one in found:
            if isinstance(one, Problem):
                yield one
            elif one.document in sidecars:
                yield from sidecars[one.document].problems
            elif one.suffix == ".zip":
                yield one.problem("a zip inside a zip; unpack the outer one and read the folder")
            elif one.suffix in readable:
                one.sidecar = merged(*_said(one, sidecars), source.sidecar)
                yield one


def _left_out(name: str) -> bool:
    *folders, file = name.replace("\\", "/").split("/")
    hidden = any(folder == "__MACOSX" or (folder.startswith(".") and folder not in {".", ".."}) for folder in folders)
    return hidden or (file != ".." and left_out(file) and file.lower() not in sidecar.YAML_NAMES)


def _sidecars(source: Source, found: list[Source]) -> dict[str, sidecar.Sidecar]:
    """The sidecars among the members, by their own names."""
    names = {one.document for one in found}
    loaded = {}
    for one in found:
        if one.file.lower() in sidecar.NAMES and sidecar.is_sidecar(one):
            folder = one.document.removesuffix(one.file)
            loaded[one.document] = sidecar.load(one, lambda name, folder=folder: folder + name in names)  # type: ignore[misc]
    return loaded


def _said(member: Source, sidecars: dict[str, sidecar.Sidecar]) -> Iterator[Layer]:
    """What the sidecars of a member's folder and those above it say of it, the nearest first."""
    for name in sorted(sidecars, key=lambda name: (-name.count("/"), name)):
        folder = name.rpartition("/")[0] + "/"
        if member.document.startswith(folder):
            yield sidecars[name].of(member.document.removeprefix(folder))


def _member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Source | Problem:
    name = info.filename.replace("\\", "/")
    path = f"{source.path}/{name}"
    if not name:
        return Problem(path, "reading", "a file without a name; pack it again with one")
    if name.startswith("/") or ":" in name.split("/", maxsplit=1)[0] or ".." in name.split("/"):
        return Problem(path, "reading", "this name leads out of the archive; pack it again with plain relative names")
    if info.flag_bits & ENCRYPTED:
        return Problem(path, "reading", "encrypted; unpack the archive with its password and read the folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(path, "reading", "a link, not a file; pack the file itself")

    def opened() -> BinaryIO:
        return archive.open(info)  # type: ignore[return-value]

    return Source(path, f"{source.document}/{posixpath.normpath(name)}", opened, source.limits)


def _refuse_bomb(listed: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    """Refuse by what the archive says of itself; a member that says less than it holds ends at its stated size."""
    unpacked = sum(info.file_size for info in listed)
    if unpacked > limits.archive_ratio_from and unpacked > limits.archive_ratio * max(packed, 1):
        raise Refused(
            f"{in_words(packed)} that would unpack to {in_words(unpacked)}: a zip bomb or damaged; it was left alone"
        )
