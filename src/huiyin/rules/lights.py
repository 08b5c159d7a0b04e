"""What a clock's light shows, and from when on it is yellow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from huiyin.rules.course import Course
from huiyin.rules.pauses import as_office_time, midnight, moment_spans, office_spans
from huiyin.rules.steps import Step, StepKind
from huiyin.rules.vocabulary import Light, Unit
from huiyin.rules.workdays import SHANGHAI, WORKDAY_SCALE

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_OFFICE_UNITS: Final = frozenset({Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.AT_ONCE, Unit.BEFORE_EVENT})


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a light turns yellow: this many working days left, or this share of the limit."""

    min_working_days: int
    share: float


def light(*, due: datetime, yellow_at: datetime, paused: bool, ended: bool, at: datetime) -> Light:
    """Grey when ended, else blue when paused, else red, yellow or green by the moment."""
    if ended:
        return Light.GREY
    if paused:
        return Light.BLUE
    if at > due:
        return Light.RED
    return Light.YELLOW if at >= yellow_at else Light.GREEN


def yellow_from(course: Course, due: datetime, threshold: Threshold) -> datetime:
    """The earliest moment with no more left than a threshold allows, never before the start.

    The minimum is one of working days, each as long as it is open. The share
    is one of office time where all limits are in office units, else one of
    calendar time. Paused time is never time left; whichever comes first counts.
    """
    if course.awaits_event:
        return due
    counted = [step for step in course.steps if step.kind is StepKind.COUNTED]
    if all(limit.unit in _OFFICE_UNITS for limit in course.limits()):
        yellow = _by_office_time(course, due, threshold, counted)
    else:
        length = sum((_calendar_time(step) for step in counted), timedelta())
        left = round(threshold.share * (length / _MICROSECOND)) * _MICROSECOND
        fewest = _working_days_back(course, due, threshold.min_working_days)
        yellow = min(fewest, _calendar_time_back(course, due, left))
    return min(max(course.clock.start.astimezone(SHANGHAI), yellow), due)


def _by_office_time(course: Course, due: datetime, threshold: Threshold, counted: list[Step]) -> datetime:
    whole = sum(_office_time(step, course) for step in counted)
    share = round(threshold.share * whole)
    if course.calendar.has_even_days:  # days and hours are then the same measure, and one walk is enough
        fewest = threshold.min_working_days * course.calendar.day_length
        return _office_time_back(course, due, max(fewest, share))
    return min(
        _working_days_back(course, due, threshold.min_working_days), _office_time_back(course, due, share)
    )


def _office_time(step: Step, course: Course) -> int:
    if step.begins is None or step.ends is None:
        return course.calendar.open_for(step.first, step.last)
    return course.calendar.office_time(step.ends) - course.calendar.office_time(step.begins)


def _calendar_time(step: Step) -> timedelta:
    if step.unit is Unit.CLOCK_HOUR and step.begins is not None and step.ends is not None:
        return step.ends - step.begins
    return (step.last - step.first) + _DAY


def _working_days_back(course: Course, due: datetime, days: int) -> datetime:
    """The earliest moment with at most that many unpaused working days until `due`."""
    if not days:
        return due  # no minimum: not the last moment the office was open before a limit that ends by night
    calendar = course.calendar
    spans = [
        (calendar.workday_scale(first), calendar.workday_scale(last)) for first, last in _office_spans(course)
    ]
    here = calendar.workday_scale(calendar.office_time(due))
    return calendar.moment(calendar.from_workday_scale(_back(here, days * WORKDAY_SCALE, spans)))


def _office_time_back(course: Course, due: datetime, left: int) -> datetime:
    """The earliest moment with at most `left` of unpaused office time until `due`."""
    calendar = course.calendar
    return calendar.moment(_back(calendar.office_time(due), left, _office_spans(course)))


def _office_spans(course: Course) -> tuple[tuple[int, int], ...]:
    if course.is_timed:
        return office_spans(course.pauses, course.calendar)
    return as_office_time(course.spans, course.calendar)


def _back(here: int, left: int, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> int:
    for first, last in reversed(spans):
        if first >= here:
            continue
        if here - left > last:
            break
        left -= max(0, here - last)
        here = first
    return here - left


def _calendar_time_back(course: Course, due: datetime, left: timedelta) -> datetime:
    """The earliest moment with at most `left` of unpaused calendar time until `due`."""
    here = due
    for first, last in reversed(_moments(course)):
        if first >= here:
            continue
        if here - left > last:
            break
        left -= max(timedelta(), here - last)
        here = first
    return here - left


def _moments(course: Course) -> tuple[tuple[datetime, datetime], ...]:
    if course.is_timed:
        return moment_spans(course.pauses, course.calendar)
    return tuple((midnight(first), _midnight_after(last)) for first, last in course.spans)


def _midnight_after(day: date) -> datetime:
    return midnight(day + _DAY)
