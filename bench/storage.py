"""What the writers' queue buys: `python bench/storage.py [seconds]`.

Four processes commit five rows at a time to one SQLite file as fast as they
can, with the queue and without it (SQLite's own waiting: the control). Prints
commits a second, the longest wait, and the ratios; 1 when the longest wait
with the queue is more than a second or anybody was refused.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.db import connection
from pysqlite3 import dbapi2

from huiyin.rules.errors import Busy
from huiyin.storage.sqlite.queue import Queue
from huiyin.storage.transactions import write

WRITERS = 4
PAUSE = 0.004
"""Seconds between two commits of one writer in the paced run."""


@dataclass
class Result:
    """What all writers of one run saw."""

    commits: int
    longest: float
    p99: float
    refused: int


def writer(path: str, seconds: float, pause: float, queue: bool, results: Any) -> None:
    """Commit until the time is over and report every wait."""
    database = {"ENGINE": "huiyin.storage.sqlite", "NAME": path, "CONN_MAX_AGE": None}
    settings.configure(DATABASES={"default": database}, USE_TZ=True)
    django.setup()
    if not queue:
        for name in ("acquire", "release"):
            mock.patch.object(Queue, name, return_value=None).start()
    connection.ensure_connection()
    waits: list[float] = []
    refused = 0
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        try:
            with write(), connection.cursor() as cursor:
                cursor.executemany("INSERT INTO row (text) VALUES (%s)", [("件件有着落" * 8,)] * 5)
        except Busy:
            refused += 1
        waits.append(time.perf_counter() - began)
        if pause:
            time.sleep(pause)
    results.put((waits, refused))


def run(seconds: float, *, pause: float, queue: bool) -> Result:
    """Let all writers loose on a fresh file."""
    context = multiprocessing.get_context("spawn")
    results: Any = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.sqlite3")
        prepare(path)
        arguments = (path, seconds, pause, queue, results)
        processes = [context.Process(target=writer, args=arguments) for _ in range(WRITERS)]
        for process in processes:
            process.start()
        reports = [results.get() for _ in processes]
        for process in processes:
            process.join()
    waits = sorted(wait for found, _ in reports for wait in found)
    return Result(
        commits=len(waits),
        longest=waits[-1],
        p99=waits[len(waits) * 99 // 100],
        refused=sum(refused for _, refused in reports),
    )


def prepare(path: str) -> None:
    """Make the file and its table."""
    with dbapi2.connect(path) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    made.close()


def main(seconds: float) -> int:
    """Print both runs side by side; 1 when the queue does not keep its promise."""
    status = 0
    for title, pause in (("flat out", 0.0), ("paced", PAUSE)):
        print(f"{WRITERS} writers, {title}, {seconds:g} s each")
        plain = run(seconds, pause=pause, queue=False)
        queued = run(seconds, pause=pause, queue=True)
        for name, result in (("without queue", plain), ("with queue", queued)):
            print(
                f"  {name:14} {result.commits / seconds:8,.0f} commits/s  p99 {result.p99 * 1000:7.1f} ms"
                f"  longest {result.longest * 1000:8.1f} ms  refused {result.refused}"
            )
        print(
            f"  ratios         {queued.commits / plain.commits:8.2f} throughput"
            f"  {queued.longest / plain.longest:8.3f} longest wait"
        )
        status |= int(queued.longest > 1 or queued.refused > 0)
    return status


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5))
