"""One matter: who sees it, its clocks, timeline, papers, and what waits on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from huiyin.catalogue import queries as catalogue
from huiyin.documents import queries as papers
from huiyin.documents.models import Document
from huiyin.ledger import queries as ledger
from huiyin.ledger.models import LedgerEvent
from huiyin.matters.models import (
    Consultation,
    Deposit,
    ExtensionRequest,
    Guidance,
    Handover,
    Instruction,
    MaterialCheck,
    Matter,
    RefusalFiling,
    Routing,
    StepNote,
)
from huiyin.matters.queries.watching import watched
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.rules import clocks, signing
from huiyin.rules.docket import Law
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import time_limit
from huiyin.rules.strip import Month, strip
from huiyin.rules.vocabulary import Light, Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_applicant

ROOM = "matters"


@dataclass(frozen=True, slots=True)
class Clock:
    """One obligation's clock as people read it; moments are aware, minutes are working minutes.

    `awaits_event`: it runs until something takes place that is not scheduled
    yet; `due_at` then says nothing. `taken` are the working days that an ended one took
    and those it was allowed, where a clause has them shown.
    """

    key: str
    what: str
    clause: str
    bearer: str
    started_at: datetime
    due_at: datetime
    provisional: bool
    paused: bool
    awaits_event: bool
    light: Light
    outcome: str
    ended_at: datetime | None
    minutes_left: int
    limit: Limit
    why: str
    strip: tuple[Month, ...]
    clause_text: str
    taken: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of the timeline. `actor` and `acting_for` are names, empty for programs."""

    seq: int
    kind: str
    at: datetime
    actor: str
    acting_for: str
    body: dict[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One paper: what the item's list asks for, and how it was found at the last check, if `checked`.

    `returned_at` says since when the applicant has it back.
    """

    name: str
    required: bool
    original: bool
    copies: int
    checked: bool = False
    present: bool = False
    pages: int | None = None
    problem: str = ""
    returned_at: datetime | None = None

    @property
    def lacking(self) -> bool:
        """Whether it is not here and nobody asked the applicant for it otherwise; as `steps.is_lacking`."""
        return not self.present and (self.returned_at is None or bool(self.problem))


def visible_to(asker: Asker) -> QuerySet[Matter]:
    """The matters a person may see.

    Their own, those offered to them or first asked of them, those they gave or
    were asked to sign, documents put before them or sent to somebody of a unit
    they head or are in charge of, those of their units, what waits for a leader
    they stand in for; every document for who keeps the registers; what a body that
    the rulebook names watches over; and all for the main leader and the efficiency
    office. A misconduct report is not the unit's to read, and whom it is against sees
    nothing of it, whatever their rank. Where the rulebook gives a stand-in all that the
    absent one may do, also what that one's units have and their rank opens, reports
    never: one may be about the absent leader. A report that lies with somebody absent is
    for the stand-in of that one's first post alone.
    """
    rows = untouched(asker)
    if "main_leader" in asker.ranks or "efficiency_office" in asker.roles:
        return rows
    powers = [asker, *organisation.lent_powers(asker)]
    units = {unit for one in powers for unit in one.unit_ids | one.headed_unit_ids | one.overseen_unit_ids}
    everywhere = any("main_leader" in one.ranks for one in powers)
    no_report = ~Q(kind=MatterKind.REPORT)
    theirs = _before({asker.person_id, *asker.first_for}, units)
    if asker.stands_in_for - asker.first_for:
        theirs |= no_report & _before({asker.person_id, *asker.stands_in_for}, units)
    opened = (no_report & Q(unit__in=units)) | (no_report if everywhere else Q(pk__in=()))
    watches = _documents(asker, powers) | watched(asker)
    return rows.filter(theirs | opened | watches | _waiting_for(asker))


def untouched(asker: Asker) -> QuerySet[Matter]:
    """The office's matters without the misconduct reports against this very person."""
    rows = Matter.objects.filter(tenant_id=asker.tenant_id)
    return rows.exclude(kind=MatterKind.REPORT, accused__contains=str(asker.person_id))


def _before(me: set[UUID], units: set[UUID]) -> Q:
    """What lies with one of these persons, came by them, or was put before them or their units."""
    return (
        Q(custodian__in=me)
        | Q(first_responder__in=me)
        | Q(offered_to__in=me)
        | Q(assigner__in=me)
        | Q(id__in=Handover.objects.filter(giver__in=me).values("matter"))
        | Q(id__in=RefusalFiling.objects.filter(filed_to__in=me).values("matter"))
        | Q(id__in=Routing.objects.filter(person__in=me).values("matter"))
        | Q(id__in=Instruction.objects.filter(asked_of__in=me).values("matter"))
        | Q(id__in=Guidance.objects.filter(to__in=me).values("matter"))
        | Q(id__in=Deposit.objects.filter(to__in=me).values("matter"))
        | Q(id__in=duties.borne(signing.SIGN, me))
        | Q(id__in=Consultation.objects.filter(Q(asked_of__in=me) | Q(unit__in=units)).values("matter"))
    )


def _documents(asker: Asker, powers: Sequence[Asker]) -> Q:
    """Official documents: all for whoever keeps their registers, else what was sent to people of theirs.

    Until it is signed for a document is not yet its handler's unit's.
    """
    over = {unit for one in powers for unit in one.headed_unit_ids | one.overseen_unit_ids}
    sent = Q(offered_to__in=organisation.posts_in(over, asker.at).values("person"))
    which = Q() if "office_clerk" in asker.roles else sent
    return Q(kind__in=(MatterKind.DOCUMENT_IN, MatterKind.DOCUMENT_OUT)) & which


def _waiting_for(asker: Asker) -> Q:
    """Matters whose extension waits for a leader that this person stands in for."""
    if not asker.stands_in_for:
        return Q(pk__in=())
    posts = organisation.posts_of(asker.stands_in_for, asker.at).filter(position__in=asker.covers)
    undecided = ExtensionRequest.objects.filter(granted__isnull=True, withdrawn_at__isnull=True)
    waiting = undecided.values("matter")
    theirs = Q(Exists(posts.filter(position__rank="main_leader"))) | Q(
        unit__overseer__in=posts.values("position")
    )
    return Q(id__in=waiting) & theirs


def law_of(tenant: Tenant, began: datetime, at: datetime | None = None) -> Law:
    """The rulebook that binds what began then, as worded at `at`, and the office's calendar.

    Asks nothing that the office's row tells.
    """
    began_on = began.astimezone(SHANGHAI).date()
    on = at.astimezone(SHANGHAI).date() if at else None
    return Law(organisation.book_of(tenant, began_on, on=on), organisation.calendar_of(tenant))


def law_for(matter: Matter, at: datetime | None = None) -> Law:
    """The law that binds a matter: it keeps the rulebook under which it was received."""
    return replace(law_of(matter.tenant, matter.received_at, at), covering=partial(_covering, matter))


def _covering(matter: Matter, person: str, at: datetime) -> str:
    """Who stood in for somebody on a matter, by the position its item belongs to where there are several."""
    found = organisation.covering_at(UUID(person), at, matter.item.position_id if matter.item else None)
    return str(found[0].id) if found else ""


def extension_approver(matter: Matter, at: datetime) -> str:
    """The rank of the leader who gives a matter more time (p4.time-limit.8.b); "" where none is regulated."""
    kind, day = MatterKind(matter.kind), at.astimezone(SHANGHAI).date()
    return time_limit.more_time.approver(kind, law_for(matter).book, day)


def clocks_of(matter: Matter, at: datetime, language: str = "zh") -> list[Clock]:
    """Every clock of the matter, open ones first, each with why it ends when it does."""
    law = law_for(matter, at)
    rows = duties.of_subject(matter.id)
    found = [_clock(row, law, at, language) for row in rows]
    return sorted(found, key=lambda c: (c.ended_at is not None, c.due_at))


def _clock(row: Obligation, law: Law, at: datetime, language: str) -> Clock:
    clock = duties.clock_of(row)
    result = law.reckon(clock)
    ended = None if result.awaits_event else row.ended_at
    clause = law.book.clause(row.clause) if law.book.has(row.clause) else None
    return Clock(
        key=row.key,
        what=row.what,
        clause=row.clause,
        bearer=row.bearer.name,
        started_at=row.started_at,
        due_at=row.due_at,
        provisional=row.provisional,
        paused=row.paused,
        awaits_event=result.awaits_event,
        light=duties.light_of(row, at),
        outcome=row.outcome,
        ended_at=row.ended_at,
        minutes_left=clocks.remaining_minutes(row.due_at, law.calendar, row.ended_at or at),
        limit=clock.limit,
        why=clocks.explain(result, language),
        strip=strip(result),
        clause_text="" if clause is None else (clause.en if language == "en" else clause.zh),
        taken=time_limit.more_time.time_used(clock, ended, row.due_at, law.book, law.calendar),
    )


def timeline(matter: Matter) -> list[Moment]:
    """Everything that happened, oldest first, with names instead of ids, and noted steps in words, masked."""
    events = ledger.events_of(matter.tenant_id, matter.id)
    names = _names(matter.tenant_id, events)
    noted = dict(StepNote.objects.filter(matter=matter).values_list("seq", "text"))
    return [
        Moment(
            seq=event.seq,
            kind=event.kind,
            at=event.at,
            actor=names.get(event.actor, ""),
            acting_for=names.get(event.acting_for, ""),
            body={**json.loads(event.body), **_words(noted.get(event.seq, ""), matter)},
            hash=bytes(event.hash).hex(),
        )
        for event in events
    ]


def _words(text: str, matter: Matter) -> dict[str, object]:
    return {"step": mask_applicant(text, matter.applicant_name, matter.applicant_phone)} if text else {}


def _names(tenant_id: UUID, events: Sequence[LedgerEvent]) -> dict[str, str]:
    wanted = {who for event in events for who in (event.actor, event.acting_for)}
    ids = {UUID(who.removeprefix("person:")) for who in wanted if who.startswith("person:")}
    return {f"person:{key}": name for key, name in organisation.names(tenant_id, ids).items()}


def handovers_of(matter: Matter) -> list[Handover]:
    """All hand-overs of the matter, oldest first."""
    rows = Handover.objects.filter(matter=matter).select_related("giver", "taker")
    return list(rows.order_by("offered_at", "id"))


def guidance_of(matter: Matter) -> list[Guidance]:
    """Which ways the matter was led, oldest first, with what was said."""
    return list(Guidance.objects.filter(matter=matter).select_related("chosen_by", "to").order_by("id"))


def deposits_of(matter: Matter) -> list[Deposit]:
    """The papers taken in for colleagues, oldest first."""
    rows = Deposit.objects.filter(matter=matter).select_related("to", "kept_by", "taken_by")
    return list(rows.order_by("id"))


def materials_of(matter: Matter) -> list[Checked]:
    """The papers as last checked, and what else the item's list demands, as not received."""
    listed: tuple[catalogue.Paper, ...] = ()
    if matter.item is not None:
        listed = catalogue.item_version(matter.tenant_id, matter.item.id, matter.item_version).materials
    originals = {one.name for one in listed if one.original}
    checked = [
        Checked(
            name=row.name,
            required=row.required,
            original=row.name in originals,
            copies=row.copies,
            checked=True,
            present=row.present,
            pages=row.pages,
            problem=row.problem,
            returned_at=row.returned_at,
        )
        for row in MaterialCheck.objects.filter(matter=matter).order_by("id")
    ]
    known = {row.name for row in checked}
    unchecked = [
        Checked(one.name, one.required, one.original, one.copies) for one in listed if one.name not in known
    ]
    return [*checked, *unchecked]


def documents_of(matter: Matter) -> list[Document]:
    """The matter's papers, oldest first."""
    return papers.of_subject(matter.tenant_id, matter.id)


def replaced_documents(rows: list[Document]) -> set[UUID]:
    """Return which of a matter's papers were issued again later under the same number."""
    return papers.replaced(rows)
