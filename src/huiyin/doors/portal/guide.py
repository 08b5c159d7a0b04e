"""What can be done here: the offices, an office's home, its items, and how to get one done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.catalogue import queries as catalogue
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import clean
from huiyin.doors.portal import finding, wording
from huiyin.doors.portal.pages import of_office, office_name, show
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Unlawful
from huiyin.rules.identifiers import parse_receipt_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from huiyin.catalogue.models import ServiceItem
    from huiyin.organisation.models import Tenant


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who receives people: name, and where and how to reach them."""

    name: str
    what: str
    place: str
    phone: str
    dial: str


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one unit; `anchor` is its id on the page."""

    anchor: str
    unit: str
    items: list[ServiceItem]


def offices(request: DoorRequest) -> HttpResponse:
    """List the offices of this installation, or go straight to the only one."""
    found = list(organisation.tenants())
    if len(found) == 1:
        return redirect(reverse("portal:home", args=[found[0].slug]))
    listed = [{"name": office_name(office), "slug": office.slug} for office in found]
    return show(request, None, "offices.html", {"offices": listed})


@of_office
def home(request: DoorRequest, office: Tenant) -> HttpResponse:
    """What can be done here, whom to ask, and where."""
    groups = _groups(catalogue.public_items(office.id))
    context = {
        "section": "home",
        "groups": groups,
        "count": sum(len(group.items) for group in groups),
        "receiving": _receiving(office, request.now),
        "opening": wording.opening(organisation.calendar_of(office), request.now),
        "phone": wording.dial(office.phone),
        "complaint_phone": wording.dial(office.complaint_phone),
        "reports": "report" in matters.kinds_taken_in(office, request.now),
    }
    return show(request, office, "home.html", context)


@of_office
def items(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Every item the public may ask for, or those that fit what somebody is looking for."""
    text = clean(request.GET.get("q", "")).strip()[: finding.LONGEST]
    public = list(catalogue.public_items(office.id))
    found = finding.find(public, text)
    number = str(parse_receipt_number(text) or "")
    context = {
        "section": "items",
        "text": text,
        "number": number,
        "groups": _groups(found.exact if text else public),
        "near": [] if number else found.near,
        "count": len(found.exact if text else public),
    }
    return show(request, office, "items.html", context)


@of_office
def item(request: DoorRequest, office: Tenant, code: str) -> HttpResponse:
    """How to get one item done."""
    guide = catalogue.guide(office.id, code)
    context = {
        "section": "items",
        "guide": guide,
        "limit": phrases.limit(guide.limit),
        "statutory": phrases.limit(guide.statutory),
        "committed": phrases.limit(guide.committed),
        "handler": _on_duty(office, guide.position_id, request.now) if guide.position else "",
        "dial": wording.dial(guide.phone),
        "complaint_dial": wording.dial(guide.complaint_phone),
    }
    return show(request, office, "guide.html", context)


def _groups(items: Iterable[ServiceItem]) -> list[Group]:
    groups: dict[str, Group] = {}
    for one in items:
        code = one.unit.code
        groups.setdefault(code, Group(f"unit-{len(groups) + 1}", one.unit.name, [])).items.append(one)
    return list(groups.values())


def _on_duty(office: Tenant, position_id: UUID, at: datetime) -> str:
    try:
        return organisation.on_duty(position_id, at, tenant_id=office.id).name
    except Unlawful:
        return ""


def _receiving(office: Tenant, at: datetime) -> list[Contact]:
    """Who receives people today: everybody on duty at a reception post, else whoever answers for it."""
    board = [
        holding
        for holding in organisation.duty_board(office.id, at)
        if holding.position.reception and not holding.position.secret
    ]
    found = [
        Contact(
            name=holding.duty.name,
            what=holding.position.title,
            place=holding.position.place,
            phone=(phone := holding.position.phone or holding.duty.office_phone or office.phone),
            dial=wording.dial(phone),
        )
        for holding in board
        if holding.duty
    ]
    if found:
        return found
    try:
        person = organisation.reception(office.id, at)
    except Unlawful:
        return []
    phone = person.office_phone or office.phone
    return [Contact(person.name, _("接待"), office.address, phone, wording.dial(phone))]
