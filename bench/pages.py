"""How long the server takes for every page of desk and portal: `python -m bench.pages [--matters N]`.

Loads the demo office into a throwaway installation and asks for every page that
can be read, as each of its roles, through Django's test client: all of the
server's work, without the network. Prints for each page the median and the 95th
percentile in milliseconds by the role it is slowest for, the most queries it
took, and the ratio to the control, the empty form for tracking on the portal,
measured in the same run. `cpu` is what of it the processor worked: on a busy machine
the rest was waiting for it. Pages over 150 ms are marked; with --check they fail the run. A workbook
is asked for as the page's script does: it begins at once and tells how far it is, so `begins` is what
counts for it, and the median says how long the whole took.
What the township's rulebook does not know (hand-over sheets, the opinion book) is asked of
two small offices beside it, by their rulebooks. A page that nobody could be asked for fails the run.
"""

from __future__ import annotations

import argparse
import gc
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
from datetime import datetime, timedelta
from importlib import import_module
from itertools import product
from operator import attrgetter
from pathlib import Path
from typing import Any

from tools.paths import ROOT

GOAL = 150.0
"""Milliseconds of the server's time that a page may take."""
CONTROL = "portal:track"
DOORS = ("desk:", "portal:")
OK = 200
_ONLY_SENT = frozenset(
    f"portal:{name}" for name in ("receipt", "receipt-pdf", "paper-pdf", "rate", "ask-return", "withdraw")
)
"""Addresses that lead elsewhere unless number and code are sent; the last three are steps, and no pages."""
_PLACE = re.compile(r"<\w+:(\w+)>")


@dataclass(frozen=True)
class Measured:
    """One page as the role it is slowest for sees it."""

    page: str
    role: str
    begins: float
    median: float
    p95: float
    cpu: float
    queries: int
    bytes: int


@dataclass(frozen=True)
class Place:
    """An office: who signs in, what an address may name, and what is sent for pages behind a form."""

    logins: dict[str, str]
    parts: dict[str, list[str]]
    sent: dict[str, dict[str, str]]


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
        places = _load(home, chosen.matters)
        missed: list[str] = []
        found = list(_measured(places, chosen.repeat, chosen.only, missed))
    control = next(one.median for one in found if one.page == CONTROL)
    if chosen.json:
        print(json.dumps([{**asdict(one), "ratio": one.median / control} for one in found]))
    else:
        _print(found, control)
    for one in missed:
        print(f"not measured, nobody is answered with a page: {one}", file=sys.stderr)
    return int(bool(missed) or (chosen.check and any(one.begins > GOAL for one in found)))


def _load(home: str, matters: int) -> list[Place]:
    """Load the demo office there and the small ones beside it, and set this process up to serve them."""
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
    # As the server does before it answers anybody: what every page needs is not looked through for garbage.
    _ = import_module("django.urls").get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    # Who may not see a page is asked for it all the same; that is not news.
    logging.disable(logging.WARNING)
    return [_demo(told), *_beside()]


def _demo(told: dict[str, Any]) -> Place:
    """The demo office: the matter with the longest history, every ledger, one of everything else."""
    logins = {one["role"]: one["login"] for one in told["sign_in"]}
    matters = import_module("huiyin.matters.models").Matter.objects
    documents = import_module("huiyin.documents.models").Document.objects
    organisation = import_module("huiyin.organisation.models")
    catalogue = import_module("huiyin.catalogue.models")
    longest = matters.filter(kind="application").order_by("-version").first()
    paper = documents.filter(room="matters", subject_id=longest.id).order_by("-issued_at").first()
    item = catalogue.ServiceItem.objects.order_by("code").first()
    promised = catalogue.Commitment.objects.filter(unit__isnull=False).first()
    refused = import_module("huiyin.matters.models").RefusalFiling.objects.order_by("proposed_at").last()
    parts = {
        "slug": [told["office"]],
        "number": [longest.number],
        "document_id": [str(paper.id)],
        "code": [item.code],
        "item_id": [str(item.id)],
        "clause_id": ["p4.time-limit.8.b"],
        "kind": ["people"],
        "errand": ["task", "proposal", "petition", "report"],
        "name": [one.name for one in import_module("huiyin.reports.ledgers.registry").REGISTRY],
        "post": [organisation.Position.objects.order_by("code").first().code],
        "commitment_id": [str(promised.id)],
        "whose": [str(promised.unit_id)],
        "unit_code": [promised.unit.code],
        "person_id": [str(refused.proposed_by_id)],
        "form": ["contact"],
        "ending": ["pdf"],
    }
    return Place(logins, parts, _pair(told))


def _pair(told: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What is sent for pages behind a form: number and code of a matter, a trial of rules."""
    at = import_module("django.utils.timezone").now()
    tenant = import_module("huiyin.organisation.queries").tenant_by_slug(told["office"])
    portal = {name: import_module(f"huiyin.doors.portal.{name}") for name in ("progress", "receipts")}
    number, code, paper = _opened(at)
    sealed = portal["progress"].sealed(number, code, tenant, at)
    slip = portal["receipts"].sealed(portal["receipts"].Slip(number, code, ""), tenant, at)
    trial = {"rules": "book:commission", "from": f"{at:%Y-%m}", "to": f"{at:%Y-%m}", "month": f"{at:%Y-%m}"}
    return {
        "portal:track": {"number": number, "code": code},
        "portal:receipt": {"pass": slip},
        "portal:receipt-pdf": {"pass": slip},
        "portal:paper-pdf": {"pass": sealed, "paper": paper},
        "desk:dry-run-month": trial,
        "desk:dry-run-export": trial,
    }


def _opened(at: datetime) -> tuple[str, str, str]:
    """Number, a fresh code, and a paper addressed to the person served, of a matter that is not over."""
    papers = import_module("huiyin.documents.models").Document.objects
    public = import_module("huiyin.matters.queries.tracking").PUBLIC_PAPERS
    matters = import_module("huiyin.matters.models").Matter.objects.filter(closed_at=None)
    paper = papers.filter(kind__in=public, subject_id__in=matters.values("id")).order_by("issued_at").first()
    matter = matters.get(id=paper.subject_id)
    asker = import_module("huiyin.organisation.queries").asker_for_person(matter.custodian_id, at, "desk")
    actions = import_module("huiyin.matters.actions")
    code = actions.reissue_code(actions.By(asker, at, "bench"), matter.number).code
    return matter.number, code, str(paper.id)


def _beside() -> Iterator[Place]:
    """A headquarters with somebody going away, and a commission with an entry in its opinion book."""
    factories = import_module("tests.factories")
    supervision = import_module("huiyin.supervision.actions")
    now = import_module("django.utils.timezone").now()
    away = factories.make_office("gongdi", rulebook="headquarters")
    tomorrow = now + timedelta(days=1)
    absence = import_module("huiyin.matters.actions").go_away(
        away.people["clerk"],
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=6),
        kind="leave",
        by=away.asker("clerk", now),
        at=now,
    )
    opinions = factories.make_office("linzhen", rulebook="commission")
    words = supervision.Words(kind="complaint", text="等了很久", unit=opinions.units["MZ"])
    supervision.write_opinion(opinions.tenant, words, by=None, at=now)
    briefing = import_module("huiyin.matters.models").Briefing.objects.create(
        tenant=away.tenant,
        absence=away.absent("second_clerk", starts_at=now - timedelta(days=2), hours=4),
        position=away.positions["MZ02"],
        writer=away.people["second_clerk"],
        reader=away.people["clerk"],
        notes="印章在柜里",
        written_at=now,
    )
    found = {
        "absence_id": [str(absence.id)],
        "position_id": [str(away.positions["MZ01"].id)],
        "way": ["out"],
        "briefing_id": [str(briefing.id)],
        "ending": ["pdf"],
        "slug": [away.tenant.slug],
    }
    entry = import_module("huiyin.supervision.models").Opinion.objects.get(tenant=opinions.tenant)
    for office, parts in (
        (away, found),
        (opinions, {"opinion_id": [str(entry.id)], "slug": [opinions.tenant.slug]}),
    ):
        logins = {who: office.account(who)[0].login for who in ("clerk", "main_leader", "efficiency_office")}
        yield Place(logins, parts, {})


def _measured(places: list[Place], repeat: int, only: str, missed: list[str]) -> Iterator[Measured]:
    """Every page in the first place where somebody is answered with it; `missed` takes the others."""
    for name, pattern, methods in _pages(import_module("django.urls").get_resolver().url_patterns):
        if not name.startswith(DOORS) or (only not in name and name != CONTROL):
            continue
        for method in methods:
            if method == "GET" and name in _ONLY_SENT:
                continue
            if method == "POST" and not any(name in one.sent for one in places):
                continue
            page = name, pattern, method
            found = next((seen for one in places if (seen := list(_in(one, page, repeat)))), [])
            yield from found
            if not found:
                missed.append(f"{method} {name} /{pattern}")


def _in(place: Place, page: tuple[str, str, str], repeat: int) -> Iterator[Measured]:
    """A page in one place, for each thing it may name, as the role it is slowest for sees it."""
    name, pattern, method = page
    said = place.sent.get(name)
    if method == "POST" and said is None:
        return
    for title, address in _filled(name, pattern, place.parts):
        asked = (title if method == "GET" else f"{title} POST", address, method, said)
        seen = [_slowest(asked, role, repeat) for role in _roles(name, place)]
        if answered := [one for one in seen if one is not None]:
            yield max(answered, key=attrgetter("median"))


def _pages(
    patterns: Iterable[Any], space: str = "", before: str = ""
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every address: its full name, its pattern and the methods it answers."""
    for one in patterns:
        path = f"{before}{one.pattern}"
        if hasattr(one, "url_patterns"):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _pages(one.url_patterns, inner, path)
        else:
            methods = getattr(getattr(one.callback, "access", None), "methods", None) or ("GET",)
            yield f"{space}{one.name}", path, tuple(methods)


def _filled(name: str, pattern: str, parts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The addresses with the demo's things in them, with titles; none where it has no such thing."""
    wanted = _PLACE.findall(pattern)
    for values in product(*(parts.get(part, []) for part in wanted)):
        filled = iter(values)
        address = _PLACE.sub(lambda _, filled=filled: next(filled), pattern)
        several = [value for part, value in zip(wanted, values, strict=True) if len(parts[part]) > 1]
        yield " ".join([name, *several]), f"/{address}"


def _roles(name: str, place: Place) -> list[tuple[str, str]]:
    return list(place.logins.items()) if name.startswith("desk:") else [("", "")]


def _slowest(
    asked: tuple[str, str, str, dict[str, str] | None], role: tuple[str, str], repeat: int
) -> Measured | None:
    """One page for one role; None when it does not answer them with a page."""
    name, address, method, said = asked
    client_class = import_module("django.test").Client
    capture = import_module("django.test.utils").CaptureQueriesContext
    connection = import_module("django.db").connection
    key, login = role
    client = client_class()
    if login:
        accounts = import_module("huiyin.organisation.models").Account.objects
        client.force_login(accounts.get(login=login), "django.contrib.auth.backends.ModelBackend")
    ask = client.get if method == "GET" else client.post
    with capture(connection) as queried:
        first = ask(address, said or {})
        queries = len(queried)
    if first.status_code != OK:
        return None
    size = len(b"".join(first.streaming_content) if first.streaming else first.content)
    begins, took, worked = [], [], []
    for _ in range(repeat):
        begun, work = time.perf_counter(), time.process_time()
        answer = ask(address, said or {}, headers={"X-Progress": "yes"})
        begins.append((time.perf_counter() - begun) * 1000)
        if answer.streaming:
            assert answer.getvalue()
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - work) * 1000)
        assert answer.status_code == OK
    took.sort()
    p95 = took[min(len(took) - 1, round(0.95 * (len(took) - 1)))]
    middle = statistics.median
    return Measured(name, key, middle(begins), middle(took), p95, middle(worked), queries, size)


def _print(found: list[Measured], control: float) -> None:
    heads = ("begins", "p50 ms", "p95 ms", "cpu ms", "ratio", "queries", "KB")
    print(f"{'page':<34} {'slowest for':<18}", *(f"{head:>8}" for head in heads))
    for one in sorted(found, key=lambda one: -one.median):
        mark = f"  over {GOAL:.0f} ms" if one.begins > GOAL else ""
        print(
            f"{one.page:<34} {one.role:<18} {one.begins:>8.1f}"
            f" {one.median:>8.1f} {one.p95:>8.1f} {one.cpu:>8.1f}"
            f" {one.median / control:>8.1f} {one.queries:>8} {one.bytes / 1024:>8.0f}{mark}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
