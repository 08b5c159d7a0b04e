"""When a step of the work is open to whoever handles a matter."""

from __future__ import annotations

from huiyin.matters import permissions
from tests.matters.handling import INCOMPLETE, Desk, moment


def offered(desk: Desk, number: str, who: str = "clerk") -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {choice.verb for choice in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_other_units_are_asked_only_while_there_is_time_for_an_answer(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    for at, may in (("2026-03-09 11:00", True), ("2026-03-09 14:00", False)):
        desk.at = moment(at)
        assert ("consult_unit" in offered(desk, number)) is may


def test_nothing_is_answered_while_a_leader_is_asked_how(desk: Desk) -> None:
    number = desk.enquiry()
    assert "answer" in offered(desk, number)
    desk.do("route_contact", number, way="unclear", to=desk.id("head"))
    assert "answer" not in offered(desk, number)
    assert "instruct" in offered(desk, number, "head")
    desk.do("instruct", number, who="head", words="请你办")
    assert "answer" in offered(desk, number)
