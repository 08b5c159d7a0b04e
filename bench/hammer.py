"""Two processes hammer intake: `python -m bench.hammer [--seconds 60] [--database …] [--over …] [--json]`.

On each database, once by calling the action in both processes and once through
the API of a server with two processes. Each acknowledged receipt is noted
before the next is asked for. Afterwards every receipt must be there exactly
once, every number used once or explained by a void, every matter with one
custodian, every chain whole; and nobody may have been shown an error of a
lock, or anything else that is no receipt. Prints what was counted and the
longest wait; 1 when anything is wrong.

`--without queue` (SQLite without the orderly queue) and `--without key` (no
unique key on commands) show that the judge can tell: they must fail.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.hammering import QUEUE, Plan
from bench.judging import Verdict
from bench.scene import POSTGRESQL, SQLITE, Scene, scene, served
from tools.paths import ROOT

ACTIONS, HTTP = "actions", "http"
KEY = "key"
PROCESSES = 2
GRACE = 90.0
"""Seconds that a process gets after its time for the last answer."""


def hammer(place: Scene, folder: Path, seconds: float, over: str, without: str = "") -> Verdict:
    """Hammer an office and judge it. Journals of earlier runs in the same folder are judged with it."""
    if without == KEY:
        _run(place, "bench.unkeyed")
    with _port(place, over) as port:
        started = f"{time.time():.3f}"
        processes = []
        for name in range(PROCESSES):
            journal = str(folder / f"{started}-{name}.journal")
            plan = Plan(str(name), journal, place.known.token, place.known.item, port, without)
            processes.append(place.start("bench.hammering"))
            _tell(processes[-1], json.dumps(asdict(plan)))
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        until = time.time() + seconds
        for process in processes:
            _tell(process, str(until))
        for process in processes:
            process.communicate(timeout=seconds + GRACE)
    verdict = judged(place, folder)
    for process in processes:
        if process.returncode:
            verdict.add("refused", f"a process ended with {process.returncode}")
    return verdict


def judged(place: Scene, folder: Path) -> Verdict:
    """Compare the journals of a folder with the office they were written for."""
    return Verdict(**json.loads(_run(place, "bench.judging", str(folder))))


def _tell(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{text}\n")
    process.stdin.flush()


@contextmanager
def _port(place: Scene, over: str) -> Iterator[int]:
    if over != HTTP:
        yield 0
        return
    # Two server processes also on SQLite: harder than what `huiyin run` starts there.
    with served(place, 2, 2) as (_, port):
        yield port


def _run(place: Scene, *module: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=place.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def line(database: str, over: str, seconds: float, verdict: Verdict) -> str:
    """Return a verdict for people to read."""
    faults = ", ".join(f"{kind} {count}" for kind, count in verdict.faults.items()) or "none"
    return (
        f"{database:11}{over:8} {seconds:4.0f} s  {verdict.answers:6} answers, {verdict.receipts} receipts, "
        f"{verdict.matters} matters, {verdict.voids} voids, longest wait {verdict.longest * 1000:.0f} ms, "
        f"faults: {faults}"
    )


def main(arguments: Sequence[str]) -> int:
    """Hammer, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), nargs="+", default=[SQLITE, POSTGRESQL])
    parser.add_argument("--over", choices=(ACTIONS, HTTP), nargs="+", default=[ACTIONS, HTTP])
    parser.add_argument("--without", choices=(QUEUE, KEY), default="", help="break it on purpose")
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    asked = parser.parse_args(arguments)
    bad = 0
    for database in asked.database:
        for over in asked.over:
            with scene(database) as place, TemporaryDirectory(prefix="huiyin-hammer-") as folder:
                verdict = hammer(place, Path(folder), asked.seconds, over, asked.without)
            named = {"database": database, "over": over, "seconds": asked.seconds, **asdict(verdict)}
            print(
                json.dumps(named) if asked.json else line(database, over, asked.seconds, verdict), flush=True
            )
            for what in verdict.first.values():
                print(f"  {what}", file=sys.stderr)
            bad += len(verdict.faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
