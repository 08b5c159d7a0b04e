"""The picture of 'why this day?': months of days, each with what it was in a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext

from huiyin.rules.errors import msg
from huiyin.rules.layout import SHIFTED
from huiyin.rules.strip import Mark, Month, StripDay

SHOWN: Final = 4
"""So many months stand one after another; of more, the first and the last are shown."""

WEEKDAYS: Final = (
    msg("周一"),
    msg("周二"),
    msg("周三"),
    msg("周四"),
    msg("周五"),
    msg("周六"),
    msg("周日"),
)
_WEEKEND: Final = "weekend"
_WORDS: Final[Mapping[Mark, str]] = {
    Mark.RECEIVED: msg("收到"),
    Mark.START: msg("起算"),
    Mark.ZERO: msg("不计"),
    Mark.SKIPPED: msg("放假"),
    Mark.PAUSED: msg("暂停"),
    Mark.MOVED: msg("顺延"),
    Mark.EVENT: msg("举行"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day as it is shown: its words, and the style of what it was."""

    day: int
    kind: str
    words: tuple[str, ...]
    is_due: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One month as it is shown; `left_out` months before it are not."""

    name: str
    weeks: tuple[tuple[Cell | None, ...], ...]
    left_out: int


def sheets(months: Sequence[Month]) -> Iterator[Sheet]:
    """Put the months into the reader's language; of many, the first and the last."""
    shown = [*months] if len(months) <= SHOWN else [months[0], *months[1 - SHOWN :]]
    for place, month in enumerate(shown):
        left_out = len(months) - SHOWN if place == 1 and len(months) > SHOWN else 0
        weeks = tuple(tuple(_cell(day) if day else None for day in week) for week in month.weeks)
        yield Sheet(in_words(date(month.year, month.month, 1), gettext("Y年n月")), weeks, left_out)


def _cell(one: StripDay) -> Cell:
    kind = "weekend" if one.reason == _WEEKEND and one.mark is Mark.SKIPPED else one.mark.value
    return Cell(one.day.day, f"strip-{kind}", tuple(_words(one)), one.is_due)


def _words(one: StripDay) -> Iterator[str]:
    if one.mark is Mark.COUNTED:
        yield _counted(one)
    elif one.mark is Mark.SKIPPED and one.reason == _WEEKEND:
        yield gettext("周末")
    elif one.mark in _WORDS:
        yield gettext(_WORDS[one.mark])
    if one.mark is Mark.COUNTED and one.reason:
        yield gettext("调休") if one.reason == SHIFTED else gettext("补班")
    if one.is_extra:
        yield gettext("延长")
    if one.is_due:
        yield gettext("到期")


def _counted(one: StripDay) -> str:
    if one.number:
        return gettext("第%(number)s天") % {"number": one.number}
    hours, minutes = divmod(one.minutes, 60)
    return f"{hours}:{minutes:02}"
