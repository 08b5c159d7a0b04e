"""Official documents: one with everybody it was put before, and the two registers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huiyin.matters.models import DelayExplanation, Draft, Matter, OfficialDocument, Routing
from huiyin.matters.queries.one import visible_to
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation.queries import Asker
from huiyin.rules import official_documents as regime
from huiyin.rules.events import MatterKind
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.lifecycle import VOIDED, Stage
from huiyin.rules.vocabulary import Light
from huiyin.rules.workdays import SHANGHAI

KEEPER: Final = "office_clerk"
"""The role of whoever keeps the registers of documents."""

LEADERS: Final = frozenset({"main_leader", "leader_in_charge"})
PROPOSAL: Final = "proposal"
INSTRUCTIONS: Final = ("main_leader", "leader")
PAGE: Final = 50
_ON_ITS_WAY: Final = frozenset({Stage.TO_PRESENT, Stage.WITH_MAIN_LEADER, Stage.TO_SEND, Stage.SENT})


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a register: the document, its most pressing clock, and what was written on it."""

    document: OfficialDocument
    matter: Matter
    light: Light
    due_at: datetime | None
    provisional: bool
    late: bool
    routings: Sequence[Routing] = ()

    def written(self, *roles: str) -> str:
        """What was written in these roles, in order, each with the writer's name."""
        rows = (one for one in self.routings if one.role in roles and one.opinion)
        return "；".join(f"{one.person.name}：{one.opinion}" for one in rows)

    def signed(self, *roles: str) -> str:
        """Who agreed in these roles, in order, with what they wrote."""
        rows = (one for one in self.routings if one.role in roles and one.ending == "agreed")
        return "；".join(
            f"{one.person.name}：{one.opinion}" if one.opinion else one.person.name for one in rows
        )

    @property
    def handler(self) -> str:
        """Who signed for it, or drafted it; "" while nobody has."""
        if self.document.drafted_by is not None:
            return self.document.drafted_by.name
        signed = [one for one in self.routings if one.role == "handler" and one.ending == "signed_for"]
        return signed[-1].person.name if signed else ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A page of a register, and whether there is more."""

    rows: list[Listed] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a register is asked for; `waiting` leaves what the person asking has to do something about."""

    text: str = ""
    party: str = ""
    urgency: str = ""
    light: str = ""
    since: date | None = None
    until: date | None = None
    waiting: bool = False


def of_matter(matter: Matter) -> OfficialDocument | None:
    """What the register says of a matter; None for one that is no official document."""
    if matter.kind not in {MatterKind.DOCUMENT_IN, MatterKind.DOCUMENT_OUT}:
        return None
    return OfficialDocument.objects.select_related("drafted_by").filter(matter=matter).first()


def routings_of(matter: Matter) -> list[Routing]:
    """Everybody a document was put before, oldest first."""
    rows = Routing.objects.filter(matter=matter).select_related("person", "asked_by", "done_for", "draft")
    return list(rows.order_by("asked_at", "id"))


def drafts_of(matter: Matter) -> list[Draft]:
    """Every text that was put forward of an outgoing document, the latest first."""
    rows = Draft.objects.filter(matter=matter).select_related("written_by", "done_for")
    return list(rows.order_by("-ordinal"))


def explanations_of(matter: Matter) -> list[DelayExplanation]:
    """The explained delays of a document, oldest first."""
    rows = DelayExplanation.objects.filter(matter=matter).select_related("explained_by", "leader")
    return list(rows.order_by("explained_at", "id"))


def opinion_role(power: Asker, matter: Matter) -> str:
    """In which role somebody may write on an incoming document now; "" for none.

    A leader it was put before instructs, while they lead; who keeps it on its way to the leaders
    proposes. `power` is whose power is used: the asker's own, or that of whom they stand in for.
    """
    principal = power.person_id
    presented = Routing.objects.filter(matter=matter, person=principal, role__in=instructing_as(power))
    found = presented.order_by("asked_at", "id").last()
    if found is not None:
        return found.role
    return PROPOSAL if matter.custodian_id == principal and matter.stage in _ON_ITS_WAY else ""


def instructing_as(power: Asker) -> list[str]:
    """In which roles somebody instructs now: losing the post takes that along, whatever lies before them."""
    leads = {"main_leader": "main_leader" in power.ranks, "leader": bool(power.ranks & LEADERS)}
    return [role for role in INSTRUCTIONS if leads[role]]


def waiting_roles(asker: Asker, matter: Matter) -> dict[str, UUID | None]:
    """In which roles a document waits for this person now, and for which absent colleague they would act."""
    mine = Routing.objects.filter(
        matter=matter, done_at__isnull=True, person__in=[asker.person_id, *asker.stands_in_for]
    )
    found: dict[str, UUID | None] = {}
    for role, person in mine.order_by("asked_at", "id").values_list("role", "person"):
        if person == asker.person_id or role not in found:
            found[role] = None if person == asker.person_id else person
    return found


def documents_in_register(
    asker: Asker, kind: MatterKind, at: datetime, wanted: Wanted, *, offset: int = 0, limit: int = PAGE
) -> Registered:
    """The documents of a register that the person may see, newest first; a constant number of queries."""
    rows = _register(asker, kind, at, wanted)
    page = list(rows.order_by("-matter__received_at", "-id")[offset : offset + limit + 1])
    more = len(page) > limit
    page = page[:limit]
    return Registered(described(page, at), more)


def described(page: Sequence[OfficialDocument], at: datetime) -> list[Listed]:
    """Each document with its clocks and what was written on it; two queries whatever their number."""
    ids = [row.matter_id for row in page]
    owed = _owed(ids)
    routed = _routed(ids)
    return [_listed(row, owed.get(row.matter_id, ()), routed.get(row.matter_id, ()), at) for row in page]


def parties(asker: Asker, kind: MatterKind, most: int = 200) -> list[str]:
    """Whom the documents of a register come from or go to, for a filter and for typing ahead.

    Of more than `most` those with most documents; in the order of their names.
    """
    rows = OfficialDocument.objects.filter(matter__in=visible_to(asker).filter(kind=kind))
    counted = rows.values("party").annotate(count=Count("id")).order_by("-count", "party")
    return sorted(one["party"] for one in counted[:most])


def _register(asker: Asker, kind: MatterKind, at: datetime, wanted: Wanted) -> QuerySet[OfficialDocument]:
    seen = visible_to(asker).filter(kind=kind)
    rows = OfficialDocument.objects.filter(tenant_id=asker.tenant_id, matter__in=seen)
    if wanted.text.strip():
        word = strip_marks(wanted.text).strip()
        rows = rows.filter(
            Q(matter__summary__icontains=word)
            | Q(register_number__icontains=word)
            | Q(their_number__icontains=word)
            | Q(party__icontains=word)
            | Q(matter__number__icontains=word)
            | Q(archive_number__icontains=word)
        )
    if wanted.party:
        rows = rows.filter(party=wanted.party)
    if wanted.urgency:
        rows = rows.filter(matter__urgency=wanted.urgency)
    if wanted.light:
        showing = duties.subjects_showing(asker.tenant_id, Light(wanted.light), at)
        rows = rows.filter(matter__in=showing)
    if wanted.since:
        rows = rows.filter(matter__received_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(matter__received_at__lt=_midnight(wanted.until))
    if wanted.waiting:
        rows = rows.filter(_waits_for(asker))
    return rows.select_related("matter__custodian", "matter__unit", "drafted_by")


def _waits_for(asker: Asker) -> Q:
    """What somebody has to do something about: it lies before them, or is theirs to handle."""
    me = [asker.person_id, *asker.stands_in_for]
    before = Routing.objects.filter(matter=OuterRef("matter"), person__in=me, done_at__isnull=True)
    waits = Q(Exists(before)) | Q(matter__custodian__in=me, matter__closed_at__isnull=True)
    if KEEPER in asker.roles:
        ending = (Stage.TO_NUMBER, Stage.TO_DISPATCH, Stage.TO_ARCHIVE)
        waits |= Q(matter__stage__in=ending)
    return waits


def _owed(ids: Collection[UUID]) -> dict[UUID, list[Obligation]]:
    found: dict[UUID, list[Obligation]] = {}
    for row in Obligation.objects.filter(subject_id__in=ids).order_by("due_at", "key"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def _routed(ids: Collection[UUID]) -> Mapping[UUID, list[Routing]]:
    found: dict[UUID, list[Routing]] = {}
    rows = Routing.objects.filter(matter__in=ids).select_related("person").order_by("asked_at", "id")
    for row in rows:
        found.setdefault(row.matter_id, []).append(row)
    return found


def _listed(
    row: OfficialDocument, owed: Sequence[Obligation], routed: Sequence[Routing], at: datetime
) -> Listed:
    still = [one for one in owed if one.ended_at is None]
    soonest = still[0] if still else None
    ends = [one for one in owed if one.what in {regime.COMPLETE, regime.DISPATCH}] or list(owed)
    return Listed(
        document=row,
        matter=row.matter,
        light=duties.light_of(soonest, at) if soonest else Light.GREY,
        due_at=soonest.due_at if soonest else (ends[-1].due_at if ends else None),
        provisional=bool(soonest and soonest.provisional),
        late=row.matter.outcome != VOIDED and any(one.overdue_noted or one.outcome == "late" for one in owed),
        routings=routed,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
