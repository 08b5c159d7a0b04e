"""How long the server takes for every page of desk and portal: `python -m bench.pages [--matters N]`.

Loads the demo office into a throwaway installation and asks for every page that
can be read, as each of its roles, through Django's test client: all of the
server's work, without the network. Prints for each page the median and the 95th
percentile in milliseconds by the role it is slowest for, the most queries it
took, and the ratio to the control, the empty form for tracking on the portal,
measured in the same run. `cpu` is what of it the processor worked: on a busy machine
the rest was waiting for it. Pages over 150 ms are marked; with --check they fail the run.
Pages that want something of the address that the demo has not are named, too.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from tools.paths import ROOT

GOAL = 150.0
"""Milliseconds of the server's time that a page may take."""
CONTROL = "portal:track"
DOORS = ("desk:", "portal:")
OK = 200
_PLACE = re.compile(r"<\w+:(\w+)>")


@dataclass(frozen=True)
class Measured:
    """One page as the role it is slowest for sees it."""

    page: str
    role: str
    median: float
    p95: float
    cpu: float
    queries: int
    bytes: int


@dataclass(frozen=True)
class Demo:
    """The demo office: who signs in, and what an address may name."""

    logins: dict[str, str]
    parts: dict[str, list[str]]


def main(arguments: list[str]) -> int:
    """Measure; 1 with --check when a page was over the goal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--matters", type=int, default=6000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help="fail when a page is over the goal")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as home:
        demo = _load(home, chosen.matters)
        found = list(_measured(demo, chosen.repeat, chosen.only))
    control = next(one.median for one in found if one.page == CONTROL)
    if chosen.json:
        print(json.dumps([{**asdict(one), "ratio": one.median / control} for one in found]))
    else:
        _print(found, control)
    return int(chosen.check and any(one.median > GOAL for one in found))


def _load(home: str, matters: int) -> Demo:
    """Load the demo office there, and set this process up to serve it."""
    os.environ.update(
        HUIYIN_HOME=home,
        DATABASE_URL=f"sqlite:///{Path(home) / 'huiyin.sqlite3'}",
        DJANGO_SETTINGS_MODULE="huiyin.settings.base",
    )
    made = subprocess.run(
        [Path(sys.executable).with_name("huiyin"), "demo", "--json", "--matters", str(matters)],
        cwd=ROOT,
        env=dict(os.environ),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(made.stdout)
    import_module("huiyin.storage.home").prepare()
    import_module("django").setup()
    import_module("django.core.management").call_command("collectstatic", interactive=False, verbosity=0)
    import_module("django.test.utils").setup_test_environment()
    # Who may not see a page is asked for it all the same; that is not news.
    logging.disable(logging.WARNING)
    logins = {one["role"]: one["login"] for one in told["sign_in"]}
    return Demo(logins, _parts(told))


def _parts(told: dict[str, Any]) -> dict[str, list[str]]:
    """What stands in addresses: the matter with the longest history, every ledger, one of everything else."""
    matters = import_module("huiyin.matters.models").Matter.objects
    documents = import_module("huiyin.documents.models").Document.objects
    organisation = import_module("huiyin.organisation.models")
    catalogue = import_module("huiyin.catalogue.models")
    longest = matters.filter(kind="application").order_by("-version").first()
    paper = documents.filter(room="matters", subject_id=longest.id).order_by("-issued_at").first()
    item = catalogue.ServiceItem.objects.order_by("code").first()
    promised = catalogue.Commitment.objects.filter(unit__isnull=False).first()
    return {
        "slug": [told["office"]],
        "number": [longest.number],
        "document_id": [str(paper.id)] if paper else [],
        "code": [item.code],
        "item_id": [str(item.id)],
        "clause_id": ["p4.time-limit.8.b"],
        "kind": ["people"],
        "errand": ["task", "motion", "petition", "report"],
        "name": [one.name for one in import_module("huiyin.reports.ledgers.registry").REGISTRY],
        "post": [organisation.Position.objects.order_by("code").first().code],
        "commitment_id": [str(promised.id)] if promised else [],
        "whose": [str(promised.unit_id)] if promised else [],
        "unit_code": [promised.unit.code] if promised else [],
        "opinion_id": _first("huiyin.supervision.models", "Opinion"),
        "briefing_id": _first("huiyin.matters.models", "Briefing"),
    }


def _first(module: str, model: str) -> list[str]:
    found = getattr(import_module(module), model).objects.first()
    return [str(found.pk)] if found else []


def _measured(demo: Demo, repeat: int, only: str) -> Iterator[Measured]:
    for name, pattern in _pages(import_module("django.urls").get_resolver().url_patterns):
        if not name.startswith(DOORS) or (only not in name and name != CONTROL):
            continue
        addresses = list(_filled(name, pattern, demo.parts))
        if not addresses:
            print(f"not measured, the demo has none: {name} /{pattern}", file=sys.stderr)
        for title, address in addresses:
            seen = [one for role in _roles(name, demo) if (one := _slowest(title, address, role, repeat))]
            if seen:
                yield max(seen, key=lambda one: one.median)
            else:
                print(f"not measured, answers nobody with a page: {title}", file=sys.stderr)


def _pages(patterns: Iterable[Any], space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """Every address that can be read: its full name and its pattern."""
    for one in patterns:
        path = f"{before}{one.pattern}"
        if hasattr(one, "url_patterns"):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _pages(one.url_patterns, inner, path)
        elif "GET" in (getattr(getattr(one.callback, "access", None), "methods", None) or ("GET",)):
            yield f"{space}{one.name}", path


def _filled(name: str, pattern: str, parts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The addresses with the demo's things in them, with titles; none where it has no such thing."""
    wanted = _PLACE.findall(pattern)
    for values in product(*(parts.get(part, []) for part in wanted)):
        filled = iter(values)
        address = _PLACE.sub(lambda _, filled=filled: next(filled), pattern)
        several = [value for part, value in zip(wanted, values, strict=True) if len(parts[part]) > 1]
        yield " ".join([name, *several]), f"/{address}"


def _roles(name: str, demo: Demo) -> list[tuple[str, str]]:
    return list(demo.logins.items()) if name.startswith("desk:") else [("", "")]


def _slowest(name: str, address: str, role: tuple[str, str], repeat: int) -> Measured | None:
    """One page for one role; None when it does not answer them with a page."""
    client_class = import_module("django.test").Client
    capture = import_module("django.test.utils").CaptureQueriesContext
    connection = import_module("django.db").connection
    key, login = role
    client = client_class()
    if login:
        accounts = import_module("huiyin.organisation.models").Account.objects
        client.force_login(accounts.get(login=login), "django.contrib.auth.backends.ModelBackend")
    with capture(connection) as asked:
        first = client.get(address)
        queries = len(asked)
    if first.status_code != OK:
        return None
    size = len(b"".join(first.streaming_content) if first.streaming else first.content)
    took, worked = [], []
    for _ in range(repeat):
        begun, work = time.perf_counter(), time.process_time()
        answer = client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - work) * 1000)
        assert answer.status_code == OK
    took.sort()
    p95 = took[min(len(took) - 1, round(0.95 * (len(took) - 1)))]
    return Measured(name, key, statistics.median(took), p95, statistics.median(worked), queries, size)


def _print(found: list[Measured], control: float) -> None:
    heads = ("p50 ms", "p95 ms", "cpu ms", "ratio", "queries", "KB")
    print(f"{'page':<34} {'slowest for':<18}", *(f"{head:>8}" for head in heads))
    for one in sorted(found, key=lambda one: -one.median):
        mark = f"  over {GOAL:.0f} ms" if one.median > GOAL else ""
        print(
            f"{one.page:<34} {one.role:<18} {one.median:>8.1f} {one.p95:>8.1f} {one.cpu:>8.1f}"
            f" {one.median / control:>8.1f} {one.queries:>8} {one.bytes / 1024:>8.0f}{mark}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
