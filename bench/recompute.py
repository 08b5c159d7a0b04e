"""How fast a new calendar reaches open duties: `python -m bench.recompute [--count N] [--database sqlite]`.

Makes that many open applications in a throwaway installation, one in nineteen
with a pause behind it, publishes the schedule of the next year, and lets the
errand recompute them in the worker's rhythm while the product's own server
takes applications. In `november`, when the notice usually comes, few duties
reach into the new year; in `december` nearly half of them do. Prints:

- `select`, the control: the columns of all open duties read into Python;
- `look`: all of them compared with what their clocks give, nothing written;
- `errand`: from the first look to the last write, with the worker's pauses;
- `write`: what of it was spent in transactions, and the longest of them;
- what the clients waited without the errand, and meanwhile.

`ratio` is the time by the control's; for the clients, the longest wait by that without the errand.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest import mock
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.clients import Report
from bench.intake import INTAKE, plan_of
from bench.scene import POSTGRESQL, SQLITE, Scene, scene, served
from huiyin.doors.cli import installation
from tools.paths import ROOT

SHAPES = {SQLITE: (1, 4), POSTGRESQL: (2, 4)}
SECONDS = 1.0
SHANGHAI = ZoneInfo("Asia/Shanghai")
CASES = {
    "november": datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI),
    "december": datetime(2026, 12, 21, 9, 0, tzinfo=SHANGHAI),
}
"""Until when applications came in; the notice is confirmed that morning."""
DAYS = 49
GOAL = 15.0
"""Seconds that the errand may take for a million duties."""
PAGE = 10_000
MADE = 50_000
"""Applications at most that are made one by one."""


def main(arguments: list[str]) -> int:
    """Measure one database; 1 when a client was refused, or with --check when the goal was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.add_argument("--case", choices=list(CASES), default="november")
    parser.add_argument(
        "--clients", type=int, default=1, help="that register, each as fast as it is answered"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when the errand takes more than the goal")
    parser.add_argument("--inside", choices=["fill", "look", "recompute"], help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.inside:
        installation.set_up()
        print(json.dumps(_inside(chosen)))
        return 0
    with scene(chosen.database) as place:
        found = measure(place, chosen)
    print(json.dumps(found, indent=2) if chosen.json else table(found))
    slow = chosen.check and found["errand"] > GOAL
    return 1 if slow or found["alone"]["refused"] or found["meanwhile"]["refused"] else 0


def measure(place: Scene, chosen: argparse.Namespace) -> dict[str, Any]:
    """Fill the installation, look at the duties, and recompute them while clients register."""

    def part(name: str) -> subprocess.Popen[str]:
        more = ["--count", str(chosen.count), "--case", chosen.case]
        return place.start("bench.recompute", "--inside", name, *more)

    _finished(part("fill"))
    looked = _finished(part("look"))
    with served(place, *SHAPES[chosen.database]) as (_, port):
        # What a server works out at its first requests is not what is measured.
        _ask(place, port, chosen.clients)
        worker = part("recompute")
        _line(worker)
        alone, meanwhile = Report(), Report()
        for _ in range(3):
            _add(alone, _ask(place, port, chosen.clients))
        _tell(worker)
        while worker.poll() is None:
            _add(meanwhile, _ask(place, port, chosen.clients))
        found = {"database": chosen.database, "case": chosen.case, **looked, **_finished(worker)}
    return found | {"clients": chosen.clients, "alone": _waits(alone), "meanwhile": _waits(meanwhile)}


def table(found: dict[str, Any]) -> str:
    """Return the figures for people to read."""
    lines = [
        f"{found['database']}, {found['case']}: {found['duties']:,} open duties, {found['moved']:,} moved",
        f"{'':10}{'duties':>10}{'seconds':>9}{'µs each':>9}{'ratio':>7}",
    ]
    for name, count in (("select", "duties"), ("look", "duties"), ("errand", "total"), ("write", "moved")):
        seconds, rows = found[name], found[count]
        each = 1_000_000 * seconds / max(rows, 1)
        lines.append(f"{name:10}{rows:10,}{seconds:9.2f}{each:9.1f}{seconds / found['select']:7.2f}")
    lines.append(f"longest of {found['transactions']} transactions: {1000 * found['longest']:.0f} ms")
    lines.append(
        f"{found['clients']} clients{'answers':>10}{'per s':>8}{'p50':>8}{'p99':>8}{'longest':>9} ms  ratio"
    )
    for name in ("alone", "meanwhile"):
        one = found[name]
        ratio = one["longest"] / found["alone"]["longest"]
        lines.append(
            f"{name:10}{one['answers']:9,}{one['rate']:8.0f}{one['p50']:8.1f}{one['p99']:8.1f}"
            f"{one['longest']:9.1f}    {ratio:5.2f}"
        )
    return "\n".join(lines)


def _inside(chosen: argparse.Namespace) -> dict[str, Any]:
    """Do one part in a process that runs the product."""
    now = CASES[chosen.case]
    if chosen.inside == "fill":
        return _fill(chosen.count, now)
    return _look(now) if chosen.inside == "look" else _recompute(now)


def _finished(child: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"a part of the measurement failed with {child.returncode}")
    found: dict[str, Any] = json.loads(said)
    return found


def _line(child: subprocess.Popen[str]) -> None:
    """Wait until a part is ready."""
    if child.stdout is None or not child.stdout.readline():
        raise RuntimeError("a part of the measurement did not get ready")


def _tell(child: subprocess.Popen[str]) -> None:
    """Let a part that is ready begin."""
    if child.stdin is not None:
        child.stdin.write("\n")
        child.stdin.flush()


def _ask(place: Scene, port: int, clients: int) -> Report:
    """Let the clients register applications for a moment."""
    plan = plan_of(place, port, INTAKE, clients, SECONDS)
    done = subprocess.run(
        [sys.executable, "-m", "bench.clients"],
        cwd=ROOT,
        input=json.dumps(asdict(plan) | {"warm": 0.0}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Report(**json.loads(done.stdout))


def _add(report: Report, more: Report) -> None:
    report.waits += more.waits
    report.others += more.others
    report.elapsed += more.elapsed


def _waits(report: Report) -> dict[str, float]:
    waits = sorted(1000 * wait for wait in report.waits)
    return {
        "answers": len(waits),
        "refused": len(report.others),
        "rate": round(len(waits) / report.elapsed, 1),
        "p50": round(statistics.median(waits), 1),
        "p99": round(waits[int(len(waits) * 0.99)], 1),
        "longest": round(waits[-1], 1),
    }


def _fill(count: int, now: datetime) -> dict[str, Any]:
    """Make the duties, reckoned under the shipped calendar, as if they had come in over some weeks."""
    actions = import_module("huiyin.matters.actions")
    many = import_module("tests.matters.many")
    times = -(-count // MADE)
    for _ in many.applications(_office(now), count // times, now - timedelta(DAYS), DAYS):
        pass
    _copy(times - 1, many.BASIS)
    at = now - timedelta(hours=1)
    while actions.is_recomputing():
        actions.recompute_due_dates(at, read=10 * count)
        at += timedelta(seconds=90)
    return {}


def _copy(times: int, basis: str) -> None:
    """Copy every application, its chain and its duty, in the database: to make a million takes too long.

    Each copy has identifiers in the order of the originals, but earlier ones, and a pause of its own.
    The chains of copies do not verify; nothing here reads them.
    """
    connection = import_module("django.db").connection
    as_id = "CAST(%s AS uuid)" if connection.vendor == "postgresql" else "%s"
    as_facts = "CAST(%s AS jsonb)" if connection.vendor == "postgresql" else "%s"
    for table in _copied():
        with connection.cursor() as cursor:
            for time_ in range(1, times + 1):
                moved = {
                    "facts": as_facts % f"replace(CAST(facts AS text), '\"{basis}\"', '\"{basis}.{time_}\"')",
                    "number": f"'M{time_}' || substr(number, 5)",
                }
                for name in ("id", "subject_id"):
                    moved[name] = as_id % f"'01{time_:02}' || substr(CAST({name} AS text), 5)"
                columns = [one.column for one in table.concrete_fields]
                chosen = ", ".join(moved.get(name, name) for name in columns)
                cursor.execute(
                    f"INSERT INTO {table.db_table} ({', '.join(columns)}) SELECT {chosen} "
                    f"FROM {table.db_table} WHERE CAST({table.pk.column} AS text) > '01a0'"
                )
    with connection.cursor() as cursor:
        # As the database would have done by itself in the weeks that they came in.
        cursor.execute("ANALYZE")


def _copied() -> list[Any]:
    """What the copied tables are made of."""
    ledger, duties = import_module("huiyin.ledger.models"), import_module("huiyin.obligations.models")
    models = (
        import_module("huiyin.matters.models").Matter,
        ledger.Head,
        ledger.LedgerEvent,
        duties.Obligation,
    )
    return [model._meta for model in models]  # noqa: SLF001 - Django's own name for what is public


def _look(now: datetime) -> dict[str, Any]:
    """Read every open duty bare, then look at each as the errand does, and write nothing."""
    recomputing = import_module("huiyin.matters.actions.recomputing")
    tenant = import_module("huiyin.organisation.models").Tenant.objects.get()
    glance = recomputing.Glance(recomputing.Reckoner(recomputing.queries.law_of(tenant, now)))

    def look() -> int:
        reached, seen = None, 0
        while page := recomputing._page(tenant.id, None, reached):  # noqa: SLF001 - a part is measured
            seen, reached = seen + len(page), UUID(page[-1][0])
            if glance.moved(page):
                raise RuntimeError("a duty was not reckoned under the calendar it was filled under")
        return seen

    select, rows = _timed(_select)
    looking, seen = _timed(look)
    if seen != rows:
        raise RuntimeError(f"{rows} duties are open, {seen} were looked at")
    return {"duties": rows, "select": round(select, 2), "look": round(looking, 2)}


def _select() -> int:
    """Read the columns that tell whether a duty moved, as text, with the driver and nothing else."""
    names = (
        "subject_id",
        "started_at",
        "limit_amount",
        "limit_unit",
        "facts",
        "due_at",
        "yellow_at",
        "provisional",
    )
    columns = ", ".join(f"CAST({name} AS text)" for name in names)
    raw, read = import_module("django.db").connection, 0
    raw.ensure_connection()
    cursor = raw.connection.cursor()
    cursor.execute(f"SELECT {columns} FROM obligation WHERE ended_at IS NULL")
    while rows := cursor.fetchmany(PAGE):
        read += len(rows)
    cursor.close()
    return read


def _recompute(now: datetime) -> dict[str, Any]:
    """Publish the next year, wait for the word, and let the errand work until the first pass is over."""
    recomputing = import_module("huiyin.matters.actions.recomputing")
    _publish(_office(now))
    print("ready", flush=True)
    sys.stdin.readline()
    with _transactions(recomputing) as spent:
        errand, job = _timed(lambda: _until_done(recomputing, now))
    return {
        "moved": job.moved,
        "total": job.total,
        "errand": round(errand, 2),
        "write": round(sum(spent), 2),
        "transactions": len(spent),
        "longest": round(max(spent, default=0.0), 3),
    }


@contextmanager
def _transactions(recomputing: Any) -> Iterator[list[float]]:
    """Note how long each transaction takes from its BEGIN, for which it may stand in line, to its commit."""
    spent: list[float] = []
    real = recomputing.write

    @contextmanager
    def timed() -> Iterator[None]:
        with real():
            began = time.perf_counter()
            yield
        spent.append(time.perf_counter() - began)

    with mock.patch.object(recomputing, "write", timed):
        yield spent


def _until_done(recomputing: Any, now: datetime) -> Any:
    """Run the errand as often as the worker would, until it has been through."""
    errands = import_module("huiyin.doors.worker.loop").ERRANDS
    every = next(one.every for one in errands if one.run is recomputing.recompute_due_dates).total_seconds()
    jobs = import_module("huiyin.obligations.models").Recomputation.objects
    while True:
        seconds, _ = _timed(lambda: recomputing.recompute_due_dates(now))
        job = jobs.get(current=True)
        # What is registered meanwhile comes last and makes more than was counted at the beginning.
        if job.seen >= job.total:
            return job
        time.sleep(max(every - seconds, 0))


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def _office(now: datetime) -> Any:
    """The office that `bench.scene` made, as the tests know it."""
    models = import_module("huiyin.organisation.models")
    factories = import_module("tests.factories")
    tenant = models.Tenant.objects.get()
    office = factories.Office(tenant, "", now)
    office.units["MZ"] = models.Unit.objects.get(tenant=tenant, code="MZ")
    for key, number in (("clerk", "1005"), ("office_head", "1007"), ("administrator", "1010")):
        office.people[key] = models.Person.objects.get(tenant=tenant, staff_no=number)
    return office


def _publish(office: Any) -> None:
    actions = import_module("huiyin.organisation.actions")
    yearfiles = import_module("huiyin.rules.yearfiles")
    at: datetime = office.at
    notice = import_module("huiyin.rules.schedules").Notice("关于2027年部分节假日安排的通知", "", at.date())
    off = dict.fromkeys((date(2027, 1, 1), date(2027, 1, 4)), "元旦")
    made = yearfiles.draft(yearfiles.Gathered(2027, notice, off, frozenset()))
    clerk, other = office.asker("office_head"), office.asker("administrator")
    change = actions.propose_year(office.tenant, made, by=clerk, at=at)[0]
    actions.confirm_calendar(change, by=other, at=at)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
