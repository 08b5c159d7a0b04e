"""A dossier in memory, to take steps on without a database's help."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from huiyin.matters import queries, steps
from huiyin.matters.actions import saving
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Matter
from huiyin.storage.ids import new_id
from tests.factories import Office
from tests.matters.handling import COMPLETE, MONDAY


def hand(office: Office, who: str = "clerk", minutes: int = 0) -> Hand:
    """Somebody's hand, so many minutes after Monday nine o'clock."""
    return Hand(str(office.people[who].id), MONDAY + timedelta(minutes=minutes))


def received(office: Office, kind: str = "application") -> Dossier:
    """A matter registered with the clerk, in memory only."""
    serial = count(1)
    item = office.items["DB-1"] if kind == "application" else None
    matter = Matter(
        id=new_id(),
        tenant=office.tenant,
        number="ZHAO-2026-000001-3",
        kind=kind,
        channel="counter",
        urgency="normal",
        summary="低保",
        applicant_name="王小明",
        unit=office.units["MZ"],
        item=item,
        item_version=item.version if item else 0,
        first_responder=office.people["clerk"],
        custodian=office.people["clerk"],
    )
    dossier = Dossier(
        tenant=office.tenant,
        matter=matter,
        law=queries.law_of(office.tenant),
        numbers=lambda book: f"{book}-{next(serial)}",
        people=saving.person_finder(office.tenant.id),
        stored=False,
        item=item,
    )
    steps.receive(dossier, hand(office))
    return dossier


def in_hand(office: Office) -> Dossier:
    """An application taken on, in memory only."""
    dossier = received(office)
    steps.check(dossier, hand(office, minutes=1), found=COMPLETE)
    steps.accept(dossier, hand(office, minutes=2))
    return dossier
