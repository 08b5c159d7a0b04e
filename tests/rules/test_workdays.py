"""Working days and office time, against two other calendars and a day walker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.hours import OfficeHours, Season
from huiyin.rules.workdays import (
    FIRST_DAY,
    LAST_DAY,
    SHANGHAI,
    WORKDAY_SCALE,
    BeyondCalendar,
    Calendar,
    _shipped,
    load_calendar,
)
from tests.rules.day_walker import DAY, MINUTE, is_open

CALENDAR = load_calendar()
DAYS = st.dates(date(2009, 6, 1), date(2039, 1, 1))
MOMENTS = st.datetimes(
    datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.sampled_from([UTC, SHANGHAI])
)

NEXT_YEAR = """
year: 2027
status: official
notice: {title: 国务院办公厅关于2027年部分节假日安排的通知, number: "", issued: 2026-11-30}
days_off:
  - {holiday: new_year, zh: 元旦, en: "New Year's Day", from: 2027-01-01, to: 2027-01-04}
working_weekends: [2027-01-09]
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def days(first: int, last: int) -> Iterator[date]:
    day = date(first, 1, 1)
    while day <= date(last, 12, 31):
        yield day
        day += DAY


def without_worked_weekends() -> Calendar:
    """A calendar that believes weekends are never worked: what most libraries believe."""
    years, estimate, hours = _shipped()
    cut = [type(y)(y.year, y.notices, y.off, frozenset(), y.names) for y in years]
    return Calendar(cut, estimate, hours)


def against_chinesecalendar(calendar: Calendar) -> list[date]:
    return [d for d in days(2010, 2026) if calendar.is_workday(d) != chinese_calendar.is_workday(d)]


def against_holidays(calendar: Calendar, first: int, last: int) -> list[date]:
    china = holidays.country_holidays("CN", years=range(first, last + 1))
    return [d for d in days(first, last) if calendar.is_workday(d) != china.is_working_day(d)]


def test_every_day_agrees_with_chinesecalendar() -> None:
    assert against_chinesecalendar(CALENDAR) == []


def test_every_day_agrees_with_holidays() -> None:
    assert against_holidays(CALENDAR, 2010, 2026) == []


def test_the_comparison_would_notice() -> None:
    wrong = without_worked_weekends()
    assert len(against_chinesecalendar(wrong)) > 100
    assert against_chinesecalendar(wrong) == against_holidays(wrong, 2010, 2026)


def test_estimates_agree_with_the_statute_as_holidays_reads_it() -> None:
    assert against_holidays(CALENDAR, 2027, 2036) == []


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_known_yearly_totals(year: int, count: int) -> None:
    assert CALENDAR.count_workdays(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_which_years_are_official() -> None:
    assert [year for year in range(2000, 2100) if CALENDAR.is_official(year)] == [*range(2010, 2027)]
    assert CALENDAR.last_official_year == 2026
    assert CALENDAR.notices(2026)[0].number == "国办发明电〔2025〕7号"
    assert CALENDAR.notices(2027) == ()


def test_before_the_first_notice_only_weekends_are_off() -> None:
    assert CALENDAR.is_workday(date(2009, 10, 1))
    assert not CALENDAR.is_workday(date(2009, 10, 3))


def test_far_away_only_fixed_dates_and_weekends_are_off() -> None:
    off = [d for d in days(2040, 2040) if d.weekday() < 5 and not CALENDAR.is_workday(d)]
    assert off == [
        date(2040, 5, 1),
        date(2040, 5, 2),
        date(2040, 10, 1),
        date(2040, 10, 2),
        date(2040, 10, 3),
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-02-13", "workday"),
        ("2026-02-14", "shifted_workday"),
        ("2026-02-15", "spring_festival"),
        ("2026-02-21", "spring_festival"),
        ("2026-03-01", "weekend"),
        ("2025-10-06", "mid_autumn_national_day"),
        ("2015-09-03", "victory_day"),
        ("2027-02-09", "spring_festival"),
    ],
)
def test_why(day: str, why: str) -> None:
    assert CALENDAR.why(date.fromisoformat(day)) == why


def test_every_reason_has_names_in_both_languages() -> None:
    reasons = {CALENDAR.why(d) for d in days(2009, 2040)} - {"workday", "shifted_workday", "weekend"}
    for reason in reasons:
        zh, en = CALENDAR.holiday_name(reason)
        assert zh
        assert en.isascii()
    with pytest.raises(KeyError):
        CALENDAR.holiday_name("weekend")


@given(DAYS, st.integers(-60, 60))
def test_adding_is_walking(day: date, n: int) -> None:
    step = DAY if n > 0 else -DAY
    walked, left = day, abs(n)
    while left:
        walked += step
        left -= CALENDAR.is_workday(walked)
    assert CALENDAR.add_workdays(day, n) == walked


@given(DAYS, st.integers(0, 400))
def test_counting_is_walking(day: date, length: int) -> None:
    upto = day + length * DAY
    walked = sum(CALENDAR.is_workday(day + n * DAY) for n in range(1, length + 1))
    assert CALENDAR.count_workdays(day, upto) == walked
    assert CALENDAR.count_workdays(upto, day) == -walked


@given(DAYS, st.integers(1, 200))
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert CALENDAR.count_workdays(day, CALENDAR.add_workdays(day, n)) == n


@given(DAYS)
def test_the_next_workday_is_the_first_from_here(day: date) -> None:
    found = CALENDAR.next_workday(day)
    assert CALENDAR.is_workday(found)
    assert not any(CALENDAR.is_workday(day + n * DAY) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02T08:30", 240, "2026-03-02T14:30"),
        ("2026-03-02T08:30", 210, "2026-03-02T12:00"),
        ("2026-03-02T08:30", 211, "2026-03-02T14:01"),
        ("2026-03-02T12:40", 60, "2026-03-02T15:00"),
        ("2026-03-02T17:00", 30, "2026-03-02T17:30"),
        ("2026-03-02T17:00", 31, "2026-03-03T08:31"),
        ("2026-02-14T17:29", 2, "2026-02-24T08:31"),
        ("2026-02-18T03:00", 1, "2026-02-24T08:31"),
        ("2026-03-02T08:31", -2, "2026-02-28T17:29"),
        ("2026-03-02T08:30", -1, "2026-02-28T17:29"),
        ("2026-03-02T14:30", -30, "2026-03-02T14:00"),
        ("2026-03-02T09:00:30.250", 1, "2026-03-02T09:01:30.250"),
        ("2026-03-01T09:00", 0, "2026-03-01T09:00"),
    ],
)
def test_adding_minutes(start: str, minutes: int, end: str) -> None:
    assert CALENDAR.add_minutes(at(start), minutes) == at(end)


@given(MOMENTS, st.integers(1, 3000))
def test_counting_undoes_adding_minutes(start: datetime, minutes: int) -> None:
    end = CALENDAR.add_minutes(start, minutes)
    assert CALENDAR.count_minutes(start, end) == minutes
    assert CALENDAR.count_minutes(end, start) == -minutes


@given(MOMENTS, st.integers(0, 6000))
def test_counting_minutes_is_walking(start: datetime, length: int) -> None:
    begin = start.replace(second=0, microsecond=0)
    walked = sum(is_open(begin + n * MINUTE, CALENDAR.is_workday) for n in range(length))
    assert CALENDAR.count_minutes(begin, begin + length * MINUTE) == walked


@given(MOMENTS)
def test_a_moment_is_found_again_by_its_office_time(moment: datetime) -> None:
    passed = CALENDAR.office_time(moment)
    earliest, latest = CALENDAR.moment(passed), CALENDAR.moment(passed, late=True)
    assert CALENDAR.office_time(earliest) == CALENDAR.office_time(latest) == passed
    assert earliest <= moment <= latest


def test_opening_and_closing() -> None:
    assert CALENDAR.opening(date(2026, 3, 2)) == at("2026-03-02T08:30")
    assert CALENDAR.closing(date(2026, 3, 2)) == at("2026-03-02T17:30")
    assert CALENDAR.day_length == 7 * 3600 * 1_000_000


def test_an_office_can_keep_its_own_hours() -> None:
    short = load_calendar(OfficeHours(((time(9), time(12)),)))
    assert short.closing(date(2026, 3, 2)) == at("2026-03-02T12:00")
    assert short.add_minutes(at("2026-03-02T11:00"), 61) == at("2026-03-03T09:01")
    assert short.version != CALENDAR.version
    assert short is load_calendar(OfficeHours(((time(9), time(12)),)))


def test_a_newly_published_year_replaces_the_estimate() -> None:
    informed = load_calendar(published=(NEXT_YEAR,))
    assert informed.is_official(2027)
    assert informed.version != CALENDAR.version
    assert CALENDAR.add_workdays(date(2026, 12, 31), 5) == date(2027, 1, 8)
    assert informed.add_workdays(date(2026, 12, 31), 5) == date(2027, 1, 9)
    assert not CALENDAR.is_official(2027)


def test_the_same_calendar_has_the_same_version() -> None:
    years, estimate, hours = _shipped()
    assert Calendar(reversed(years), estimate, hours).version == CALENDAR.version
    assert without_worked_weekends().version != CALENDAR.version


def test_outside_the_timeline_nothing_is_guessed() -> None:
    for day in (FIRST_DAY - DAY, LAST_DAY + DAY, date.min, date.max):
        for ask in (CALENDAR.is_workday, CALENDAR.why, CALENDAR.next_workday):
            with pytest.raises(BeyondCalendar):
                ask(day)
    for n in (10**6, -(10**6)):
        with pytest.raises(BeyondCalendar):
            CALENDAR.add_workdays(date(2026, 1, 1), n)
        with pytest.raises(BeyondCalendar):
            CALENDAR.add_minutes(at("2026-01-01T09:00"), n * 1000)


def test_a_moment_is_no_day_and_a_naive_moment_no_moment() -> None:
    with pytest.raises(TypeError, match="is a moment"):
        CALENDAR.add_workdays(at("2026-01-01T09:00"), 1)
    with pytest.raises(ValueError, match="no time zone"):
        CALENDAR.office_time(datetime(2026, 1, 1, 9))


def test_it_cannot_be_changed_by_accident() -> None:
    with pytest.raises(AttributeError):
        CALENDAR.extra = 1  # type: ignore[attr-defined]


SEASONAL = load_calendar(
    OfficeHours(
        ((time(8, 30), time(12)), (time(14), time(17, 30))),
        (
            Season((6, 1), (9, 30), ((time(8), time(12)), (time(15), time(18)))),
            Season((12, 16), (1, 31), ((time(9), time(10)), (time(11), time(12)), (time(13), time(16, 30)))),
        ),
        ((date(2026, 2, 14), ((time(9), time(11, 30)),)),),
    )
)


def test_seasons_half_days_and_three_sittings() -> None:
    assert SEASONAL.closing(date(2026, 5, 29)) == at("2026-05-29T17:30")
    assert SEASONAL.closing(date(2026, 6, 1)) == at("2026-06-01T18:00")
    assert SEASONAL.opening(date(2026, 1, 5)) == at("2026-01-05T09:00")
    assert SEASONAL.closing(date(2026, 2, 14)) == at("2026-02-14T11:30")
    assert SEASONAL.add_minutes(at("2026-02-14T10:30"), 61) == at("2026-02-24T08:31")
    assert SEASONAL.add_minutes(at("2026-09-30T17:00"), 61) == at("2026-10-08T08:31")
    assert SEASONAL.add_minutes(at("2026-01-05T09:59"), 62) == at("2026-01-05T12:01").replace(
        hour=13, minute=1
    )
    assert SEASONAL.open_for(date(2026, 2, 13), date(2026, 2, 14)) == (7 * 60 + 150) * 60_000_000
    assert SEASONAL.sessions(date(2026, 2, 14)) == ((time(9), time(11, 30)),)
    assert SEASONAL.day_length == CALENDAR.day_length
    assert load_calendar(hours=None, published=()) is CALENDAR


@given(MOMENTS, st.integers(0, 3000))
def test_counting_minutes_is_walking_in_every_season(start: datetime, length: int) -> None:
    begin = start.replace(second=0, microsecond=0)

    def opened(minute: datetime) -> bool:
        local = minute.astimezone(SHANGHAI)
        sittings = SEASONAL.hours.on(local.date())
        return SEASONAL.is_workday(local.date()) and any(a <= local.time() < b for a, b in sittings)

    walked = sum(opened(begin + n * MINUTE) for n in range(length))
    assert SEASONAL.count_minutes(begin, begin + length * MINUTE) == walked
    assert SEASONAL.count_minutes(start, SEASONAL.add_minutes(start, length + 1)) == length + 1


@given(MOMENTS, st.sampled_from([CALENDAR, SEASONAL]))
def test_the_scale_of_equal_days_loses_no_microsecond(moment: datetime, calendar: Calendar) -> None:
    passed = calendar.office_time(moment)
    position = calendar.workday_scale(passed)
    assert calendar.from_workday_scale(position) == passed
    closing = calendar.closing(calendar.next_workday(moment.astimezone(SHANGHAI).date()))
    here = calendar.workday_scale(calendar.office_time(closing))
    before = calendar.from_workday_scale(here - 3 * WORKDAY_SCALE)
    assert calendar.moment(before) == calendar.closing(calendar.add_workdays(closing.date(), -3))


@given(MOMENTS, st.sampled_from([CALENDAR, SEASONAL]))
def test_what_comes_in_late_is_received_at_the_next_opening(moment: datetime, calendar: Calendar) -> None:
    found, local = calendar.received(moment), moment.astimezone(SHANGHAI)
    if calendar.is_workday(local.date()) and local < calendar.closing(local.date()):
        assert found == moment
    else:
        assert found == calendar.opening(calendar.add_workdays(local.date(), 1)) > moment


@pytest.mark.parametrize(
    ("day", "known"),
    [("2025-10-01", False), ("2025-11-03", False), ("2025-11-04", True), ("2026-02-01", True)],
)
def test_a_calendar_as_it_was_known(day: str, *, known: bool) -> None:
    calendar = load_calendar(as_of=date.fromisoformat(day))
    assert calendar.is_official(2026) is known
    assert calendar.is_official(2025)
    assert calendar.is_workday(date(2026, 2, 14)) is known
    assert load_calendar(published=(NEXT_YEAR,), as_of=date(2026, 11, 29)).last_official_year == 2026
    assert load_calendar(published=(NEXT_YEAR,), as_of=date(2026, 11, 30)).last_official_year == 2027


def test_a_later_notice_was_not_known_before_it_was_issued() -> None:
    first, later = CALENDAR.notices(2020)
    before = load_calendar(as_of=later.issued - DAY)
    assert before.is_official(2020)
    assert before.notices(2020) == (first,)
    assert before.is_workday(date(2020, 1, 31))
    assert not CALENDAR.is_workday(date(2020, 1, 31))


@given(MOMENTS)
def test_the_zone_a_moment_is_written_in_does_not_matter(moment: datetime) -> None:
    elsewhere = moment.astimezone(ZoneInfo("America/New_York"))
    assert CALENDAR.office_time(moment) == CALENDAR.office_time(elsewhere)
    assert CALENDAR.add_minutes(moment, 7) == CALENDAR.add_minutes(elsewhere, 7)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def test_the_zone_of_the_process_does_not_matter(zone: str) -> None:
    code = (
        "from datetime import datetime, date, UTC\n"
        "from huiyin.rules.workdays import load_calendar\n"
        "c = load_calendar()\n"
        "print(c.add_minutes(datetime(2026, 2, 13, 16, 30, tzinfo=UTC), 61), c.closing(date(2026, 3, 2)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": zone},
    )
    assert done.stdout.split("\n")[0] == "2026-02-14 09:31:00+08:00 2026-03-02 17:30:00+08:00"


def test_summer_time_of_the_eighties_moves_no_office_hour() -> None:
    assert CALENDAR.count_minutes(at("1988-06-01T00:00"), at("1988-06-02T00:00")) == 420
    assert CALENDAR.closing(date(1988, 6, 1)) - CALENDAR.opening(date(1988, 6, 1)) == timedelta(hours=9)
