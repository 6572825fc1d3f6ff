"""What annotating costs: the compare page against Datasette's own row page, weight, decisions a minute by keyboard.

    python -m benchmarks.pages [--db retold.db] [--decisions 50]

Ratios, not milliseconds, since machines differ: both pages are asked in turn in one run. The annotator is a script in
Chromium who presses a key as soon as the next edge is there.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import logging
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from datasette.app import Datasette

ROOT = Path(__file__).parent.parent
ACTOR = {"id": "benchmark"}
LONGEST = """select source_article_id, article_id, count(*) as n from changes where derivation_id is not null
             group by 1, 2 order by n desc limit 1"""


def site(db: Path, folder: Path) -> Path:
    """A folder to serve, around a copy of the database."""
    for name in ("plugins", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("metadata.yml", "datasette.yml", "dataset.yml"):
        shutil.copy(ROOT / name, folder / name)
    with sqlite3.connect(db) as source, sqlite3.connect(folder / "retold.db") as copy:
        source.backup(copy)
    return folder


def lengthen(db: Path, edges: int) -> None:
    """The pair with most edges blown up to so many reworded ones, no two alike, each with two suggestions."""
    connection = sqlite3.connect(db)
    connection.row_factory = sqlite3.Row
    source, article, _ = connection.execute(LONGEST).fetchone()
    sql = "select * from changes where operation = 'reworded' and source_article_id = ? and article_id = ?"
    models = [dict(row) for row in connection.execute(sql, [source, article])]
    there = [row[1] for row in connection.execute("pragma table_xinfo(changes)") if row[6] == 0]
    for n in range(edges):
        row = {name: models[n % len(models)][name] for name in there} | {"id": f"c-long{n}", "position": 1000 + n}
        for side in ("source_", ""):
            row[f"{side}text"] = f"{n} {row[f'{side}text']}"
            row[f"{side}end"] = row[f"{side}start"] + len(row[f"{side}text"])
            row[f"{side}parts"] = json.dumps([[row[f"{side}start"], row[f"{side}end"]]])
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(f"insert into changes ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
        connection.execute(
            """insert into suggestions select 'g-long' || ? || id, ?, label, rule, confidence, source_start, source_end,
               start, "end", before, after, explanation from suggestions
               where id not like 'g-long%' order by id limit 2""",
            [n, row["id"]],
        )
    connection.commit()
    connection.close()


async def servers(folder: Path, rounds: int) -> list[tuple[str, str]]:
    datasette = Datasette([], config_dir=folder)
    await datasette.invoke_startup()
    source, article, edges = (await datasette.get_database("retold").execute(LONGEST)).rows[0]
    pages = {
        "compare": (f"/-/compare/{source}/{article}", ACTOR),
        "compare, reader": (f"/-/compare/{source}/{article}", None),
        "row": (f"/retold/articles/{article}", None),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    weight = 0
    for _ in range(rounds):
        for name, (path, actor) in pages.items():
            began = time.process_time()
            answer = await datasette.client.get(path, actor=actor)
            times[name].append(time.process_time() - began)
            assert answer.status_code == 200, path
            if name == "compare":
                weight = len(gzip.compress(answer.content))
    medians = {name: statistics.median(found) for name, found in times.items()}
    datasette.close()
    return [
        ("edges of the longest comparison", f"{edges}"),
        ("CPU of the compare page, annotator", f"{medians['compare'] * 1000:.0f} ms"),
        ("… first time, nothing kept", f"{times['compare'][0] * 1000:.0f} ms"),
        ("CPU of the compare page, reader", f"{medians['compare, reader'] * 1000:.0f} ms"),
        ("CPU of Datasette's row page", f"{medians['row'] * 1000:.0f} ms"),
        ("ratio, annotator to row page", f"{medians['compare'] / medians['row']:.1f}"),
        ("weight of the compare page, compressed", f"{weight:,} bytes"),
    ]


def keyboard(folder: Path, wanted: int) -> list[tuple[str, str]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- the figures of the server need no browser

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", ".", "--secret", "benchmark", "-p", str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            context = browser.new_context(base_url=url)
            cookie = Datasette([], secret="benchmark").sign({"a": ACTOR}, "actor")
            context.add_cookies([{"name": "ds_actor", "value": cookie, "url": url}])
            page = context.new_page()
            page.goto("/-/annotate")
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            began, done = time.monotonic(), 0
            for _ in range(wanted):
                edge = page.locator("#edges > .edge").get_attribute("id")
                page.keyboard.press("d")
                page.wait_for_selector(f'#edges > .edge:not([id="{edge}"])')
                done += 1
            took = time.monotonic() - began
            browser.close()
    finally:
        process.terminate()
        process.wait(10)
    return [
        ("decisions a minute, scripted keyboard", f"{60 * done / took:.0f}"),
        ("requests per decision", f"{len(asked) / done:.2f}"),
    ]


def wait(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/-/versions.json", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, default=ROOT / "retold.db")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--edges", type=int, default=300, help="of the comparison that is timed")
    parser.add_argument("--decisions", type=int, default=40)
    given = parser.parse_args()
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        served = site(given.db, Path(folder))
        decided = keyboard(served, given.decisions)
        lengthen(served / "retold.db", given.edges)
        figures = asyncio.run(servers(served, given.rounds)) + decided
    width = max(len(name) for name, _ in figures)
    for name, value in figures:
        print(f"{name:<{width}}  {value}")


if __name__ == "__main__":
    main()
