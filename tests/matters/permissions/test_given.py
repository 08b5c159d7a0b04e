"""Given work ends once nobody waits for word of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.matters import rows
from huiyin.matters.permissions import given
from huiyin.matters.permissions.case import Case
from huiyin.matters.queries.waiting import pending_of
from huiyin.organisation.models import Tenant
from huiyin.rules.vocabulary import Limit, Unit
from tests.matters.handling import Desk

TEN = Limit(10, Unit.WORKING_DAY)


def case(desk: Desk, number: str) -> Case:
    matter = desk.matter(number)
    asker = desk.office.asker("leader_in_charge", desk.at)
    return Case(asker, desk.at, matter, rows.state_of(matter), pending_of(matter))


@pytest.mark.parametrize(
    ("source", "verb", "fields"),
    [
        ("superior_decision", "answer_superior", {"words": "已落实", "how": "post"}),
        ("supervised", "report_progress", {"words": "已落实"}),
    ],
)
def test_whoever_waits_hears_first(desk: Desk, source: str, verb: str, fields: dict[str, Any]) -> None:
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook="headquarters")
    day = date(2026, 3, 4) if source == "superior_decision" else None
    number = desk.given(source=source, urgency="", limit=TEN, study_by=day)
    assert not given.may_end(case(desk, number))
    assert not given.may_take_back(case(desk, number))
    assert given.wants_answer(case(desk, number))
    assert not given.must_explain(case(desk, number))
    desk.do(verb, number, **fields)
    assert given.may_end(case(desk, number))
    assert given.may_take_back(case(desk, number))


def test_what_was_given_inside_the_house_may_be_taken_back_at_once(desk: Desk) -> None:
    number = desk.given()
    assert given.may_take_back(case(desk, number))
    assert not given.wants_answer(case(desk, number))
    assert given.may_take_back(case(desk, desk.enquiry()))


def test_what_is_not_answered_at_once_is_reported_before_it_is_answered(desk: Desk) -> None:
    number = desk.enquiry()
    assert given.may_report(case(desk, number))
    assert given.may_answer(case(desk, number)), "in the same sitting"
    desk.at += timedelta(days=1)
    assert not given.may_answer(case(desk, number))
    desk.do("report_progress", number, words="要到县里查", how="phone")
    assert given.may_answer(case(desk, number))
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook="company")
    assert not given.may_report(case(desk, number))
