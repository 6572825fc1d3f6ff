"""How a large database is served: our pages and the tables, beside bare Datasette on the same file.

    python benchmarks/serving.py [--db big.db] [--sentences 1000000] [--rounds 15] [--only pages|facets|csv|indexes]

Two servers on 127.0.0.1: ours with plugins, templates and metadata, and Datasette alone with the same limits, asked for
the same facets and order through the address. Both are asked in turn, so that what else the machine does hits both.
Without --db the database is made by bigdb.py, which takes minutes.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import bigdb
import yaml
from datasette.app import Datasette

from retold.store import schema

ROOT = Path(__file__).parent.parent
CLIENTS = (1, 8)
COOKIE = {"Cookie": "ds_actor=" + Datasette([], secret="benchmark").sign({"a": {"id": "ada"}}, "actor")}
TABLES = ("articles", "sentences", "mentions", "attributions", "derivations", "changes", "suggestions")
LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms", "default_facet_size", "default_page_size", "max_returned_rows",
          "suggest_facets", "max_csv_mb", "allow_csv_stream", "truncate_cells_html")  # fmt: skip
# Filters that people use most, each with the facets that stay.
FILTERS = {
    "sentences": {"kind": "body"}, "mentions": {"type": "PERSON"}, "attributions": {"source_type": "named_person"},
    "changes": {"operation": "reworded"}, "suggestions": {"label": "style_only"}, "articles": {"role": "retelling"},
}  # fmt: skip


@dataclass
class Server:
    """A running server: its name and where it listens."""

    name: str
    port: int

    def get(self, path: str, keep: http.client.HTTPConnection | None = None) -> bytes:
        """The body of an answer; raises ``RuntimeError`` unless it is 200."""
        connection = keep or http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=COOKIE)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{self.name} answered {answer.status} to {path}: {body[:200]!r}")
        return body


@contextmanager
def serving(name: str, arguments: list[str], folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", *arguments, "--secret", "benchmark", "-p", str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Server(name, port)
    finally:
        process.terminate()
        process.wait(20)


def site(db: Path, folder: Path) -> Path:
    """A folder to serve, around a link to the database."""
    for name in ("plugins", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("metadata.yml", "datasette.yml", "dataset.yml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "retold.db").symlink_to(db.absolute())
    return folder


def bare(folder: Path) -> list[str]:
    """The arguments of Datasette alone, with our limits."""
    settings = yaml.safe_load((ROOT / "datasette.yml").read_text())["settings"]
    return [str(folder / "retold.db"), *(w for name in LIMITS for w in ("--setting", name, str(int(settings[name]))))]


def address(table: str, filters: dict[str, str], wanted: dict[str, Any], format_: str = "") -> str:
    """The page of a table as our metadata shows it, spelt out for a server that has no metadata."""
    pairs = list(filters.items()) + [("_facet", name) for name in wanted.get("facets", [])]
    pairs += [(f"_{key}", wanted[key]) for key in ("sort", "sort_desc") if key in wanted]
    return f"/retold/{table}{format_}?" + urlencode(pairs)


def pages(db: Path) -> list[tuple[str, str, str]]:
    """Name, address with us, address with Datasette alone (empty where it has no such page)."""
    connection = sqlite3.connect(db)
    one: Callable[[str], Any] = lambda sql: connection.execute(sql).fetchone()  # noqa: E731
    story = one("select id from stories order by rowid desc limit 1")[0]
    source, article = one("select source_article_id, article_id from derivations order by rowid desc limit 1")
    word = max(one("select text from sentences where kind = 'body' limit 1 offset 5000")[0].split(), key=len).strip(
        "“”,."
    )
    connection.close()
    described = yaml.safe_load((ROOT / "metadata.yml").read_text())["databases"]["retold"]["tables"]
    found = [("home", "/", ""), ("database page", "/retold", "/retold")]
    found += [(name, f"/-/{path}", "") for name, path in (
        ("story", f"story/{story}"), ("compare", f"compare/{source}/{article}"), ("queue", "annotate"),
        ("queue, most suggestions", "annotate?order=most_suggestions"), ("codebook", "codebook"), ("people", "people"),
        ("agreement", "agreement"), ("downloads", "downloads"))]  # fmt: skip
    for table in TABLES:
        wanted = described[table]
        found.append((table, f"/retold/{table}", address(table, {}, wanted)))
        if table in FILTERS:
            filters = FILTERS[table]
            name = ", ".join(f"{key} {value}" for key, value in filters.items())
            found.append((f"{table}, {name}", f"/retold/{table}?{urlencode(filters)}", address(table, filters, wanted)))
    search = {"_search": word}
    found.append(
        ("search", f"/retold/sentences?{urlencode(search)}", address("sentences", search, described["sentences"]))
    )
    found.append(("changes.json", "/retold/changes.json?_size=100", "/retold/changes.json?_size=100&_sort=position"))
    found.append(("row", f"/retold/articles/{quote(article)}", f"/retold/articles/{quote(article)}"))
    return found


def timed(server: Server, path: str, clients: int, rounds: int) -> list[float]:
    """Seconds of every request, ``rounds`` of them from each client."""

    def client(_: int) -> list[float]:
        keep = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        taken = []
        for _ in range(rounds):
            began = time.perf_counter()
            server.get(path, keep)
            taken.append(time.perf_counter() - began)
        keep.close()
        return taken

    with ThreadPoolExecutor(clients) as pool:
        return [second for one in pool.map(client, range(clients)) for second in one]


def percentile(taken: list[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(share * len(taken)))]


def measure_pages(db: Path, ours: Server, alone: Server, rounds: int) -> None:
    columns = "".join(f"{f'p50 / p95 by {n}, ms':>22}{'alone':>16}{'ratio':>7}" for n in CLIENTS)
    print(f"{'page':<40}{columns}")
    for name, path, other in pages(db):
        line = f"{name:<40}"
        for clients in CLIENTS:
            times = []
            for server, asked in ((ours, path), (alone, other)):
                if asked:
                    server.get(asked)
                    times.append(timed(server, asked, clients, rounds if clients == 1 else max(3, rounds // 3)))
            told = [f"{1e3 * statistics.median(t):,.0f} / {1e3 * percentile(t, 0.95):,.0f}" for t in times]
            ratio = f"{statistics.median(times[0]) / statistics.median(times[1]):.2f}" if len(times) > 1 else ""
            line += f"{told[0]:>22}{told[1] if len(told) > 1 else '':>16}{ratio:>7}"
        print(line, flush=True)


def measure_facets(ours: Server) -> None:
    """Every default facet of every large table, alone and after the filter that is used most."""
    late = []
    for table in TABLES:
        for filters in ({}, FILTERS.get(table, {})):
            path = f"/retold/{table}.json?" + urlencode({**filters, "_extra": "facet_results,facets_timed_out"})
            late += [f"{table}{filters or ''}: {name}" for name in json.loads(ours.get(path))["facets_timed_out"]]
    print(f"\nfacets that did not come within their time: {', '.join(late) or 'none'}")


def measure_csv(db: Path, ours: Server, alone: Server, table: str, rounds: int) -> None:
    count = sqlite3.connect(db).execute(f"select count(*) from {table}").fetchone()[0]
    print(f"\nCSV of {table}, {count:,} rows{'':<12}{'s':>8}{'MB/s':>8}{'share of the shell':>20}  complete")
    shell, rate = shutil.which("sqlite3"), 0.0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        if shell:
            for order in ("", f" order by {'id'}"):
                began = time.perf_counter()
                with out.open("wb") as file:
                    subprocess.run(
                        [shell, "-csv", "-header", str(db), f"select * from {table}{order}"], stdout=file, check=True
                    )
                taken = time.perf_counter() - began
                rate = rate or out.stat().st_size / taken
                _line(f"sqlite3 shell{', in the order of the key' if order else ''}", out, taken, rate, count)
        else:
            print("no sqlite3 here, so there is nothing to compare with: apt install sqlite3")
        for name, server, path in (
            ("ours, /-/downloads", ours, f"/-/downloads/{table}.csv"),
            ("Datasette alone, _stream", alone, f"/retold/{table}.csv?_stream=1&_size=max"),
        ):
            taken = _fetch(server, path, out)
            _line(name, out, taken, rate, count)
        story = pages(db)[2][1]
        before = timed(ours, story, 1, rounds)
        stream = threading.Thread(target=_fetch, args=(ours, f"/-/downloads/{table}.csv", out))
        stream.start()
        during = []
        while stream.is_alive():
            during += timed(ours, story, 1, 1)
        told = f"{_both(before)} before, {_both(during)} while it streams ({len(during)} requests)"
        print(f"story page, p50 / p95 in ms: {told}")


def _both(taken: list[float]) -> str:
    return f"{1e3 * statistics.median(taken):,.0f} / {1e3 * percentile(taken, 0.95):,.0f}"


def _fetch(server: Server, path: str, out: Path) -> float:
    began = time.perf_counter()
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=COOKIE)
    with urllib.request.urlopen(request, timeout=600) as answer, out.open("wb") as file:
        shutil.copyfileobj(answer, file, 1 << 20)
    return time.perf_counter() - began


def _line(name: str, out: Path, taken: float, rate: float, count: int) -> None:
    size = out.stat().st_size
    csv.field_size_limit(1 << 30)
    with out.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    share = f"{size / taken / rate:.2f}" if rate else ""
    complete = "yes" if rows == count else f"no: {rows:,}"
    print(f"{name:<40}{taken:>8.1f}{size / 1e6 / taken:>8.1f}{share:>20}  {complete}", flush=True)


def measure_indexes(db: Path) -> None:
    """Bytes of every table and index, largest first."""
    with schema.connect(db) as connection:
        sql = "select name, sum(pgsize) as n from dbstat group by name order by n desc limit 60"
        try:
            found = connection.execute(sql).fetchall()
        except sqlite3.OperationalError:
            print("this SQLite has no dbstat, so sizes cannot be told")
            return
    print()
    for name, size in found:
        print(f"{name:<48}{size / 1e6:>10,.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15, help="requests of each page by one client")
    parser.add_argument("--only", choices=("pages", "facets", "csv", "indexes"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, db = Path(name), given.db
        if db is None:
            db = folder / "big.db"
            bigdb.make(db, given.sentences, 20_000, 1)
        (folder / "site").mkdir()
        served = site(db, folder / "site")
        with serving("ours", ["."], served) as ours, serving("bare", bare(served), folder) as alone:
            if given.only in (None, "pages"):
                measure_pages(db, ours, alone, given.rounds)
            if given.only in (None, "facets"):
                measure_facets(ours)
            if given.only in (None, "csv"):
                measure_csv(db, ours, alone, "sentences", given.rounds)
        if given.only in (None, "indexes"):
            measure_indexes(db)


if __name__ == "__main__":
    main()
