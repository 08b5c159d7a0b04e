"""Whether whoever holds number and code may take the matter back themselves."""

from __future__ import annotations

from huiyin.matters import queries
from huiyin.matters.queries.withdrawing import leans_to_no
from tests.matters.handling import Desk

FORM = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}


def test_an_answered_question_is_nobodys_to_take_back(desk: Desk) -> None:
    number = desk.enquiry()
    assert queries.way_to_withdraw(desk.matter(number)) == queries.ITSELF
    desk.do("answer", number, reply="请来2号窗口。")
    assert queries.way_to_withdraw(desk.matter(number)) == ""


def test_after_a_refusal_was_proposed_somebody_over_the_handler_hears_it(desk: Desk) -> None:
    number = desk.accepted()
    assert not leans_to_no(desk.matter(number))
    desk.do("propose_refusal", number, **FORM)
    assert leans_to_no(desk.matter(number))
    assert queries.way_to_withdraw(desk.matter(number)) == queries.VERIFIED
    # Found wrong, it was proposed all the same.
    desk.do("file_refusal", number)
    desk.do("overturn_refusal", number, opinion="收入算错了")
    assert queries.way_to_withdraw(desk.matter(number)) == queries.VERIFIED
