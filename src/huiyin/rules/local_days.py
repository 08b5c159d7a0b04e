"""Days off and worked days of one office only: festivals of a region, emergency closings, make-up days.

An overlay is a text like a year's file and rests on a notice of its own. It is
laid over the national calendar, in the order given; the last one decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from huiyin.rules.reading import ScheduleError, mapping
from huiyin.rules.schedules import Notice, days_off_of, notice_of

LOCAL: Final = "local:"
"""What the keys of local days begin with, so that none is taken for a national holiday."""


@dataclass(frozen=True, slots=True)
class LocalDays:
    """What one local notice changes: `off` and `worked` map days to keys, `names` keys to (zh, en)."""

    notice: Notice
    off: Mapping[date, str]
    worked: Mapping[date, str]
    names: Mapping[str, tuple[str, str]]


def parse_local_days(text: str, name: str) -> LocalDays:
    """One local notice; raises ScheduleError.

    `days_off` and `working_days` are lists of `{holiday, zh, en, from, to}`;
    `notice` is `{title, number, issued}` as in a year's file.
    """
    raw = mapping(text, name)
    notice = notice_of(raw, name)
    if not notice.title:
        raise ScheduleError(f"{name}: the notice needs a title: whose decision the days rest on")
    names: dict[str, tuple[str, str]] = {}
    off = dict(_local(raw.get("days_off", ()), name, names))
    worked = dict(_local(raw.get("working_days", ()), name, names))
    for day in off.keys() & worked.keys():
        raise ScheduleError(f"{name}: {day} is both off and worked; keep one")
    if not off and not worked:
        raise ScheduleError(f"{name}: changes no day; give days_off or working_days")
    return LocalDays(notice, off, worked, {LOCAL + key: both for key, both in names.items()})


def _local(spans: Iterable[Any], name: str, names: dict[str, tuple[str, str]]) -> Iterator[tuple[date, str]]:
    for day, key in days_off_of(spans, name, names):
        yield day, LOCAL + key
