"""A hundred thousand random clocks in random offices, against an oracle that takes minute by minute.

HUIYIN_TRUTH_CASES takes more or fewer. The seed is fixed, so a disagreement is
found again.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import pytest

from huiyin.rules.clocks import (
    NOT_YET_KNOWN,
    Clock,
    Counting,
    Extended,
    Fact,
    Paused,
    Resumed,
    Scheduled,
    StepKind,
    Threshold,
    reckon,
)
from huiyin.rules.hours import OfficeHours, Season, Sessions
from huiyin.rules.local_days import LocalDays
from huiyin.rules.schedules import Notice
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, _shipped
from tests.rules import minute_walker
from tests.rules.minute_walker import World

CASES = int(os.environ.get("HUIYIN_TRUTH_CASES", "100000"))
OFFICES = 12
THRESHOLD = Threshold(1, 0.2)
BEGIN = datetime(2018, 1, 1, tzinfo=SHANGHAI)
MOST = {
    Unit.WORKING_DAY: 60,
    Unit.CALENDAR_DAY: 120,
    Unit.MONTH: 14,
    Unit.YEAR: 2,
    Unit.WORKING_HOUR: 60,
    Unit.CLOCK_HOUR: 200,
}
NOTICE = Notice("本地通知", "", date(2018, 1, 1))


@dataclass(frozen=True)
class Office:
    """One calendar, as the product and as the oracle see it."""

    calendar: Calendar
    earth: World


@lru_cache(maxsize=64)
def office(seed: int, *, blind: bool = False) -> Office:
    """An office with hours, local days and known years of its own; the first is as shipped."""
    rng = random.Random(seed)
    years, estimate, shipped_hours = _shipped()
    hours, overlays = (random_hours(rng), random_overlays(rng)) if seed else (shipped_hours, ())
    if seed % 3 == 2:
        years = tuple(year for year in years if year.year <= 2022)
    return Office(
        Calendar(years, estimate, hours, overlays),
        minute_walker.world(years, estimate, hours, overlays, blind=blind),
    )


def random_sessions(rng: random.Random) -> Sessions:
    edges = sorted(rng.sample(range(6 * 12, 22 * 12), 2 * rng.choice([1, 2, 2, 3])))
    times = [time(edge // 12, edge % 12 * 5) for edge in edges]
    return tuple(zip(times[::2], times[1::2], strict=True))


def random_hours(rng: random.Random) -> OfficeHours:
    def month_day() -> tuple[int, int]:
        return rng.randrange(1, 13), rng.randrange(1, 29)

    def since() -> date:
        return rng.choice([date.min, date(rng.randrange(2018, 2026), *month_day())])

    seasons = (
        Season(month_day(), month_day(), random_sessions(rng), since()) for _ in range(rng.randrange(4))
    )
    days = {date(2018, 1, 1) + timedelta(rng.randrange(3600)): random_sessions(rng) for _ in range(60)}
    return OfficeHours(random_sessions(rng), tuple(seasons), tuple(days.items()))


def random_overlays(rng: random.Random) -> tuple[LocalDays, ...]:
    def days(count: int, key: str) -> dict[date, str]:
        return {date(2018, 1, 1) + timedelta(rng.randrange(3600)): key for _ in range(count)}

    found = []
    for _ in range(rng.randrange(1, 4)):
        off, worked = days(60, "local:closed"), days(25, "local:open")
        names = {key: (key, key) for key in ("local:closed", "local:open")}
        found.append(
            LocalDays(NOTICE, off, {day: key for day, key in worked.items() if day not in off}, names)
        )
    return tuple(found)


def random_clock(rng: random.Random) -> Clock:
    start = BEGIN + timedelta(minutes=rng.randrange(9 * 365 * 24 * 60))
    unit = rng.choice([*Unit, Unit.WORKING_DAY, Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.WORKING_HOUR])
    facts: list[Fact] = []
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3, 4])):
        reach = 80 * 24 * 60 if unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR} else 9000
        begins = start + timedelta(minutes=rng.randrange(-3000, reach))
        facts.append(Paused("hearing", "x", begins, rng.randrange(9)))
        if rng.random() < 0.85:
            length = rng.choice([0, 1, 90, 600, rng.randrange(3000), rng.randrange(25 * 24 * 60)])
            facts.append(Resumed(begins + timedelta(minutes=length)))
    facts.extend(
        Extended(random_limit(rng, rng.choice([unit, *MOST]), 4), start, "digest")
        for _ in range(rng.choice([0, 0, 0, 1, 2]))
    )
    if unit is Unit.BEFORE_EVENT:
        for _ in range(rng.randrange(3)):
            told = start + timedelta(minutes=rng.randrange(4000))
            facts.append(Scheduled(start + timedelta(minutes=rng.randrange(90 * 24 * 60)), told))
    rng.shuffle(facts)
    return Clock(start, random_limit(rng, unit, 1), tuple(facts))


def random_limit(rng: random.Random, unit: Unit, part: int) -> Limit:
    most = MOST.get(unit, 0) // part
    return Limit(rng.randrange(1, max(2, most + 1)) if unit in MOST else 0, unit)


Reckon = Callable[[Clock, Calendar, Counting], datetime]


def ours(clock: Clock, calendar: Calendar, counting: Counting) -> datetime:
    return reckon(clock, calendar, threshold=THRESHOLD, counting=counting).due


def disagreements(seed: int, cases: int, *, answer: Reckon = ours, **spoiled: bool) -> list[Any]:
    rng = random.Random(seed * 7919 + 20261123)
    blind = spoiled.pop("blind", False)
    found = []
    for n in range(cases):
        one = office(seed + OFFICES * (n * 2 // cases) if seed else 0, blind=blind)
        clock = random_clock(rng)
        counting = Counting(late_receipt_waits=rng.random() < 0.5, end_rolls=rng.random() < 0.7)
        expected = minute_walker.due(
            clock, one.earth, next_opening=counting.late_receipt_waits, rolls=counting.end_rolls, **spoiled
        )
        got = answer(clock, one.calendar, counting)
        if got != (expected or NOT_YET_KNOWN):
            found.append((clock, counting, expected, got))
    return found


@pytest.mark.parametrize("seed", range(OFFICES))
def test_every_random_clock_is_due_when_the_minutes_say(seed: int) -> None:
    assert disagreements(seed, CASES // OFFICES + 1) == []


def test_the_oracle_would_notice_a_calendar_without_worked_weekends() -> None:
    assert len(disagreements(0, 400, blind=True)) > 40


def test_the_oracle_would_notice_forgotten_pauses() -> None:
    assert len(disagreements(1, 400, forget_pauses=True)) > 100


@pytest.mark.parametrize(
    "wrong",
    [
        lambda clock, calendar, counting: ours(
            clock, calendar, Counting(not counting.late_receipt_waits, counting.end_rolls)
        ),
        lambda clock, calendar, counting: ours(
            clock, calendar, Counting(counting.late_receipt_waits, not counting.end_rolls)
        ),
        lambda clock, _, counting: ours(clock, office(0).calendar, counting),
        lambda clock, calendar, counting: ours(Clock(clock.start, clock.limit), calendar, counting),
    ],
    ids=["receipts", "ends on days off", "hours and local days", "facts"],
)
def test_the_oracle_would_notice_what_is_left_out(wrong: Reckon) -> None:
    assert len(disagreements(4, 400, answer=wrong)) > 20


def test_the_counted_steps_of_every_random_clock_add_up() -> None:
    rng = random.Random(11)
    one = office(3)
    for _ in range(1500):
        clock = random_clock(rng)
        found = reckon(clock, one.calendar, threshold=THRESHOLD)
        if found.awaits_event:
            continue
        limits = [clock.limit, *(fact.limit for fact in clock.facts if isinstance(fact, Extended))]
        counted = [step for step in found.steps if step.kind is StepKind.COUNTED]
        for unit in (Unit.WORKING_DAY, Unit.CALENDAR_DAY):
            assert sum(step.days for step in counted if step.unit is unit) == sum(
                limit.amount for limit in limits if limit.unit is unit
            )
        for unit in (Unit.WORKING_HOUR, Unit.CLOCK_HOUR):
            assert sum(step.minutes for step in counted if step.unit is unit) == sum(
                limit.amount * 60 for limit in limits if limit.unit is unit
            )
