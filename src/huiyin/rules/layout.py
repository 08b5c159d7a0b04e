"""How a calendar is laid out: one byte a day for worked or off, and the sittings of each day.

The timeline reaches from `FIRST_DAY` to `LAST_DAY`. It has nothing to do with
what is published.
"""

from __future__ import annotations

import calendar
import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, chain, compress
from typing import Final

from huiyin.rules.hours import OfficeHours, Sessions
from huiyin.rules.local_days import LocalDays
from huiyin.rules.schedules import Estimate, Year

FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
BASE: Final = FIRST_DAY.toordinal()
LENGTH: Final = LAST_DAY.toordinal() - BASE + 1
SHIFTED: Final = "shifted_workday"

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The sittings of a day as microseconds since midnight, how long they are together, and their edges."""

    sessions: tuple[tuple[int, int], ...]
    length: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Layout:
    """A calendar as plain sequences over its timeline.

    `flags`: one byte a day, 1 worked. `prefix`: working days up to and including
    each day. `days`: the working days. `shapes`: one byte a day, the index of its
    pattern. `bounds`: office time in microseconds before each working day, and
    after the last.
    """

    flags: bytes
    prefix: list[int]
    days: list[date]
    patterns: tuple[Pattern, ...]
    shapes: bytes
    bounds: array[int]


def lay_out(reasons: Mapping[date, str], worked: Iterable[date], hours: OfficeHours) -> Layout:
    """Lay the days that differ from the week, and the hours, over the timeline."""
    flags = _flags(reasons, worked)
    patterns, shapes = _shapes(hours)
    lengths = [pattern.length for pattern in patterns]
    open_for = map(lengths.__getitem__, compress(shapes, flags))
    return Layout(
        flags=flags,
        prefix=list(accumulate(flags)),
        days=[date.fromordinal(BASE + i) for i in compress(range(LENGTH), flags)],
        patterns=patterns,
        shapes=shapes,
        bounds=array("q", chain((0,), accumulate(open_for))),
    )


def reasons_of(
    official: Mapping[int, Year], estimate: Estimate, overlays: Sequence[LocalDays]
) -> tuple[dict[date, str], set[date]]:
    """Every day that is not simply a weekday or a weekend, and what it is; and which of them are worked."""
    reasons: dict[date, str] = {}
    worked: set[date] = set()
    for year in official.values():
        reasons.update(year.off)
        reasons.update(dict.fromkeys(year.worked, SHIFTED))
        worked |= year.worked
    for number in range(min(official, default=LAST_DAY.year + 1), LAST_DAY.year + 1):
        if number not in official:
            reasons.update(estimate.off(number))
    for overlay in overlays:
        reasons.update(overlay.off)
        reasons.update(overlay.worked)
        worked = (worked - overlay.off.keys()) | overlay.worked.keys()
    return reasons, worked


def version_of(
    layout: Layout, official: Iterable[int], hours: OfficeHours, overlays: Sequence[LocalDays]
) -> str:
    """'cn@' and 12 hexadecimal digits of everything that an answer can depend on."""
    parts = [layout.flags, repr(sorted(official)).encode(), repr(hours.sessions).encode()]
    if hours.seasons or hours.days:
        parts.append(repr((hours.seasons, hours.days)).encode())
    for one in overlays:
        words = (one.notice, sorted(one.off.items()), sorted(one.worked.items()), sorted(one.names.items()))
        parts.append(repr(words).encode())
    return f"cn@{hashlib.sha256(b'|'.join(parts)).hexdigest()[:12]}"


def _flags(reasons: Mapping[date, str], worked: Iterable[date]) -> bytes:
    """One byte a day: 1 worked, 0 off."""
    week = bytes((BASE + i) % 7 not in {6, 0} for i in range(7))  # ordinal 1 was a Monday
    flags = bytearray((week * (LENGTH // 7 + 1))[:LENGTH])
    for day in reasons:
        if FIRST_DAY <= day <= LAST_DAY:
            flags[day.toordinal() - BASE] = 0
    for day in worked:
        if FIRST_DAY <= day <= LAST_DAY:
            flags[day.toordinal() - BASE] = 1
    return bytes(flags)


def _shapes(hours: OfficeHours) -> tuple[tuple[Pattern, ...], bytes]:
    """The distinct sittings, and for each day which of them it has."""
    known: dict[Sessions, int] = {hours.sessions: 0}
    if not hours.seasons and not hours.days:
        return (_pattern(hours.sessions),), bytes(LENGTH)
    yearly = OfficeHours(hours.sessions, hours.seasons)
    starts = {season.since.year for season in hours.seasons}
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    shapes = bytearray()
    template: dict[bool, bytes] = {}
    for year in years:
        if year in starts or year - 1 in starts:
            template = {}  # a season begins to apply: what was worked out no longer holds
        leap = calendar.isleap(year)
        if year in starts:
            shapes += _year_of(year, yearly, known)
            continue
        if leap not in template:
            template[leap] = _year_of(year, yearly, known)
        shapes += template[leap]
    for day, sessions in hours.days:
        if FIRST_DAY <= day <= LAST_DAY:
            shapes[day.toordinal() - BASE] = known.setdefault(sessions, len(known))
    return tuple(map(_pattern, known)), bytes(shapes)


def _year_of(year: int, hours: OfficeHours, known: dict[Sessions, int]) -> bytes:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    found = (hours.on(date.fromordinal(n)) for n in range(first, last + 1))
    return bytes(known.setdefault(sessions, len(known)) for sessions in found)


def _pattern(sessions: Sessions) -> Pattern:
    spans = tuple((_since_midnight(opens), _since_midnight(closes)) for opens, closes in sessions)
    length = sum(closes - opens for opens, closes in spans)
    return Pattern(spans, length, sessions[0][0], sessions[-1][1])


def _since_midnight(t: time) -> int:
    return (datetime.combine(FIRST_DAY, t) - datetime.combine(FIRST_DAY, time())) // _MICROSECOND
