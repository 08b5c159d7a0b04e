"""Working-day arithmetic against `holidays`, measured side by side in one run.

    python bench/workdays.py

Absolute times swing with the machine; the ratios are what to compare. The
answers are compared before anything is timed.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import holidays

from huiyin.rules.clocks import Clock, Paused, Resumed, Threshold, reckon
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar

ROUNDS = 7
THRESHOLD = Threshold(min_working_days=1, share=0.2)


def main() -> None:
    """Print what one question costs here and there."""
    calendar = load_calendar()
    china = holidays.country_holidays("CN", years=range(2018, 2028))
    rng = random.Random(11)
    days = [date(2018, 1, 1) + timedelta(days=rng.randrange(3000)) for _ in range(2000)]
    compare_answers(calendar, china, days)
    print(f"{'question':34} {'here us':>9} {'holidays us':>12} {'ratio':>8}")
    few = days[:200]
    for n in (1, 5, 20, 60):
        line(
            f"add {n} working days",
            per_call(partial(add_all, calendar.add_workdays, days, n), len(days)),
            per_call(partial(add_all, china.get_nth_working_day, few, n), len(few)),
        )
    for length in (30, 120):
        line(
            f"count over {length} days",
            per_call(partial(count_all, calendar.count_workdays, days, length), len(days)),
            per_call(partial(count_all, china.get_working_days_count, few, length), len(few)),
        )
    print("\nwithout a counterpart elsewhere")
    moments = [datetime(d.year, d.month, d.day, 10, 17, tzinfo=SHANGHAI) for d in days]
    line("add 600 working minutes", per_call(lambda: [calendar.add_minutes(m, 600) for m in moments], 2000))
    clocks = [Clock(m, Limit(20, Unit.WORKING_DAY)) for m in moments]
    line("reckon 20 working days", per_call(lambda: reckon_all(clocks, calendar), 2000))
    stopped = [Clock(m, Limit(20, Unit.WORKING_DAY), pause(m)) for m in moments]
    line("the same with a pause", per_call(lambda: reckon_all(stopped, calendar), 2000))


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


def per_call(work: Callable[[], object], calls: int) -> list[float]:
    """Microseconds a call, one figure a round."""
    found = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) / calls * 1e6)
    return found


def line(question: str, ours: list[float], theirs: list[float] | None = None) -> None:
    """One line of the table: medians, and how many times quicker."""
    mine = statistics.median(ours)
    if theirs is None:
        print(f"{question:34} {mine:9.3f}")
        return
    other = statistics.median(theirs)
    print(f"{question:34} {mine:9.3f} {other:12.3f} {other / mine:7.0f}x")


if __name__ == "__main__":
    main()
