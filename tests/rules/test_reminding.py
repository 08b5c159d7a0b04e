"""When a duty is due for a reminder: in office hours, by the house's figures, step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.rules import reminding
from huiyin.rules.rulebook import available, load
from tests.rules.happenings import LAW, at, without

DAY = date(2026, 3, 4)
WEDNESDAY = at("2026-03-04T10:00")
PLAN = reminding.plan_of(LAW.book, DAY)


def test_every_profile_has_a_plan_of_the_house_and_may_have_none() -> None:
    for slug in available():
        plan = reminding.plan_of(load(slug), DAY)
        assert plan is not None
        assert list(plan.after) == list(reminding.LINE)
        assert list(plan.after.values()) == sorted(plan.after.values())
    assert reminding.plan_of(without("house.reminders"), DAY) is None
    bare = reminding.plan_of(without("house.escalation"), DAY)
    assert bare is not None
    assert bare.after == {}


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-04T08:29", None),
        ("2026-03-04T08:30", "2026-03-04T08:30"),
        ("2026-03-04T12:30", None),
        ("2026-03-04T20:00", None),
        ("2026-03-07T10:00", None),  # a Saturday
        ("2026-02-14T10:00", "2026-02-14T08:30"),  # a Saturday that is worked for the Spring Festival
    ],
)
def test_a_sitting_is_when_somebody_is_there(moment: str, opens: str | None) -> None:
    found = reminding.sitting(LAW.calendar, at(moment))
    assert (found.opens if found else None) == (at(opens) if opens else None)


def test_the_afternoon_knows_when_its_day_began_and_ends() -> None:
    found = reminding.sitting(LAW.calendar, at("2026-03-04T15:00"))
    assert found is not None
    assert (found.day_began, found.day_ends) == (at("2026-03-04T08:30"), LAW.calendar.closing(DAY))
    assert found.day_began < found.opens


@pytest.mark.parametrize(
    ("due", "stage"),
    [
        ("2026-03-06T17:00", "soon"),
        ("2026-03-04T14:00", "near"),
        ("2026-03-04T09:59", "head"),
        ("2026-03-03T17:30", "leader_in_charge"),
        ("2026-03-02T17:30", "leader_in_charge"),
        ("2026-03-01T23:00", "main_leader"),  # Monday, Tuesday and Wednesday have begun since
        ("2026-02-27T17:30", "main_leader"),
        ("2026-02-26T17:30", "efficiency_office"),  # Saturday the 28th is worked for the Spring Festival
    ],
)
def test_the_stage_that_a_duty_has_reached(due: str, stage: str) -> None:
    assert PLAN is not None
    cutoffs = reminding.reached(PLAN, LAW.calendar, WEDNESDAY)
    assert reminding.STAGES[reminding.stage_of(at(due), cutoffs) - 1] == stage


def test_a_level_that_is_left_out_is_passed_over() -> None:
    plan = reminding.Plan(240, 3, {"leader_in_charge": 1})
    cutoffs = reminding.reached(plan, LAW.calendar, WEDNESDAY)
    assert reminding.STAGES[reminding.stage_of(at("2026-03-04T09:00"), cutoffs) - 1] == "overdue"
    assert reminding.STAGES[reminding.stage_of(at("2026-01-04T09:00"), cutoffs) - 1] == "leader_in_charge"


def test_a_day_off_belongs_to_the_next_working_day() -> None:
    saturday, sunday, monday = (at(f"2026-03-0{day}T10:00") for day in (7, 8, 9))
    assert reminding.same_working_day(LAW.calendar, saturday, sunday)
    assert reminding.same_working_day(LAW.calendar, saturday, monday)
    assert not reminding.same_working_day(LAW.calendar, monday, monday + timedelta(days=1))
