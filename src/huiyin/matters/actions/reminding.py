"""Reminding whoever owes something, and up the line whoever is over them, while the office is open.

First it is found out who is to hear of what (`_find`), then it is told (`_tell`): one by one,
or in one digest where it would be a flood. Each half is one transaction, so that a worker
that dies in between leaves nothing said that is not noted, and nothing noted that is not said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.delivery import queries as readers
from huiyin.delivery.models import Channel
from huiyin.matters.actions.saving import ROOM
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Reminder
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.rules import reminding as rules
from huiyin.rules.events import MatterKind
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

BATCH: Final = 1_000
MOST_BATCHES: Final = 10

_OF_THE_UNIT: Final = frozenset({"head", "leader_in_charge"})
"""Who is over a unit, to whom its matters are told, but not the misconduct reports that it looks into."""

_TEXTS: Final[Mapping[str, str]] = {
    rules.SOON: "due_soon",
    rules.NEAR: "due_near",
    rules.OVERDUE: "overdue",
    **dict.fromkeys(rules.LINE, "escalated"),
}


class _Owed(NamedTuple):
    """What of a duty a reminder needs, read without making an object of it."""

    id: UUID
    subject_id: UUID
    bearer_id: UUID
    due_at: datetime
    yellow_at: datetime
    started_at: datetime
    reminded: int


class _About(NamedTuple):
    """What of a matter decides who hears of it."""

    kind: str
    unit_id: UUID
    custodian_id: UUID
    accused: str

    @property
    def report(self) -> bool:
        """Whether it is a misconduct report, which is not the unit's to hear of."""
        return self.kind == MatterKind.REPORT

    def for_ears_of(self, person_ids: Iterable[UUID]) -> list[UUID]:
        """Those of the people whom a misconduct report is not against."""
        return [one for one in person_ids if str(one) not in self.accused]


def remind(at: datetime, batch: int = BATCH) -> int:
    """Find and tell what is due for a reminder at `at`, office by office; returns how many duties climbed.

    An office that is closed, or whose rulebook wants no reminders, is left alone. Who is
    told of a duty at a stage is told once; done, paused or moved duties are told of no more.
    """
    climbed = 0
    day = at.astimezone(SHANGHAI).date()
    for tenant in organisation.tenants():
        plan = rules.plan_of(organisation.book_of(tenant, day), day)
        sitting = rules.sitting(organisation.calendar_of(tenant), at)
        if plan is None or sitting is None:
            continue
        for _ in range(MOST_BATCHES):
            found = _find(tenant, plan, at, batch)
            climbed += found
            if found < batch:
                # Only when all is known can it be said what is too much for one morning.
                _tell(tenant, plan, sitting, at)
                break
    return climbed


def _find(tenant: Tenant, plan: rules.Plan, at: datetime, batch: int) -> int:
    """Store reminders for the duties that reached another stage; returns how many there were."""
    cutoffs = rules.reached(plan, organisation.calendar_of(tenant), at)
    if not duties.to_remind(tenant.id, ROOM, cutoffs, at, 1).exists():
        # The worker asks often: where nothing is due, nobody waits for the write lock.
        return 0
    with write():
        locked = duties.to_remind(tenant.id, ROOM, cutoffs, at, batch).select_for_update()
        rows = [_Owed(*row) for row in locked.values_list(*_Owed._fields)]
        matters = _matters({row.subject_id for row in rows})
        units = {one.unit_id for one in matters.values()}
        line = organisation.lines(tenant.id, at, {row.bearer_id for row in rows}, units)
        # Many duties have one bearer, unit and stage: whoever hears of one hears of all.
        hearers = lru_cache(maxsize=None)(partial(_hearers, line))
        found, climbed = [], defaultdict[int, list[UUID]](list)
        for row in rows:
            reached = rules.stage_of(row.due_at, cutoffs)
            for stage in _stages(row, reached, plan):
                found += [
                    obligations.ToRemind(row.id, row.due_at, stage, row.bearer_id, person)
                    for person in hearers(stage, row.bearer_id, matters[row.subject_id])
                ]
            climbed[max(reached, row.reminded)].append(row.id)
        obligations.climb(tenant.id, found, climbed, at)
    return len(rows)


def _matters(ids: Collection[UUID]) -> dict[UUID, _About]:
    rows = Matter.objects.filter(id__in=ids).values_list("id", *_About._fields)
    return {row[0]: _About(*row[1:]) for row in rows}


def _stages(row: _Owed, reached: int, plan: rules.Plan) -> list[str]:
    """The stages between where a duty was and where it is: of those for its bearer only the last."""
    passed = rules.STAGES[row.reminded : reached]
    own = [one for one in passed if one in rules.TO_BEARER][-1:]
    if row.yellow_at <= row.started_at:
        # It was yellow from the start: who has just begun knows it.
        own = [one for one in own if one != rules.SOON]
    return [*own, *(one for one in passed if one in plan.after)]


def _hearers(line: organisation.Lines, stage: str, bearer_id: UUID, matter: _About) -> list[UUID]:
    """Who hears at a stage of a duty that `bearer_id` has.

    Whoever bears it is never told of it as the leader over it: then it goes one step higher. Of
    a misconduct report only those hear who may see it, and never whom it is against.
    """
    if stage not in rules.TO_BEARER:
        return _over(line, stage, bearer_id, matter)
    own = matter.for_ears_of(line.hearers(bearer_id, at_first_post=matter.report))
    if own:
        return own
    # Who bears it has gone: whoever has the post now hears. Where a custodian has gone, or nobody has
    # the post, also who is over the unit, who may name another, as far up as somebody is there.
    after = [] if matter.report else matter.for_ears_of(line.after(bearer_id, matter.unit_id))
    if after and bearer_id != matter.custodian_id:
        return after
    return list(dict.fromkeys([*after, *_over(line, rules.LINE[0], bearer_id, matter)]))


def _over(line: organisation.Lines, stage: str, bearer_id: UUID, matter: _About) -> list[UUID]:
    """Who is over it at a level, or at the next above where somebody may hear of it."""
    for level in rules.LINE[rules.LINE.index(stage) :]:
        found = [one for one in matter.for_ears_of(line.over(level, matter.unit_id)) if one != bearer_id]
        if found and not (matter.report and level in _OF_THE_UNIT):
            return found
    return []


def _tell(tenant: Tenant, plan: rules.Plan, sitting: rules.Sitting, at: datetime) -> None:
    """Post what waits: a few one by one, more of them as one digest a sitting; what is not so is dropped."""
    if not duties.waiting_reminders(tenant.id).exists():
        return
    with write():
        obligations.drop_moot(tenant.id, at)
        waiting = duties.reminders_by_person(tenant.id, at)
        told = duties.told_today(waiting, sitting.day_began, sitting.opens)
        wishes = readers.wishes(waiting)
        reachable = organisation.with_address(tenant.id, waiting)
        singly, at_once = [], []
        for person_id, what in waiting.items():
            before = told.get(person_id, duties.Told())
            if not wishes[person_id].digest and before.single + what.owed <= plan.most:
                singly.append(person_id)
            elif not before.digest:
                at_once.append(person_id)
        rows = duties.waiting_reminders(tenant.id).filter(person__in=singly).select_related("duty")
        drafts = _one_by_one(tenant, rows)
        drafts += [_digest(tenant, one, waiting[one], sitting) for one in at_once]
        delivery.post([one for draft in drafts for one in _both_ways(draft, reachable)], at=at)
        obligations.told(rows, at, digest=False)
        obligations.told(duties.waiting_reminders(tenant.id).filter(person__in=at_once), at, digest=True)


def _one_by_one(tenant: Tenant, rows: Iterable[Reminder]) -> list[delivery.Draft]:
    found = list(rows)
    subjects = {row.duty.subject_id for row in found}
    numbers = dict(Matter.objects.filter(id__in=subjects).values_list("id", "number"))
    return [
        delivery.Draft(
            tenant_id=tenant.id,
            text=_TEXTS[row.stage],
            params={
                "number": numbers[row.duty.subject_id],
                "day": row.due_at.astimezone(SHANGHAI).date().isoformat(),
            },
            dedupe=f"reminder:{row.id}",
            person_id=row.person_id,
            link=f"/desk/matters/{numbers[row.duty.subject_id]}/",
            reminder_id=row.id,
        )
        for row in found
    ]


def _digest(tenant: Tenant, person_id: UUID, what: duties.Waiting, sitting: rules.Sitting) -> delivery.Draft:
    """One message for all that waits; its counts are those of the moment, so its letter must not be late."""
    return delivery.Draft(
        tenant_id=tenant.id,
        text="digest",
        params={"count": what.owed, "overdue": what.overdue},
        dedupe=f"digest:{person_id}:{sitting.opens.isoformat()}",
        person_id=person_id,
        link="/desk/overdue/" if what.leads else "/desk/",
        not_after=sitting.day_ends,
    )


def _both_ways(draft: delivery.Draft, reachable: Collection[UUID]) -> list[delivery.Draft]:
    """The message at the desk, and a letter for whoever has an address."""
    here = replace(draft, dedupe=f"{draft.dedupe}:{Channel.INAPP}", not_after=None)
    letter = replace(draft, dedupe=f"{draft.dedupe}:{Channel.EMAIL}", channel=Channel.EMAIL)
    return [here, letter] if draft.person_id in reachable else [here]
