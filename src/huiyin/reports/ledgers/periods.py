"""The days that a register covers, and what they are called in its title."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from huiyin.rules.errors import Invalid, msg
from huiyin.rules.workdays import SHANGHAI

LONGEST_DAYS: Final = 3660
"""Ten years: more than anybody prints, and still quick to refuse."""
_A_QUARTER: Final = 3
_DECEMBER: Final = 12


class Span(StrEnum):
    """How people choose days: a whole month, quarter or year, or from one day to another."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included, in the office's zone."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The moment it begins."""
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def until(self) -> datetime:
        """The moment it is over: the first that does not belong to it."""
        return datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)

    def named(self, say: Callable[[str], str]) -> str:
        """Return what it is called: a year, quarter or month by its name, other days by both ends."""
        first, last = self.first, self.last
        known = {"year": first.year, "month": first.month, "quarter": (first.month - 1) // _A_QUARTER + 1}
        if self == whole(Span.YEAR, first):
            return say(msg("%(year)s年")) % known
        if self == whole(Span.QUARTER, first):
            return say(msg("%(year)s年第%(quarter)s季度")) % known
        if self == whole(Span.MONTH, first):
            return say(msg("%(year)s年%(month)s月")) % known
        return say(msg("%(first)s至%(last)s")) % {"first": first.isoformat(), "last": last.isoformat()}

    def months(self) -> Iterator[Period]:
        """Give its months one after the other, the first and the last cut to its own days."""
        first = self.first
        while first <= self.last:
            last = min(whole(Span.MONTH, first).last, self.last)
            yield Period(first, last)
            first = last + timedelta(days=1)


def whole(span: Span, day: date) -> Period:
    """Return the month, quarter or year that a day lies in; of DAYS that day alone."""
    if span is Span.YEAR:
        return Period(day.replace(month=1, day=1), day.replace(month=_DECEMBER, day=31))
    if span is Span.QUARTER:
        begins = (day.month - 1) // _A_QUARTER * _A_QUARTER + 1
        return Period(day.replace(month=begins, day=1), _month_end(day.year, begins + _A_QUARTER - 1))
    if span is Span.MONTH:
        return Period(day.replace(day=1), _month_end(day.year, day.month))
    return Period(day, day)


def between(first: date, last: date) -> Period:
    """Return the days from one to another.

    Raises:
        Invalid: by `from` and `to`, for days in the wrong order or more than ten years.
    """
    if last < first:
        raise Invalid({"to": msg("结束的日期早于开始的日期")})
    if (last - first).days > LONGEST_DAYS:
        raise Invalid({"from": msg("一次最多导出十年")})
    return Period(first, last)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
