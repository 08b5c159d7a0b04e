"""Due moments: the known vectors, a day walker on thousands of random clocks, and what must always hold."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huiyin.rules.clocks import (
    Capped,
    Clock,
    Counting,
    Extended,
    Fact,
    Paused,
    Reckoning,
    Resumed,
    Step,
    StepKind,
    Threshold,
    explain,
    extendable,
    light,
    outcome,
    reckon,
    remaining_minutes,
    stands_still,
    workdays_taken,
)
from huiyin.rules.local_days import LocalDays
from huiyin.rules.schedules import Notice
from huiyin.rules.vocabulary import Light, Limit, Outcome, Unit
from huiyin.rules.workdays import SHANGHAI, BeyondCalendar, Calendar, _shipped, load_calendar
from tests.rules import day_walker
from tests.rules.day_walker import Stop

CALENDAR = load_calendar()
THRESHOLD = Threshold(min_working_days=1, share=0.2)
WD, CD, WH, MONTH, NOW = (
    Unit.WORKING_DAY,
    Unit.CALENDAR_DAY,
    Unit.WORKING_HOUR,
    Unit.MONTH,
    Unit.AT_ONCE,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=SHANGHAI)


def run(start: str, amount: int, unit: Unit, *facts: Fact, calendar: Calendar = CALENDAR) -> Reckoning:
    return reckon(Clock(at(start), Limit(amount, unit), facts), calendar, threshold=THRESHOLD)


def paused(when: str, planned_days: int = 5) -> Paused:
    return Paused("hearing", "law.licensing.45", at(when), planned_days)


def resumed(when: str) -> Resumed:
    return Resumed(at(when))


def extended(amount: int, unit: Unit, when: str = "2026-03-03") -> Extended:
    return Extended(Limit(amount, unit), at(when), "digest")


def spans(reckoning: Reckoning, kind: StepKind) -> list[tuple[str, str, int]]:
    return [(str(s.first), str(s.last), s.days) for s in reckoning.steps if s.kind is kind]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-02-13", 1, WD, "2026-02-14"),
        ("2026-02-13", 2, WD, "2026-02-24"),
        ("2026-02-13", 5, WD, "2026-02-27"),
        ("2026-02-18", 5, WD, "2026-02-28"),
        ("2026-04-30", 3, WD, "2026-05-08"),
        ("2026-09-18", 1, WD, "2026-09-20"),
        ("2026-09-28", 5, WD, "2026-10-10"),
        ("2026-09-30", 20, WD, "2026-11-03"),
        ("2025-12-30", 5, WD, "2026-01-07"),
        ("2024-09-13", 3, WD, "2024-09-19"),
        ("2026-11-23", 30, WD, "2027-01-05"),
        ("2026-01-20", 30, CD, "2026-02-24"),
        ("2026-02-20", 15, CD, "2026-03-09"),
        ("2026-02-13", 15, CD, "2026-02-28"),
        ("2026-08-03", 60, CD, "2026-10-08"),
        ("2026-01-31", 1, MONTH, "2026-02-28"),
        ("2026-01-01", 1, MONTH, "2026-02-02"),
        ("2026-03-02", 20, WD, "2026-03-30"),
        ("2028-01-31", 1, MONTH, "2028-02-29"),
        ("2028-02-29", 12, MONTH, "2029-02-28"),
    ],
)
def test_vectors(start: str, amount: int, unit: Unit, due: str) -> None:
    result = run(start, amount, unit)
    assert result.due == at(f"{due}T17:30")
    assert result.provisional is (due > "2027")
    assert not result.paused


@pytest.mark.parametrize("ends", ["2026-03-16T17:30", "2026-03-16T08:00", "2026-03-16T21:00"])
@pytest.mark.parametrize("begins", ["2026-03-10T09:00", "2026-03-10T00:00", "2026-03-10T17:29"])
def test_the_paused_vector_at_any_hour(begins: str, ends: str) -> None:
    result = run("2026-03-02", 20, WD, paused(begins), resumed(ends))
    assert result.due == at("2026-04-07T17:30")
    assert spans(result, StepKind.PAUSED) == [("2026-03-10", "2026-03-16", 5)]


def test_a_pause_that_begins_after_hours_begins_the_next_day() -> None:
    result = run("2026-03-02", 20, WD, paused("2026-03-10T17:30"), resumed("2026-03-16"))
    assert spans(result, StepKind.PAUSED) == [("2026-03-11", "2026-03-16", 4)]
    evening = run("2026-03-02", 20, WD, paused("2026-03-10T18:00"), resumed("2026-03-10T19:00"))
    assert evening.due == run("2026-03-02", 20, WD).due


@pytest.mark.parametrize("unit", [WD, CD, MONTH, WH, NOW])
def test_nothing_after_the_due_moment_moves_it(unit: Unit) -> None:
    plain = Clock(at("2026-03-02"), Limit(0 if unit is NOW else 2, unit))
    due = reckon(plain, CALENDAR, threshold=THRESHOLD).due
    late = Paused("hearing", "x", due, 10)
    assert reckon(replace(plain, facts=(late,)), CALENDAR, threshold=THRESHOLD).due == due


@pytest.mark.parametrize("unit", [WD, CD, MONTH, WH, NOW])
def test_a_pause_just_before_the_due_moment_still_moves_it(unit: Unit) -> None:
    plain = Clock(at("2026-03-02"), Limit(0 if unit is NOW else 2, unit))
    due = reckon(plain, CALENDAR, threshold=THRESHOLD).due
    saved = Paused("hearing", "x", due - timedelta(minutes=1), 10)
    assert reckon(replace(plain, facts=(saved,)), CALENDAR, threshold=THRESHOLD).due > due


def test_a_running_pause_is_reckoned_as_planned() -> None:
    running = run("2026-03-02", 20, WD, paused("2026-03-10", planned_days=5))
    assert running.paused
    assert running.due == at("2026-04-07T17:30")
    longer = run("2026-03-02", 20, WD, paused("2026-03-10", planned_days=6))
    assert longer.due == at("2026-04-08T17:30")
    unplanned = run("2026-03-02", 20, WD, paused("2026-03-10", planned_days=0))
    assert unplanned.paused
    assert unplanned.due == run("2026-03-02", 20, WD).due


def test_overlapping_pauses_count_once() -> None:
    one = run("2026-03-02", 20, WD, paused("2026-03-10"), resumed("2026-03-16"))
    two = run(
        "2026-03-02",
        20,
        WD,
        paused("2026-03-10"),
        paused("2026-03-11"),
        resumed("2026-03-12"),
        resumed("2026-03-16"),
    )
    assert two.due == one.due
    half = run("2026-03-02", 20, WD, paused("2026-03-10"), paused("2026-03-11"), resumed("2026-03-12"))
    assert half.paused


def test_calendar_days_and_months_lose_calendar_days() -> None:
    pause = (paused("2026-03-06"), resumed("2026-03-09"))
    assert run("2026-03-02", 10, CD).due == at("2026-03-12T17:30")
    assert run("2026-03-02", 10, CD, *pause).due == at("2026-03-16T17:30")
    assert run("2026-03-02", 1, MONTH).due == at("2026-04-02T17:30")
    assert run("2026-03-02", 1, MONTH, *pause).due == at("2026-04-07T17:30")


def test_a_day_off_inside_a_pause_is_no_day_to_move_to() -> None:
    result = run("2026-03-02", 12, CD, paused("2026-03-15"), resumed("2026-03-18"))
    assert spans(result, StepKind.ROLLED) == [("2026-03-14", "2026-03-19", 0)]
    assert result.due == at("2026-03-19T17:30")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02T08:30", 4, "2026-03-02T14:30"),
        ("2026-03-02T10:30", 7, "2026-03-03T10:30"),
        ("2026-03-02T17:00", 1, "2026-03-03T09:00"),
        ("2026-02-14T16:30", 2, "2026-02-24T09:30"),
        ("2026-02-18T02:00", 1, "2026-02-24T09:30"),
        ("2026-03-02T12:30", 1, "2026-03-02T15:00"),
        ("2026-03-02T16:30:15", 1, "2026-03-03T08:30:15"),
    ],
)
def test_working_hours_run_from_the_moment(start: str, hours: int, due: str) -> None:
    assert run(start, hours, WH).due == at(due)


def test_a_pause_takes_exact_time_from_working_hours() -> None:
    result = run("2026-03-02T09:00", 4, WH, paused("2026-03-02T10:10"), resumed("2026-03-02T14:25"))
    assert result.due == at("2026-03-02T17:15")
    assert [s.minutes for s in result.steps if s.kind is StepKind.PAUSED] == [135]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-02T07:00", "2026-03-02"),
        ("2026-03-02T17:29", "2026-03-02"),
        ("2026-03-02T17:30", "2026-03-03"),
        ("2026-03-06T18:00", "2026-03-09"),
        ("2026-02-18T10:00", "2026-02-24"),
        ("2026-02-14T10:00", "2026-02-14"),
    ],
)
def test_at_once(start: str, due: str) -> None:
    assert run(start, 0, NOW).due == at(f"{due}T17:30")


def test_extensions_come_after_the_limit() -> None:
    assert run("2026-03-02", 20, WD, extended(10, WD)).due == run("2026-03-02", 30, WD).due
    assert run("2026-03-02", 60, CD, extended(30, CD)).due == run("2026-03-02", 90, CD).due
    assert run("2026-01-31", 1, MONTH, extended(1, MONTH)).due == at("2026-03-31T17:30")
    assert run("2026-03-02T09:00", 2, WH, extended(5, WH)).due == run("2026-03-02T09:00", 7, WH).due
    assert run("2026-03-02", 3, WD, extended(0, NOW)).due == run("2026-03-02", 3, WD).due


def test_extensions_in_another_unit() -> None:
    assert run("2026-03-02", 5, CD, extended(1, WD)).due == at("2026-03-09T17:30")
    assert run("2026-03-02", 4, WD, extended(1, CD)).due == at("2026-03-09T17:30")
    assert run("2026-03-02", 1, WD, extended(2, WH)).due == at("2026-03-04T10:30")
    assert run("2026-03-02", 5, CD, extended(2, WH)).due == at("2026-03-10T10:30")
    assert run("2026-03-02T10:00", 2, WH, extended(1, WD)).due == at("2026-03-03T17:30")
    assert run("2026-03-02T10:00", 0, NOW, extended(2, WD)).due == at("2026-03-04T17:30")


def test_extendable_until_the_due_moment_and_not_after() -> None:
    clock = Clock(at("2026-03-02"), Limit(5, WD))
    due = at("2026-03-09T17:30")
    assert extendable(clock, CALENDAR, due)
    assert not extendable(clock, CALENDAR, due + timedelta(microseconds=1))
    longer = replace(clock, facts=(extended(5, WD),))
    assert extendable(longer, CALENDAR, due + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "yellow"),
    [
        ("2026-03-02", 20, WD, "2026-03-24T17:30"),
        ("2026-03-02", 5, WD, "2026-03-06T17:30"),
        ("2026-03-02", 1, WD, "2026-03-02T17:30"),
        ("2026-03-02", 7, WD, "2026-03-10T14:42"),
        ("2026-03-02T10:00", 4, WH, "2026-03-02T10:00"),
        ("2026-03-02T10:00", 70, WH, "2026-03-12T10:00"),
        ("2026-03-02T10:00", 0, NOW, "2026-03-02T10:00"),
        ("2026-08-03", 60, CD, "2026-09-26T17:30"),
        ("2026-01-20", 30, CD, "2026-02-14T17:30"),
        ("2026-03-02", 3, CD, "2026-03-04T17:30"),
    ],
)
def test_yellow_is_one_working_day_or_a_fifth_of_the_limit(
    start: str, amount: int, unit: Unit, yellow: str
) -> None:
    assert run(start, amount, unit).yellow_at == at(yellow)


def test_paused_time_is_not_time_left() -> None:
    pause = (paused("2026-03-25"), resumed("2026-03-27"))
    assert run("2026-03-02", 20, WD, *pause).due == at("2026-04-02T17:30")
    assert run("2026-03-02", 20, WD, *pause).yellow_at == at("2026-03-24T17:30")
    calendar_pause = (paused("2026-09-27"), resumed("2026-09-28"))
    result = run("2026-08-03", 50, CD)
    assert result.due == at("2026-09-22T17:30")
    assert run("2026-08-03", 55, CD, *calendar_pause).yellow_at == at("2026-09-16T17:30")


def test_thresholds_are_the_rulebooks_to_set() -> None:
    clock = Clock(at("2026-03-02"), Limit(20, WD))
    none = reckon(clock, CALENDAR, threshold=Threshold(min_working_days=0, share=0.0))
    assert none.yellow_at == none.due
    half = reckon(clock, CALENDAR, threshold=Threshold(min_working_days=1, share=0.5))
    assert half.yellow_at == at("2026-03-16T17:30")
    with pytest.raises(TypeError):
        reckon(clock, CALENDAR)  # type: ignore[call-arg]


LIGHTS = {"due": at("2026-03-09T17:30"), "yellow_at": at("2026-03-06T17:30")}


@pytest.mark.parametrize(
    ("when", "paused", "ended", "expected"),
    [
        ("2026-03-06T17:29:59", False, False, Light.GREEN),
        ("2026-03-06T17:30:00", False, False, Light.YELLOW),
        ("2026-03-09T17:30:00", False, False, Light.YELLOW),
        ("2026-03-09T17:30:01", False, False, Light.RED),
        ("2026-03-09T17:30:01", True, False, Light.BLUE),
        ("2026-03-09T17:30:01", True, True, Light.GREY),
        ("2026-03-03T09:00:00", False, True, Light.GREY),
    ],
)
def test_lights(when: str, paused: bool, ended: bool, expected: Light) -> None:
    assert light(paused=paused, ended=ended, at=at(when), **LIGHTS) is expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2026-03-08T23:59:59", Outcome.EARLY),
        ("2026-03-09T00:00:00", Outcome.ON_TIME),
        ("2026-03-09T17:30:00", Outcome.ON_TIME),
        ("2026-03-09T17:30:01", Outcome.LATE),
    ],
)
def test_outcomes_go_by_the_shanghai_day(ended: str, expected: Outcome) -> None:
    assert outcome(LIGHTS["due"], at(ended)) is expected
    assert outcome(LIGHTS["due"].astimezone(UTC), at(ended).astimezone(UTC)) is expected


def test_remaining_minutes() -> None:
    due = at("2026-03-09T17:30")
    assert remaining_minutes(due, CALENDAR, at("2026-03-09T16:30")) == 60
    assert remaining_minutes(due, CALENDAR, at("2026-03-06T16:30")) == 480
    assert remaining_minutes(due, CALENDAR, at("2026-03-09T20:00")) == 0
    assert remaining_minutes(due, CALENDAR, at("2026-03-10T09:00")) == -30


@pytest.mark.parametrize(
    ("start", "amount", "unit", "provisional"),
    [
        ("2026-11-19", 30, WD, False),
        ("2026-11-20", 30, WD, True),
        ("2026-12-01", 30, CD, False),
        ("2026-12-01", 31, CD, True),
        ("2009-12-31", 5, WD, False),
        ("2009-12-30", 5, WD, True),
        ("2009-12-31", 2, WH, True),
        ("2030-01-01", 5, WD, True),
    ],
)
def test_a_year_without_a_notice_makes_it_provisional(
    start: str, amount: int, unit: Unit, provisional: bool
) -> None:
    result = run(start, amount, unit)
    assert result.provisional is provisional
    assert bool(spans(result, StepKind.PROVISIONAL)) is provisional


def test_steps_tell_the_whole_story() -> None:
    result = run(
        "2026-02-12", 5, WD, paused("2026-02-25"), resumed("2026-02-26"), extended(2, WD, "2026-02-27")
    )
    assert [(s.kind.value, str(s.first), str(s.last), s.days, s.reason) for s in result.steps] == [
        ("day_zero", "2026-02-12", "2026-02-12", 0, ""),
        ("counted", "2026-02-13", "2026-02-14", 2, ""),
        ("skipped", "2026-02-15", "2026-02-23", 9, "spring_festival"),
        ("counted", "2026-02-24", "2026-02-24", 1, ""),
        ("paused", "2026-02-25", "2026-02-26", 2, ""),
        ("counted", "2026-02-27", "2026-02-28", 2, ""),
        ("extended", "2026-02-27", "2026-02-27", 2, ""),
        ("skipped", "2026-03-01", "2026-03-01", 1, "weekend"),
        ("counted", "2026-03-02", "2026-03-03", 2, ""),
    ]


def test_far_too_long_limits_are_refused_not_guessed() -> None:
    for unit in (WD, CD, WH, MONTH):
        with pytest.raises(BeyondCalendar):
            run("2026-03-02", 10**7, unit)


# --- against the day walker --------------------------------------------------------------------------------


def random_clock(rng: random.Random) -> tuple[Clock, list[Stop], int]:
    start = at("2019-12-01T00:00") + timedelta(minutes=rng.randrange(6 * 366 * 24 * 60))
    unit = rng.choice([WD, WD, WD, CD, CD, MONTH, WH, NOW])
    amount = {WD: 40, CD: 90, MONTH: 6, WH: 30, NOW: 1}[unit]
    limit = Limit(0 if unit is NOW else rng.randrange(1, amount + 1), unit)
    facts: list[Fact] = []
    stops = []
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        begins = start + timedelta(minutes=rng.randrange(-2000, 40 * 24 * 60 if unit is not WH else 5000))
        ends = begins + timedelta(minutes=rng.choice([0, 90, 600, rng.randrange(20 * 24 * 60)]))
        stops.append(Stop(begins, ends, rng.randrange(9)))
        facts += [Paused("hearing", "x", begins, stops[-1].planned), Resumed(ends)]
    if rng.random() < 0.25:
        begins = max([start, *(stop.ends or start for stop in stops)]) + timedelta(
            minutes=rng.randrange(5000)
        )
        stops.append(Stop(begins, None, rng.randrange(9)))
        facts.append(Paused("hearing", "x", begins, stops[-1].planned))
    more = 0
    if unit is not NOW and rng.random() < 0.3:
        more = rng.randrange(1, 8)
        facts.append(Extended(Limit(more, unit), start, "digest"))
    rng.shuffle(facts)
    return Clock(start, limit, tuple(facts)), stops, more


def disagreements(calendar: Calendar, is_worked: Callable[[date], bool], cases: int) -> list[Any]:
    rng = random.Random(20261123)
    found = []
    for _ in range(cases):
        clock, stops, more = random_clock(rng)
        expected = day_walker.due(
            clock.start, clock.limit.amount, clock.limit.unit.value, is_worked, stops=stops, more=more
        )
        got = reckon(clock, calendar, threshold=THRESHOLD).due
        if got != expected:
            found.append((clock, expected, got))
    return found


def test_the_day_walker_agrees() -> None:
    assert disagreements(CALENDAR, CALENDAR.is_workday, 5000) == []


def test_the_day_walker_would_notice_a_calendar_without_worked_weekends() -> None:
    years, estimate, hours = _shipped()
    cut = [type(y)(y.year, y.notices, y.off, frozenset(), y.names) for y in years]
    assert len(disagreements(Calendar(cut, estimate, hours), CALENDAR.is_workday, 300)) > 20


def test_the_day_walker_would_notice_if_pauses_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiyin.rules.course.day_spans", lambda *_: ())
    assert len(disagreements(CALENDAR, CALENDAR.is_workday, 300)) > 20


# --- what must always hold ---------------------------------------------------------------------------------

STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))
UNITS = st.sampled_from([WD, CD, MONTH, WH])
AMOUNTS = st.integers(1, 60)
PAUSES = st.lists(st.tuples(st.integers(0, 90 * 1440), st.integers(0, 20 * 1440)), max_size=3)


def facts_of(start: datetime, pauses: list[tuple[int, int]]) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for offset, length in pauses:
        begins = start + timedelta(minutes=offset)
        facts += [Paused("hearing", "x", begins, 1), Resumed(begins + timedelta(minutes=length))]
    return tuple(facts)


def due(start: datetime, limit: Limit, facts: tuple[Fact, ...] = ()) -> datetime:
    return reckon(Clock(start, limit, facts), CALENDAR, threshold=THRESHOLD).due


@given(STARTS, st.integers(0, 30 * 1440), UNITS, AMOUNTS, PAUSES)
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: int, unit: Unit, amount: int, pauses: list[tuple[int, int]]
) -> None:
    # A month is as long as the calendar makes it, so what a pause takes out may differ by start.
    assume(unit is not MONTH or not pauses)
    facts = facts_of(start, pauses)
    limit = Limit(amount, unit)
    assert due(start, limit, facts) <= due(start + timedelta(minutes=later), limit, facts)


@given(STARTS, UNITS, AMOUNTS, st.integers(0, 20), PAUSES)
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, unit: Unit, amount: int, more: int, pauses: list[tuple[int, int]]
) -> None:
    facts = facts_of(start, pauses)
    assert due(start, Limit(amount, unit), facts) <= due(start, Limit(amount + more, unit), facts)


@given(STARTS, UNITS, AMOUNTS, PAUSES, PAUSES)
def test_pausing_never_shortens(
    start: datetime, unit: Unit, amount: int, pauses: list[tuple[int, int]], more: list[tuple[int, int]]
) -> None:
    limit = Limit(amount, unit)
    fewer = facts_of(start, pauses)
    assert due(start, limit) <= due(start, limit, fewer)
    assert due(start, limit, fewer) <= due(start, limit, fewer + facts_of(start, more))


@given(
    STARTS,
    st.sampled_from([WD, CD, MONTH, WH, NOW, Unit.YEAR, Unit.CLOCK_HOUR]),
    AMOUNTS,
    PAUSES,
    st.sets(st.dates(date(2023, 1, 1), date(2028, 6, 1)), min_size=1, max_size=40),
    st.sampled_from([Counting(), Counting(late_receipt_waits=True), Counting(end_rolls=False)]),
)
@settings(max_examples=60)
def test_a_new_day_off_is_never_due_earlier(  # noqa: PLR0917 (what a due moment hangs on)
    start: datetime,
    unit: Unit,
    amount: int,
    pauses: list[tuple[int, int]],
    closed: set[date],
    counting: Counting,
) -> None:
    years, estimate, hours = _shipped()
    notice = Notice("停工通告", "", date(2023, 1, 1))
    names = {"local:closed": ("停工", "closed")}
    fewer = Calendar(
        years, estimate, hours, [LocalDays(notice, dict.fromkeys(closed, "local:closed"), {}, names)]
    )
    limit = Limit(0 if unit is NOW else amount, unit)
    facts = (*facts_of(start, pauses), Paused("hearing", "x", start + timedelta(days=30), 5))
    clock = Clock(start, limit, facts)
    before = reckon(clock, CALENDAR, threshold=THRESHOLD, counting=counting)
    after = reckon(clock, fewer, threshold=THRESHOLD, counting=counting)
    assert before.due <= after.due


def _counted(steps: tuple[Step, ...], field: str) -> int:
    return sum(getattr(step, field) for step in steps if step.kind is StepKind.COUNTED)


@given(STARTS, UNITS, AMOUNTS, st.integers(0, 9), PAUSES)
def test_counted_steps_add_up_and_leave_no_gap(
    start: datetime, unit: Unit, amount: int, more: int, pauses: list[tuple[int, int]]
) -> None:
    facts = facts_of(start, pauses)
    if more:
        facts += (Extended(Limit(more, unit), start, "digest"),)
    result = reckon(Clock(start, Limit(amount, unit), facts), CALENDAR, threshold=THRESHOLD)
    if unit is WH:
        assert _counted(result.steps, "minutes") == (amount + more) * 60
        return
    if unit is not MONTH:
        assert _counted(result.steps, "days") == amount + more
    line = [s for s in result.steps if s.kind not in {StepKind.EXTENDED, StepKind.PROVISIONAL}]
    for before, after in pairwise(line):
        gap = 0 if after.kind is StepKind.ROLLED else 1
        assert (after.first - before.last).days == gap
    assert line[0].first == start.astimezone(SHANGHAI).date()
    assert line[-1].last == result.due.date()


@given(STARTS, UNITS, AMOUNTS, PAUSES)
def test_moments_are_in_order_and_in_office_time(
    start: datetime, unit: Unit, amount: int, pauses: list[tuple[int, int]]
) -> None:
    clock = Clock(start, Limit(amount, unit), facts_of(start, pauses))
    result = reckon(clock, CALENDAR, threshold=THRESHOLD)
    assert start <= result.yellow_at <= result.due
    assert CALENDAR.is_workday(result.due.date())
    assert extendable(clock, CALENDAR, result.due)


@given(STARTS, UNITS, AMOUNTS, PAUSES)
def test_the_zone_a_moment_is_written_in_does_not_matter(
    start: datetime, unit: Unit, amount: int, pauses: list[tuple[int, int]]
) -> None:
    limit = Limit(amount, unit)
    new_york = ZoneInfo("America/New_York")
    facts = facts_of(start, pauses)
    # The same instants, written elsewhere: minutes added to a New York moment would be minutes of
    # its wall clock, which jumps twice a year.
    moved = tuple(
        replace(fact, at=fact.at.astimezone(new_york)) for fact in facts if isinstance(fact, Paused | Resumed)
    )
    here = reckon(Clock(start, limit, facts), CALENDAR, threshold=THRESHOLD)
    elsewhere = reckon(Clock(start.astimezone(new_york), limit, moved), CALENDAR, threshold=THRESHOLD)
    assert (here.due, here.yellow_at, here.steps) == (elsewhere.due, elsewhere.yellow_at, elsewhere.steps)


def test_the_zone_of_the_process_does_not_matter() -> None:
    code = (
        "from datetime import datetime, UTC\n"
        "from huiyin.rules.clocks import *\n"
        "from huiyin.rules.vocabulary import Limit, Unit\n"
        "from huiyin.rules.workdays import load_calendar\n"
        "clock = Clock(datetime(2026, 2, 12, 23, 0, tzinfo=UTC), Limit(1, Unit.WORKING_DAY))\n"
        "print(reckon(clock, load_calendar(), threshold=Threshold(1, 0.2)).due)"
    )
    for zone in ("America/Los_Angeles", "Pacific/Kiritimati"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TZ": zone},
        )
        assert done.stdout == "2026-02-14 17:30:00+08:00\n"


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2026-03-04T11:30", "2026-03-04T11:30"),
        ("2026-03-05T17:30", "2026-03-04T17:30"),
        ("2026-03-01T09:00", "2026-03-02T10:00"),
    ],
)
def test_a_capped_clock_ends_no_later_and_never_before_it_began(until: str, due: str) -> None:
    began, end = (datetime.fromisoformat(one).replace(tzinfo=SHANGHAI) for one in ("2026-03-02T10:00", until))
    clock = Clock(began, Limit(2, Unit.WORKING_DAY), (Capped(end),))
    found = reckon(clock, load_calendar(), threshold=Threshold(1, 0.2))
    assert found.due == datetime.fromisoformat(due).replace(tzinfo=SHANGHAI)
    assert began <= found.yellow_at <= found.due
    counted = [step for step in found.steps if step.kind is StepKind.COUNTED]
    assert all(step.last <= found.due.date() for step in counted)
    assert (
        ("提前截止" in explain(found, "zh"))
        is ("cut short" in explain(found, "en"))
        is (until != "2026-03-05T17:30")
    )


def test_the_cap_that_was_told_last_holds() -> None:
    began = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    early, late = (datetime(2026, 3, day, 10, tzinfo=SHANGHAI) for day in (3, 4))
    clock = Clock(began, Limit(9, Unit.WORKING_DAY), (Capped(early), Capped(late)))
    assert reckon(clock, load_calendar(), threshold=Threshold(1, 0.2)).due == late


def test_the_time_taken_is_counted_in_working_days_without_what_stood_still() -> None:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    plain = Clock(start, Limit(5, Unit.WORKING_DAY))
    assert workdays_taken(plain, start + timedelta(hours=2), CALENDAR) == 0
    assert workdays_taken(plain, datetime(2026, 3, 9, 9, 0, tzinfo=SHANGHAI), CALENDAR) == 5
    still = Paused(kind="hearing", basis="x", at=start + timedelta(days=1), planned_days=2)
    resumed = Resumed(at=start + timedelta(days=3))
    paused = Clock(start, plain.limit, (still, resumed))
    assert workdays_taken(paused, datetime(2026, 3, 9, 9, 0, tzinfo=SHANGHAI), CALENDAR) == 3
    assert workdays_taken(Clock(start, plain.limit, (still,)), start + timedelta(days=4), CALENDAR) == 1


def test_a_clock_stands_still_from_its_pause_until_it_goes_on() -> None:
    pause = Paused(kind="hearing", basis="", at=at("2026-03-04"), planned_days=3)
    clock = Clock(at("2026-03-02"), Limit(10, WD), (pause, Resumed(at=at("2026-03-30"))))
    days = ("2026-03-03", "2026-03-04", "2026-03-29", "2026-03-30")
    assert [stands_still(clock, at(day)) for day in days] == [False, True, True, False]
