"""How a calendar is laid out: every day has its sittings, and the sums over them are exact."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.hours import OfficeHours, Season
from huiyin.rules.layout import BASE, FIRST_DAY, LAST_DAY, LENGTH, lay_out
from huiyin.rules.workdays import load_calendar

DAY = ((time(9), time(12)), (time(13), time(17)))
LONG = ((time(8), time(12)), (time(15), time(18, 30)))
MORNING = ((time(9), time(12)),)
HOURS = OfficeHours(
    DAY,
    (Season((6, 1), (9, 30), LONG), Season((12, 16), (2, 29), MORNING, date(2026, 1, 20))),
    ((date(2026, 3, 9), MORNING), (date(2026, 3, 10), ((time(10), time(11)),)), (date.min, MORNING)),
)
LAYOUT = lay_out({}, (), HOURS)


@given(st.dates(FIRST_DAY, LAST_DAY) | st.dates(date(2025, 11, 1), date(2028, 3, 31)))
def test_every_day_has_the_sittings_its_hours_give_it(day: date) -> None:
    pattern = LAYOUT.patterns[LAYOUT.shapes[day.toordinal() - BASE]]
    assert pattern.sessions == tuple(
        tuple((edge.hour * 60 + edge.minute) * 60_000_000 for edge in session) for session in HOURS.on(day)
    )
    assert pattern.length == sum(closes - opens for opens, closes in pattern.sessions)


def test_office_time_adds_up_day_by_day() -> None:
    assert len(LAYOUT.flags) == len(LAYOUT.prefix) == len(LAYOUT.shapes) == LENGTH
    assert len(LAYOUT.bounds) == len(LAYOUT.days) + 1
    at = LAYOUT.days.index(date(2026, 3, 9))
    hours = [(b - a) // 3_600_000_000 for a, b in pairwise(LAYOUT.bounds[at : at + 4])]
    assert hours == [3, 1, 7]


def test_local_days_come_last_and_days_outside_the_timeline_change_nothing() -> None:
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    layout = lay_out({saturday: "x", monday: "y", LAST_DAY + timedelta(1): "z"}, {saturday, date.max}, HOURS)
    assert [layout.flags[day.toordinal() - BASE] for day in (saturday, monday)] == [1, 0]
    assert len(layout.flags) == LENGTH


def test_the_version_follows_hours_and_local_days() -> None:
    versions = {
        load_calendar().version,
        load_calendar(HOURS).version,
        load_calendar(OfficeHours(DAY)).version,
    }
    assert len(versions) == 3
