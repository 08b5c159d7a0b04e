"""Limits in different units are compared where they can differ: over the great holidays."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from huiyin.rules.clocks import Counting
from huiyin.rules.comparing import ends_later
from huiyin.rules.course import Course
from huiyin.rules.facts import Clock
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

WORKING, DAYS = Unit.WORKING_DAY, Unit.CALENDAR_DAY


@pytest.mark.parametrize(
    ("one", "other", "strictly", "later"),
    [
        (Limit(10, WORKING), Limit(10, WORKING), False, False),
        (Limit(10, WORKING), Limit(10, WORKING), True, True),
        (Limit(11, WORKING), Limit(10, WORKING), False, True),
        # As many of each: the working days are always the longer ones.
        (Limit(10, WORKING), Limit(10, DAYS), False, True),
        (Limit(10, DAYS), Limit(10, WORKING), False, False),
        # Shorter in an ordinary week, longer over the National Day.
        (Limit(10, WORKING), Limit(15, DAYS), False, True),
        (Limit(10, WORKING), Limit(30, DAYS), True, False),
        # The seventh day can be a day off, and the first working day after it the same.
        (Limit(1, DAYS), Limit(1, WORKING), False, False),
        (Limit(1, DAYS), Limit(1, WORKING), True, True),
        (Limit(0, Unit.AT_ONCE), Limit(1, WORKING), True, False),
        (Limit(8, Unit.WORKING_HOUR), Limit(1, Unit.CLOCK_HOUR), False, True),
    ],
)
def test_a_limit_is_compared_from_every_day(one: Limit, other: Limit, strictly: bool, later: bool) -> None:
    assert (ends_later(one, other, strictly=strictly) is not None) is later


def test_the_day_it_names_is_one_from_which_it_ends_later() -> None:
    one, other = Limit(10, WORKING), Limit(15, DAYS)
    day = ends_later(one, other)
    assert day is not None
    start = datetime.combine(day, time(9), SHANGHAI)
    ends = [Course(Clock(start, limit), load_calendar(), Counting()).run() for limit in (one, other)]
    assert ends[0] > ends[1]


def test_what_waits_for_an_event_compares_with_nothing() -> None:
    with pytest.raises(ValueError, match="event"):
        ends_later(Limit(0, Unit.BEFORE_EVENT), Limit(1, DAYS))
