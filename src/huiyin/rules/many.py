"""Working days and office time for many rows at once: the sums of `workdays`, in vectors.

For replays, statistics and imports of millions of rows. Every answer equals
that of the `Calendar` it is made from; what that refuses is refused here, for
the whole call. numpy is imported in this module only.

Days are `datetime64[D]`. Moments are `datetime64[m]` on the wall clock of the
office's zone (Asia/Shanghai); office hours must begin and end on whole minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from huiyin.rules.layout import FIRST_DAY, LENGTH
from huiyin.rules.workdays import BeyondCalendar, Calendar

Days: TypeAlias = npt.NDArray[np.datetime64]
Moments: TypeAlias = npt.NDArray[np.datetime64]
Amounts: TypeAlias = npt.NDArray[np.int64]

# Rows taken at a time, so that what is worked out in between stays in the processor's cache.
_ROWS: Final = 16_384
_BASE: Final = int(np.datetime64(FIRST_DAY, "D").astype(np.int64))
_A_DAY: Final = 1440
_MICROSECONDS: Final = 60_000_000


class Many:
    """One calendar, laid out for vectors; takes some milliseconds to make and never changes.

    Raises ValueError for office hours that are not in whole minutes. Methods
    raise BeyondCalendar when a row, or its answer, lies outside the timeline
    (`NaT` does), and TypeError for arrays of another kind.
    """

    def __init__(self, calendar: Calendar) -> None:
        layout = calendar.layout
        self._flags: Final = np.frombuffer(layout.flags, dtype=np.uint8).astype(np.int32)
        self._prefix: Final = np.asarray(layout.prefix, dtype=np.int32)
        self._workdays: Final = np.flatnonzero(self._flags).astype(np.int32)
        shapes = np.frombuffer(layout.shapes, dtype=np.uint8).astype(np.int32)
        opened, wall, lengths = _minutes_of_patterns(calendar)
        bounds = np.frombuffer(layout.bounds, dtype=np.int64) // _MICROSECONDS
        self._bounds: Final = bounds.astype(np.int32)
        # By day: office minutes before it, and its row of `opened` (the first row is for days off).
        self._before: Final = self._bounds[self._prefix - self._flags]
        self._row: Final = np.where(self._flags == 1, (shapes + 1) * _A_DAY, 0).astype(np.int32)
        self._opened: Final = opened
        # By working day: the minute its midnight is, and its row of `wall`.
        worked = shapes[self._workdays]
        self._midnight: Final = (self._workdays.astype(np.int64) + _BASE) * _A_DAY
        self._wall_row: Final = (worked * wall.shape[1]).astype(np.int32)
        self._wall: Final = wall.reshape(-1)
        self._shift: Final = int(min(lengths)).bit_length() - 1
        starts = np.arange((int(self._bounds[-1]) >> self._shift) + 1, dtype=np.int64) << self._shift
        self._guess: Final = (np.searchsorted(self._bounds, starts, side="right") - 1).astype(np.int32)

    def add_workdays(self, days: Days, n: int | Amounts) -> Days:
        """The n-th working day after each day, before it where n is negative, itself where 0."""
        rows = _as_rows(days, "D")
        result = np.empty(len(rows), dtype="datetime64[D]")
        found = result.view(np.int64)
        if isinstance(n, int):
            table = self._shifted(n)
            for part in _parts(len(rows)):
                answer = table.take(_day_index(rows[part]), mode="clip")
                _refuse(answer < 0)
                np.add(answer, _BASE, out=found[part])
            return result.reshape(np.shape(days))
        amounts = np.broadcast_to(n, np.shape(days)).reshape(-1)
        for part in _parts(len(rows)):
            i, amount = _day_index(rows[part]), amounts[part]
            place = self._prefix.take(i) + amount - np.where(amount > 0, 1, self._flags.take(i))
            _refuse((place < 0) & (amount != 0), place >= len(self._workdays))
            moved = self._workdays.take(place, mode="clip")
            np.add(np.where(amount == 0, i, moved), _BASE, out=found[part])
        return result.reshape(np.shape(days))

    def count_workdays(self, after: Days, upto: Days) -> Amounts:
        """Working days after each `after` up to and including `upto`; negative where it is earlier."""
        first, last = np.broadcast_arrays(after, upto)
        rows, ends = _as_rows(first, "D"), _as_rows(last, "D")
        result = np.empty(len(rows), dtype=np.int64)
        for part in _parts(len(rows)):
            passed = self._prefix.take(_day_index(ends[part]), mode="clip")
            result[part] = passed - self._prefix.take(_day_index(rows[part]), mode="clip")
        return result.reshape(first.shape)

    def add_minutes(self, at: Moments, n: int | Amounts) -> Moments:
        """`n` minutes of office time after each moment (before it where negative), itself where 0."""
        rows = _as_rows(at, "m")
        result = np.empty(len(rows), dtype="datetime64[m]")
        found = result.view(np.int64)
        amounts = np.broadcast_to(n, np.shape(at)).reshape(-1)
        for part in _parts(len(rows)):
            amount = amounts[part] if not isinstance(n, int) else n
            moments = rows[part]
            forward = np.greater(amount, 0).astype(np.int64)
            # The last minute that is used up going on, the first one that is given back going back.
            minute = self._office_minutes(moments) + amount - forward
            moved = self._moment_of(minute, np.not_equal(amount, 0)) + forward
            found[part] = moved if isinstance(n, int) and n else np.where(amount == 0, moments, moved)
        return result.reshape(np.shape(at))

    def count_minutes(self, a: Moments, b: Moments) -> Amounts:
        """Minutes of office time from each `a` to `b`; negative where `b` is earlier."""
        first, last = np.broadcast_arrays(a, b)
        rows, ends = _as_rows(first, "m"), _as_rows(last, "m")
        result = np.empty(len(rows), dtype=np.int64)
        for part in _parts(len(rows)):
            np.subtract(self._office_minutes(ends[part]), self._office_minutes(rows[part]), out=result[part])
        return result.reshape(first.shape)

    def _shifted(self, n: int) -> npt.NDArray[np.int64]:
        """By day: the n-th working day from it, as an index of the timeline; -1 beyond it."""
        if n == 0:
            return np.arange(LENGTH, dtype=np.int64)
        place = self._prefix.astype(np.int64) + n - (1 if n > 0 else self._flags)
        inside = (place >= 0) & (place < len(self._workdays))
        return np.where(inside, self._workdays.take(place, mode="clip"), -1).astype(np.int64)

    def _office_minutes(self, moments: Amounts) -> npt.NDArray[np.int64]:
        """Office minutes from the beginning of the timeline to each moment."""
        day = moments // _A_DAY
        clock = moments - day * _A_DAY
        day -= _BASE
        _refuse(day < 0, day >= LENGTH)
        clock += self._row.take(day, mode="clip")
        passed: Amounts = self._before.take(day, mode="clip") + self._opened.take(clock, mode="clip")
        return passed

    def _moment_of(self, minute: Amounts, wanted: npt.NDArray[np.bool_] | np.bool_) -> Amounts:
        """The wall-clock minute that each office minute is."""
        _refuse(wanted & ((minute < 0) | (minute >= self._bounds[-1])))
        # A day is at least as long as a step of `guess`, so at most one day begins within a step.
        k = self._guess.take(minute >> self._shift, mode="clip")
        k += self._bounds.take(k + 1, mode="clip") <= minute
        rest = minute - self._bounds.take(k, mode="clip")
        rest += self._wall_row.take(k, mode="clip")
        return self._midnight.take(k, mode="clip") + self._wall.take(rest, mode="clip")


def _minutes_of_patterns(
    calendar: Calendar,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[int]]:
    """For each pattern: office minutes passed by minute of the day; and the minute of the day of each."""
    opened = [np.zeros(_A_DAY, dtype=np.int64)]
    wall = []
    for pattern in calendar.layout.patterns:
        edges = [edge for session in pattern.sessions for edge in session]
        if any(edge % _MICROSECONDS for edge in edges):
            raise ValueError("office hours with seconds cannot be counted in whole minutes")
        is_open = np.zeros(_A_DAY, dtype=bool)
        for opens, closes in pattern.sessions:
            is_open[opens // _MICROSECONDS : closes // _MICROSECONDS] = True
        opened.append(np.cumsum(is_open) - is_open)
        wall.append(np.flatnonzero(is_open))
    lengths = [len(minutes) for minutes in wall]
    even = np.zeros((len(wall), max(lengths)), dtype=np.int64)
    for row, minutes in zip(even, wall, strict=True):
        row[: len(minutes)] = minutes
    return np.concatenate(opened), even, lengths


def _as_rows(given: npt.NDArray[np.datetime64], unit: str) -> Amounts:
    rows = np.asarray(given)
    if rows.dtype != np.dtype(f"datetime64[{unit}]"):
        raise TypeError(f"needs datetime64[{unit}], not {rows.dtype}")
    return np.ascontiguousarray(rows).reshape(-1).view(np.int64)


def _day_index(rows: Amounts) -> Amounts:
    i = rows - _BASE
    _refuse(i < 0, i >= LENGTH)
    return i


def _refuse(*beyond: npt.NDArray[np.bool_] | np.bool_) -> None:
    if any(bool(one.any()) for one in beyond):
        raise BeyondCalendar


def _parts(rows: int) -> Iterator[slice]:
    for first in range(0, rows, _ROWS):
        yield slice(first, first + _ROWS)
