"""Each day of a reckoning and what it was, month by month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest

from huiyin.rules.clocks import (
    Clock,
    Counting,
    Extended,
    Fact,
    Paused,
    Reckoning,
    Resumed,
    Scheduled,
    StepKind,
    Threshold,
    reckon,
)
from huiyin.rules.strip import Mark, StripDay, strip
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar
from tests.rules.test_truth import office, random_clock

CALENDAR = load_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T10:00").replace(tzinfo=SHANGHAI)


def run(start: str, amount: int, unit: Unit, *facts: Fact, counting: Counting | None = None) -> Reckoning:
    clock = Clock(at(start), Limit(amount, unit), facts)
    return reckon(clock, CALENDAR, threshold=Threshold(1, 0.2), counting=counting or Counting())


def days(reckoning: Reckoning) -> dict[date, StripDay]:
    return {
        day.day: day for month in strip(reckoning) for week in month.weeks for day in week if day is not None
    }


def told(reckoning: Reckoning) -> list[str]:
    """Each day that is not outside, as '14 counted 2 shifted_workday due'."""
    return [
        " ".join(
            str(part)
            for part in (
                one.day.day,
                one.mark.value,
                one.number or one.minutes or "",
                one.reason,
                "extra" if one.is_extra else "",
                "due" if one.is_due else "",
            )
            if part
        )
        for one in days(reckoning).values()
        if one.mark is not Mark.OUTSIDE
    ]


def test_every_kind_of_day_over_spring_festival() -> None:
    facts = (
        Paused("hearing", "x", at("2026-02-25"), 3),
        Resumed(at("2026-02-26")),
        Extended(Limit(2, Unit.WORKING_DAY), at("2026-02-27"), "digest"),
    )
    assert told(run("2026-02-12", 5, Unit.WORKING_DAY, *facts)) == [
        "12 zero",
        "13 counted 1",
        "14 counted 2 shifted_workday",
        *(f"{day} skipped spring_festival" for day in range(15, 24)),
        "24 counted 3",
        "25 paused",
        "26 paused",
        "27 counted 4",
        "28 counted 5 shifted_workday",
        "1 skipped weekend",
        "2 counted 6 extra",
        "3 counted 7 extra due",
    ]


def test_an_end_that_moved() -> None:
    found = told(run("2026-02-16", 3, Unit.CALENDAR_DAY))
    assert found == [
        "16 zero",
        "17 counted 1",
        "18 counted 2",
        "19 counted 3",
        *(f"{day} skipped spring_festival" for day in range(20, 24)),
        "24 moved due",
    ]


def test_at_once_late_receipts_and_events() -> None:
    assert told(run("2026-03-06", 0, Unit.AT_ONCE)) == ["6 start due"]
    assert told(run("2026-03-07", 0, Unit.AT_ONCE)) == ["7 start", "8 skipped weekend", "9 moved due"]
    late = run("2026-03-06T18:00", 1, Unit.WORKING_DAY, counting=Counting(late_receipt_waits=True))
    assert told(late) == [
        "6 received",
        "7 skipped weekend",
        "8 skipped weekend",
        "9 zero",
        "10 counted 1 due",
    ]
    meeting = Scheduled(at("2026-03-04T14:00"), at("2026-03-02"))
    assert told(run("2026-03-02", 0, Unit.BEFORE_EVENT, meeting)) == ["2 start", "4 event due"]
    assert told(run("2026-03-02", 0, Unit.BEFORE_EVENT)) == ["2 start"]


def test_hours_are_told_in_minutes_of_each_day() -> None:
    assert told(run("2026-03-06T16:30", 5, Unit.WORKING_HOUR)) == [
        "6 counted 60",
        "7 skipped weekend",
        "8 skipped weekend",
        "9 counted 240 due",
    ]
    assert told(run("2026-03-07T16:30", 24, Unit.CLOCK_HOUR)) == ["7 counted 450", "8 counted 990 due"]


def test_months_begin_on_mondays_and_leave_out_weeks_that_are_not_touched() -> None:
    first, second = strip(run("2026-02-26", 5, Unit.WORKING_DAY))
    assert [(month.year, month.month, len(month.weeks)) for month in (first, second)] == [
        (2026, 2, 1),
        (2026, 3, 2),
    ]
    for month in (first, second):
        for week in month.weeks:
            assert len(week) == 7
            for place, day in enumerate(week):
                assert day is None or (day.day.weekday(), day.day.month) == (place, month.month)


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_every_random_reckoning_can_be_drawn_whole(seed: int) -> None:
    rng = Random(seed)
    for _ in range(400):
        clock = random_clock(rng)
        counting = Counting(late_receipt_waits=rng.random() < 0.5, end_rolls=rng.random() < 0.7)
        found = reckon(clock, office(seed).calendar, threshold=Threshold(1, 0.2), counting=counting)
        drawn = days(found)
        counted = [day for day in drawn.values() if day.mark is Mark.COUNTED]
        numbers = [day.number for day in counted if day.number]
        assert numbers == sorted(numbers)
        assert [day.day for day in drawn.values() if day.is_due] == (
            [] if found.awaits_event else [found.due.date()]
        )
        steps = [step for step in found.steps if step.kind is StepKind.COUNTED]
        worked = sum((step.last - step.first).days + 1 for step in steps if step.begins is None)
        assert len(numbers) >= worked - len(steps)
        inside = [day.day for day in drawn.values() if day.mark is not Mark.OUTSIDE]
        start = clock.start.astimezone(SHANGHAI).date()
        assert start in inside
        if not found.awaits_event:
            last = max(start, found.due.date())
            assert max(inside) == last
            if clock.limit.unit is not Unit.BEFORE_EVENT:
                assert inside == [start + timedelta(n) for n in range((last - start).days + 1)]
