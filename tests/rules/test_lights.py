"""From when on a light is yellow, where days are of different length or hours run by night."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from huiyin.rules.clocks import Clock, Extended, Paused, Resumed, reckon
from huiyin.rules.hours import OfficeHours, Season
from huiyin.rules.lights import Threshold, light
from huiyin.rules.vocabulary import Light, Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar

DAY = ((time(8, 30), time(12)), (time(14), time(17, 30)))
PLAIN = load_calendar()
UNEVEN = load_calendar(
    OfficeHours(
        DAY,
        (Season((7, 1), (9, 30), ((time(8), time(12)), (time(15), time(18)))),),
        ((date(2026, 3, 6), ((time(8, 30), time(12)),)), (date(2026, 3, 9), ((time(8, 30), time(9, 30)),))),
    )
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def yellow(start: str, limit: Limit, threshold: Threshold, calendar: Calendar = PLAIN) -> datetime:
    return reckon(Clock(at(start), limit), calendar, threshold=threshold).yellow_at


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "2026-03-10T17:30"), (1, "2026-03-09T09:30"), (2, "2026-03-06T12:00"), (3, "2026-03-05T17:30")],
)
def test_a_working_day_left_is_a_day_however_short_it_is(days: int, expected: str) -> None:
    limit = Limit(6, Unit.WORKING_DAY)
    assert yellow("2026-03-02T10:00", limit, Threshold(days, 0.0), UNEVEN) == at(expected)


def test_a_share_is_one_of_the_time_the_office_is_open() -> None:
    # Four days of 7, 7, 7 and 3.5 hours: half of 24.5 hours is the last 3.5, 7 and 1.75 of Wednesday.
    half = Threshold(0, 0.5)
    assert yellow("2026-03-02T10:00", Limit(4, Unit.WORKING_DAY), half, UNEVEN) == at("2026-03-04T15:45")
    assert yellow("2026-03-02T10:00", Limit(4, Unit.WORKING_HOUR), half, UNEVEN) == at("2026-03-02T12:00")


def test_a_share_of_clock_hours_is_one_of_the_clock() -> None:
    fifth = Threshold(0, 0.25)
    assert yellow("2026-03-06T16:00", Limit(24, Unit.CLOCK_HOUR), fifth) == at("2026-03-07T10:00")
    stopped = (Paused("hearing", "x", at("2026-03-07T08:00"), 1), Resumed(at("2026-03-07T20:00")))
    clock = Clock(at("2026-03-06T16:00"), Limit(24, Unit.CLOCK_HOUR), stopped)
    found = reckon(clock, PLAIN, threshold=fifth)
    assert found.due == at("2026-03-08T04:00")
    assert found.yellow_at == at("2026-03-07T22:00")


def test_limits_in_two_units_are_measured_together() -> None:
    clock = Clock(
        at("2026-03-02T10:00"),
        Limit(1, Unit.WORKING_DAY),
        (Extended(Limit(7, Unit.WORKING_HOUR), at("2026-03-03T10:00"), "digest"),),
    )
    found = reckon(clock, PLAIN, threshold=Threshold(0, 0.5))
    assert (found.due, found.yellow_at) == (at("2026-03-04T17:30"), at("2026-03-03T17:30"))


def test_grey_before_blue_before_red_before_yellow() -> None:
    moments = {"due": at("2026-03-09T17:30"), "yellow_at": at("2026-03-06T17:30")}
    late = at("2026-03-10T09:00")
    assert light(paused=True, ended=True, at=late, **moments) is Light.GREY
    assert light(paused=True, ended=False, at=late, **moments) is Light.BLUE
    assert light(paused=False, ended=False, at=late, **moments) is Light.RED
    assert light(paused=False, ended=False, at=at("2026-03-09T17:30"), **moments) is Light.YELLOW
