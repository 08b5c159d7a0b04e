"""What the yearly notices say: days off, worked weekends, and the office's hours, read from YAML.

One file a year under `rulebooks/calendar`, each resting on a named notice.
`estimated.yaml` says what the holiday statute gives for years without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import yaml


class ScheduleError(ValueError):
    """A calendar file is wrong; the message names the file, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The document a schedule rests on; `number` is empty when it could not be verified."""

    title: str
    number: str
    issued: date


@dataclass(frozen=True, slots=True)
class Year:
    """One calendar year as published, later notices included.

    `off` maps each day off to its holiday key (weekends inside a holiday too),
    `worked` holds the weekend days that are worked, `names` the holidays' (zh, en).
    """

    year: int
    notices: tuple[Notice, ...]
    off: Mapping[date, str]
    worked: frozenset[date]
    names: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Days off to expect in years whose notice is not out; never more than provisional."""

    years: Mapping[int, Mapping[date, str]]
    every_year: Mapping[tuple[int, int], str]
    names: Mapping[str, tuple[str, str]]

    def off(self, year: int) -> Mapping[date, str]:
        """Days off of a year: the ones worked out, or else the holidays that never move."""
        if year in self.years:
            return self.years[year]
        return {date(year, *month_day): key for month_day, key in self.every_year.items()}


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sittings of a working day, local time, each (opens, closes), in order."""

    sessions: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        """Refuse hours nobody could work."""
        edges = [edge for session in self.sessions for edge in session]
        if not edges or edges != sorted(set(edges)):
            raise ScheduleError(
                "office hours need at least one session, and each edge later than the one before"
            )
        if any(edge.tzinfo for edge in edges):
            raise ScheduleError("office hours are local times; leave out the time zone")


def parse_year(text: str, name: str) -> Year:
    """A year's file; raises ScheduleError. Amendments override, in the order they stand."""
    raw = _mapping(text, name)
    year = raw.get("year")
    if not isinstance(year, int) or raw.get("status") != "official":
        raise ScheduleError(f"{name}: 'year' (a number) and 'status: official' must stand at the top")
    off: dict[date, str] = {}
    worked: set[date] = set()
    names: dict[str, tuple[str, str]] = {}
    notices = []
    for entry in (raw, *raw.get("amendments", ())):
        notices.append(_notice(entry, name))
        now_off = dict(_days_off(entry.get("days_off", ()), name, names))
        now_worked = set(_worked_weekends(entry.get("working_weekends", ()), name))
        _check(year, now_off, now_worked, name)
        off = {day: key for day, key in off.items() if day not in now_worked} | now_off
        worked = (worked - now_off.keys()) | now_worked
    return Year(year, tuple(notices), off, frozenset(worked), names)


def parse_estimate(text: str, name: str) -> Estimate:
    """The file of estimates; raises ScheduleError."""
    raw = _mapping(text, name)
    try:
        return Estimate(
            years={
                year: {
                    day: entry["holiday"]
                    for entry in entries
                    for day in (*entry["dates"], *entry.get("in_lieu", ()))
                }
                for year, entries in raw["years"].items()
            },
            every_year={
                (int(when[:2]), int(when[3:])): key
                for key, days in raw["every_year"].items()
                for when in days
            },
            names={key: (both["zh"], both["en"]) for key, both in raw["names"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ScheduleError(f"{name}: {error!r}; compare it with the shipped file") from error


def parse_hours(text: str, name: str) -> OfficeHours:
    """The file of office hours; raises ScheduleError."""
    try:
        sessions = [
            (time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in _mapping(text, name)["sessions"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise ScheduleError(f'{name}: {error!r}; write sessions as a list of ["08:30", "12:00"]') from error
    return OfficeHours(tuple(sessions))


def _mapping(text: str, name: str) -> Mapping[str, Any]:
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ScheduleError(f"{name}: not YAML: {error}") from error
    if not isinstance(raw, dict):
        raise ScheduleError(f"{name}: needs 'key: value' lines; it has none")
    return raw


def _notice(entry: Any, name: str) -> Notice:
    try:
        raw = entry["notice"]
        return Notice(str(raw["title"]), str(raw["number"]), _day(raw["issued"], name))
    except (KeyError, TypeError) as error:
        raise ScheduleError(
            f'{name}: a notice needs title, number (may be "") and issued (a date)'
        ) from error


def _days_off(
    spans: Iterable[Any], name: str, names: dict[str, tuple[str, str]]
) -> Iterator[tuple[date, str]]:
    for span in spans:
        try:
            key, both = str(span["holiday"]), (str(span["zh"]), str(span["en"]))
            first, last = _day(span["from"], name), _day(span["to"], name)
        except (KeyError, TypeError) as error:
            raise ScheduleError(
                f"{name}: a day off needs holiday, zh, en, from and to, not {span!r}"
            ) from error
        if last < first:
            raise ScheduleError(f"{name}: {key} ends before it begins; swap from and to")
        if names.setdefault(key, both) != both:
            raise ScheduleError(f"{name}: {key} has two names; give it one")
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset), key


def _worked_weekends(days: Iterable[Any], name: str) -> Iterator[date]:
    for raw in days:
        day = _day(raw, name)
        if day.isoweekday() not in (6, 7):
            raise ScheduleError(f"{name}: {day} is no weekend; it is worked anyway, remove it")
        yield day


def _check(year: int, off: Mapping[date, str], worked: set[date], name: str) -> None:
    for day in (*off, *worked):
        if day.year != year:
            raise ScheduleError(
                f"{name}: {day} is not in {year}; put it under amendments in the file of {day.year}"
            )
    for day in worked & off.keys():
        raise ScheduleError(f"{name}: {day} is both off and worked; keep one")


def _day(raw: object, name: str) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise ScheduleError(f"{name}: {raw!r} is no date; write it as 2026-01-01")
