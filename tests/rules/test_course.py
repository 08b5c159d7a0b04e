"""Years, clock hours, events to come, and an office's own way of counting."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.rules.clocks import (
    NOT_YET_KNOWN,
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
    extendable,
    reckon,
)
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, BeyondCalendar, load_calendar

CALENDAR = load_calendar()
WAITS = Counting(late_receipt_waits=True)
STAYS = Counting(end_rolls=False)
WD, CD, WH = Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.WORKING_HOUR
MONTH, YEAR, CH, EVENT, NOW = Unit.MONTH, Unit.YEAR, Unit.CLOCK_HOUR, Unit.BEFORE_EVENT, Unit.AT_ONCE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=SHANGHAI)


def run(start: str, amount: int, unit: Unit, *facts: Fact, counting: Counting | None = None) -> Reckoning:
    clock = Clock(at(start), Limit(amount, unit), facts)
    return reckon(clock, CALENDAR, threshold=Threshold(1, 0.2), counting=counting or Counting())


def pause(begins: str, ends: str) -> tuple[Paused, Resumed]:
    return Paused("hearing", "x", at(begins), 1), Resumed(at(ends))


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2025-03-02", 1, "2026-03-02"),
        ("2025-02-15", 1, "2026-02-24"),
    ],
)
def test_years_end_on_the_same_day(start: str, amount: int, due: str) -> None:
    found = run(start, amount, YEAR)
    assert found.due == at(f"{due}T17:30")
    assert found.due == run(start, 12 * amount, MONTH).due


def test_months_and_years_in_a_row_count_from_the_same_day() -> None:
    longer = Extended(Limit(1, YEAR), at("2024-03-01"), "digest")
    assert run("2024-01-31", 1, MONTH, longer).due == at("2025-02-28T17:30")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-06T16:40", 24, "2026-03-07T16:40"),
        ("2026-02-14T23:59:59", 1, "2026-02-15T00:59:59"),
        ("2026-03-02T03:00", 2, "2026-03-02T05:00"),
    ],
)
def test_clock_hours_run_day_and_night_and_end_where_they_end(start: str, hours: int, due: str) -> None:
    found = run(start, hours, CH)
    assert found.due == at(due)
    assert [(s.kind, s.minutes) for s in found.steps] == [(StepKind.COUNTED, hours * 60)]


def test_a_pause_takes_exact_time_from_clock_hours_even_by_night() -> None:
    found = run("2026-03-06T16:40", 24, CH, *pause("2026-03-06T23:00:30", "2026-03-07T01:00:10"))
    assert found.due == at("2026-03-07T18:39:40")
    assert [s.minutes for s in found.steps if s.kind is StepKind.COUNTED] == [380, 1060]
    assert sum(s.minutes for s in found.steps if s.kind is StepKind.COUNTED) == 24 * 60


def test_clock_hours_added_run_from_the_end_as_it_was_moved() -> None:
    more = Extended(Limit(2, CH), at("2026-03-05"), "digest")
    assert run("2026-03-02", 5, CD, more).due == at("2026-03-09T19:30")
    assert run("2026-03-02", 1, WD, more).due == at("2026-03-03T19:30")


def test_clock_hours_need_no_published_schedule() -> None:
    assert not run("2026-12-31T20:00", 48, CH).provisional
    running = Paused("hearing", "x", at("2026-12-31T21:00"), 2)
    assert run("2026-12-31T20:00", 48, CH, running).provisional
    assert run("2026-12-31T20:00", 48, CH, counting=WAITS).provisional
    assert run("2026-12-31T20:00", 48, CH, Extended(Limit(1, WD), at("2027-01-01"), "d")).provisional


def test_before_an_event_waits_until_it_is_scheduled() -> None:
    waiting = run("2026-03-02", 0, EVENT)
    assert waiting.awaits_event
    assert waiting.due == waiting.yellow_at == NOT_YET_KNOWN
    assert not waiting.provisional
    assert [s.reason for s in waiting.steps] == ["awaited"]
    assert not run("2026-03-02", 5, WD).awaits_event


def test_the_event_told_last_is_the_limit_wherever_it_falls() -> None:
    first = Scheduled(at("2026-03-20T14:30"), at("2026-03-03"))
    moved = Scheduled(at("2026-03-22T09:00"), at("2026-03-10"))
    assert run("2026-03-02", 0, EVENT, first).due == at("2026-03-20T14:30")
    for facts in ((first, moved), (moved, first)):
        found = run("2026-03-02", 0, EVENT, *facts)
        assert found.due == at("2026-03-22T09:00")  # a Sunday: people met
        assert found.yellow_at == at("2026-03-19T17:30")
    same = Scheduled(at("2026-03-25T09:00"), at("2026-03-10"))
    assert run("2026-03-02", 0, EVENT, first, moved, same).due == at("2026-03-25T09:00")


def test_pauses_do_not_put_a_meeting_off_but_more_time_is_added_to_it() -> None:
    meeting = Scheduled(at("2026-03-20T14:30"), at("2026-03-03"))
    paused = run("2026-03-02", 0, EVENT, meeting, *pause("2026-03-10", "2026-03-19"))
    assert paused.due == at("2026-03-20T14:30")
    assert paused.yellow_at == at("2026-03-19T14:30")
    later = run("2026-03-02", 0, EVENT, meeting, Extended(Limit(2, WD), at("2026-03-19"), "digest"))
    assert later.due == at("2026-03-24T17:30")
    assert run("2026-03-02", 0, EVENT, Extended(Limit(2, WD), at("2026-03-19"), "digest")).awaits_event


def test_an_event_before_the_duty_arose_is_past_due_at_once() -> None:
    found = run("2026-03-02", 0, EVENT, Scheduled(at("2026-02-27T10:00"), at("2026-03-02")))
    assert found.due == found.yellow_at == at("2026-02-27T10:00")
    assert not extendable(found.clock, CALENDAR, at("2026-03-02"))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "own", "waits"),
    [
        ("2026-03-02T17:29", 1, WD, "2026-03-03T17:30", "2026-03-03T17:30"),
        ("2026-03-02T17:30", 1, WD, "2026-03-03T17:30", "2026-03-04T17:30"),
        ("2026-03-02T07:00", 1, WD, "2026-03-03T17:30", "2026-03-03T17:30"),
        ("2026-03-07T10:00", 1, WD, "2026-03-09T17:30", "2026-03-10T17:30"),
        ("2026-02-14T18:00", 1, WD, "2026-02-24T17:30", "2026-02-25T17:30"),
        ("2026-03-07T10:00", 3, CD, "2026-03-10T17:30", "2026-03-12T17:30"),
        ("2026-03-07T10:00", 1, MONTH, "2026-04-07T17:30", "2026-04-09T17:30"),
        ("2026-03-07T10:00", 2, WH, "2026-03-09T10:30", "2026-03-09T10:30"),
        ("2026-03-07T10:00", 24, CH, "2026-03-08T10:00", "2026-03-10T08:30"),
        ("2026-03-07T10:00", 0, NOW, "2026-03-09T17:30", "2026-03-09T17:30"),
    ],
)
def test_what_comes_in_late_counts_as_the_office_says(
    start: str, amount: int, unit: Unit, own: str, waits: str
) -> None:
    assert run(start, amount, unit).due == at(own)
    assert run(start, amount, unit, counting=WAITS).due == at(waits)


def test_a_receipt_put_off_is_a_step_of_its_own() -> None:
    steps = run("2026-02-14T18:00", 1, WD, counting=WAITS).steps
    assert [(s.kind.value, str(s.first), str(s.last)) for s in steps] == [
        ("deferred", "2026-02-14", "2026-02-24"),
        ("day_zero", "2026-02-24", "2026-02-24"),
        ("counted", "2026-02-25", "2026-02-25"),
    ]
    meeting = Scheduled(at("2026-03-20T14:30"), at("2026-03-03"))
    assert [s.kind for s in run("2026-03-07", 0, EVENT, meeting, counting=WAITS).steps] == [StepKind.EVENT]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolled", "stays"),
    [
        ("2026-02-20", 15, CD, "2026-03-09", "2026-03-07"),
        ("2026-01-01", 1, MONTH, "2026-02-02", "2026-02-01"),
        ("2025-02-15", 1, YEAR, "2026-02-24", "2026-02-15"),
        ("2026-02-13", 2, WD, "2026-02-24", "2026-02-24"),
        ("2026-03-07", 0, NOW, "2026-03-09", "2026-03-09"),
    ],
)
def test_ends_on_a_day_off_move_or_stay(start: str, amount: int, unit: Unit, rolled: str, stays: str) -> None:
    assert run(start, amount, unit).due == at(f"{rolled}T17:30")
    assert run(start, amount, unit, counting=STAYS).due == at(f"{stays}T17:30")


def test_far_too_long_limits_are_refused_in_every_unit() -> None:
    for unit in (CH, YEAR):
        with pytest.raises(BeyondCalendar):
            run("2026-03-02", 10**7, unit)
