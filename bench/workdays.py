"""Working-day arithmetic against other libraries, measured side by side in one run: `make bench`.

Absolute times swing with the machine; the ratios are what to compare. The
answers are compared before anything is timed, so that each peer answers the
same question: make-up weekends are told to those that know none by naming
every day off a holiday of a week of seven working days.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import businesstimedelta
import holidays
import numpy as np
import pandas as pd

from huiyin.rules.clocks import Clock, Paused, Resumed, Threshold, reckon
from huiyin.rules.many import Many
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar

ROUNDS = 7
FEW = 200
ROWS = 1_000_000
THRESHOLD = Threshold(min_working_days=1, share=0.2)
KNOWN = range(2018, 2028)


def main() -> None:
    """Print what one question costs here and there."""
    calendar = load_calendar()
    china = holidays.country_holidays("CN", years=KNOWN)
    rng = random.Random(11)
    days = [date(2018, 1, 1) + timedelta(days=rng.randrange(3000)) for _ in range(2000)]
    compare_answers(calendar, china, days)
    print(f"{'question':38} {'here':>10} {'there':>12} {'ratio':>8}  against")
    by_the_day(calendar, china, days)
    by_the_hour(calendar, days)
    in_vectors(calendar)
    alone(calendar, days)


def by_the_day(calendar: Calendar, china: holidays.HolidayBase, days: list[date]) -> None:
    """One question at a time: adding and counting days, in microseconds a call."""
    few = days[:FEW]
    for n in (1, 5, 20, 60):
        line(
            f"add {n} working days, us",
            per_call(partial(add_all, calendar.add_workdays, days, n), len(days)),
            per_call(partial(add_all, china.get_nth_working_day, few, n), len(few)),
            "holidays",
        )
    for length in (30, 120):
        line(
            f"count over {length} days, us",
            per_call(partial(count_all, calendar.count_workdays, days, length), len(days)),
            per_call(partial(count_all, china.get_working_days_count, few, length), len(few)),
            "holidays",
        )


def by_the_hour(calendar: Calendar, days: list[date]) -> None:
    """One question at a time: adding hours of office time, in microseconds a call."""
    moments = [datetime(d.year, d.month, d.day, 10, 17, tzinfo=SHANGHAI) for d in days]
    few = [at.replace(tzinfo=None) for at in moments[:FEW]]
    stamps = [pd.Timestamp(at) for at in few]
    off = [d for d in span_of_days() if not calendar.is_workday(d)]
    rules = business_rules(off)
    for hours in (3, 20, 100):
        shift = business_hours(off, hours)
        delta = businesstimedelta.BusinessTimeDelta(rules, hours=hours)
        ours = [
            at.replace(tzinfo=None) for at in (calendar.add_minutes(m, hours * 60) for m in moments[:FEW])
        ]
        same(f"{hours} hours", ours, [(stamp + shift).to_pydatetime() for stamp in stamps], "pandas")
        same(f"{hours} hours", ours, [(at + delta).replace(tzinfo=None) for at in few], "businesstimedelta")
        mine = per_call(partial(add_minutes, calendar, moments, hours * 60), len(moments))
        there = per_call(partial(shift_all, stamps, shift), FEW)
        line(f"add {hours} working hours, us", mine, there, "pandas CustomBusinessHour")
        there = per_call(partial(shift_all, few, delta), FEW, rounds=3)
        line(f"add {hours} working hours, us", mine, there, "businesstimedelta")


def in_vectors(calendar: Calendar) -> None:
    """A million rows at once, in nanoseconds a row."""
    many = Many(calendar)
    rng = np.random.default_rng(11)
    days = np.datetime64("2018-01-01") + rng.integers(0, 3000, ROWS)
    every_day = np.arange("2017-01-01", "2028-12-31", dtype="datetime64[D]")
    off = [d for d in every_day.tolist() if not calendar.is_workday(d)]
    week_of_seven = np.busdaycalendar(weekmask=[1] * 7, holidays=np.array(off, dtype="datetime64[D]"))
    for n in (1, 20):
        there = partial(np.busday_offset, days, n, roll="backward", busdaycal=week_of_seven)
        same(f"{n} days", many.add_workdays(days, n).tolist(), there().tolist(), "numpy")
        mine = per_call(partial(many.add_workdays, days, n), ROWS, unit=1e9)
        other = per_call(there, ROWS, unit=1e9, rounds=3)
        line(f"add {n} working days to 1,000,000, ns", mine, other, "numpy busday_offset")
    moments = days.astype("datetime64[m]") + rng.integers(0, 1440, ROWS)
    amounts = rng.integers(1, 6000, ROWS)
    later = many.add_minutes(moments, amounts)
    line(
        "add 600 minutes to 1,000,000, ns", per_call(partial(many.add_minutes, moments, 600), ROWS, unit=1e9)
    )
    line(
        "add other minutes to each, ns", per_call(partial(many.add_minutes, moments, amounts), ROWS, unit=1e9)
    )
    line("count minutes of each, ns", per_call(partial(many.count_minutes, moments, later), ROWS, unit=1e9))


def alone(calendar: Calendar, days: list[date]) -> None:
    """What has no counterpart elsewhere."""
    moments = [datetime(d.year, d.month, d.day, 10, 17, tzinfo=SHANGHAI) for d in days]
    clocks = [Clock(m, Limit(20, Unit.WORKING_DAY)) for m in moments]
    line("reckon 20 working days, us", per_call(lambda: reckon_all(clocks, calendar), 2000))
    stopped = [Clock(m, Limit(20, Unit.WORKING_DAY), pause(m)) for m in moments]
    line("the same with a pause, us", per_call(lambda: reckon_all(stopped, calendar), 2000))


def business_hours(off: list[date], hours: int) -> Any:
    """That many hours of a week of seven working days in which every day off is a holiday."""
    return pd.offsets.CustomBusinessHour(
        hours,
        weekmask="Mon Tue Wed Thu Fri Sat Sun",
        holidays=off,
        start=["08:30", "14:00"],
        end=["12:00", "17:30"],
    )


def business_rules(off: list[date]) -> businesstimedelta.Rules:
    """The same for businesstimedelta."""
    whole_week = list(range(7))
    return businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(
                start_time=dt.time(8, 30), end_time=dt.time(17, 30), working_days=whole_week
            ),
            businesstimedelta.LunchTimeRule(
                start_time=dt.time(12), end_time=dt.time(14), working_days=whole_week
            ),
            businesstimedelta.HolidayRule(dict.fromkeys(off, "off")),
        ]
    )


def span_of_days() -> list[date]:
    """Every day that a question can touch."""
    first = date(KNOWN.start, 1, 1)
    return [first + timedelta(days=n) for n in range(365 * len(KNOWN) + 3)]


def same(question: str, ours: list[Any], theirs: list[Any], peer: str) -> None:
    """Stop when two disagree: a quick wrong answer is worth nothing."""
    for mine, other in zip(ours, theirs, strict=True):
        if mine != other:
            raise SystemExit(f"{question}: here {mine}, {peer} {other}")


def add_minutes(calendar: Calendar, moments: list[datetime], minutes: int) -> None:
    """Office time after each moment."""
    for at in moments:
        calendar.add_minutes(at, minutes)


def shift_all(moments: list[Any], shift: Any) -> None:
    """A peer's offset after each moment."""
    for at in moments:
        at + shift


def compare_answers(calendar: Calendar, china: holidays.HolidayBase, days: list[date]) -> None:
    """Stop when the two disagree: a quick wrong answer is worth nothing."""
    for day in days[:500]:
        for n in (1, 5, 20, 60):
            if calendar.add_workdays(day, n) != china.get_nth_working_day(day, n):
                raise SystemExit(f"{day} + {n} working days: the two calendars disagree")


def add_all(add: Callable[[date, int], date], days: list[date], n: int) -> None:
    """The n-th working day after each day."""
    for day in days:
        add(day, n)


def count_all(count: Callable[[date, date], int], days: list[date], length: int) -> None:
    """Working days in a span after each day."""
    span = timedelta(days=length)
    for day in days:
        count(day, day + span)


def reckon_all(clocks: list[Clock], calendar: Calendar) -> None:
    """Reckon each clock."""
    for clock in clocks:
        reckon(clock, calendar, threshold=THRESHOLD)


def pause(start: datetime) -> tuple[Paused, Resumed]:
    """A procedure in the second week."""
    begins = start + timedelta(days=8)
    return Paused("hearing", "bench", begins, 5), Resumed(begins + timedelta(days=6))


def per_call(
    work: Callable[[], object], calls: int, *, unit: float = 1e6, rounds: int = ROUNDS
) -> list[float]:
    """Microseconds (or another unit) a call, one figure a round."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) / calls * unit)
    return found


def line(question: str, ours: list[float], theirs: list[float] | None = None, peer: str = "") -> None:
    """One line of the table: medians, and how many times quicker."""
    mine = statistics.median(ours)
    if theirs is None:
        print(f"{question:38} {mine:10.3f}")
        return
    other = statistics.median(theirs)
    print(f"{question:38} {mine:10.3f} {other:12.3f} {other / mine:7.0f}x  {peer}")


if __name__ == "__main__":
    main()
