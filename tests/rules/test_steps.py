"""A counted stretch is parted at the days off inside it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from huiyin.rules.steps import Step, StepKind, broken_up
from huiyin.rules.vocabulary import Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

CALENDAR = load_calendar()
STRETCH = Step(StepKind.COUNTED, date(2026, 2, 12), date(2026, 2, 28), unit=Unit.WORKING_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_working_days_are_parted_at_days_off() -> None:
    found = list(broken_up([STRETCH], CALENDAR))
    assert [(s.kind.value, s.days, s.reason) for s in found] == [
        ("counted", 3, ""),
        ("skipped", 9, "spring_festival"),
        ("counted", 5, ""),
    ]
    assert (found[0].first, found[-1].last) == (STRETCH.first, STRETCH.last)


@pytest.mark.parametrize(
    "step",
    [
        replace(STRETCH, unit=Unit.CALENDAR_DAY, days=17),
        replace(STRETCH, kind=StepKind.PAUSED),
        replace(STRETCH, kind=StepKind.ROLLED),
    ],
)
def test_other_stretches_stay_whole(step: Step) -> None:
    assert list(broken_up([step], CALENDAR)) == [step]


def test_minutes_stay_exact_over_stretches_that_split_a_minute() -> None:
    def stretch(begins: str, ends: str) -> Step:
        first, last = at(begins), at(ends)
        return Step(
            StepKind.COUNTED, first.date(), last.date(), unit=Unit.WORKING_HOUR, begins=first, ends=last
        )

    found = list(
        broken_up(
            [
                stretch("2026-03-06T17:00:00", "2026-03-06T17:10:40"),
                stretch("2026-03-06T17:20:00", "2026-03-09T08:39:20"),
            ],
            CALENDAR,
        )
    )
    assert [(s.kind.value, s.minutes) for s in found] == [
        ("counted", 10),
        ("counted", 10),
        ("skipped", 0),
        ("counted", 10),
    ]
    assert found[1].ends == at("2026-03-06T17:30")
    assert found[3].begins == at("2026-03-09T08:30")
