"""When an office is open: its sittings, by season, and on single days that are different.

Times are local times of the office's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeAlias

from huiyin.rules.reading import ScheduleError, day_of, mapping

Sessions: TypeAlias = tuple[tuple[time, time], ...]
MonthDay: TypeAlias = tuple[int, int]

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Season:
    """Other sittings for a part of every year: from `begins` to `ends`, both included.

    A season may run over New Year. It applies from the day `since` on, so that
    new hours leave the reckonings of the past as they were.
    """

    begins: MonthDay
    ends: MonthDay
    sessions: Sessions
    since: date = date.min

    def __post_init__(self) -> None:
        """Refuse days that no year has, and hours nobody could work."""
        for month_day in (self.begins, self.ends):
            try:
                date(_LEAP_YEAR, *month_day)
            except ValueError as error:
                raise ScheduleError(f"no year has a day {month_day}; write it as 05-01") from error
        _check(self.sessions)

    def covers(self, day: date) -> bool:
        """Whether these sittings apply on `day`."""
        if day < self.since:
            return False
        here = (day.month, day.day)
        if self.begins <= self.ends:
            return self.begins <= here <= self.ends
        return here >= self.begins or here <= self.ends


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sittings of a working day, local time, each (opens, closes), in order.

    Where seasons overlap the last one applies; single `days` (half days) come
    before any season. They say when the office is open if it works that day,
    never whether it does.
    """

    sessions: Sessions
    seasons: tuple[Season, ...] = ()
    days: tuple[tuple[date, Sessions], ...] = ()

    def __post_init__(self) -> None:
        """Refuse hours nobody could work."""
        _check(self.sessions)
        for _, sessions in self.days:
            _check(sessions)
        if len(dict(self.days)) < len(self.days):
            raise ScheduleError("a single day has two sets of hours; keep one")

    def on(self, day: date) -> Sessions:
        """The sittings of `day`, if it is worked."""
        for single, sessions in self.days:
            if single == day:
                return sessions
        for season in reversed(self.seasons):
            if season.covers(day):
                return season.sessions
        return self.sessions


def parse_hours(text: str, name: str) -> OfficeHours:
    """The file of office hours; raises ScheduleError.

    Besides `sessions` it may have `seasons` (`from: "05-01"`, `to: "09-30"`,
    `sessions`, and `since`, a date) and `days` (`date`, `sessions`).
    """
    raw = mapping(text, name)
    try:
        return OfficeHours(
            _sessions(raw["sessions"]),
            tuple(_season(entry, name) for entry in raw.get("seasons", ())),
            tuple(
                (day_of(entry["date"], name), _sessions(entry["sessions"])) for entry in raw.get("days", ())
            ),
        )
    except ScheduleError as error:
        raise ScheduleError(str(error) if str(error).startswith(name) else f"{name}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ScheduleError(f'{name}: {error!r}; write sessions as a list of ["08:30", "12:00"]') from error


def _season(entry: Mapping[str, Any], name: str) -> Season:
    since = day_of(entry["since"], name) if "since" in entry else date.min
    return Season(_month_day(entry["from"]), _month_day(entry["to"]), _sessions(entry["sessions"]), since)


def _month_day(text: object) -> MonthDay:
    if not isinstance(text, str):
        raise ScheduleError(f'{text!r} is no day of the year; write it in quotes, as "05-01"')
    month, _, day = text.partition("-")
    return int(month), int(day)


def _sessions(raw: Any) -> Sessions:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in raw)


def _check(sessions: Sessions) -> None:
    edges = [edge for session in sessions for edge in session]
    if any(edge.tzinfo for edge in edges):
        raise ScheduleError("office hours are local times; leave out the time zone")
    if not edges or edges != sorted(set(edges)):
        raise ScheduleError("office hours need at least one session, and each edge later than the one before")
