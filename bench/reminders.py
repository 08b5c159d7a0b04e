"""How fast everybody is reminded of what they owe: `python -m bench.reminders [--count N]`.

Makes that many open applications in a throwaway installation, lets all their
limits pass while no worker runs, and then has the errand catch up, round by
round as the worker calls it. Prints:

- `select`, the control: the columns of all open duties read into Python;
- `sweep`: all rounds together, up to the first that finds nothing more;
- the longest round, and the messages that people got of it;
- by how much the memory of the process grew from the second round to the last.

`ratio` is the time by the control's, in the same process on the same rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from bench import recompute
from bench.scene import POSTGRESQL, SQLITE, Scene, scene
from huiyin.doors.cli import installation

CASE = "november"
LATER = timedelta(days=50, hours=1)
"""From the last application to the sweep: every limit has passed, and the office is open."""
ROUND = timedelta(seconds=10)
MOST_GROWTH = 64.0
"""Megabytes that the process may grow by, whatever the count."""


def main(arguments: list[str]) -> int:
    """Measure one database; 1 with --check when memory grew with the count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when the memory grew too much")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.inside:
        installation.set_up()
        print(json.dumps(_sweep()))
        return 0
    with scene(chosen.database) as place:
        found = {"database": chosen.database, **_measured(place, chosen.count)}
    print(json.dumps(found, indent=2) if chosen.json else table(found))
    return int(chosen.check and found["growth"] > MOST_GROWTH)


def table(found: dict[str, Any]) -> str:
    """Return the figures for people to read."""
    lines = [
        f"{found['database']}: {found['duties']:,} open duties, told of in {found['messages']:,} messages",
        f"{'':10}{'seconds':>9}{'µs each':>9}{'ratio':>7}",
    ]
    for name in ("select", "sweep"):
        each = 1_000_000 * found[name] / max(found["duties"], 1)
        lines.append(f"{name:10}{found[name]:9.2f}{each:9.1f}{found[name] / found['select']:7.1f}")
    lines.append(f"longest of {found['rounds']} rounds: {found['longest']:.1f} s")
    lines.append(f"memory: {found['growth']:.0f} MB more at the last round than at the second")
    return "\n".join(lines)


def _measured(place: Scene, count: int) -> dict[str, Any]:
    more = ["--count", str(count), "--case", CASE]
    _said(place.start("bench.recompute", "--inside", "fill", *more))
    return _said(place.start("bench.reminders", "--inside"))


def _said(child: subprocess.Popen[str]) -> dict[str, Any]:
    text, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"a part of the measurement failed with {child.returncode}")
    found: dict[str, Any] = json.loads(text)
    return found


def _sweep() -> dict[str, Any]:
    """Read every open duty bare, then remind of them until nothing more is found."""
    remind = import_module("huiyin.matters.actions").remind
    messages = import_module("huiyin.delivery.models").Message.objects
    select, duties = recompute._timed(recompute._select)  # noqa: SLF001 - the same control
    before = messages.count()
    at = recompute.CASES[CASE] + LATER
    spent: list[float] = []
    held: list[float] = []
    climbed, found = 0, 1
    while found:
        seconds, found = recompute._timed(lambda at=at: remind(at))  # noqa: SLF001 - the same clock
        spent.append(seconds)
        climbed += found
        held.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        at += ROUND
    if climbed < duties:
        raise RuntimeError(f"{duties} duties are open and due, {climbed} were told of")
    return {
        "duties": duties,
        "climbed": climbed,
        "messages": messages.count() - before,
        "select": round(select, 3),
        "sweep": round(sum(spent), 2),
        "rounds": len(spent),
        "longest": round(max(spent), 2),
        "growth": round(held[-1] - held[min(1, len(held) - 1)], 1),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
