"""否定报备台账."""

from __future__ import annotations

import pytest

from huiyin.matters.models import MaterialReturn, Matter
from huiyin.reports.ledgers.filings import LEDGER
from tests.factories import make_office
from tests.matters.handling import Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


def filed() -> tuple[Desk, str]:
    desk = Desk(make_office())
    number = desk.accepted(applicant_name="王秀兰")
    desk.do(
        "propose_refusal", number, facts="家庭收入", reasons="王秀兰的收入超过标准", legal_basis="办法第九条"
    )
    desk.do("file_refusal", number, at="2026-03-03 10:00")
    return desk, number


def test_a_filing_with_its_opinions_and_answer() -> None:
    desk, number = filed()
    (waiting,) = as_people(LEDGER, scope_of(desk, None))
    assert (waiting["报备时间"], waiting["批复时间"]) == (moment("2026-03-03 10:00"), None)
    assert waiting["是否纠正"] == ""
    desk.do("approve_refusal", number, opinion="情况属实", at="2026-03-03 15:00")
    desk.do("refuse", number, explanation="收入超过标准。", at="2026-03-04 10:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    leader = f"冯分管{desk.office.canary}"
    assert line["分管领导意见"] == f"同意：情况属实（{leader}）"
    assert line["批复时间"] == moment("2026-03-03 15:00")
    assert line["书面答复时间"] == moment("2026-03-04 10:00")
    assert line["是否纠正"] == "否"
    assert line["一般/重要"] == "一般"
    assert line["备注"] == number


def test_an_overturned_one_is_told_as_corrected() -> None:
    desk, number = filed()
    desk.do("overturn_refusal", number, opinion="材料齐全，应当受理")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["是否纠正"] == "是"
    assert line["书面答复时间"] is None
    assert str(line["分管领导意见"]).startswith("不同意：")


def test_who_signed_for_the_papers_is_told_and_masked_for_others() -> None:
    desk, number = filed()
    desk.do("approve_refusal", number, opinion="属实", at="2026-03-03 15:00")
    MaterialReturn.objects.create(
        matter=Matter.objects.get(number=number),
        asked_at=desk.at,
        returned_at=moment("2026-03-04 10:00"),
        returned_by=desk.office.people["clerk"],
        number="TH-1",
        identity="id_card",
        receiver="王秀兰",
        signed=True,
    )
    (line,) = as_people(LEDGER, scope_of(desk, desk.office.asker("clerk", desk.at)))
    assert line["材料退还签收"] == "王秀兰 2026-03-04 TH-1"
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["材料退还签收"] == "王** 2026-03-04 TH-1"


def test_reasons_do_not_name_the_person_to_others() -> None:
    desk, _ = filed()
    (line,) = as_people(LEDGER, scope_of(desk, desk.office.asker("efficiency_office", desk.at)))
    assert line["否定理由"] == "王**的收入超过标准"
    (line,) = as_people(LEDGER, scope_of(desk, desk.office.asker("clerk", desk.at)))
    assert line["否定理由"] == "王秀兰的收入超过标准"
