"""Who uses the processors: seconds of CPU by process tree, from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """CPU seconds since the start: of one process tree, of what else this program started, of the machine."""

    server: float
    rest: float
    machine: float

    def since(self, before: Used) -> Used:
        """Return what was used between two readings."""
        return Used(self.server - before.server, self.rest - before.rest, self.machine - before.machine)


def used(server: int) -> Used:
    """Read the clocks. `rest` is everything this process started except `server`: the database.

    Processes that ended meanwhile are missing from `rest`.
    """
    times: dict[int, float] = {}
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            _read(entry, times, parents)
    mine = _tree(os.getpid(), parents) - {os.getpid()}
    serving = _tree(server, parents)
    return Used(
        server=sum(times[pid] for pid in serving),
        rest=sum(times[pid] for pid in mine - serving),
        machine=_machine(),
    )


def _read(entry: Path, times: dict[int, float], parents: dict[int, int]) -> None:
    try:
        fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return
    pid = int(entry.name)
    parents[pid] = int(fields[1])
    times[pid] = (int(fields[11]) + int(fields[12])) / _TICKS


def _tree(root: int, parents: dict[int, int]) -> set[int]:
    found: set[int] = set()
    for pid in parents:
        line = []
        above = pid
        while above and above not in line:
            line.append(above)
            if above == root:
                found.add(pid)
                break
            above = parents.get(above, 0)
    return found


def _machine() -> float:
    numbers = [
        int(word) for word in Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:]
    ]
    user, nice, system, _idle, _wait, interrupts, soft, stolen = numbers[:8]
    return (user + nice + system + interrupts + soft + stolen) / _TICKS
