"""Reckoning many clocks gives what reckoning each gives, and knows which need not be looked at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import clocks, recomputing
from huiyin.rules.docket import Law
from huiyin.rules.facts import Extended, Fact, Paused, Resumed, facts_to_json
from huiyin.rules.pauses import midnight
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar
from huiyin.rules.yearfiles import compose, local_change, shipped_texts
from tests.rules.happenings import LAW
from tests.rules.test_workdays import NEXT_YEAR

FIRST = datetime(2026, 9, 1, tzinfo=SHANGHAI)
STARTS = st.integers(0, 120 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
RECKONER = recomputing.Reckoner(LAW)


@st.composite
def facts(draw: st.DrawFn, start: datetime) -> tuple[Fact, ...]:
    found: list[Fact] = []
    at = start
    for _ in range(draw(st.integers(0, 2))):
        at += timedelta(hours=draw(st.integers(1, 200)))
        found.append(Paused("hearing", "p", at, draw(st.integers(0, 9))))
        if draw(st.booleans()):
            at += timedelta(hours=draw(st.integers(1, 200)))
            found.append(Resumed(at))
    if draw(st.booleans()):
        found.append(Extended(Limit(draw(st.integers(1, 9)), Unit.WORKING_DAY), at, ""))
    return tuple(found)


@given(st.data(), STARTS, st.integers(1, 40), st.sampled_from(list(Unit)))
def test_what_is_remembered_is_what_each_clock_gives(
    data: st.DataObject, start: datetime, amount: int, unit: Unit
) -> None:
    limit = Limit(0 if unit in {Unit.AT_ONCE, Unit.BEFORE_EVENT} else amount, unit)
    happened = data.draw(facts(start))
    for moment in (start, start.replace(hour=8, minute=0), start.replace(hour=20)):
        clock = clocks.Clock(moment, limit, happened)
        expected = LAW.reckon(clock)
        found = RECKONER.moments(moment, limit.amount, limit.unit.value, facts_to_json(happened))
        assert (found.due, found.yellow, found.provisional) == (
            expected.due,
            expected.yellow_at,
            expected.provisional,
        )


def test_only_years_that_changed_are_looked_at_again() -> None:
    shipped = recomputing.marks(load_calendar())
    published = recomputing.marks(load_calendar(published=(NEXT_YEAR,)))
    assert recomputing.touched_from(shipped, published) == date(2027, 1, 1)
    notice = load_calendar().notices(2026)[0]
    change = local_change(name="停工", off=[date(2026, 8, 5)], worked=[], notice=notice)
    local = load_calendar(published=(compose(shipped_texts()[2026], [change]), NEXT_YEAR))
    assert recomputing.touched_from(shipped, recomputing.marks(local)) == date(2026, 8, 5)
    assert recomputing.touched_from(recomputing.marks(local), shipped) == date(2026, 8, 5)
    assert recomputing.touched_from({**shipped, "hours": "x"}, shipped) is None
    assert recomputing.touched_from({}, shipped) is None


def test_a_year_whose_mark_is_of_another_kind_is_looked_at_whole() -> None:
    shipped = recomputing.marks(load_calendar())
    for mark in ("0123456789ab", "", "withdrawn 0f"):
        assert recomputing.touched_from({**shipped, "2026": mark}, shipped) == date(2026, 1, 1)
        assert recomputing.touched_from(shipped, {**shipped, "2026": mark}) == date(2026, 1, 1)


@given(st.data(), STARTS, st.integers(1, 40), st.sampled_from(list(Unit)), st.integers(0, 120))
def test_what_is_due_before_the_first_changed_day_stays_whatever_happened_to_its_clock(
    data: st.DataObject, start: datetime, amount: int, unit: Unit, later: int
) -> None:
    changed = (FIRST + timedelta(days=later)).date()
    after = _with_a_change_on(changed)
    since = recomputing.touched_from(recomputing.marks(LAW.calendar), recomputing.marks(after))
    assert since == changed
    limit = Limit(0 if unit in {Unit.AT_ONCE, Unit.BEFORE_EVENT} else amount, unit)
    clock = clocks.Clock(start, limit, data.draw(facts(start)))
    old, new = LAW.reckon(clock), Law(LAW.book, after).reckon(clock)
    if old.due < midnight(since):
        assert (old.due, old.yellow_at, old.provisional) == (new.due, new.yellow_at, new.provisional)


@cache
def _with_a_change_on(day: date) -> Calendar:
    """The shipped calendar with one more day off, or one more worked if it is one off."""
    shipped = load_calendar()
    off, worked = ([day], []) if shipped.is_workday(day) else ([], [day])
    change = local_change(name="停工", off=off, worked=worked, notice=shipped.notices(2026)[0])
    return load_calendar(published=(compose(shipped_texts()[2026], [change]),))


def test_a_clock_due_before_the_first_changed_day_stays() -> None:
    after = recomputing.Reckoner(Law(LAW.book, load_calendar(published=(NEXT_YEAR,))))
    start = datetime(2026, 12, 1, 10, 0, tzinfo=SHANGHAI)
    for amount in range(1, 60):
        old = RECKONER.moments(start, amount, "working_day", [])
        new = after.moments(start, amount, "working_day", [])
        assert (old == new) is (old.due.year == 2026)
