"""How fast people get their receipt: `python -m bench.intake [--seconds 3] [--rounds 3] [--json]`.

Starts the product's own web server on a throwaway installation and lets 1, 4
and 16 closed-loop clients register applications through the API: a real
token, permissions, idempotency key, receipt number, query code, obligations
and chained events. In the same run and the same server the same clients ask a
Django view that inserts one row and does nothing else (the control); the two
take turns. Figures are medians over the rounds, with the lowest and highest
rate; `ratio` is intake to control, round by round. `cost` compares processor
time a request instead, intake to control, server and database together: it
moves less than `ratio` while others use the machine. How many cores they used
is in `strangers`.

It fails (1) when a single answer is not a receipt, and with --check when the
ratio or the longest waits miss the goals of the design.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench import machine
from bench.clients import Plan, Report
from bench.scene import POSTGRESQL, SQLITE, Scene, scene, served
from tools.paths import ROOT

SHAPES = {SQLITE: (1, 4), POSTGRESQL: (2, 4)}
"""Processes and blocking threads of the server, as `huiyin run` starts it."""

CONTROL, INTAKE = "control", "intake"
WARM = 0.3
GOALS = {POSTGRESQL: {"ratio": 0.25}, SQLITE: {"p99": 60.0}}
"""At the highest number of clients: the least ratio, the longest p99 in milliseconds."""


@dataclass(frozen=True)
class Run:
    """What one view did in one round. Times in milliseconds, CPU in milliseconds a request."""

    database: str
    clients: int
    view: str
    rate: float
    p50: float
    p95: float
    p99: float
    longest: float
    server_cpu: float
    database_cpu: float
    strangers: float
    refused: int
    first_refusal: str


@dataclass(frozen=True)
class Line:
    """The medians of one view over all rounds."""

    database: str
    clients: int
    view: str
    rate: float
    lowest: float
    highest: float
    p50: float
    p95: float
    p99: float
    longest: float
    server_cpu: float
    database_cpu: float
    strangers: float
    ratio: float
    cost: float
    refused: int


def plan_of(place: Scene, port: int, view: str, clients: int, seconds: float) -> Plan:
    """Return what the clients of a view ask."""
    asked: dict[str, object]
    if view == CONTROL:
        headers = {"Content-Type": "application/json"}
        path = "/bare"
        asked = {
            "tenant": place.known.tenant_id,
            "number": "{n}",
            "summary": "为家庭成员申请最低生活保障，已在窗口核对证件，请尽快告知办理进度" * 2,
            "at": "2026-11-23T09:00:00+08:00",
        }
    else:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {place.known.token}",
            "Idempotency-Key": "{n}",
        }
        path = "/api/v1/matters"
        asked = {
            "kind": "application",
            "channel": "counter",
            "item": place.known.item,
            "summary": "为家庭成员申请最低生活保障",
            "details": "申请人于窗口提交材料，家庭三人，主要收入来源为务农。",
            "applicant_name": "王小明",
            "applicant_phone": "13800138000",
            "external_ref": "{n}",
        }
    return Plan(
        port=port,
        clients=clients,
        seconds=seconds,
        path=path,
        body=json.dumps(asked, ensure_ascii=False),
        headers=headers,
        expected=201,
        warm=WARM,
    )


def measure(place: Scene, server: int, plan: Plan, view: str) -> Run:
    """Let the clients loose once."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.clients"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        before, began = machine.used(server), time.perf_counter()
        said, _ = process.communicate(json.dumps(asdict(plan)))
        elapsed = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError("the clients failed")
    spent = machine.used(server).since(before)
    report = Report(**json.loads(said))
    # The requests of the warm-up cost CPU too, and are not among the waits.
    requests = max(len(report.waits) * (plan.seconds + plan.warm) / plan.seconds, 1)
    ours = spent.server + spent.rest + report.cpu
    waits = sorted(wait * 1000 for wait in report.waits) or [0.0]
    return Run(
        database=place.database,
        clients=plan.clients,
        view=view,
        rate=len(report.waits) / report.elapsed,
        p50=waits[len(waits) // 2],
        p95=waits[len(waits) * 95 // 100],
        p99=waits[len(waits) * 99 // 100],
        longest=waits[-1],
        server_cpu=spent.server * 1000 / requests,
        database_cpu=spent.rest * 1000 / requests,
        strangers=max(spent.machine - ours, 0) / elapsed,
        refused=len(report.others),
        first_refusal=report.others[0] if report.others else "",
    )


def rounds(place: Scene, asked: argparse.Namespace) -> list[Run]:
    """Measure control and intake in turns, for each number of clients."""
    found = []
    processes, threads = asked.shape or SHAPES[place.database]
    with served(place, processes, threads) as (server, port):
        for view in (CONTROL, INTAKE):
            # What a server works out at its first requests is not what is measured.
            measure(place, server.pid, plan_of(place, port, view, 16, 2.0), view)
        for clients in asked.clients:
            for _ in range(asked.rounds):
                for view in (CONTROL, INTAKE):
                    plan = plan_of(place, port, view, clients, asked.seconds)
                    found.append(measure(place, server.pid, plan, view))
    return found


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Return one line for each database, number of clients and view."""
    found = []
    for key in dict.fromkeys((run.database, run.clients, run.view) for run in runs):
        same = [run for run in runs if (run.database, run.clients, run.view) == key]
        controls = [run for run in runs if (run.database, run.clients, run.view) == (*key[:2], CONTROL)]
        rates = [run.rate for run in same]
        costs = [_cost(run) / _cost(control) for run, control in zip(same, controls, strict=True)]
        ratios = [run.rate / control.rate for run, control in zip(same, controls, strict=True)]
        medians = {
            name: statistics.median(getattr(run, name) for run in same)
            for name in ("p50", "p95", "p99", "server_cpu", "database_cpu", "strangers")
        }
        found.append(
            Line(
                *key,
                rate=statistics.median(rates),
                lowest=min(rates),
                highest=max(rates),
                longest=max(run.longest for run in same),
                ratio=statistics.median(ratios),
                cost=statistics.median(costs),
                refused=sum(run.refused for run in same),
                **medians,
            )
        )
    return found


def _cost(run: Run) -> float:
    return max(run.server_cpu + run.database_cpu, 0.001)


def table(lines: Sequence[Line]) -> str:
    """Return the lines for people to read."""
    title = (
        f"{'database':11}{'clients':>7}  {'view':8}{'per s':>7} {'[lowest..highest]':>18}{'p50':>7}{'p95':>7}"
        f"{'p99':>7}{'max':>8} ms  {'ratio':>5} {'cost':>5}  {'server':>6} {'db':>6} ms CPU  {'strangers':>9}"
    )
    return "\n".join([title, *(_row(line) for line in lines)])


def _row(line: Line) -> str:
    spread = f"[{line.lowest:.0f}..{line.highest:.0f}]"
    return (
        f"{line.database:11}{line.clients:7}  {line.view:8}{line.rate:7.0f} {spread:>18}{line.p50:7.1f}"
        f"{line.p95:7.1f}{line.p99:7.1f}{line.longest:8.1f}     "
        f"{line.ratio:5.2f} {line.cost:5.1f}  {line.server_cpu:6.2f} "
        f"{line.database_cpu:6.2f}         {line.strangers:9.2f}"
    )


def missed(lines: Sequence[Line]) -> list[str]:
    """Return the goals that the highest number of clients missed."""
    found = []
    most = max(line.clients for line in lines)
    for line in lines:
        if line.view != INTAKE or line.clients != most:
            continue
        goals = GOALS[line.database]
        if line.ratio < goals.get("ratio", 0):
            found.append(f"{line.database}: {line.ratio:.2f} of the control, goal {goals['ratio']}")
        if line.p99 > goals.get("p99", line.p99):
            found.append(f"{line.database}: p99 {line.p99:.0f} ms, goal {goals['p99']:.0f}")
    return found


def shape(text: str) -> tuple[int, int]:
    """Read `processes x threads`, such as 2x2."""
    processes, _, threads = text.partition("x")
    return int(processes), int(threads)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="of one run (default 3)")
    parser.add_argument("--rounds", type=int, default=3, help="control and intake, in turns (default 3)")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), nargs="+", default=[SQLITE, POSTGRESQL])
    parser.add_argument(
        "--shape", type=shape, help="processes x threads of the server (default: as huiyin run)"
    )
    parser.add_argument("--json", action="store_true", help="print the lines as JSON")
    parser.add_argument("--check", action="store_true", help="fail when a goal is missed")
    asked = parser.parse_args(arguments)
    runs: list[Run] = []
    for database in asked.database:
        with scene(database) as place:
            runs += rounds(place, asked)
    lines = lines_of(runs)
    print(json.dumps([asdict(line) for line in lines]) if asked.json else table(lines))
    refusals = [f"{run.database}, {run.view}: {run.first_refusal}" for run in runs if run.refused]
    faults = refusals + (missed(lines) if asked.check else [])
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
