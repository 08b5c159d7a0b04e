"""Pointing out that a clause was not kept: who may, against whom, and who hears of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from huiyin.delivery.models import Message
from huiyin.obligations import queries as duties
from huiyin.rules.errors import Forbidden, Invalid, NotFound
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db

GROUND = "p4.first-responder.4"


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def invoke(desk: Desk, number: str, who: str, **other: Any) -> None:
    fields: dict[str, Any] = {"clause": GROUND, "facts": "来人反映无人理会", **other}
    desk.do("invoke_clause", number, who=who, **fields)


@pytest.mark.parametrize("who", ["efficiency_office", "head", "leader_in_charge", "main_leader"])
def test_who_is_over_the_work_points_it_out_and_the_custodian_hears(desk: Desk, who: str) -> None:
    number = desk.enquiry()
    clocks = {key: clock.due_at for key, clock in desk.clocks(number).items()}
    invoke(desk, number, who)
    (found,) = duties.findings_of(desk.matter(number).id)
    assert (found.what, found.clause, found.against_id) == ("invoked", GROUND, desk.id("clerk"))
    assert {key: clock.due_at for key, clock in desk.clocks(number).items()} == clocks
    told = Message.objects.filter(text="clause_invoked")
    assert {row.person_id for row in told} == {desk.id("clerk")}


def test_nobody_does_against_themselves_nor_below_nor_elsewhere(desk: Desk) -> None:
    number = desk.enquiry()
    with pytest.raises(Forbidden):
        invoke(desk, number, "clerk")
    with pytest.raises(Forbidden, match="自己"):
        invoke(desk, number, "head", against=desk.id("head"))
    with pytest.raises(NotFound):
        invoke(desk, number, "office_head")
    with pytest.raises(Invalid):
        invoke(desk, number, "head", against=uuid4())
    stranger = make_office("other")
    with pytest.raises(Invalid):
        invoke(desk, number, "head", against=stranger.people["clerk"].id)
    assert duties.findings_of(desk.matter(number).id) == []


def test_a_colleague_may_be_named_and_a_closed_matter_still_be_pointed_at(desk: Desk) -> None:
    number = desk.closed()
    invoke(desk, number, "efficiency_office", against=desk.id("second_clerk"))
    (found,) = duties.findings_of(desk.matter(number).id)
    assert found.against_id == desk.id("second_clerk")
