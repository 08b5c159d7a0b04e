"""Were the promised limits kept? Per item, unit and month, with how many matters each figure rests on.

Counted is every application that was decided in the period. The clock stood
still during special procedures, and that time is not counted; an extension
does not make a promise kept that was not. What was withdrawn, or decided anew
after a refusal was set aside, counts for its last decision alone, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.catalogue.models import ServiceItem
from huiyin.matters.models import Matter
from huiyin.matters.queries import law_of, visible_to
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.reports.ratings import Satisfied, satisfaction
from huiyin.rules.clocks import Clock, extendable, facts_from_json
from huiyin.rules.docket import Law
from huiyin.rules.facts import Extended, Fact
from huiyin.rules.pauses import day_spans, pauses
from huiyin.rules.regimes.time_limit import DECIDE
from huiyin.rules.vocabulary import Limit, Outcome, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar

_ENDED: Final = (Outcome.EARLY.value, Outcome.ON_TIME.value, Outcome.LATE.value)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Kept:
    """Figures over some matters. Each share is None where it would rest on nothing.

    `decided` counts all; `promised` those under a promised limit, `kept` of
    them those within it; `lawful` those under one of the law, `within` of them
    those within it. `early` and `late` are against the limit that ran,
    extensions included. `days` is the sum of working days used.
    """

    decided: int = 0
    promised: int = 0
    kept: int = 0
    lawful: int = 0
    within: int = 0
    early: int = 0
    late: int = 0
    days: int = 0
    both: int = 0
    promised_days: int = 0
    lawful_days: int = 0

    @property
    def share_kept(self) -> float | None:
        """Of the matters under a promise, the share within it."""
        return self.kept / self.promised if self.promised else None

    @property
    def share_within(self) -> float | None:
        """Of the matters under a limit of the law, the share within it."""
        return self.within / self.lawful if self.lawful else None

    @property
    def average_days(self) -> float | None:
        """Working days used on average."""
        return self.days / self.decided if self.decided else None

    @property
    def speedup(self) -> float | None:
        """How much shorter than the law was promised (承诺提速率), over the `both` matters that have both."""
        return 1 - self.promised_days / self.lawful_days if self.lawful_days else None

    def add(self, one: Kept) -> None:
        """Count other matters in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(one, name))


@dataclass(frozen=True, slots=True)
class ItemKept:
    """One item's figures."""

    code: str
    item: str
    unit: str
    figures: Kept


@dataclass(frozen=True, slots=True)
class Promises:
    """The figures of a period, both days included: in all, by unit, by item, and by month of the decision."""

    since: date
    until: date
    total: Kept = field(default_factory=Kept)
    units: dict[str, Kept] = field(default_factory=dict)
    items: list[ItemKept] = field(default_factory=list)
    months: dict[str, Kept] = field(default_factory=dict)


def promises_kept(asker: Asker, since: date, until: date) -> Promises:
    """Return the figures over the matters that the person may see; four queries."""
    tenant = organisation.tenant(asker.tenant_id)
    return _counted(tenant, visible_to(asker), since, until)


def public_promises(tenant: Tenant, since: date, until: date) -> Promises:
    """Return the figures of the whole office over the items that are public; three queries."""
    rows = Matter.objects.filter(tenant=tenant, item__open_to_public=True, item__active=True)
    return _counted(tenant, rows, since, until)


def shown_promises(tenant: Tenant, at: datetime) -> Shown:
    """Return the public figures of this year as they stood at some time of this hour, or of the last.

    Anybody may ask, as often as they like: each process works them out once an hour for an office, one
    caller at a time; whoever comes meanwhile is given those of the hour before, where there are any.
    """
    hour = at.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0)
    held = _SHOWN.get(tenant.id)
    if held is not None and held.hour == hour:
        return held
    lock = _WORKING.setdefault(tenant.id, Lock())
    if not lock.acquire(blocking=held is None):
        assert held is not None  # noqa: S101 - without it the lock was waited for
        return held
    try:
        held = _SHOWN.get(tenant.id)
        if held is None or held.hour != hour:
            today = hour.date()
            kept = public_promises(tenant, today.replace(month=1, day=1), today)
            held = Shown(hour, at, kept, satisfaction(tenant, today))
            _SHOWN[tenant.id] = held
    finally:
        lock.release()
    return held


@dataclass(frozen=True, slots=True)
class Shown:
    """Public figures, the hour they are for, and the moment they were worked out.

    `satisfied` is each unit's ratings, None where no clause wants them shown.
    """

    hour: datetime
    at: datetime
    figures: Promises
    satisfied: list[Satisfied] | None = None


_SHOWN: Final[dict[UUID, Shown]] = {}
_WORKING: Final[dict[UUID, Lock]] = {}


@dataclass(frozen=True, slots=True)
class _Decided:
    """One matter that was decided: what it was under, and how its clock ran."""

    item_id: UUID
    statutory: Limit | None
    committed: Limit | None
    started_at: datetime
    ended_at: datetime
    outcome: str
    facts: tuple[Fact, ...]


def _counted(tenant: Tenant, matters: QuerySet[Matter], since: date, until: date) -> Promises:
    found = Promises(since, until)
    law = law_of(tenant, datetime.combine(until, datetime.min.time(), SHANGHAI))
    by_item: dict[UUID, Kept] = {}
    for one in _decided(tenant, matters.filter(item__isnull=False), since, until):
        figures = _figures(one, law)
        month = one.ended_at.astimezone(SHANGHAI).strftime("%Y-%m")
        for place in (
            found.total,
            by_item.setdefault(one.item_id, Kept()),
            found.months.setdefault(month, Kept()),
        ):
            place.add(figures)
    for item in _items(by_item):
        found.items.append(ItemKept(item.code, item.name, item.unit.name, by_item[item.id]))
        found.units.setdefault(item.unit.name, Kept()).add(by_item[item.id])
    return found


def _items(ids: Iterable[UUID]) -> QuerySet[ServiceItem]:
    rows = ServiceItem.objects.filter(id__in=list(ids)).select_related("unit")
    return rows.order_by("unit__code", "code")


def _decided(tenant: Tenant, matters: QuerySet[Matter], since: date, until: date) -> Iterator[_Decided]:
    first = datetime.combine(since, datetime.min.time(), SHANGHAI)
    after = datetime.combine(until + _ONE_DAY, datetime.min.time(), SHANGHAI)
    clocks = Obligation.objects.filter(
        tenant=tenant, what=DECIDE, outcome__in=_ENDED, ended_at__gte=first, ended_at__lt=after
    )
    # The last decision of a matter is the one that stands.
    ran = {
        row[0]: row[1:]
        for row in clocks.order_by("started_at").values_list(
            "subject_id", "started_at", "ended_at", "outcome", "facts"
        )
    }
    limits = matters.filter(decided_at__gte=first, decided_at__lt=after).values_list(
        "id", "item_id", "statutory_amount", "statutory_unit", "committed_amount", "committed_unit"
    )
    for matter_id, item_id, lawful, lawful_unit, promised, promised_unit in limits:
        if matter_id in ran and item_id is not None:
            started_at, ended_at, outcome, facts = ran[matter_id]
            assert ended_at is not None  # noqa: S101 - the database keeps outcome and end together
            yield _Decided(
                item_id,
                _limit(lawful, lawful_unit),
                _limit(promised, promised_unit),
                started_at,
                ended_at,
                outcome,
                facts_from_json(facts) if facts else (),
            )


def _figures(one: _Decided, law: Law) -> Kept:
    own = tuple(fact for fact in one.facts if not isinstance(fact, Extended))
    both = (
        one.statutory is not None and one.committed is not None and one.statutory.unit is one.committed.unit
    )
    return Kept(
        decided=1,
        promised=int(one.committed is not None),
        kept=int(one.committed is not None and _within(one, one.committed, own, law)),
        lawful=int(one.statutory is not None),
        within=int(one.statutory is not None and _within(one, one.statutory, own, law)),
        early=int(one.outcome == Outcome.EARLY),
        late=int(one.outcome == Outcome.LATE),
        days=_days_used(one, own, law.calendar),
        both=int(both),
        promised_days=one.committed.amount if both and one.committed else 0,
        lawful_days=one.statutory.amount if both and one.statutory else 0,
    )


def _within(one: _Decided, limit: Limit, facts: tuple[Fact, ...], law: Law) -> bool:
    clock = Clock(one.started_at, limit, facts)
    return extendable(clock, law.calendar, one.ended_at, counting=law.counting(one.started_at))


def _days_used(one: _Decided, facts: tuple[Fact, ...], calendar: Calendar) -> int:
    """Working days after the day it began, up to the day it was decided, without those that stood still."""
    first, last = (at.astimezone(SHANGHAI).date() for at in (one.started_at, one.ended_at))
    used = calendar.count_workdays(first, last)
    for begins, ends in day_spans(pauses(facts), calendar) if facts else ():
        low, high = max(begins, first + _ONE_DAY), min(ends, last)
        if low <= high:
            used -= calendar.count_workdays(low - _ONE_DAY, high)
    return used


def _limit(amount: int | None, unit: str) -> Limit | None:
    return Limit(amount, Unit(unit)) if amount is not None else None
