"""Lists: what a person owes, what is offered to them, and the matters they may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.matters.models import Consultation, Handover, Matter
from huiyin.matters.queries.one import law_for, untouched, visible_to
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules import clocks
from huiyin.rules.events import MatterKind, Route
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Light
from huiyin.storage.masking import mask_name

PAGE = 50
_MINE = frozenset({"custodian", "first_responder", "assigner"})


@dataclass(frozen=True, slots=True)
class Owed:
    """One line of 'what I owe'. `minutes_left` are working minutes, negative when overdue.

    `awaits_event`: due when something takes place that is not scheduled yet.
    `acting_for` names the absent colleague when the duty is theirs; `offered` says that a
    hand-over waits to be accepted, until when the duty stays where it is.
    """

    number: str
    summary: str
    applicant: str
    what: str
    clause: str
    book: Rulebook
    stage: str
    due_at: datetime
    provisional: bool
    awaits_event: bool
    light: Light
    minutes_left: int
    acting_for: str
    acting_for_id: UUID | None
    offered: bool = False


class Pressing(NamedTuple):
    """The most pressing open duty of a matter: its light, when it is due, and whether that is provisional."""

    light: Light
    due_at: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of matters, each with its applicant masked and its most pressing light."""

    rows: list[Matter]
    lights: dict[UUID, Pressing] = field(default_factory=dict)
    more: bool = False


def owed(asker: Asker, at: datetime, limit: int = 200, *, of: UUID | None = None) -> list[Owed]:
    """Open duties of the person and of those they stand in for, least working time first.

    With `of` the duties of that one person instead, on matters that the asker
    may see; whether they may ask at all is `permissions.may_see_owed`. Paused
    duties come last. The number of queries does not depend on the number of duties.
    """
    bearers = [asker.person_id, *asker.stands_in_for] if of is None else [of]
    seen = on_own_desk(asker) if of is None else visible_to(asker)
    rows = list(duties.owed_by(bearers).filter(subject_id__in=seen.values("id"))[:limit])
    matters = Matter.objects.select_related("tenant").in_bulk({row.subject_id for row in rows})
    whose = asker.person_id if of is None else of
    found = []
    for row in rows:
        matter = matters[row.subject_id]
        mine = row.bearer_id == whose
        calendar = organisation.calendar_of(matter.tenant)
        found.append(
            Owed(
                number=matter.number,
                summary=matter.summary,
                applicant=mask_name(matter.applicant_name),
                what=row.what,
                clause=row.clause,
                book=law_for(matter, at).book,
                stage=matter.stage,
                due_at=row.due_at,
                provisional=row.provisional,
                awaits_event=row.due_at == clocks.NOT_YET_KNOWN,
                light=duties.light_of(row, at),
                minutes_left=clocks.remaining_minutes(row.due_at, calendar, at),
                acting_for="" if mine else row.bearer.name,
                acting_for_id=None if mine else row.bearer_id,
                offered=matter.offered_to_id is not None,
            )
        )
    return sorted(found, key=lambda one: (one.light is Light.BLUE, one.minutes_left, one.number))


def on_the_desk(asker: Asker) -> int:
    """How many duties and offers wait for this person: what `owed` and `handovers_to` list, counted."""
    duty = duties.owed_by([asker.person_id, *asker.stands_in_for])
    return duty.filter(subject_id__in=on_own_desk(asker).values("id")).count() + _offers(asker).count()


def on_own_desk(asker: Asker) -> QuerySet[Matter]:
    """What may stand on lists of what a person has to do, also for whom they stand in.

    A misconduct report that lies with somebody absent, or came to them first, is for the stand-in of
    that one's first post alone, as in `visible_to`.
    """
    rows = untouched(asker)
    others = asker.stands_in_for - asker.first_for
    if not others:
        return rows
    theirs = Q(custodian__in=others) | (Q(first_responder__in=others) & ~Q(custodian=asker.person_id))
    return rows.exclude(theirs, kind=MatterKind.REPORT)


def handovers_to(asker: Asker) -> list[Handover]:
    """Offers that wait for this person or for those they stand in for, oldest first."""
    return list(_offers(asker).select_related("matter", "giver", "taker").order_by("offered_at", "id"))


def _offers(asker: Asker) -> QuerySet[Handover]:
    found = Handover.objects.filter(
        taker__in=[asker.person_id, *asker.stands_in_for],
        ended_at__isnull=True,
        matter__in=untouched(asker).values("id"),
    )
    others = asker.stands_in_for - asker.first_for
    return found.exclude(matter__kind=MatterKind.REPORT, taker__in=others) if others else found


def covered(asker: Asker, limit: int = 200) -> list[Matter]:
    """Open matters of those this person stands in for now, with or without a limit, oldest first."""
    rows = on_own_desk(asker).filter(custodian__in=asker.stands_in_for, closed_at__isnull=True)
    return list(rows.select_related("custodian", "unit", "item").order_by("received_at", "id")[:limit])


def deserted(asker: Asker, at: datetime, limit: int = 200) -> list[Matter]:
    """Open matters whose custodian has gone or is away uncovered, oldest first, for who may name a new one.

    Those of the units that the person heads or oversees; all for the main leader.
    """
    rows = untouched(asker)
    if "main_leader" not in asker.ranks:
        rows = rows.filter(unit__in=asker.headed_unit_ids | asker.overseen_unit_ids)
        rows = rows.exclude(kind=MatterKind.REPORT)
    alone = organisation.uncovered_people(asker.tenant_id, at)
    uncovered = rows.filter(closed_at__isnull=True, custodian__in=alone)
    found = (_forsaken(rows, asker.tenant_id, at) | uncovered).select_related("custodian")
    return list(found.order_by("received_at", "id")[:limit])


def count_deserted(tenant_id: UUID, at: datetime, leaving: Collection[UUID] = ()) -> int:
    """Count the office's open matters whose custodian has gone, or is among those leaving."""
    rows = Matter.objects.filter(tenant_id=tenant_id)
    gone = _forsaken(rows, tenant_id, at)
    return (gone | rows.filter(closed_at__isnull=True, custodian__in=list(leaving))).count()


def _forsaken(rows: QuerySet[Matter], tenant_id: UUID, at: datetime) -> QuerySet[Matter]:
    here = organisation.people_here(tenant_id, at)
    return rows.filter(closed_at__isnull=True).exclude(custodian__in=here)


def matters(
    asker: Asker,
    at: datetime,
    *,
    text: str = "",
    stage: str = "",
    kind: str = "",
    mine: str = "",
    light: str = "",
    important: bool = False,
    joint: str = "",
    uncited: bool = False,
    offset: int = 0,
    limit: int = PAGE,
) -> Found:
    """A page of the matters that `sought` finds; constant query count."""
    only = {"text": text, "stage": stage, "kind": kind, "mine": mine, "light": light, "joint": joint}
    rows = sought(asker, at, important=important, uncited=uncited, **only)
    page = list(rows[offset : offset + limit + 1])
    more = len(page) > limit
    page = page[:limit]
    return Found(page, pressing([row.id for row in page], at), more)


def sought(
    asker: Asker,
    at: datetime,
    *,
    text: str = "",
    stage: str = "",
    kind: str = "",
    mine: str = "",
    light: str = "",
    important: bool = False,
    joint: str = "",
    uncited: bool = False,
) -> QuerySet[Matter]:
    """Matters the person may see, newest first.

    `text` finds by number, subject and whole foreign reference; `mine` is "custodian",
    "first_responder" or "assigner"; `light` is a light of an open duty; `important` leaves those
    with a record of their own; `joint` is "yes" for what several bodies have to do with, "waiting"
    for what a unit of the office was asked about and has not answered; `uncited` leaves those
    whose answer names nothing that it rests on, though it should.
    """
    rows = _filtered(asker, at, text=text, stage=stage, kind=kind, mine=mine, light=light)
    if important:
        rows = rows.filter(important=True)
    if uncited:
        rows = rows.filter(reply_basis="none")
    if joint:
        rows = rows.filter(_joint(waiting=joint == "waiting"))
    found = rows.select_related("unit", "item", "custodian", "first_responder")
    return found.order_by("-received_at", "-id")


def _joint(*, waiting: bool) -> Q | Exists:
    asked = Consultation.objects.filter(matter=OuterRef("pk"))
    if waiting:
        return Exists(asked.filter(answered_at__isnull=True))
    return Q(route=Route.SHARED.value) | Q(Exists(asked))


def pressing(ids: Collection[UUID], at: datetime) -> dict[UUID, Pressing]:
    """Return the most pressing open duty of each matter that has one; one query."""
    return {
        subject: Pressing(duties.light_of(rows_of[0], at), rows_of[0].due_at, rows_of[0].provisional)
        for subject, rows_of in duties.of_subjects(ids).items()
    }


def _filtered(
    asker: Asker, at: datetime, *, text: str, stage: str, kind: str, mine: str, light: str
) -> QuerySet[Matter]:
    rows = visible_to(asker)
    if text.strip():
        word = strip_marks(text).strip()
        rows = rows.filter(Q(number__icontains=word) | Q(summary__icontains=word) | Q(external_ref=word))
    if stage == "open":
        rows = rows.filter(closed_at__isnull=True)
    elif stage:
        rows = rows.filter(stage=stage)
    if kind:
        rows = rows.filter(kind=kind)
    if mine in _MINE:
        rows = rows.filter(**{mine: asker.person_id})
    if light:
        rows = rows.filter(id__in=duties.subjects_showing(asker.tenant_id, Light(light), at))
    return rows
