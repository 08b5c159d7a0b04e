"""After a refusal the page says why and where to turn, and takes the wish for the papers."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest

from huiyin.matters.models import Matter
from tests.commissions import COUNTED, commission_office
from tests.doors.portal.citizen import Citizen, main
from tests.factories import Office
from tests.matters.handling import Desk

FORM = {
    "facts": "家庭月收入9000元",
    "reasons": "收入超过标准",
    "legal_basis": "社会救助办法第十二条",
    "ground": "violates_law",
    "importance": "ordinary",
    "opinion": "拟不予办理",
}


def refused(office: Office, **form: str) -> tuple[str, str]:
    """A refused application's number and code."""
    desk = Desk(office, at=office.at)
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    desk.do("propose_refusal", number, **form)
    desk.do("file_refusal", number)
    desk.do("approve_refusal", number, opinion="内部意见")
    desk.do("refuse", number, explanation="收入高于标准，收入变化后可以再申请。")
    return number, desk.code


@pytest.fixture
def there(now: mock.Mock, db: None) -> Citizen:
    return Citizen(commission_office())


def test_reasons_basis_and_remedies_are_shown_and_nothing_of_the_inside(there: Citizen) -> None:
    shown = main(there.track(*refused(there.office, **FORM)))
    for said in ("收入超过标准", "家庭月收入9000元", "社会救助办法第十二条", "申请行政复议", "提起行政诉讼"):
        assert said in shown
    assert "0571-88881111" in shown
    for inside in ("拟不予办理", "内部意见", "对否定报备提出意见", "冯分管", "13900001234"):
        assert inside not in shown


def test_the_wish_for_the_papers_is_noted_once(there: Citizen) -> None:
    number, code = refused(there.office, **FORM)
    page = there.track(number, code)
    assert "我要取回材料" in main(page)
    noted: Any = there.send("/return/", page)
    assert noted.status_code == 200
    assert "已经记下您要取回材料" in main(noted)
    assert "我要取回材料" not in main(noted)
    assert Matter.objects.get(number=number).return_asked
    again = there.send("/return/", page, key="another-key-of-somebody")
    assert again.status_code == 409
    assert "已经登记过退还材料的要求" in main(again)


def test_where_no_return_is_regulated_none_is_offered(citizen: Citizen) -> None:
    plain = {name: FORM[name] for name in ("facts", "reasons", "legal_basis")}
    shown = main(citizen.track(*refused(citizen.office, **plain)))
    assert "收入超过标准" in shown
    assert "我要取回材料" not in shown


def test_read_instead_of_sent_it_leads_to_the_query(there: Citizen) -> None:
    assert there.get("/return/").status_code == 302


def test_an_expired_pass_asks_for_the_code_again(there: Citizen) -> None:
    page = there.track(*refused(there.office, **FORM))
    answer = there.send("/return/", page, **{"pass": "stale"})
    assert answer.status_code == 403


def test_the_person_served_takes_it_back_once_they_are_sure(citizen: Citizen, now: mock.Mock) -> None:
    desk = Desk(citizen.office, at=citizen.office.at)
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    now.return_value = desk.at
    page = citizen.track(number, desk.code)
    assert "不需要办了？" in main(page)
    unsure: Any = citizen.send("/withdraw/", page, reason="自己写的理由")
    assert unsure.status_code == 422
    assert "请先勾选确认撤回" in main(unsure)
    assert "自己写的理由" in main(unsure)
    done: Any = citizen.send("/withdraw/", unsure, reason="自己写的理由", sure="yes")
    assert done.status_code == 200
    assert "已经撤回，不再办理。" in main(done)
    assert "不需要办了？" not in main(done)
    assert Matter.objects.get(number=number).stage == "withdrawn"
    late: Any = citizen.send("/withdraw/", page, sure="yes", key="another-key-of-somebody")
    assert late.status_code == 409
    assert "现在不能撤回" in main(late)


def test_what_leans_to_a_no_is_taken_back_before_a_leader(citizen: Citizen) -> None:
    desk = Desk(citizen.office, at=citizen.office.at)
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    page = citizen.track(number, desk.code)
    desk.do("propose_refusal", number, **{name: FORM[name] for name in ("facts", "reasons", "legal_basis")})
    refused: Any = citizen.send("/withdraw/", page, sure="yes")
    assert refused.status_code == 403
    assert "由负责人向您本人核实后登记" in main(refused)
    assert "确认撤回" not in main(refused)
    assert citizen.get("/withdraw/").status_code == 302
