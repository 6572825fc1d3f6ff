"""Processes that work for another: they share the work, and none outlives the one it works for."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import pytest

from retold.naming import workers

SCRIPT = """
import os, sys, time
from retold.naming import workers

def busy():
    print(os.getpid(), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    with workers.pool(2) as pool:
        for done in [pool.submit(busy), pool.submit(busy)]:
            done.result()
"""


def test_work_is_done_in_other_processes() -> None:
    with workers.pool(2) as pool:
        assert list(pool.map(abs, [-1, 2, -3])) == [1, 2, 3]
        assert pool.submit(os.getpid).result() != os.getpid()


def test_after_an_error_what_waits_is_not_begun() -> None:
    waiting: list[Future[None]] = []

    def fail() -> None:
        with workers.pool(1) as pool:
            waiting.extend(pool.submit(time.sleep, 0.1) for _ in range(30))
            waiting[0].result()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert any(one.cancelled() for one in waiting)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_do_not_outlive_a_killed_parent(how: signal.Signals, tmp_path: os.PathLike[str]) -> None:
    script = os.path.join(tmp_path, "parent.py")
    with open(script, "w") as file:
        file.write(SCRIPT)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(parent.stdout.readline()) for _ in range(2)]
        assert all(map(lives, children))
        parent.send_signal(how)
        parent.wait()
        until = time.monotonic() + 10  # busy for 60; a crowded machine takes its time
        while any(map(lives, children)) and time.monotonic() < until:
            time.sleep(0.02)
        assert not any(map(lives, children))


def lives(process: int) -> bool:
    """Whether it runs; one that only waits to be buried does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    if os.path.exists(f"/proc/{process}/stat"):
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    return True
