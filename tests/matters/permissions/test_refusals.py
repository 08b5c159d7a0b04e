"""The verbs around a refusal are offered when they would be lawful."""

from __future__ import annotations

from huiyin.matters import actions, permissions
from tests.matters.handling import Desk


def offered(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {choice.verb for choice in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_without_the_power_asking_takes_the_place_of_the_form(desk: Desk) -> None:
    number = desk.accepted()
    assert {"ask_instruction", "propose_refusal"} <= offered(desk, "clerk", number)
    actions.restrict_refusal(
        desk.office.asker("main_leader", desk.at),
        position=None,
        item=desk.office.items["DB-1"].id,
        at=desk.at,
    )
    assert "propose_refusal" not in offered(desk, "clerk", number)
    desk.do("ask_instruction", number, question="能否否定？")
    assert "ask_instruction" not in offered(desk, "clerk", number)
    assert "give_instruction" in offered(desk, "leader_in_charge", number)
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="可以")
    assert "propose_refusal" in offered(desk, "clerk", number)


def test_what_was_not_refused_is_neither_corrected_nor_returned(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("grant", number, reply="准予，请到窗口领取。")
    assert "correct_refusal" not in offered(desk, "leader_in_charge", number)
    assert {"ask_return", "return_materials"}.isdisjoint(offered(desk, "clerk", number))


def test_the_leader_who_is_over_the_unit_may_correct_and_nobody_else(desk: Desk) -> None:
    number = desk.refused()
    for who in ("leader_in_charge", "main_leader"):
        assert "correct_refusal" in offered(desk, who, number)
    for who in ("clerk", "head", "second_clerk", "efficiency_office"):
        assert "correct_refusal" not in offered(desk, who, number)
