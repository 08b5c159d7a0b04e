"""Writers wait in line, nobody starves, and nobody reads "database is locked"."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from huiyin.rules.errors import Busy
from huiyin.storage.sqlite.queue import Queue

connection: Any = connections["default"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the queue is SQLite's"),
]


DIES_HOLDING_THE_TURN = """
import os, sys
from huiyin.storage.sqlite.queue import Queue
Queue(sys.argv[1], 5).acquire()
print("held", flush=True)
sys.stdin.readline()
os._exit(9)
"""


def test_a_second_writer_waits_and_the_limit_answers_busy(tmp_path: Path) -> None:
    first, second = Queue(str(tmp_path / "db"), 1), Queue(str(tmp_path / "db"), 0.1)
    first.acquire()
    first.acquire()
    began = time.monotonic()
    with pytest.raises(Busy):
        second.acquire()
    assert 0.09 < time.monotonic() - began < 1
    first.release()
    second.acquire()
    assert second.held
    second.close()
    second.release()
    first.acquire()
    first.close()


def test_whoever_stands_behind_a_stuck_one_is_answered_too(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    holder = Queue(path, 1)
    holder.acquire()
    waits: list[float] = []

    def wait() -> None:
        began = time.monotonic()
        with pytest.raises(Busy):
            Queue(path, 0.3).acquire()
        waits.append(time.monotonic() - began)

    threads = [threading.Thread(target=wait) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder.close()
    assert len(waits) == 5
    assert max(waits) < 0.9


def test_the_turn_of_a_process_that_dies_is_free(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    with subprocess.Popen(
        [sys.executable, "-c", DIES_HOLDING_THE_TURN, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            Queue(path, 0.05).acquire()
        process.communicate("now\n")
    assert process.returncode == 9
    queue = Queue(path, 1)
    queue.acquire()
    queue.close()
