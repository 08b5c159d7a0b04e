"""What the first responder still follows, and what nobody has answered."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.matters.models import Deposit, Guidance, MaterialCheck, Matter
from huiyin.matters.queries.lists import on_own_desk
from huiyin.matters.queries.one import law_for, visible_to
from huiyin.organisation.queries import Asker
from huiyin.rules.events import MatterKind, Route
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import first_responder, service_commitment, time_limit

MOST = 200


class Unreviewed(NamedTuple):
    """An application that waits: for its papers to be looked at, or, once they were, for the notice."""

    matter: Matter
    looked_at: bool


class Unanswered(NamedTuple):
    """A contact that waits: for its outcome, or, once it is settled, for the person to hear of it."""

    matter: Matter
    settled: bool


def followed(asker: Asker) -> list[Matter]:
    """What the person was asked first and that has no outcome yet, oldest first.

    What was handed over stays on the list where the rulebook lets the first responder follow it to
    its end (p4.first-responder.2.a); elsewhere it leaves with the custody.
    """
    me = [asker.person_id, *asker.stands_in_for]
    rows = on_own_desk(asker).filter(first_responder__in=me, outcome="", closed_at__isnull=True)
    found = _whole(rows)
    return [one for one in found if one.custodian_id in me or law_for(one).book.has(first_responder.FOLLOW)]


def unanswered(asker: Asker) -> list[Unanswered]:
    """Contacts without an outcome, or without the reply that is owed, that the person may see, oldest first.

    Enquiries where none may be ignored; petitions and visits of every kind where each has its outcome
    and its reply (p1.service-commitment.4). Weighty ones want the reply after the outcome.
    """
    contacts = Q(kind__in=[MatterKind.ENQUIRY.value, MatterKind.PETITION.value], stage=Stage.OPEN.value)
    weighty = Q(kind=MatterKind.ENQUIRY.value, stage=Stage.ANSWERED.value, important=True)
    rows = _whole(visible_to(asker).filter(contacts | weighty))
    found = [Unanswered(one, settled=one.stage == Stage.ANSWERED.value) for one in rows]
    return [one for one in found if _is_owed(one)]


def _is_owed(one: Unanswered) -> bool:
    book = law_for(one.matter).book
    if one.settled:
        return book.has(service_commitment.FEEDBACK)
    ignored = one.matter.kind == MatterKind.ENQUIRY.value and book.has(first_responder.NO_IGNORING)
    return ignored or book.has(first_responder.REPLY)


def unled(asker: Asker) -> list[Matter]:
    """Enquiries that nobody has answered or led on, oldest first, of those the person may see.

    Where whoever is asked first has to handle or to guide (p2.first-responder.2).
    """
    rows = visible_to(asker).filter(kind=MatterKind.ENQUIRY.value, stage=Stage.OPEN.value, route="")
    return [one for one in _whole(rows) if law_for(one).book.has(first_responder.LED)]


def unreviewed(asker: Asker) -> list[Unreviewed]:
    """Applications whose papers nobody has looked at, or whose gaps nobody has told, oldest first.

    Where the rulebook wants papers reviewed promptly (p1.time-limit.1.a). What silence took on was
    reviewed by nobody, and waits for it still.
    """
    checks = MaterialCheck.objects.filter(matter=OuterRef("id"))
    gaps = checks.filter(required=True, present=False)
    silent = Q(stage=Stage.IN_HAND.value, deemed_at__isnull=False)
    rows = visible_to(asker).filter(
        Q(stage=Stage.RECEIVED.value) | silent, kind=MatterKind.APPLICATION.value, notices=0
    )
    looked_at = set(rows.filter(Exists(checks)).values_list("id", flat=True))
    found = _whole(rows.filter(~Exists(checks) | Exists(gaps)))
    return [
        Unreviewed(one, looked_at=one.id in looked_at)
        for one in found
        if law_for(one).book.has(time_limit.REVIEWED)
    ]


def papers_waiting(asker: Asker) -> list[Deposit]:
    """Papers that were taken in and not passed on: for the person, or by the person."""
    me = [asker.person_id, *asker.stands_in_for]
    rows = Deposit.objects.filter(matter__tenant_id=asker.tenant_id, taken_at__isnull=True)
    mine = rows.filter(to__in=me) | rows.filter(kept_by__in=me)
    return list(mine.select_related("matter", "to", "kept_by").order_by("kept_at", "id")[:MOST])


def asked_of(asker: Asker) -> list[Guidance]:
    """Questions that wait for the person's instruction, oldest first; not one put to another since."""
    rows = Guidance.objects.filter(
        matter__tenant_id=asker.tenant_id,
        matter__kind=MatterKind.ENQUIRY.value,
        matter__stage=Stage.OPEN.value,
        matter__instruction_to=F("to"),
        route=Route.UNCLEAR.value,
        to__in=[asker.person_id, *asker.stands_in_for],
        answered_at__isnull=True,
    )
    found = rows.select_related("matter", "chosen_by").order_by("chosen_at", "id")[:MOST]
    return list({one.matter_id: one for one in found}.values())


def _whole(rows: QuerySet[Matter]) -> list[Matter]:
    found = rows.select_related("tenant", "custodian", "first_responder", "unit")
    return list(found.order_by("received_at", "id")[:MOST])
