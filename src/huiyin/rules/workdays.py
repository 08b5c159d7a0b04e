"""Working days and office hours over a calendar: exact, immutable, and quick.

A calendar is one timeline laid out once: for each day the number of working
days up to it, and the list of all working days. Adding working days is then
one look-up whatever the amount. Office time is counted in whole microseconds
of open sessions, so that adding and counting undo each other exactly.

Days are `datetime.date` in the office's zone; moments are aware `datetime` of
any zone; moments returned are in `SHANGHAI`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from itertools import accumulate, compress
from typing import Final
from zoneinfo import ZoneInfo

from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.schedules import (
    Estimate,
    Notice,
    OfficeHours,
    Year,
    parse_estimate,
    parse_hours,
    parse_year,
)

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

# How far the timeline is laid out. It has nothing to do with what is published.
FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)

_BASE: Final = FIRST_DAY.toordinal()
_LENGTH: Final = LAST_DAY.toordinal() - _BASE + 1
_MINUTE: Final = 60_000_000
_MICROSECOND: Final = timedelta(microseconds=1)


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
        "_days",
        "_flags",
        "_names",
        "_official",
        "_open",
        "_prefix",
        "_reasons",
        "_sessions",
        "_version",
        "hours",
    )

    def __init__(self, years: Iterable[Year], estimate: Estimate, hours: OfficeHours) -> None:
        self.hours: Final = hours
        self._official: Final = {year.year: year for year in sorted(years, key=lambda y: y.year)}
        self._reasons: Final = _reasons(self._official, estimate)
        self._names: Final = dict(estimate.names)
        for year in self._official.values():
            self._names.update(year.names)
        self._flags: Final = _flags(self._reasons)
        self._prefix: Final = list(accumulate(self._flags))
        self._days: Final = [date.fromordinal(_BASE + i) for i in compress(range(_LENGTH), self._flags)]
        self._sessions: Final = _sessions(hours)
        self._open: Final = sum(closes - opens for opens, closes in self._sessions)
        self._version: Final = _version(self._flags, self._official, hours)

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
        """'workday', 'shifted_workday' (a worked weekend), 'weekend', or the holiday's key."""
        known = self._reasons.get(d)
        if known is not None:
            return known
        return "workday" if self._flags[_index(d)] else "weekend"

    def holiday_name(self, key: str) -> tuple[str, str]:
        """A holiday's (zh, en) names; raises KeyError for a key that `why` never gives."""
        return self._names[key]

    def add_workdays(self, d: date, n: int) -> date:
        """The n-th working day after `d`, or before it when n is negative; `d` itself for 0.

        `d` is not counted, whether worked or not. Takes the same time for any n.
        """
        i = d.toordinal() - _BASE
        if type(d) is not date or not 0 <= i < _LENGTH:
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

    def opening(self, d: date) -> datetime:
        """When the first session of `d` opens, or would if `d` were worked."""
        return datetime.combine(d, self.hours.sessions[0][0], SHANGHAI)

    def closing(self, d: date) -> datetime:
        """Close of business of `d`, or what it would be if `d` were worked."""
        return datetime.combine(d, self.hours.sessions[-1][1], SHANGHAI)

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

    @property
    def day_length(self) -> int:
        """Office time of one working day, in microseconds."""
        return self._open

    def office_time(self, at: datetime) -> int:
        """Office time from the beginning of the timeline to `at`, in microseconds."""
        if at.tzinfo is None:
            raise ValueError(f"{at} has no time zone; give an aware moment")
        local = at.astimezone(SHANGHAI)
        i = _index(local.date())
        if not self._flags[i]:
            return self._prefix[i] * self._open
        clock = ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000_000 + local.microsecond
        passed = (self._prefix[i] - 1) * self._open
        for opens, closes in self._sessions:
            if clock <= opens:
                break
            passed += min(clock, closes) - opens
        return passed

    def moment(self, office_time: int, *, late: bool = False) -> datetime:
        """The earliest moment (the latest if `late`) with that much office time before it."""
        if late:
            i, rest = divmod(office_time, self._open)
        else:
            i, rest = divmod(office_time - 1, self._open)
            rest += 1
        if not 0 <= i < len(self._days):
            raise BeyondCalendar
        midnight = datetime.combine(self._days[i], time(), SHANGHAI)
        for opens, closes in self._sessions:
            length = closes - opens
            if rest < length or (rest == length and not late):
                return midnight + (opens + rest) * _MICROSECOND
            rest -= length
        raise AssertionError("the sessions add up to the day")  # pragma: no cover


def load_calendar(hours: OfficeHours | None = None, published: tuple[str, ...] = ()) -> Calendar:
    """The shipped calendar, cached; with an office's own hours where it has some.

    `published` holds texts of further year files (an office imports the notice
    of a new year before an update ships it); each replaces the shipped year.
    Raises ScheduleError naming what to repair.
    """
    return _load(hours, published)


@lru_cache(maxsize=64)
def _load(hours: OfficeHours | None, published: tuple[str, ...]) -> Calendar:
    shipped, estimate, default_hours = _shipped()
    imported = (parse_year(text, f"imported year file {i}") for i, text in enumerate(published, 1))
    years = {year.year: year for year in (*shipped, *imported)}
    return Calendar(years.values(), estimate, hours or default_hours)


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[Year, ...], Estimate, OfficeHours]:
    folder = resources.files("huiyin") / "rulebooks" / "calendar"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    years = tuple(parse_year(t, name) for name, t in texts.items() if name.startswith("cn-"))
    return (
        years,
        parse_estimate(texts["estimated.yaml"], "estimated.yaml"),
        parse_hours(texts["hours.yaml"], "hours.yaml"),
    )


def _index(d: date) -> int:
    if isinstance(d, datetime):
        raise TypeError(f"{d!r} is a moment; give the day in the office's zone")
    i = d.toordinal() - _BASE
    if 0 <= i < _LENGTH:
        return i
    raise BeyondCalendar


def _reasons(official: Mapping[int, Year], estimate: Estimate) -> dict[date, str]:
    """Every day that is not simply a weekday or a weekend, and what it is."""
    reasons: dict[date, str] = {}
    for year in official.values():
        reasons.update(year.off)
        reasons.update(dict.fromkeys(year.worked, "shifted_workday"))
    for number in range(min(official, default=LAST_DAY.year + 1), LAST_DAY.year + 1):
        if number not in official:
            reasons.update(estimate.off(number))
    return reasons


def _flags(reasons: Mapping[date, str]) -> bytes:
    """One byte a day: 1 worked, 0 off."""
    week = bytes((_BASE + i) % 7 not in {6, 0} for i in range(7))  # ordinal 1 was a Monday
    flags = bytearray((week * (_LENGTH // 7 + 1))[:_LENGTH])
    for day, reason in reasons.items():
        flags[_index(day)] = reason == "shifted_workday"
    return bytes(flags)


def _sessions(hours: OfficeHours) -> tuple[tuple[int, int], ...]:
    """The sessions as microseconds since midnight."""
    return tuple((_since_midnight(a), _since_midnight(b)) for a, b in hours.sessions)


def _since_midnight(t: time) -> int:
    return (datetime.combine(FIRST_DAY, t) - datetime.combine(FIRST_DAY, time())) // _MICROSECOND


def _version(flags: bytes, official: Mapping[int, Year], hours: OfficeHours) -> str:
    parts = (flags, repr(sorted(official)).encode(), repr(hours.sessions).encode())
    return f"cn@{hashlib.sha256(b'|'.join(parts)).hexdigest()[:12]}"
