"""Fuzzing that follows the code as it runs: atheris (libFuzzer for Python) at the readers and at what cuts text.

    python -m tests.fuzz.guided --seconds 600 [--target readers|text] [--corpus FOLDER]

An extra, ``fuzz``, because atheris has wheels for Linux and macOS only. What made something new happen is kept in the
folder of the corpus, from which the next run goes on; what failed is printed and kept there as ``crash-...``.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import logging
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SUFFIXES = [".txt", ".html", ".jsonl", ".csv", ".tsv", ".parquet", ".zip", ".gz", ".jsonl.gz"]
TARGETS = ("readers", "text")
LONGEST = 4096  # bytes; what is long is the business of tests/hostile
FOLLOWED = ["retold.reading", "retold.naming.quotations", "retold.tracing.words", "retold.tracing.terms"]


def readers(data: bytes) -> None:
    """The first byte chooses the suffix, the second whether the rest is packed into a zip of one member."""
    from tests.fuzz.__main__ import read_whatever

    if len(data) < 3:
        return
    suffix, content = SUFFIXES[data[0] % len(SUFFIXES)], data[2:]
    if suffix == ".zip" and data[1] % 2:
        name, _, rest = content.partition(b"\n")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name.decode("utf-8", "replace").replace("\0", "")[:200] or "x", rest)
        content = packed.getvalue()
    read_whatever(content, suffix)


def text(data: bytes) -> None:
    """Whatever the text: sentences and quotations stand where they say, differences cover both halves."""
    from retold.model import Document
    from retold.naming.quotations import quotations
    from retold.reading import articles
    from retold.tracing.words import worddiff

    whole = data.decode("utf-8", "replace")
    article = articles.article(Document(document="a.txt", path="a.txt", text=whole))
    articles.read_all([article])
    ends = 0
    for sentence in article.sentences:
        assert whole[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= ends
        ends = sentence.end
    last = 0
    for quote in quotations(whole):
        assert last <= quote.start <= quote.inner_start <= quote.inner_end <= quote.end <= len(whole)
        last = quote.end
    before, after = whole[: len(whole) // 2], whole[len(whole) // 2 :]
    pieces = worddiff.diff(before, after)
    assert "".join(before[p.source_start : p.source_end] for p in pieces) == before
    assert "".join(after[p.start : p.end] for p in pieces) == after


def seeds(folder: Path) -> None:
    """What the fuzzer begins with: our made-up stories, and an example of every format."""
    from tests.conftest import STORIES

    for number, story in enumerate(sorted(STORIES.iterdir())):
        (folder / f"story-{number}").write_bytes(b"\0\0" + story.read_bytes()[: LONGEST - 2])
    told = b'{"title": "Gates", "text": "The mayor said so.", "published": "2024-01-05"}\n'
    examples = [b"Gates shut\n\nLIMA (Reuters) - The mayor said so.", b"<html><body><p>The mayor.</p></body></html>"]
    examples += [told, b"title,text\nGates,The mayor said so.\n", b"title\ttext\nGates\tThe mayor said so.\n"]
    for number, example in enumerate(examples):
        (folder / f"example-{number}").write_bytes(bytes([number, 0]) + example)
    (folder / "zip").write_bytes(bytes([6, 1]) + b"a.txt\nGates shut\n\nThe mayor said so.\n")


def run(target: str, arguments: list[str]) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris

    logging.disable(logging.CRITICAL)
    with atheris.instrument_imports(include=FOLLOWED, enable_loader_override=False):
        for name in ("retold.reading.articles", "retold.reading.documents", "retold.tracing.words.worddiff"):
            importlib.import_module(name)
    atheris.Setup([sys.argv[0], *arguments], {"readers": readers, "text": text}[target])
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--run", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.run is not None:
        run(given.target, given.run)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed here, so the code was not followed: uv pip install -e '.[fuzz]'")
        return 0
    chosen = [given.target] if given.target else list(TARGETS)
    faults = [name for name in chosen if started(name, given.seconds // len(chosen), given.corpus)]
    print(f"followed {', '.join(chosen)}; faults in {', '.join(faults) or 'none'}")
    return 1 if faults else 0


def started(target: str, seconds: int, corpus: Path | None) -> bool:
    """Whether an input failed in a fuzzer of its own process."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = (corpus or Path(temporary)) / target
        folder.mkdir(parents=True, exist_ok=True)
        seeds(folder)
        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=30", "-rss_limit_mb=4096"]
        options += [f"-artifact_prefix={folder}/", "-print_final_stats=1", "-verbosity=1", str(folder)]
        command = [sys.executable, "-m", "tests.fuzz.guided", "--target", target, "--run", *options]
        done = subprocess.run(command, capture_output=True, check=False, text=True, errors="replace")
        said = (done.stdout + done.stderr).splitlines()
        shown = [line for line in said if line.startswith("stat::")] if not done.returncode else said[-60:]
        print(f"== {target}", *shown, sep="\n")
        for crash in folder.glob("crash-*"):
            print(f"{crash.name}: {crash.read_bytes()!r}")
        return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
