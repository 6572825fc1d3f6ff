"""``make fuzz``: readers and API given whatever hypothesis and Schemathesis think of, for as many seconds as asked.

Not part of the tests, because it ends when the time is up and finds something else every time.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from retold import build
from retold.model import Document, Problem
from retold.reading import articles, documents
from tests.conftest import STORIES, lay_out
from tests.plugins import test_openapi
from tests.plugins.conftest import serve

SUFFIXES = [".txt", ".html", ".jsonl", ".json", ".csv", ".tsv", ".parquet", ".zip", ".gz", ".md", ".xml", ".tar"]
PIECES = [
    "<p>",
    "</html>",
    '{"text": "',
    '"}',
    "\n",
    ",",
    '"',
    "\x00",
    "\ufeff",
    "\u202e",
    "PK\x03\x04",
    "PAR1",
    "title: ",
    "(Reuters) - ",
]
CONTENT = st.binary(max_size=3000) | st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=80).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
)
BATCH = 50


def read_whatever(content: bytes, suffix: str) -> None:
    """A file of any content gives articles whose offsets hold, or a problem that says something. Never an exception."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        for found in documents.read([path]):
            if isinstance(found, Problem):
                assert found.message
                continue
            assert isinstance(found, Document)
            article = articles.article(found)
            articles.read_all([article])
            for sentence in article.sentences:
                assert article.text[sentence.start : sentence.end] == sentence.text


def fuzz_readers() -> None:
    @settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(CONTENT, st.sampled_from(SUFFIXES))
    def try_it(content: bytes, suffix: str) -> None:
        read_whatever(content, suffix)

    try_it()


def fuzzers_of_the_api(folder: Path) -> list[tuple[str, Callable[[], None]]]:
    build.main([str(STORIES), "--db", str(folder / "retold.db"), "--quiet"])
    site = serve(lay_out(folder))
    site.config["plugins"]["retold"]["limits"] = {"writes_per_minute": 0, "anonymous_posts_per_minute": 0}
    known = test_openapi.asyncio.run(test_openapi.ids(site))

    def fuzzer(path: str, mode: GenerationMode) -> Callable[[], None]:
        how = {"max_examples": BATCH, "derandomize": False, "phases": [Phase.generate, Phase.shrink]}
        return lambda: test_openapi.send(site, known, path, mode, **how)

    return [(f"{path} {mode.value}", fuzzer(path, mode)) for path, mode in test_openapi.kinds()]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    end = time.monotonic() + parser.parse_args(arguments).seconds
    logging.disable(logging.INFO)
    found: dict[str, str] = {}
    rounds: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        fuzzers = [("readers", fuzz_readers), *fuzzers_of_the_api(Path(folder))]
        while time.monotonic() < end:
            for name, fuzz in fuzzers:
                if time.monotonic() > end:
                    break
                rounds[name] = rounds.get(name, 0) + 1
                try:
                    fuzz()
                except BaseException as fault:  # a group of failures is no Exception; Ctrl-C is none of ours
                    if isinstance(fault, KeyboardInterrupt):
                        raise
                    found.setdefault(name, "".join(traceback.format_exception(fault))[-3000:])
    for name, text in found.items():
        print(f"\n== {name}\n{text}")
    print(f"{BATCH * sum(rounds.values()):,} inputs to {len(rounds)} targets; {len(found)} with a fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
