"""Office hours: by season, over New Year, from a day on, and on single days."""

from __future__ import annotations

from datetime import date, time
from importlib import resources

import pytest

from huiyin.rules.hours import OfficeHours, Season, parse_hours
from huiyin.rules.reading import ScheduleError

FOLDER = resources.files("huiyin") / "rulebooks" / "calendar"
DAY = ((time(9), time(12)), (time(13), time(17)))
LONG = ((time(8), time(12)), (time(15), time(18)))
MORNING = ((time(9), time(12)),)

SEASONS = """
sessions: [["09:00", "12:00"], ["13:00", "17:00"]]
seasons:
  - {from: "06-01", to: "09-30", since: 2025-07-01, sessions: [["08:00", "12:00"], ["15:00", "18:00"]]}
days:
  - {date: 2026-02-14, sessions: [["09:00", "12:00"]]}
"""


def test_seasons_and_single_days_are_read() -> None:
    assert parse_hours(SEASONS, "x") == OfficeHours(
        DAY, (Season((6, 1), (9, 30), LONG, date(2025, 7, 1)),), ((date(2026, 2, 14), MORNING),)
    )


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        (date(2026, 5, 31), DAY),
        (date(2026, 6, 1), LONG),
        (date(2026, 9, 30), LONG),
        (date(2026, 10, 1), DAY),
        (date(2025, 6, 30), DAY),
        (date(2025, 7, 1), LONG),
        (date(2024, 7, 1), DAY),
        (date(2026, 2, 14), MORNING),
    ],
)
def test_the_sittings_of_a_day(day: date, sessions: object) -> None:
    assert parse_hours(SEASONS, "x").on(day) == sessions


def test_a_season_may_run_over_new_year_and_the_last_one_decides() -> None:
    winter = Season((11, 1), (2, 29), MORNING)
    hours = OfficeHours(DAY, (winter,))
    assert [hours.on(date(2026, month, 28)) == MORNING for month in range(1, 13)] == [
        *[True, True],
        *[False] * 8,
        *[True, True],
    ]
    assert hours.on(date(2028, 2, 29)) == MORNING
    both = OfficeHours(DAY, (winter, Season((12, 1), (12, 31), LONG)))
    assert both.on(date(2026, 12, 1)) == LONG
    assert both.on(date(2026, 11, 30)) == MORNING


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"06-01"', '"06-31"', "no year has a day"),
        ('"06-01"', "6", "in quotes"),
        ('"06-01"', "june", "no day of the year|ValueError|invalid literal"),
        ("2025-07-01", "soon", "no date"),
        ("2026-02-14", "soon", "no date"),
        ('[["08:00", "12:00"]', '[["13:00", "12:00"]', "each edge later"),
        ("days:", 'days:\n  - {date: 2026-02-14, sessions: [["08:00", "12:00"]]}', "two sets of hours"),
        ('{date: 2026-02-14, sessions: [["09:00", "12:00"]]}', "{date: 2026-02-14}", "sessions"),
    ],
)
def test_wrong_seasons_are_told_what_and_where(old: str, new: str, complaint: str) -> None:
    assert old in SEASONS
    with pytest.raises(ScheduleError, match="my-file") as caught:
        parse_hours(SEASONS.replace(old, new, 1), "my-file")
    assert any(word in str(caught.value) for word in complaint.split("|"))


def test_hours_are_data() -> None:
    hours = parse_hours((FOLDER / "hours.yaml").read_text(encoding="utf-8"), "hours.yaml")
    assert hours == OfficeHours(((time(8, 30), time(12)), (time(14), time(17, 30))))


@pytest.mark.parametrize(
    "text",
    [
        "sessions: []",
        "other: 1",
        'sessions: [["08:30"]]',
        'sessions: [["12:00", "08:30"]]',
        'sessions: [["08:30", "12:00"], ["11:00", "17:00"]]',
        'sessions: [["08:30+08:00", "12:00+08:00"]]',
        "sessions: [[8, 12]]",
    ],
)
def test_hours_nobody_could_work_are_refused(text: str) -> None:
    with pytest.raises(ScheduleError):
        parse_hours(text, "hours.yaml")


def test_office_hours_can_be_made_by_hand() -> None:
    with pytest.raises(ScheduleError):
        OfficeHours(())
