"""Who dealt with the like before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.queries import Handled
from huiyin.organisation import actions as organisation
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def ask(desk: Desk, text: str, who: str = "main_leader") -> list[Handled]:
    return queries.handled_like(desk.office.asker(who, desk.at), text)


def test_whoever_did_it_most_often_comes_first(desk: Desk) -> None:
    for _ in range(2):
        desk.enquiry(who="second_clerk", summary="沼气池补贴怎么领")
    desk.enquiry(who="clerk", summary="问沼气池补贴")
    desk.enquiry(who="clerk", summary="问低保")
    first, second = ask(desk, "沼气池补贴")
    assert (first.person_id, first.times, first.at_least) == (desk.id("second_clerk"), 2, False)
    assert (second.person_id, second.times) == (desk.id("clerk"), 1)
    assert first.unit == desk.office.units["MZ"].name
    assert [one.times for one in ask(desk, "低保")] == [1]
    assert ask(desk, "飞碟") == []
    assert ask(desk, "沼") == []


def test_only_what_the_asker_may_see_counts(desk: Desk) -> None:
    desk.enquiry(who="receptionist", summary="沼气池补贴怎么领")
    assert len(ask(desk, "沼气")) == 1
    assert len(ask(desk, "沼气", "receptionist")) == 1
    assert ask(desk, "沼气", "clerk") == []
    other = Desk(make_office("linzhen"))
    assert ask(other, "沼气") == []


def test_nobody_served_is_named(desk: Desk) -> None:
    desk.enquiry(summary="王秀兰问沼气池补贴", applicant_name="王秀兰", applicant_phone="13812341234")
    assert ask(desk, "王秀兰") == []
    (found,) = ask(desk, "沼气")
    assert "王秀兰" not in repr(found)


def test_who_has_left_is_not_named(desk: Desk) -> None:
    desk.enquiry(who="second_clerk", summary="沼气池补贴怎么领")
    organisation.leave(desk.office.people["second_clerk"], by=organisation.OPERATOR, at=desk.at)
    assert ask(desk, "沼气") == []


def test_more_matters_do_not_cost_more_queries(desk: Desk) -> None:
    counts = []
    for _ in range(2):
        desk.enquiry(who="clerk", summary="问沼气池补贴")
        desk.enquiry(who="second_clerk", summary="问沼气池补贴")
        asker = desk.office.asker("head", desk.at)
        with CaptureQueriesContext(connection) as captured:
            assert queries.handled_like(asker, "沼气池补贴")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 7


def test_reports_of_misconduct_are_told_to_nobody(desk: Desk) -> None:
    desk.reported(summary="沼气池补贴被截留")
    assert ask(desk, "沼气", "efficiency_office") == []
    desk.enquiry(summary="沼气池补贴怎么领")
    assert len(ask(desk, "沼气", "efficiency_office")) == 1
