"""When many clocks must be reckoned anew: each different one once, and from what day on it matters."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from huiyin.rules import clocks
from huiyin.rules.docket import Law
from huiyin.rules.facts import facts_from_json
from huiyin.rules.pauses import midnight
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar

YEARS: Final = range(2000, 2061)
"""Years whose days are compared between two calendars; a change beyond them counts as one of everything."""
_BY_DAY: Final = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR})
_PLAIN: Final = clocks.Counting()
_MOST: Final = 200_000
_OFFICIAL, _ESTIMATED = "official", "estimated"


@dataclass(frozen=True, slots=True)
class Moments:
    """What a clock gives: when it is due, since when it is yellow, and whether that is provisional."""

    due: datetime
    yellow: datetime
    provisional: bool


class Reckoner:
    """Reckons clocks under one law; a limit in whole days gives one answer for all of its first day.

    Not where the office moves late receipts to its next opening: there the hour counts.
    """

    def __init__(self, law: Law) -> None:
        """Remember nothing yet."""
        self._law = law
        self._known: dict[object, Moments] = {}
        self._plain: dict[date, bool] = {}

    def moments(self, start: datetime, amount: int, unit: str, facts: Sequence[Mapping[str, Any]]) -> Moments:
        """Return the moments of the clock with these columns; raises BeyondCalendar."""
        local = start.astimezone(SHANGHAI)
        day = local.date()
        begins = midnight(day) if unit in _BY_DAY and self._is_plain(day, start) else start
        key = (begins, amount, unit, repr(facts) if facts else "")
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[key] = self._reckoned(begins, Limit(amount, Unit(unit)), facts)
        # Yellow never comes before the start: the only thing that the hour of the start decides.
        return known if known.yellow >= start else Moments(known.due, local, known.provisional)

    def _is_plain(self, day: date, start: datetime) -> bool:
        if day not in self._plain:
            self._plain[day] = self._law.counting(start) == _PLAIN
        return self._plain[day]

    def _reckoned(self, start: datetime, limit: Limit, facts: Sequence[Mapping[str, Any]]) -> Moments:
        clock = clocks.Clock(start, limit, facts_from_json(facts))
        found = self._law.reckon(clock)
        return Moments(found.due, found.yellow_at, found.provisional)


def marks(calendar: Calendar) -> dict[str, str]:
    """Return what stands for each year of a calendar and for the hours; equal marks, equal answers.

    A year's mark says whether it is official and, bit by bit in hexadecimal, which of its days are worked.
    """
    found = {"hours": hashlib.sha256(repr(calendar.hours).encode()).hexdigest()[:12]}
    for year in YEARS:
        worked = "".join("01"[calendar.is_workday(day)] for day in _days(year))
        found[str(year)] = f"{_OFFICIAL if calendar.is_official(year) else _ESTIMATED} {int(worked, 2):x}"
    return found


def touched_from(before: Mapping[str, str], after: Mapping[str, str]) -> date | None:
    """Return the first day that two calendars may see differently; None when it may be any day.

    A clock that is due before that day gives what it gave: nothing it counts has changed.
    """
    if before.get("hours") != after.get("hours"):
        return None
    changed = [year for year in YEARS if before.get(str(year)) != after.get(str(year))]
    if not changed or changed[0] == YEARS[0]:
        return None
    return _first_difference(changed[0], before.get(str(changed[0]), ""), after.get(str(changed[0]), ""))


def _first_difference(year: int, before: str, after: str) -> date:
    """The first day of a year that two marks tell apart: all of it when it has become official."""
    official, _, were = before.partition(" ")
    still, _, are = after.partition(" ")
    days = _days(year)
    if official != still or official not in {_OFFICIAL, _ESTIMATED}:
        return days[0]
    # The days stand in order, so the highest bit in which the two differ is the first day.
    return days[-(int(were, 16) ^ int(are, 16)).bit_length()]


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days)]
