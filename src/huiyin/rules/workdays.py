"""Working days and office hours over a calendar: exact, immutable, and quick.

A calendar is one timeline laid out once: for each day the number of working
days up to it, and the list of all working days. Adding working days is then
one look-up whatever the amount. Office time is counted in whole microseconds
of open sessions, summed up day by day because days may be of different
length, so that adding and counting undo each other exactly.

Days are `datetime.date` in the office's zone; moments are aware `datetime` of
any zone; moments returned are in `SHANGHAI`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.hours import OfficeHours, Sessions, parse_hours
from huiyin.rules.layout import (
    BASE,
    FIRST_DAY,
    LAST_DAY,
    LENGTH,
    Layout,
    Pattern,
    lay_out,
    reasons_of,
    version_of,
)
from huiyin.rules.local_days import LocalDays, parse_local_days
from huiyin.rules.schedules import Estimate, Notice, Year, parse_estimate, parse_year, parse_year_as_of

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "SHANGHAI",
    "WORKDAY_SCALE",
    "BeyondCalendar",
    "Calendar",
    "Layout",
    "OfficeHours",
    "load_calendar",
]

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

_MINUTE: Final = 60_000_000

# One working day on the scale where each is as long as every other; finer than a microsecond of any day.
WORKDAY_SCALE: Final = 10**12


class BeyondCalendar(HuiyinError):
    """A day lies outside `FIRST_DAY` to `LAST_DAY`."""

    status = 422

    def __init__(self) -> None:
        """Name the range."""
        super().__init__(
            msg("日期超出工作日历的范围（%(first)s至%(last)s）"),
            code="beyond_calendar",
            params={"first": FIRST_DAY, "last": LAST_DAY},
            remedy=msg("请检查日期和时限是否填写正确。"),
        )


class Calendar:
    """Which days are worked, and when the office is open on them. Never changes once made.

    Years in `years` are official. Earlier years know weekends only, later ones
    follow `estimate`; both are provisional (`is_official` says so).

    Methods that take a day raise TypeError for a datetime (a moment has no day
    until a zone is chosen) and BeyondCalendar outside the timeline; methods
    that take a moment raise ValueError for a naive one.
    """

    __slots__ = (
        "_bounds",
        "_days",
        "_flags",
        "_names",
        "_official",
        "_prefix",
        "_reasons",
        "_version",
        "day_length",
        "has_even_days",
        "hours",
        "layout",
        "overlays",
    )

    def __init__(
        self,
        years: Iterable[Year],
        estimate: Estimate,
        hours: OfficeHours,
        overlays: Iterable[LocalDays] = (),
    ) -> None:
        self.hours: Final = hours
        self.overlays: Final = tuple(overlays)
        self._official: Final = {year.year: year for year in sorted(years, key=lambda y: y.year)}
        self._reasons, worked = reasons_of(self._official, estimate, self.overlays)
        self._names: Final = dict(estimate.names)
        for names in (
            *(year.names for year in self._official.values()),
            *(one.names for one in self.overlays),
        ):
            self._names.update(names)
        self.layout: Final = lay_out(self._reasons, worked, hours)
        self._flags: Final = self.layout.flags
        self._prefix: Final = self.layout.prefix
        self._days: Final = self.layout.days
        self._bounds: Final = self.layout.bounds
        # Office time of an ordinary working day in microseconds; `open_for` knows each day's own.
        self.day_length: Final = self.layout.patterns[0].length
        # Whether every working day has the same sittings.
        self.has_even_days: Final = len(self.layout.patterns) == 1
        self._version: Final = version_of(self.layout, self._official, hours, self.overlays)

    @property
    def version(self) -> str:
        """Changes whenever any answer of this calendar could: 'cn@' and 12 hexadecimal digits."""
        return self._version

    @property
    def last_official_year(self) -> int:
        """The newest year whose schedule is published; 0 when there is none."""
        return max(self._official, default=0)

    def is_official(self, year: int) -> bool:
        """Whether the year's schedule is published; every answer about others is provisional."""
        return year in self._official

    def notices(self, year: int) -> tuple[Notice, ...]:
        """What the year rests on: the yearly notice, then those that changed it; () if estimated."""
        return self._official[year].notices if year in self._official else ()

    def is_workday(self, d: date) -> bool:
        """Whether the office works on `d`."""
        return self._flags[_index(d)] == 1

    def why(self, d: date) -> str:
        """'workday', 'shifted_workday' (a worked weekend), 'weekend', or the key of a holiday or local day.

        Local keys begin with 'local:' and may be worked or off; `is_workday` says which.
        """
        known = self._reasons.get(d)
        if known is not None:
            return known
        return "workday" if self._flags[_index(d)] else "weekend"

    def holiday_name(self, key: str) -> tuple[str, str]:
        """The (zh, en) names of a holiday or local day; raises KeyError for a key without names."""
        return self._names[key]

    def add_workdays(self, d: date, n: int) -> date:
        """The n-th working day after `d`, or before it when n is negative; `d` itself for 0.

        `d` is not counted, whether worked or not. Takes the same time for any n.
        """
        i = d.toordinal() - BASE
        if type(d) is not date or not 0 <= i < LENGTH:
            i = _index(d)  # refuses what is no day of the timeline; written out here for speed
        if n > 0:
            i = self._prefix[i] + n - 1
        elif n < 0:
            i = self._prefix[i] - self._flags[i] + n
        else:
            return d
        if 0 <= i < len(self._days):
            return self._days[i]
        raise BeyondCalendar

    def next_workday(self, d: date) -> date:
        """`d` itself if worked, else the first working day after it."""
        return d if self._flags[_index(d)] else self.add_workdays(d, 1)

    def count_workdays(self, after: date, upto: date) -> int:
        """Working days after `after` up to and including `upto`; negative when `upto` is earlier."""
        return self._prefix[_index(upto)] - self._prefix[_index(after)]

    def sessions(self, d: date) -> Sessions:
        """The sittings of `d` in local time, or what they would be if `d` were worked."""
        _index(d)
        return self.hours.on(d)

    def opening(self, d: date) -> datetime:
        """When the first session of `d` opens, or would if `d` were worked."""
        return datetime.combine(d, self._pattern(d).opens, SHANGHAI)

    def closing(self, d: date) -> datetime:
        """Close of business of `d`, or what it would be if `d` were worked."""
        return datetime.combine(d, self._pattern(d).closes, SHANGHAI)

    def received(self, at: datetime) -> datetime:
        """`at` itself before close of business of a working day, else the next opening after it."""
        local = at.astimezone(SHANGHAI)
        day = local.date()
        if self.is_workday(day) and local < self.closing(day):
            return local
        return self.opening(self.add_workdays(day, 1))

    def add_minutes(self, at: datetime, n: int) -> datetime:
        """`n` minutes of office time after `at` (before it when negative); `at` itself for 0.

        Time runs only while a session is open; an end that falls on the edge of
        a session is that session's end (or its opening, going back).
        """
        if n == 0:
            return at
        return self.moment(self.office_time(at) + n * _MINUTE, late=n < 0)

    def count_minutes(self, a: datetime, b: datetime) -> int:
        """Whole minutes of office time from `a` to `b`; negative when `b` is earlier."""
        span = self.office_time(b) - self.office_time(a)
        return span // _MINUTE if span >= 0 else -(-span // _MINUTE)

    def open_for(self, first: date, last: date) -> int:
        """Office time of the days from `first` to `last`, both included, in microseconds."""
        before = self._prefix[_index(first)] - self._flags[_index(first)]
        return self._bounds[self._prefix[_index(last)]] - self._bounds[before]

    def office_time(self, at: datetime) -> int:
        """Office time from the beginning of the timeline to `at`, in microseconds."""
        if at.tzinfo is None:
            raise ValueError(f"{at} has no time zone; give an aware moment")
        local = at if at.tzinfo is SHANGHAI else at.astimezone(SHANGHAI)
        i = local.toordinal() - BASE
        if not 0 <= i < LENGTH:
            raise BeyondCalendar
        if not self._flags[i]:
            return self._bounds[self._prefix[i]]
        clock = ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000_000 + local.microsecond
        passed = self._bounds[self._prefix[i] - 1]
        for opens, closes in self.layout.patterns[self.layout.shapes[i]].sessions:
            if clock <= opens:
                break
            passed += min(clock, closes) - opens
        return passed

    def moment(self, office_time: int, *, late: bool = False) -> datetime:
        """The earliest moment (the latest if `late`) with that much office time before it."""
        k, rest = self._placed(office_time, late=late)
        day = self._days[k]
        for opens, closes in self.layout.patterns[self.layout.shapes[day.toordinal() - BASE]].sessions:
            length = closes - opens
            if rest < length or (rest == length and not late):
                return _at(day, opens + rest)
            rest -= length
        raise AssertionError("the sessions add up to the day")  # pragma: no cover

    def workday_scale(self, office_time: int) -> int:
        """Office time on the scale where each working day is `WORKDAY_SCALE` long, however long it is open.

        `from_workday_scale` gives the office time back exactly.
        """
        k, rest = self._placed(office_time, late=False)
        return k * WORKDAY_SCALE + rest * WORKDAY_SCALE // (self._bounds[k + 1] - self._bounds[k])

    def from_workday_scale(self, position: int) -> int:
        """The office time of a position on the scale of `workday_scale`, rounded up to a microsecond."""
        k, rest = divmod(position - 1, WORKDAY_SCALE)
        if not 0 <= k < len(self._days):
            raise BeyondCalendar
        length = self._bounds[k + 1] - self._bounds[k]
        return self._bounds[k] - (-(rest + 1) * length // WORKDAY_SCALE)

    def _placed(self, office_time: int, *, late: bool) -> tuple[int, int]:
        """Which working day that much office time ends in (or begins in if `late`), and how far into it."""
        if self.has_even_days:
            k = (office_time if late else office_time - 1) // self.day_length
        elif late:
            k = bisect_right(self._bounds, office_time) - 1
        else:
            k = bisect_left(self._bounds, office_time) - 1
        if 0 <= k < len(self._days):
            return k, office_time - self._bounds[k]
        raise BeyondCalendar

    def _pattern(self, d: date) -> Pattern:
        return self.layout.patterns[self.layout.shapes[_index(d)]]


def load_calendar(
    hours: OfficeHours | None = None,
    published: tuple[str, ...] = (),
    *,
    overlays: tuple[str, ...] = (),
    as_of: date | None = None,
) -> Calendar:
    """The shipped calendar, cached; with an office's own hours and days where it has some.

    `published` holds texts of further year files (an office imports the notice
    of a new year before an update ships it); each replaces the shipped year.
    `overlays` holds texts of local notices (`local_days.parse_local_days`), the last
    one deciding. With `as_of`, only notices issued on or before that day count:
    the calendar as it was known then. Raises ScheduleError naming what to repair.
    """
    return _load(hours, published, overlays, as_of)


@lru_cache(maxsize=64)
def _load(
    hours: OfficeHours | None, published: tuple[str, ...], overlays: tuple[str, ...], as_of: date | None
) -> Calendar:
    shipped, estimate, default_hours = _shipped(as_of)
    imported = _known({f"imported year file {i}": text for i, text in enumerate(published, 1)}, as_of)
    years = {year.year: year for year in (*shipped, *imported)}
    local = (parse_local_days(text, f"local days {i}") for i, text in enumerate(overlays, 1))
    known = [one for one in local if as_of is None or one.notice.issued <= as_of]
    return Calendar(years.values(), estimate, hours or default_hours, known)


@lru_cache(maxsize=16)
def _shipped(as_of: date | None = None) -> tuple[tuple[Year, ...], Estimate, OfficeHours]:
    folder = resources.files("huiyin") / "rulebooks" / "calendar"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    return (
        _known({name: text for name, text in texts.items() if name.startswith("cn-")}, as_of),
        parse_estimate(texts["estimated.yaml"], "estimated.yaml"),
        parse_hours(texts["hours.yaml"], "hours.yaml"),
    )


def _known(texts: Mapping[str, str], as_of: date | None) -> tuple[Year, ...]:
    """The years of these files, as they were known at the end of a day if one is given."""
    if as_of is None:
        return tuple(parse_year(text, name) for name, text in texts.items())
    found = (parse_year_as_of(text, name, as_of) for name, text in texts.items())
    return tuple(year for year in found if year is not None)


def _at(day: date, clock: int) -> datetime:
    """The moment of a day at that many microseconds past midnight by the wall clock."""
    seconds, microsecond = divmod(clock, 1_000_000)
    minutes, second = divmod(seconds, 60)
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, second, microsecond, SHANGHAI)


def _index(d: date) -> int:
    if isinstance(d, datetime):
        raise TypeError(f"{d!r} is a moment; give the day in the office's zone")
    i = d.toordinal() - BASE
    if 0 <= i < LENGTH:
        return i
    raise BeyondCalendar
