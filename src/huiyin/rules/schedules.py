"""What the yearly notices say: days off and worked weekends, read from YAML.

One file a year under `rulebooks/calendar`, each resting on a named notice.
`estimated.yaml` says what the holiday statute gives for years without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.rules.hours import OfficeHours, parse_hours
from huiyin.rules.reading import ScheduleError, day_of, mapping

__all__ = [
    "Estimate",
    "Notice",
    "OfficeHours",
    "ScheduleError",
    "Year",
    "days_off_of",
    "notice_of",
    "parse_estimate",
    "parse_hours",
    "parse_year",
    "parse_year_as_of",
]


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


def parse_year(text: str, name: str) -> Year:
    """A year's file; raises ScheduleError. Amendments override, in the order they stand.

    An amendment may have `replaces`, a list of `{holiday, from, to}`: what stood
    there for that holiday between these days no longer counts.
    """
    return _year(mapping(text, name), name)


def parse_year_as_of(text: str, name: str, day: date) -> Year | None:
    """A year's file as it was known at the end of `day`; None when its first notice came later."""
    raw = mapping(text, name)
    if notice_of(raw, name).issued > day:
        return None
    known = [entry for entry in raw.get("amendments", ()) if notice_of(entry, name).issued <= day]
    return _year({**raw, "amendments": known}, name)


def _year(raw: Mapping[str, Any], name: str) -> Year:
    year = raw.get("year")
    if not isinstance(year, int) or raw.get("status") != "official":
        raise ScheduleError(f"{name}: 'year' (a number) and 'status: official' must stand at the top")
    off: dict[date, str] = {}
    worked: set[date] = set()
    names: dict[str, tuple[str, str]] = {}
    notices = []
    for entry in (raw, *raw.get("amendments", ())):
        notices.append(notice_of(entry, name))
        now_off = dict(days_off_of(entry.get("days_off", ()), name, names))
        now_worked = set(_worked_weekends(entry.get("working_weekends", ()), name))
        _check(year, now_off, now_worked, name)
        gone = tuple(_replaced(entry.get("replaces", ()), name))
        off = {day: key for day, key in off.items() if not any(_falls(day, key, span) for span in gone)}
        off = {day: key for day, key in off.items() if day not in now_worked} | now_off
        worked = (worked - now_off.keys()) | now_worked
    return Year(year, tuple(notices), off, frozenset(worked), names)


def parse_estimate(text: str, name: str) -> Estimate:
    """The file of estimates; raises ScheduleError."""
    raw = mapping(text, name)
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


def notice_of(entry: Any, name: str) -> Notice:
    """The notice an entry rests on; raises ScheduleError when a part is missing."""
    try:
        raw = entry["notice"]
        return Notice(str(raw["title"]), str(raw["number"]), day_of(raw["issued"], name))
    except (KeyError, TypeError) as error:
        raise ScheduleError(
            f'{name}: a notice needs title, number (may be "") and issued (a date)'
        ) from error


def days_off_of(
    spans: Iterable[Any], name: str, names: dict[str, tuple[str, str]]
) -> Iterator[tuple[date, str]]:
    """Each day of `{holiday, zh, en, from, to}` spans with its key; puts the names into `names`.

    A holiday that nobody named in English has its Chinese name in both places.
    Raises ScheduleError for a span that is incomplete, ends before it begins,
    or gives a key a second name.
    """
    for span in spans:
        try:
            key, both = str(span["holiday"]), (str(span["zh"]), str(span["en"] or span["zh"]))
            first, last = day_of(span["from"], name), day_of(span["to"], name)
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


def _replaced(spans: Iterable[Any], name: str) -> Iterator[tuple[str, date, date]]:
    for span in spans:
        try:
            yield str(span["holiday"]), day_of(span["from"], name), day_of(span["to"], name)
        except (KeyError, TypeError) as error:
            raise ScheduleError(
                f"{name}: what is replaced needs holiday, from and to, not {span!r}"
            ) from error


def _falls(day: date, key: str, span: tuple[str, date, date]) -> bool:
    return key == span[0] and span[1] <= day <= span[2]


def _worked_weekends(days: Iterable[Any], name: str) -> Iterator[date]:
    for raw in days:
        day = day_of(raw, name)
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
