"""Vectors give what the calendar gives row by row, and refuse what it refuses."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pytest

import huiyin.rules
from huiyin.rules.hours import OfficeHours, Season
from huiyin.rules.many import Amounts, Days, Many, Moments
from huiyin.rules.workdays import FIRST_DAY, LAST_DAY, SHANGHAI, BeyondCalendar, Calendar, load_calendar

ROWS = 40_000
PLAIN = load_calendar()
UNEVEN = load_calendar(
    OfficeHours(
        ((time(8, 30), time(12)), (time(14), time(17, 30))),
        (
            Season((6, 1), (9, 30), ((time(8), time(12)), (time(15), time(18)))),
            Season((12, 16), (1, 31), ((time(9), time(10)), (time(11), time(12)), (time(13), time(16, 30)))),
        ),
        ((date(2026, 2, 14), ((time(9), time(11, 30)),)), (date(2026, 3, 2), ((time(9), time(9, 7)),))),
    )
)
CALENDARS = pytest.mark.parametrize("calendar", [PLAIN, UNEVEN], ids=["plain", "uneven"])


def some_days(seed: int) -> Days:
    rng = np.random.default_rng(seed)
    return np.datetime64("2009-06-01") + rng.integers(0, 12_000, ROWS)


def some_moments(seed: int) -> Moments:
    rng = np.random.default_rng(seed)
    return np.datetime64("2025-06-01T00:00", "m") + rng.integers(0, 900 * 1440, ROWS)


def some_amounts(seed: int, most: int) -> Amounts:
    amounts = np.random.default_rng(seed).integers(-most, most + 1, ROWS)
    amounts[::50] = 0
    return amounts


def as_moment(at: datetime) -> datetime:
    return at.replace(tzinfo=SHANGHAI)


@CALENDARS
def test_adding_working_days(calendar: Calendar) -> None:
    many, days, amounts = Many(calendar), some_days(1), some_amounts(2, 90)
    expected = [
        calendar.add_workdays(d, int(n)) for d, n in zip(days.tolist(), amounts.tolist(), strict=True)
    ]
    assert many.add_workdays(days, amounts).tolist() == expected
    for n in (-7, -1, 0, 1, 20):
        assert many.add_workdays(days, n).tolist() == [calendar.add_workdays(d, n) for d in days.tolist()]


@CALENDARS
def test_counting_working_days(calendar: Calendar) -> None:
    after, upto = some_days(3), some_days(4)
    expected = [calendar.count_workdays(a, b) for a, b in zip(after.tolist(), upto.tolist(), strict=True)]
    assert Many(calendar).count_workdays(after, upto).tolist() == expected


@CALENDARS
def test_adding_minutes(calendar: Calendar) -> None:
    many, moments, amounts = Many(calendar), some_moments(5), some_amounts(6, 5000)
    rows = [as_moment(at) for at in moments.tolist()]
    expected = [calendar.add_minutes(at, n) for at, n in zip(rows, amounts.tolist(), strict=True)]
    assert [as_moment(at) for at in many.add_minutes(moments, amounts).tolist()] == expected
    for n in (-421, -1, 0, 1, 420):
        found = [as_moment(at) for at in many.add_minutes(moments, n).tolist()]
        assert found == [calendar.add_minutes(at, n) for at in rows]


@CALENDARS
def test_counting_minutes(calendar: Calendar) -> None:
    first, last = some_moments(7), some_moments(8)
    rows = zip(first.tolist(), last.tolist(), strict=True)
    expected = [calendar.count_minutes(as_moment(a), as_moment(b)) for a, b in rows]
    assert Many(calendar).count_minutes(first, last).tolist() == expected


def test_another_calendar_gives_other_answers() -> None:
    moments = some_moments(9)
    assert (Many(PLAIN).add_minutes(moments, 600) != Many(UNEVEN).add_minutes(moments, 600)).mean() > 0.5


def test_shapes_are_kept_and_amounts_are_spread() -> None:
    many = Many(PLAIN)
    days = some_days(10)[:12].reshape(3, 4)
    assert many.add_workdays(days, np.arange(4)).shape == (3, 4)
    assert many.count_workdays(days, np.array("2026-01-01", dtype="datetime64[D]")).shape == (3, 4)
    assert many.add_minutes(days.astype("datetime64[m]"), 5).shape == (3, 4)
    assert many.add_workdays(days[:0], 1).shape == (0, 4)


@pytest.mark.parametrize(
    "day", [FIRST_DAY.replace(year=1949), LAST_DAY.replace(year=2200), "NaT"], ids=["early", "late", "none"]
)
def test_outside_the_timeline_the_whole_call_is_refused(day: date | str) -> None:
    many = Many(PLAIN)
    days = np.array(["2026-01-01", day], dtype="datetime64[D]")
    asks: tuple[Callable[[], object], ...] = (
        lambda: many.add_workdays(days, 1),
        lambda: many.add_workdays(days, np.array([1, 2])),
        lambda: many.count_workdays(days, days[::-1]),
        lambda: many.add_minutes(days.astype("datetime64[m]"), 1),
        lambda: many.count_minutes(days.astype("datetime64[m]"), days[::-1].astype("datetime64[m]")),
    )
    for ask in asks:
        with pytest.raises(BeyondCalendar):
            ask()


@pytest.mark.parametrize("n", [10**6, -(10**6)])
def test_answers_outside_the_timeline_are_refused(n: int) -> None:
    many = Many(PLAIN)
    days = np.array(["2026-01-01"], dtype="datetime64[D]")
    asks: tuple[Callable[[], object], ...] = (
        lambda: many.add_workdays(days, n),
        lambda: many.add_workdays(days, np.array([n])),
        lambda: many.add_minutes(days.astype("datetime64[m]"), n * 100),
    )
    for ask in asks:
        with pytest.raises(BeyondCalendar):
            ask()


def test_only_whole_days_minutes_and_hours_are_taken() -> None:
    many = Many(PLAIN)
    seconds = np.array(["2026-01-01T09:00:01"], dtype="datetime64[s]")
    with pytest.raises(TypeError, match=r"datetime64\[D\]"):
        many.add_workdays(seconds, 1)
    with pytest.raises(TypeError, match=r"datetime64\[m\]"):
        many.add_minutes(seconds, 1)
    with pytest.raises(ValueError, match="whole minutes"):
        Many(load_calendar(OfficeHours(((time(9), time(12, 0, 30)),))))


def test_numpy_is_imported_here_only() -> None:
    folder = Path(huiyin.rules.__file__).parent.parent
    importing = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "numpy" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "numpy")
    ]
    assert set(importing) == {"rules/many.py"}
