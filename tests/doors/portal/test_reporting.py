"""Reporting misconduct at the portal: by name or anonymously, followed with number and code, seen by few."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.matters.actions import By
from huiyin.matters.models import Matter
from huiyin.organisation.models import Tenant
from tests.doors.portal.citizen import Citizen, main, pair, text
from tests.factories import AT, Office

SECRET = "收受香烟两条"


def send(citizen: Citizen, **typed: str) -> object:
    return citizen.send("/report/", citizen.get("/report/"), **{"summary": SECRET, **typed})


def test_an_anonymous_report_keeps_nobody_and_has_no_limit(citizen: Citizen, office: Office) -> None:
    shown = send(citizen, how="anonymous", accused_told=office.people["clerk"].name)
    number, code = pair(shown)
    row = Matter.objects.get(number=number)
    assert (row.kind, row.anonymous, row.applicant_name, row.applicant_phone) == ("report", True, "", "")
    assert row.accused == str(office.people["clerk"].id)
    assert row.custodian == office.people["efficiency_office"]
    assert "什么时候有消息" not in main(shown)
    followed = citizen.track(number, code)
    page = text(followed)
    assert number in page
    for told in (SECRET, office.people["clerk"].name):
        assert told not in page
        assert told not in text(shown)
    receipt = citizen.send("/receipt.pdf", shown)
    assert receipt.content.startswith(b"%PDF")


def test_a_named_report_has_ten_working_days_and_is_answered_there(citizen: Citizen, office: Office) -> None:
    shown = send(citizen, how="named", applicant_name="王小明", applicant_phone="13812345678")
    number, code = pair(shown)
    assert "最晚2026年1月19日" in main(shown)
    handler = office.asker("efficiency_office")
    actions.conclude(By(handler, AT, "c"), number, outcome="proven", words="内部查明的细节")
    actions.answer(By(handler, AT, "a"), number, reply="反映属实，已处理。")
    page = text(citizen.track(number, code))
    assert "反映属实，已处理。" in page
    assert "属实" in page
    assert "内部查明的细节" not in page
    assert "王小明" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"how": "named"}, "实名检举请填写姓名"),
        ({"how": "named", "applicant_name": "王小明"}, "实名检举请留电话或邮箱"),
        ({"how": "anonymous", "applicant_name": "王小明"}, "匿名检举不留姓名和联系方式"),
        ({"how": "anonymous", "summary": " "}, "请写明是什么事"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    citizen: Citizen, typed: dict[str, str], said: str
) -> None:
    shown = send(citizen, **{"details": "前天下午在窗口", **typed})
    assert shown.status_code == 422  # type: ignore[attr-defined]
    assert said in text(shown)
    assert "前天下午在窗口" in shown.content.decode()  # type: ignore[attr-defined]
    assert not Matter.objects.exists()


def test_many_anonymous_reports_do_not_stand_in_each_others_way(office: Office) -> None:
    for place in range(12):
        citizen = Citizen(office, f"203.0.113.{place + 20}")
        assert send(citizen, how="anonymous").status_code == 200  # type: ignore[attr-defined]


def test_where_no_rule_knows_reports_there_is_no_form(citizen: Citizen, office: Office) -> None:
    assert "/report/" in citizen.get("/").content.decode()
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    assert citizen.get("/report/").status_code == 404
    assert "/report/" not in citizen.get("/").content.decode()
