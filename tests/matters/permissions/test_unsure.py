"""The steps around what is not clear are offered one after the other, and only where a clause says so."""

from __future__ import annotations

from tests.matters.handling import COMPLETE, Desk
from tests.matters.permissions.test_conditions import offered

AROUND = {"flag_uncertain", "tell_result", "propose_refusal", "ask_instruction"}


def test_one_step_after_the_other(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE)
    assert offered(desk, number) & AROUND >= {"flag_uncertain", "ask_instruction"}
    desk.do("accept_application", number)
    desk.do("flag_uncertain", number, why="户籍分离")
    assert offered(desk, number) & AROUND == {"ask_instruction"}
    assert "grant" not in offered(desk, number)
    desk.do("ask_instruction", number, question="能否办理？")
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="不符合条件")
    assert {"tell_result", "grant", "propose_refusal"} <= offered(desk, number)
    desk.do("tell_result", number, can=False, how="phone", words="收入超过标准")
    assert "tell_result" not in offered(desk, number)
