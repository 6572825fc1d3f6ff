"""Many people at a real server at once: they annotate and read, and note what was acknowledged and how long it took."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette

SECRET = "only for tests"
PAGES = ("/", "/retold/changes?_size=20", "/retold/annotation_events.json?_size=20", "/-/health")


class Server:
    """``datasette .`` over a folder, on a port of its own, to be killed and started again."""

    def __init__(self, site: Path) -> None:
        self.site = site
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "datasette", ".", "--secret", SECRET, "-p", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/-/versions.json", timeout=10).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        self.kill()
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """Signal 9: nothing is flushed, nothing is said."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


@dataclass
class Log:
    """``acknowledged`` by person in order; ``waits`` as (begin, seconds); ``faults``: what nobody should see."""

    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    waits: list[tuple[float, float]] = field(default_factory=list)
    reads: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    interrupted: int = 0

    @property
    def count(self) -> int:
        return sum(map(len, self.acknowledged.values()))


async def annotate(
    url: str, name: str, edges: list[str], decisions: int, log: Log, ended: asyncio.Event | None = None
) -> None:
    """Post decisions one after the other, each with its number as comment; repeat those whose answer was lost.

    So many decisions at least, and then on until what goes on meanwhile has ``ended``.
    """
    acknowledged = log.acknowledged.setdefault(name, [])
    cookies = {"ds_actor": Datasette([], secret=SECRET).sign({"a": {"id": name}}, "actor")}
    async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=60) as client:
        for number in count():
            if number >= decisions and (ended is None or ended.is_set()):
                return
            edge = edges[number % len(edges)]
            known = log.rows.get((name, edge))
            body = {
                "change_id": edge,
                "status": "done",
                "comment": str(number),
                "revision": known and known["revision"],
            }
            answer = await _post(client, body, log)
            if answer is None:
                return
            log.rows[name, edge] = answer
            acknowledged.append(str(number))


async def _post(client: httpx.AsyncClient, body: dict[str, Any], log: Log) -> dict[str, Any] | None:
    began = time.perf_counter()
    for _ in range(1000):
        try:
            answer = await client.post("/-/api/decisions", json=body)
        except httpx.TransportError:
            log.interrupted += 1
            await asyncio.sleep(0.1)
            began = time.perf_counter()
            continue
        log.waits.append((began, time.perf_counter() - began))
        if answer.status_code in (200, 201):
            return dict(answer.json()["decision"])
        log.faults.append(f"{answer.status_code} {answer.text[:200]}")
        return None
    log.faults.append("the server did not come back")
    return None


async def read(url: str, log: Log, done: asyncio.Event) -> None:
    """Open pages until told to stop."""
    number = 0
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        while not done.is_set():
            began, number = time.perf_counter(), number + 1
            try:
                answer = await client.get(PAGES[number % len(PAGES)])
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            log.reads.append((began, time.perf_counter() - began))
            if answer.status_code != 200 or "database is locked" in answer.text:
                log.faults.append(f"{answer.status_code} {answer.url} {answer.text[:200]}")
            await asyncio.sleep(0.02)


async def crowd(url: str, db: Path, people: int, decisions: int, readers: int, meanwhile: Any = None) -> Log:
    """``people`` who post ``decisions`` each or more, and ``readers``, while ``meanwhile(log)`` runs to its end."""
    log, done, ended = Log(), asyncio.Event(), asyncio.Event()

    async def happening() -> None:
        try:
            await (meanwhile(log) if meanwhile else asyncio.sleep(0))
        finally:
            ended.set()

    edges = edges_of(db)
    reading = [asyncio.create_task(read(url, log, done)) for _ in range(readers)]
    writing = [annotate(url, f"person-{n}", edges[n:] + edges[:n], decisions, log, ended) for n in range(people)]
    await asyncio.gather(happening(), *writing)
    done.set()
    await asyncio.gather(*reading)
    return log


def edges_of(db: Path) -> list[str]:
    connection = sqlite3.connect(db)
    found = [row[0] for row in connection.execute("select id from changes where not retired order by id limit 50")]
    connection.close()
    return found


def lost(db: Path, log: Log) -> list[str]:
    """Acknowledged writes that are not in the database as acknowledged, or not in their order."""
    connection = sqlite3.connect(db)
    connection.row_factory = sqlite3.Row
    found = []
    for person, acknowledged in log.acknowledged.items():
        sql = "select after from annotation_events where actor = ? and table_name = 'decisions' order by id"
        stored = [json.loads(row["after"])["comment"] for row in connection.execute(sql, [person])]
        # The last may have been stored without its answer arriving.
        if stored[: len(acknowledged)] != acknowledged or len(stored) > len(acknowledged) + 1:
            found.append(f"{person}: {acknowledged} acknowledged, {stored} stored")
    for (person, _), row in log.rows.items():
        there = connection.execute("select * from decisions where id = ?", [row["id"]]).fetchone()
        if there is None or there["revision"] < row["revision"]:
            found.append(f"{person}: {row['id']} is missing")
    connection.close()
    return found
