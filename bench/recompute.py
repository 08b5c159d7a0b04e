"""How fast a new calendar reaches open duties: `python -m bench.recompute [--count N] [--database sqlite]`.

Makes that many open applications in a throwaway installation, publishes the
schedule of the next year, and lets the worker's errand recompute them while
the product's own server takes applications from four clients. Prints, as JSON:
how many duties moved, the seconds of looking at them all (`reckoning`), of
storing the rows that moved (`rows`), of the whole with events and messages
(`together`), and what the clients waited before and meanwhile (milliseconds).
Seconds of the reckoning are those of a first turn over everything that writes nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from bench.clients import Report
from bench.intake import INTAKE, plan_of
from bench.scene import POSTGRESQL, SQLITE, Scene, scene, served
from huiyin.doors.cli import installation
from tools.paths import ROOT

SHAPES = {SQLITE: (1, 4), POSTGRESQL: (2, 4)}
CLIENTS, SECONDS = 4, 3.0
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 21, 9, 0, tzinfo=SHANGHAI)
FIRST, DAYS = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI), 49


def main(arguments: list[str]) -> int:
    """Measure one database; 1 when a client was refused."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.add_argument("--inside", choices=["fill", "recompute"], help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.inside:
        installation.set_up()
        print(json.dumps(_fill(chosen.count) if chosen.inside == "fill" else _recompute()))
        return 0
    with scene(chosen.database) as place:
        _finished(_begin(place, "fill", chosen.count))
        with served(place, *SHAPES[chosen.database]) as (_, port):
            before = _ask(place, port)
            worker = _begin(place, "recompute", chosen.count)
            meanwhile = Report()
            while worker.poll() is None:
                more = _ask(place, port)
                meanwhile.waits += more.waits
                meanwhile.others += more.others
            found = {"database": chosen.database, "duties": chosen.count, **_finished(worker)}
    found |= {"intake_before": _waits(before), "intake_meanwhile": _waits(meanwhile)}
    print(json.dumps(found, indent=2))
    return 1 if before.others or meanwhile.others else 0


def _begin(place: Scene, part: str, count: int) -> subprocess.Popen[str]:
    return place.start("bench.recompute", "--inside", part, "--count", str(count))


def _finished(child: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"a part of the measurement failed with {child.returncode}")
    found: dict[str, Any] = json.loads(said)
    return found


def _ask(place: Scene, port: int) -> Report:
    """Let the clients register applications for a few seconds."""
    plan = plan_of(place, port, INTAKE, CLIENTS, SECONDS)
    done = subprocess.run(
        [sys.executable, "-m", "bench.clients"],
        cwd=ROOT,
        input=json.dumps(asdict(plan)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Report(**json.loads(done.stdout))


def _waits(report: Report) -> dict[str, float]:
    waits = sorted(1000 * wait for wait in report.waits)
    return {
        "answers": len(waits),
        "refused": len(report.others),
        "p50": round(statistics.median(waits), 1),
        "p99": round(waits[int(len(waits) * 0.99)], 1),
        "longest": round(waits[-1], 1),
    }


def _fill(count: int) -> dict[str, Any]:
    """Make the duties, reckoned under the shipped calendar, as if they had come in over some weeks."""
    office = _office()
    for _ in import_module("tests.matters.many").applications(office, count, FIRST, DAYS):
        pass
    recompute = import_module("huiyin.matters.actions").recompute_due_dates
    at = NOW - timedelta(hours=1)
    while import_module("huiyin.matters.actions").is_recomputing():
        recompute(at, read=10 * count)
        at += timedelta(seconds=90)
    return {}


def _recompute() -> dict[str, Any]:
    """Publish the next year and let the errand work until the first pass is over."""
    _publish(_office())
    recomputing = import_module("huiyin.matters.actions.recomputing")
    obligations = import_module("huiyin.obligations.actions")
    reckoning, looked = _timed(lambda: _look(recomputing))
    rows = 0.0
    real = obligations.move

    def timed_move(*args: Any, **more: Any) -> None:
        nonlocal rows
        seconds, _ = _timed(lambda: real(*args, **more))
        rows += seconds

    with mock.patch.object(obligations, "move", timed_move):
        together, moved = _timed(lambda: _until_done(recomputing))
    return {
        "looked_at": looked,
        "moved": moved,
        "reckoning": round(reckoning, 2),
        "rows": round(rows, 2),
        "together": round(together, 2),
    }


def _look(recomputing: Any) -> int:
    """Look at every duty that can be touched, as the errand does, and write nothing."""
    tenant = _office().tenant
    glance = recomputing.Glance(recomputing.Reckoner(recomputing.queries.law_of(tenant)))
    since, reached, looked = datetime(2027, 1, 1, tzinfo=SHANGHAI), None, 0
    while page := recomputing._page(tenant.id, since, reached):  # noqa: SLF001 - a part is measured
        for _, row in page:
            glance.is_moved(row)
        reached, looked = page[-1][0], looked + len(page)
    return looked


def _until_done(recomputing: Any) -> int:
    moved = 0
    while step := recomputing.recompute_due_dates(NOW):
        moved += step
    return moved


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def _office() -> Any:
    """The office that `bench.scene` made, as the tests know it."""
    models = import_module("huiyin.organisation.models")
    factories = import_module("tests.factories")
    tenant = models.Tenant.objects.get()
    office = factories.Office(tenant, "", NOW)
    office.units["MZ"] = models.Unit.objects.get(tenant=tenant, code="MZ")
    for key, number in (("clerk", "1005"), ("office_head", "1007"), ("administrator", "1010")):
        office.people[key] = models.Person.objects.get(tenant=tenant, staff_no=number)
    return office


def _publish(office: Any) -> None:
    actions = import_module("huiyin.organisation.actions")
    yearfiles = import_module("huiyin.rules.yearfiles")
    notice = import_module("huiyin.rules.schedules").Notice("关于2027年部分节假日安排的通知", "", NOW.date())
    off = dict.fromkeys((date(2027, 1, 1), date(2027, 1, 4)), "元旦")
    made = yearfiles.draft(yearfiles.Gathered(2027, notice, off, frozenset()))
    clerk, other = office.asker("office_head"), office.asker("administrator")
    change = actions.propose_year(office.tenant, made, by=clerk, at=NOW)[0]
    actions.confirm_calendar(change, by=other, at=NOW)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
