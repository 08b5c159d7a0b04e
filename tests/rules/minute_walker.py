"""A brute-force oracle of due moments: it lays out every minute and every day, and takes them one by one.

It shares the input types with the product and nothing else: no calendar, no
prefix sum, no search. Which days are worked and which minutes are open stands
in arrays of one entry a day and one entry a minute; paused entries are struck
out; the answer is the entry at which enough are left. Only whole minutes are
given to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from huiyin.rules.facts import Clock, Extended, Fact, Paused, Resumed, Scheduled
from huiyin.rules.hours import OfficeHours
from huiyin.rules.local_days import LocalDays
from huiyin.rules.schedules import Estimate, Year
from huiyin.rules.vocabulary import Limit, Unit

CHINA = timezone(timedelta(hours=8))
FIRST = date(2017, 1, 1)
LAST = date(2045, 12, 31)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
MINUTES = 24 * 60

Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """Every day and every minute from FIRST to LAST: worked or not, open or not."""

    worked: Flags
    open: Flags
    closes: Sequence[int]


def world(
    years: Iterable[Year],
    estimate: Estimate,
    hours: OfficeHours,
    overlays: Iterable[LocalDays],
    *,
    blind: bool,
) -> World:
    """Lay out the days; `blind` forgets that weekends can be worked, to see the oracle disagree."""
    known = {year.year: year for year in years}
    local = list(overlays)
    count = (LAST - FIRST).days + 1
    worked = np.zeros(count, dtype=bool)
    opened = np.zeros((count, MINUTES), dtype=bool)
    closes = []
    for n in range(count):
        day = FIRST + n * A_DAY
        worked[n] = _is_worked(day, known, estimate, local, blind=blind)
        sessions = _sessions(day, hours)
        closes.append(_minute(sessions[-1][1]))
        if worked[n]:
            for opens, ends in sessions:
                opened[n, _minute(opens) : _minute(ends)] = True
    return World(worked, opened.reshape(-1), closes)


def due(
    clock: Clock, earth: World, *, next_opening: bool, rolls: bool, forget_pauses: bool = False
) -> datetime | None:
    """When the clock is due; None while its event is not scheduled."""
    stops = [] if forget_pauses else _stops(clock.facts)
    walk = _Walk(clock, earth, stops, next_opening=next_opening, rolls=rolls)
    return walk.to_the_end()


class _Walk:
    def __init__(
        self,
        clock: Clock,
        earth: World,
        stops: list[tuple[datetime, datetime | None, int]],
        *,
        next_opening: bool,
        rolls: bool,
    ) -> None:
        self.clock, self.earth, self.rolls = clock, earth, rolls
        here = _minutes(clock.start)
        if next_opening and clock.limit.unit is not Unit.BEFORE_EVENT:
            here = self._taken_in(here)
        self.minute = here
        self.day = here // MINUTES
        self.paused_days = np.zeros(len(earth.worked), dtype=bool)
        self.stops: list[tuple[int, int]] = []
        for begins, ends, planned in stops:
            self._strike(begins, ends, planned)
        self.unsettled = False
        self.months = 0
        self.month_zero = self.day

    def to_the_end(self) -> datetime | None:
        if self.clock.limit.unit is Unit.BEFORE_EVENT:
            told = [fact for fact in self.clock.facts if isinstance(fact, Scheduled)]
            if not told:
                return None
            told.sort(key=lambda fact: fact.at)
            self.minute = _minutes(told[-1].event_at)
            self.day = self.minute // MINUTES
        else:
            self._go(self.clock.limit)
        for fact in self.clock.facts:
            if isinstance(fact, Extended) and fact.limit.amount:
                self._go(fact.limit)
        self._settle()
        return datetime.combine(FIRST, time(), CHINA) + self.minute * A_MINUTE

    def _go(self, limit: Limit) -> None:
        match limit.unit:
            case Unit.WORKING_DAY:
                self._take_days(self.earth.worked, limit.amount, unsettled=False)
            case Unit.CALENDAR_DAY:
                self._take_days(np.ones_like(self.earth.worked), limit.amount, unsettled=self.rolls)
            case Unit.MONTH | Unit.YEAR:
                self._take_months(limit.amount * (12 if limit.unit is Unit.YEAR else 1))
            case Unit.WORKING_HOUR:
                self._settle()
                self._take_minutes(self.earth.open, limit.amount * 60)
            case Unit.CLOCK_HOUR:
                self._settle()
                self._take_minutes(None, limit.amount * 60)
            case Unit.AT_ONCE:
                self.day += self.minute % MINUTES >= self.earth.closes[self.day]
                self.unsettled = True
        if limit.unit not in {Unit.MONTH, Unit.YEAR}:
            self.months = 0

    def _take_days(self, kind: Flags, amount: int, *, unsettled: bool) -> None:
        wide = 2 * amount + 60
        while True:
            window = slice(self.day + 1, self.day + 1 + wide)
            left = np.flatnonzero(kind[window] & ~self.paused_days[window])
            if len(left) >= amount:
                break
            wide *= 4
        self.day += 1 + int(left[amount - 1])
        self.minute = self.day * MINUTES + self.earth.closes[self.day]
        self.unsettled = unsettled

    def _take_months(self, amount: int) -> None:
        if not self.months:
            self.month_zero = self.day
        before = _month_later(self.month_zero, self.months)
        self.months += amount
        days = _month_later(self.month_zero, self.months) - before
        self._take_days(np.ones_like(self.earth.worked), days, unsettled=self.rolls)

    def _take_minutes(self, kind: Flags | None, amount: int) -> None:
        wide = 4 * amount + 30 * MINUTES
        while True:
            window = slice(self.minute, self.minute + wide)
            left = np.ones(wide, dtype=bool) if kind is None else kind[window].copy()
            for begins, ends in self.stops:
                left[max(0, begins - self.minute) : max(0, ends - self.minute)] = False
            counted = np.flatnonzero(left)
            if len(counted) >= amount:
                break
            wide *= 3
        self.minute += int(counted[amount - 1]) + 1
        self.day = (self.minute - (kind is not None)) // MINUTES
        self.unsettled = False

    def _settle(self) -> None:
        if not self.unsettled:
            return
        while self.paused_days[self.day] or not self.earth.worked[self.day]:
            self.day += 1
        self.minute = self.day * MINUTES + self.earth.closes[self.day]
        self.unsettled = False

    def _strike(self, begins: datetime, ends: datetime | None, planned: int) -> None:
        begin = _minutes(begins)
        day = begin // MINUTES
        if begin % MINUTES >= self.earth.closes[day]:
            day += 1
        if ends is not None:
            last = _minutes(ends) // MINUTES
            self.paused_days[day : last + 1] = True
            self.stops.append((begin, _minutes(ends)))
            return
        last = day - 1
        while planned:
            last += 1
            self.paused_days[last] = True
            planned -= bool(self.earth.worked[last])
        if last >= day:
            self.stops.append((begin, last * MINUTES + self.earth.closes[last]))

    def _taken_in(self, minute: int) -> int:
        day = minute // MINUTES
        if self.earth.worked[day] and minute % MINUTES < self.earth.closes[day]:
            return minute
        day += 1
        while not self.earth.worked[day]:
            day += 1
        return day * MINUTES + int(np.argmax(self.earth.open[day * MINUTES : (day + 1) * MINUTES]))


def _stops(facts: Iterable[Fact]) -> list[tuple[datetime, datetime | None, int]]:
    """Each end ends the procedure that has run longest; beginnings come first at the same moment."""
    begins = sorted((f for f in facts if isinstance(f, Paused)), key=lambda f: f.at)
    ends = sorted(f.at for f in facts if isinstance(f, Resumed))
    found: list[tuple[datetime, datetime | None, int]] = []
    for begun in begins:
        usable = [end for end in ends if end >= begun.at]
        if usable:
            ends = usable[1:]
        found.append((begun.at, usable[0] if usable else None, begun.planned_days))
    return found


def _is_worked(
    day: date, years: dict[int, Year], estimate: Estimate, overlays: list[LocalDays], *, blind: bool
) -> bool:
    for overlay in reversed(overlays):
        if day in overlay.off:
            return False
        if day in overlay.worked:
            return True
    year: Any = years.get(day.year)
    if year is not None:
        if day in year.worked:
            return not blind
        return day.isoweekday() < 6 and day not in year.off
    guessed = bool(years) and day.year >= min(years) and day in estimate.off(day.year)
    return day.isoweekday() < 6 and not guessed


def _sessions(day: date, hours: OfficeHours) -> tuple[tuple[time, time], ...]:
    for single, sessions in hours.days:
        if single == day:
            return sessions
    found = hours.sessions
    for season in hours.seasons:
        here, first, last = (day.month, day.day), season.begins, season.ends
        inside = first <= here <= last if first <= last else not last < here < first
        if inside and day >= season.since:
            found = season.sessions
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _minutes(at: datetime) -> int:
    return (at.astimezone(CHINA) - datetime.combine(FIRST, time(), CHINA)) // A_MINUTE


def _month_later(day: int, months: int) -> int:
    """The same day `months` later, or the last day of that month."""
    start = FIRST + day * A_DAY
    month = start.replace(day=1)
    for _ in range(months):
        month = (month + 31 * A_DAY).replace(day=1)
    last = (month + 31 * A_DAY).replace(day=1) - A_DAY
    return (min(month + (start.day - 1) * A_DAY, last) - FIRST).days
