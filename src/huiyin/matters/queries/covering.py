"""Standing in: who covers whom, what is handed over, and what was done for the absent one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.ledger import queries as ledger
from huiyin.matters.models import Briefing, BriefingLine, CoverAct, Handover, Matter
from huiyin.matters.queries.one import law_for
from huiyin.matters.queries.overdue import overran
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Absence, Person, Position, Tenant
from huiyin.organisation.queries import Asker
from huiyin.rules import events as e
from huiyin.rules import invoking
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import NotFound
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import post_responsibility, post_substitution, service_commitment
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

OUT, BACK = False, True


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody away now with whoever acts for them: since and until when, and by which clause.

    `by` is None while nobody does. `clause` is "" where the office's rulebook has no such regime.
    """

    absence: Absence
    by: Person | None
    clause: str
    unbriefed: bool


@dataclass(frozen=True, slots=True)
class _RanOut:
    """A limit that ran out: who bore it, when, and who was in charge for them then."""

    bearer: UUID
    at: datetime
    covered_by: UUID | None


@dataclass(frozen=True, slots=True)
class Task:
    """A sheet to be written: for which absence and position, which way, to whom and by whom."""

    absence: Absence
    position: Position
    back: bool
    reader: Person
    writer: Person


def book_now(tenant_id: UUID, at: datetime) -> Rulebook:
    """Return what binds an office today."""
    return organisation.book_of(organisation.tenant(tenant_id), at.astimezone(SHANGHAI).date())


def cover_of(matter: Matter, at: datetime) -> Cover | None:
    """Return where a matter's work has gone while its custodian is away; None while they are here."""
    absence = organisation.absence_now(matter.custodian_id, at)
    if absence is None:
        return None
    pairs = organisation.stand_ins(matter.custodian_id, at)
    by = next((person for _, person, here in pairs if here), None)
    book = law_for(matter, at).book
    return Cover(absence, by, book.cite(post_substitution.COVER), absence.unbriefed)


def to_hand_over(
    matters: QuerySet[Matter], person_id: UUID, position: Position, at: datetime
) -> QuerySet[Matter]:
    """Return the open matters of somebody that go with a position: its items, and what has no item.

    So does what belongs to a position for which they write no sheet at `at`: what came with one they
    held earlier, or has no B, would be on none. Misconduct reports stand on no sheet, which more
    people read than may know of them.
    """
    rows = matters.filter(custodian_id=person_id, closed_at__isnull=True).exclude(kind=MatterKind.REPORT)
    sheets = [one.id for one, _, _ in organisation.stand_ins(person_id, at)]
    here = Q(item__isnull=True) | Q(item__position=position)
    return rows.filter(here | ~Q(item__position__in=sheets))


def tasks_of(asker: Asker, at: datetime) -> list[Task]:
    """Return the sheets that this person has to write now: before going, and after standing in.

    The number of queries does not grow with the absences.
    """
    book = book_now(asker.tenant_id, at)
    ways: list[tuple[Absence, bool]] = []
    if book.has(post_substitution.BRIEFING):
        ways += [(one, OUT) for one in organisation.waiting_absences([asker.person_id], at)]
    if book.has(post_substitution.RETURNING):
        over = organisation.ended_absences(asker.tenant_id, at)
        ways += [(one, BACK) for one in over if one.person_id != asker.person_id]
    return [one for one in _unwritten(ways) if one.writer.id == asker.person_id]


def missing_returns(tenant_id: UUID, at: datetime) -> list[Task]:
    """Return what whoever stood in has not handed back yet, where it must be (p2.post-substitution.4.a)."""
    if not book_now(tenant_id, at).has(post_substitution.RETURNING):
        return []
    return _unwritten([(one, BACK) for one in organisation.ended_absences(tenant_id, at)])


def returns_missing_for(asker: Asker, at: datetime) -> list[Task]:
    """Return what is not handed back yet in the units somebody is over; all for who is over the office."""
    found = missing_returns(asker.tenant_id, at)
    if "main_leader" in asker.ranks or "efficiency_office" in asker.roles:
        return found
    units = asker.headed_unit_ids | asker.overseen_unit_ids
    return [one for one in found if one.position.unit_id in units]


def _unwritten(ways: Sequence[tuple[Absence, bool]]) -> list[Task]:
    if not ways:
        return []
    absences = [absence for absence, _ in ways]
    pairs = organisation.stand_ins_at_start(absences)
    written = set(
        Briefing.objects.filter(absence__in=absences).values_list("absence_id", "position_id", "back")
    )
    found = []
    for absence, back in ways:
        for position, stand_in in pairs[absence.id]:
            writer, reader = (stand_in, absence.person) if back else (absence.person, stand_in)
            if (absence.id, position.id, back) not in written:
                found.append(Task(absence, position, back, reader, writer))
    return found


def hand_over_rows(task: Task) -> list[tuple[Matter, Obligation | None]]:
    """Return the open matters that go into a sheet, each with what is owed next, in a few queries."""
    rows = Matter.objects.filter(tenant_id=task.absence.tenant_id)
    absence = task.absence
    chosen = to_hand_over(rows, absence.person_id, task.position, absence.starts_at)
    found = list(chosen.order_by("received_at", "id"))
    owed = duties.of_subjects([one.id for one in found])
    return [(one, next(iter(owed.get(one.id, ())), None)) for one in found]


def acts_of_task(task: Task, at: datetime) -> list[CoverAct]:
    """Return what the writer of a sheet back did meanwhile; nothing for a sheet out."""
    if not task.back:
        return []
    stand_ins = organisation.stand_ins(task.absence.person_id, task.absence.starts_at)
    writer = next(person for position, person, _ in stand_ins if position.id == task.position.id)
    return acts_between(writer.id, task.absence.person_id, task.absence.starts_at, at)


def waiting_sheets(asker: Asker) -> int:
    """Count the sheets that wait for this person's signature."""
    return Briefing.objects.filter(reader_id=asker.person_id, acknowledged_at__isnull=True).count()


def briefings_of(asker: Asker) -> QuerySet[Briefing]:
    """Return the sheets a person may read: their own both ways, those of their unit.

    All for the main leader and the efficiency office.
    """
    rows = Briefing.objects.filter(tenant_id=asker.tenant_id)
    if "main_leader" not in asker.ranks and "efficiency_office" not in asker.roles:
        units = asker.headed_unit_ids | asker.overseen_unit_ids
        me = asker.person_id
        rows = rows.filter(Q(writer=me) | Q(reader=me) | Q(position__unit__in=units))
    return rows.select_related("absence__person", "position", "writer", "reader", "tenant").order_by(
        "-written_at", "-id"
    )


def briefing(asker: Asker, briefing_id: UUID) -> Briefing:
    """Return one sheet that a person may read, or raise NotFound."""
    row = briefings_of(asker).filter(id=briefing_id).first()
    if row is None:
        raise NotFound
    return row


def lines_of(sheet: Briefing) -> list[BriefingLine]:
    """Return the lines of a sheet in order."""
    return list(BriefingLine.objects.filter(briefing=sheet).select_related("matter").order_by("place"))


def unsigned(absence: Absence, at: datetime) -> list[Person]:
    """Return the stand-ins who have not acknowledged the sheet of their position yet."""
    signed = set(
        Briefing.objects.filter(absence=absence, back=OUT, acknowledged_at__isnull=False).values_list(
            "position_id", flat=True
        )
    )
    pairs = organisation.stand_ins(absence.person_id, max(at, absence.starts_at))
    return [person for position, person, _ in pairs if position.id not in signed]


def acts_between(actor_id: UUID, acting_for_id: UUID, since: datetime, until: datetime) -> list[CoverAct]:
    """Return what somebody did for an absent colleague, oldest first.

    Nothing about misconduct reports: more people read a sheet than may know of them.
    """
    rows = CoverAct.objects.filter(
        actor_id=actor_id, acting_for_id=acting_for_id, at__gte=since, at__lte=until
    ).exclude(matter__kind=MatterKind.REPORT)
    return list(rows.select_related("matter").order_by("at", "id"))


def returns_so_far(matter: Matter, one: UUID, other: UUID, at: datetime) -> int:
    """Return how often a matter went back between the A and B of a position; 0 between others.

    Back it goes when one of them declines it, or hands it to whoever had given it to them.
    """
    if not organisation.are_pair(one, other, at):
        return 0
    rows = Handover.objects.filter(matter=matter, ended_at__isnull=False, ending__in=["accepted", "bounced"])
    count, given = 0, set[tuple[UUID, UUID]]()
    for row in rows.order_by("ended_at", "id"):
        if {row.giver_id, row.taker_id} != {one, other}:
            continue
        count += row.ending == "bounced" or (row.taker_id, row.giver_id) in given
        if row.ending == "accepted":
            given.add((row.giver_id, row.taker_id))
    return count


def was_given(matter: Matter, giver: UUID, taker: UUID) -> bool:
    """Say whether a matter was once handed over from one to the other."""
    return Handover.objects.filter(matter=matter, giver=giver, taker=taker, ending="accepted").exists()


def late_without_cover(matter: Matter, at: datetime) -> bool:
    """Say whether a limit of the matter ran out while its bearer was away and nobody covered.

    Whoever was in charge and did nothing on it until then did not cover it.
    """
    return any(
        organisation.is_uncovered(one.bearer, one.at) or _sat_idle(matter, one)
        for one in _ran_out(matter, at)
    )


def stood_in(matter: Matter, at: datetime, person_id: UUID | None = None) -> bool:
    """Say whether somebody, or that person, answers for a matter in an absent colleague's place.

    Having acted on it for them, or having been in charge when a limit of it ran out.
    """
    rows = CoverAct.objects.filter(matter=matter)
    if (rows.filter(actor_id=person_id) if person_id else rows).exists():
        return True
    in_charge = {one.covered_by for one in _ran_out(matter, at)} - {None}
    return person_id in in_charge if person_id else bool(in_charge)


def _ran_out(matter: Matter, at: datetime) -> list[_RanOut]:
    """The limits of a matter that ran out, noted yet or not, and that count still."""
    lifted = {one.found_at for one in duties.findings_of(matter.id) if one.lifted_at is not None}
    found = [
        _RanOut(UUID(body["bearer"]), one.at, _person(body.get("covered_by", "")))
        for one in ledger.events_of(matter.tenant_id, matter.id)
        if one.kind == e.LimitPassed.kind and one.at not in lifted
        for body in [json.loads(one.body)]
    ]
    law = law_for(matter, at)
    for row in duties.of_subject(matter.id):
        if row.ended_at is None and not row.paused and not row.overdue_noted and row.due_at < at:
            covers = law.covering(str(row.bearer_id), row.due_at)
            found.append(_RanOut(row.bearer_id, row.due_at, _person(covers)))
    return found


def _sat_idle(matter: Matter, one: _RanOut) -> bool:
    """Whether somebody was in charge for an absent colleague, and did nothing on it before it was late."""
    if one.covered_by is None:
        return False
    acts = CoverAct.objects.filter(matter=matter, actor_id=one.covered_by, acting_for_id=one.bearer)
    return not acts.filter(at__lte=one.at).exists()


def _person(name: str) -> UUID | None:
    return UUID(name) if name else None


def invocable(matter: Matter, at: datetime) -> list[Clause]:
    """Return the clauses that may be pointed out on a matter now, some only once they can be broken."""
    return [one for one in invoking.invocable(law_for(matter, at).book) if applies(one, matter, at)]


def applies(clause: Clause, matter: Matter, at: datetime) -> bool:
    """Say whether what a clause is about can have happened on a matter."""
    if clause.plays == post_substitution.LATE_COVER:
        return late_without_cover(matter, at)
    if clause.plays == post_substitution.LIABILITY:
        return stood_in(matter, at)
    if clause.plays in invoking.OVERRUN_PARTS:
        return overran(matter, at)
    return True


def needs_duty_line(clause: Clause) -> bool:
    """Say whether a clause is pointed out by the very line of a duty sheet (p3.post-responsibility.4.b)."""
    return clause.plays == post_responsibility.BLAME


def needs_promise_line(clause: Clause) -> bool:
    """Say whether a clause is pointed out by the very line of a commitment (p3.service-commitment.2.3)."""
    return clause.plays == service_commitment.STANDARD


def covering_offices(tenants: Iterable[Tenant], at: datetime) -> list[Tenant]:
    """Return the offices whose rulebook holds somebody to answer for a position that nobody covers."""
    day = at.astimezone(SHANGHAI).date()
    return [one for one in tenants if organisation.book_of(one, day).has(post_substitution.LATE_COVER)]
