"""The verbs offered are those that would not be refused."""

from __future__ import annotations

from huiyin.matters import permissions
from tests.matters.handling import INCOMPLETE, Desk


def offered(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {choice.verb for choice in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_the_custodian_is_offered_the_next_steps_and_nobody_else(desk: Desk) -> None:
    number = desk.accepted()
    assert {"grant", "pause", "request_extension", "propose_refusal", "offer_handover"} <= offered(
        desk, "clerk", number
    )
    assert offered(desk, "head", number) == set()


def test_refusing_is_offered_only_on_an_approved_filing(desk: Desk) -> None:
    number = desk.filed()
    assert "refuse" not in offered(desk, "clerk", number)
    assert offered(desk, "leader_in_charge", number) == {"approve_refusal", "overturn_refusal"}
    desk.do("approve_refusal", number)
    assert "refuse" in offered(desk, "clerk", number)


def test_an_offer_shows_accept_to_one_and_take_back_to_the_other(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"))
    assert {"accept_handover", "bounce_handover"} <= offered(desk, "second_clerk", number)
    assert "withdraw_handover" in offered(desk, "clerk", number)
    assert "offer_handover" not in offered(desk, "clerk", number)


def test_an_incomplete_file_is_not_offered_acceptance(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    assert "issue_notice" in offered(desk, "clerk", number)


def test_the_stand_in_is_offered_the_absent_ones_verbs_for_them(desk: Desk) -> None:
    number = desk.accepted()
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    asker = desk.office.asker("second_clerk", desk.at)
    choices = permissions.lawful_verbs(asker, desk.matter(number), desk.at)
    assert {choice.acting_for for choice in choices} == {desk.id("clerk")}
