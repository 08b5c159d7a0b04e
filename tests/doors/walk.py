"""Every address of the service, called by everybody.

Two offices with the same people and one matter each; every address is called
with the first office's objects by each role of the first office, each role of
the second, and somebody who is not signed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from unittest.mock import patch
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiyin.catalogue import actions as catalogue
from huiyin.doors.access import Declared, Who
from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Briefing
from huiyin.matters.steps import Paper
from huiyin.organisation import actions as organisation
from huiyin.rules.overlays import Change
from huiyin.supervision import actions as supervision
from huiyin.supervision.models import Opinion
from tests.factories import AT, Office, make_office

ROLES = ("clerk", "head", "leader_in_charge", "main_leader", "efficiency_office", "administrator")
CALLERS = ("nobody", *ROLES, *(f"other {role}" for role in ROLES))


@dataclass(frozen=True)
class Address:
    """One pattern with its full name and path, and the names of what it takes from the path."""

    name: str
    path: str
    pattern: URLPattern

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods it answers; of a library's views the two that exist here."""
        view = self.pattern.callback
        declared = view.access.methods if isinstance(view, Declared) else None
        return declared or ("GET", "POST")

    @property
    def wants_token(self) -> bool:
        """Whether only programs with a token get in, so that signing in makes no difference."""
        view = self.pattern.callback
        return isinstance(view, Declared) and view.access.who is Who.TOKEN

    @property
    def takes(self) -> set[str]:
        """The names of its variable parts."""
        return set(self.pattern.pattern.converters)


def addresses(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "", before: str = ""
) -> Iterator[Address]:
    """Give every address below these patterns; by default of the whole service."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, inner, path)
        else:
            yield Address(f"{space}{one.name}", path, one)


def undeclared(found: Iterable[Address]) -> list[str]:
    """Return the addresses whose view does not say who may use it."""
    return [one.name for one in found if not isinstance(one.pattern.callback, Declared)]


@dataclass
class World:
    """Two offices, their objects, and a browser for every caller."""

    own: Office
    other: Office
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def address(self, one: Address, office: str = "own") -> str:
        """Return the path with an office's objects in its variable parts."""
        path = one.path
        for name in one.takes:
            for kind in ("str", "slug", "uuid", "path"):
                path = path.replace(f"<{kind}:{name}>", self.parts[office][name])
            path = path.replace(f"<{name}>", self.parts[office][name])
        return f"/{path}"

    def call(self, one: Address, method: str, caller: str, office: str = "own") -> HttpResponse:
        """Call an address as somebody; a POST sends only a fresh key."""
        client = self.client(caller)
        path = self.address(one, office)
        if method == "GET":
            return cast("HttpResponse", client.get(path))
        if one.name.startswith("api:"):
            return cast("HttpResponse", client.post(path, data="{}", content_type="application/json"))
        return cast("HttpResponse", client.post(path, data={"key": str(uuid4())}))

    def client(self, caller: str) -> Client:
        """Return the caller's browser, signed in."""
        if caller not in self.clients:
            self.clients[caller] = Client(raise_request_exception=False)
        client = self.clients[caller]
        if caller != "nobody" and "_auth_user_id" not in client.session:
            office = self.other if caller.startswith("other ") else self.own
            client.force_login(office.account(caller.removeprefix("other "))[0], _BACKEND)
        return client


_BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_world() -> World:
    """Make both offices, a matter in each, and whatever else an address can name."""
    world = World(make_office("zhaogong"), make_office("linzhen"))
    for name, office in (("own", world.own), ("other", world.other)):
        world.parts[name] = objects_of(office)
    return world


def objects_of(office: Office) -> dict[str, str]:
    """Make one of everything that an address can name; returns the names' values."""
    by = By(office.asker("clerk"), AT, "walk-1")
    request = Request(
        kind="application",
        channel="counter",
        item="DB-1",
        summary=f"困难家庭{office.canary}",
        applicant_name="王秀兰",
        applicant_phone="13812341234",
    )
    number = actions.register(by, request).number
    asker = office.asker("clerk")
    papers = [Paper("居民户口簿", present=True), Paper("收入证明", present=False)]
    actions.check_materials(By(asker, AT, "walk-2"), number, found=papers)
    actions.issue_notice(By(asker, AT, "walk-3"), number, supplement_how=f"到{office.canary}窗口")
    document = matters.documents_of(matters.get(asker, number))[0]
    token, _ = organisation.issue_token(
        office.people["clerk"],
        name=f"大屏{office.canary}",
        rights=["read"],
        expires_at=AT.replace(year=AT.year + 1),
        by=organisation.OPERATOR,
        at=AT,
    )
    change = organisation.propose_local(
        office.tenant,
        name=f"停电{office.canary}",
        off=[AT.date().replace(month=8)],
        reason="抢修",
        by=organisation.OPERATOR,
        at=AT,
    )
    amendment = organisation.propose_rules(
        office.tenant,
        [Change("p4.time-limit.5.b", date(2026, 12, 1), {}, zh=f"按缓急办理{office.canary}")],
        reason=f"会议{office.canary}",
        by=office.asker("efficiency_office"),
        at=AT,
    )
    by_efficiency = office.asker("efficiency_office")
    promise = catalogue.publish_commitment(
        catalogue.draft_commitment(
            office.tenant,
            office.units["MZ"],
            said=dict.fromkeys(("duties", "powers", "content", "standards"), f"承诺{office.canary}"),
            by=by_efficiency,
            at=AT,
        ),
        by=by_efficiency,
        at=AT,
    )
    hung = catalogue.post_board(promise, place=f"大厅{office.canary}", day=AT.date(), by=asker, at=AT)
    restriction = actions.restrict_refusal(
        office.asker("main_leader"),
        position=office.positions["MZ02"].id,
        item=office.items["ZM-1"].id,
        at=AT,
    )
    return {
        "number": number,
        "person_id": str(office.people["clerk"].id),
        "restriction_id": str(restriction.id),
        "commitment_id": str(promise.id),
        "posting_id": str(hung.id),
        "opinion_id": str(_opinion(office)),
        "item_id": str(office.items["DB-1"].id),
        "whose": str(office.units["MZ"].id),
        "unit_code": "MZ",
        "act": "withdraw",
        "change_id": str(change.id),
        "amendment_id": str(amendment.id),
        "what": "reject",
        "verb": "withdraw_handover",
        "document_id": str(document.id),
        "absence_id": str(office.absent("office_head").id),
        "integration_id": str(token.id),
        "kind": "people",
        "errand": "task",
        "name": "applications",
        "slug": office.tenant.slug,
        "code": "DB-1",
        "clause_id": "p4.time-limit.8.b",
        "rest": "v1/nothing",
        "post": "MZ01",
        "position_id": str(office.positions["MZ01"].id),
        "way": "out",
        "form": "contact",
        "ending": "docx",
        "briefing_id": str(_briefing(office).id),
        "own_id": str(office.absent("receptionist", starts_at=AT.replace(day=21)).id),
    }


def _briefing(office: Office) -> Briefing:
    """A sheet that waits for its reader; written as if the office's rulebook knew one."""
    absence = office.absent("clerk", starts_at=AT.replace(day=20))
    return Briefing.objects.create(
        tenant=office.tenant,
        absence=absence,
        position=office.positions["MZ01"],
        writer=office.people["clerk"],
        reader=office.people["second_clerk"],
        notes=f"交接{office.canary}",
        written_at=AT,
    )


def _opinion(office: Office) -> UUID:
    """An entry from the days when the office kept an opinion book."""
    with patch("huiyin.supervision.actions.writing.keeps_book", return_value=True):
        supervision.write_opinion(
            office.tenant,
            supervision.Words(kind="complaint", text=f"等了三天{office.canary}", unit=office.units["MZ"]),
            by=None,
            at=AT,
        )
    return Opinion.objects.get(tenant=office.tenant).id
