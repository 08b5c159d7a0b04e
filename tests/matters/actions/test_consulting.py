"""Who may ask which unit, who may answer for it, and who hears of it."""

from __future__ import annotations

import pytest

from huiyin.delivery.models import Message
from huiyin.matters import actions, queries
from huiyin.rules.errors import Forbidden, Invalid, NotFound
from tests.matters.handling import Desk, moment


def heard(desk: Desk, text: str) -> set[str]:
    people = {person.id: key for key, person in desk.office.people.items()}
    rows = Message.objects.filter(text=text, channel="inapp")
    return {people[row.person_id] for row in rows if row.person_id}


def test_a_unit_is_asked_through_one_of_its_people_and_any_of_them_answers(desk: Desk) -> None:
    number = desk.register()
    with pytest.raises(NotFound):
        queries.get(desk.office.asker("receptionist", desk.at), number)
    desk.do("consult_unit", number, to=desk.id("office_head"), question="还要什么？")
    assert heard(desk, "consult_wanted") == {"office_head"}
    assert queries.get(desk.office.asker("receptionist", desk.at), number).number == number
    desk.do("answer_consultation", number, who="receptionist", verdict="none")
    assert heard(desk, "consult_answered") == {"clerk"}
    with pytest.raises(Forbidden):
        desk.do("answer_consultation", number, who="office_head", verdict="none")


def test_neither_the_own_unit_is_asked_nor_does_the_custodian_answer(desk: Desk) -> None:
    number = desk.register()
    with pytest.raises(Invalid):
        desk.do("consult_unit", number, to=desk.id("head"), question="还要什么？")
    desk.do("consult_unit", number, to=desk.id("office_head"), question="还要什么？")
    with pytest.raises(Forbidden):
        desk.do("answer_consultation", number, verdict="none")


def test_the_lead_unit_hears_that_it_may_go_on_without_the_silent_one(desk: Desk) -> None:
    number = desk.register()
    desk.do("consult_unit", number, to=desk.id("office_head"), question="还要什么？")
    actions.note_limits_passed(moment("2026-03-05 09:00"))
    assert heard(desk, "consult_silent") == {"clerk"}
    assert queries.verify(desk.office.tenant.id).faults == []
