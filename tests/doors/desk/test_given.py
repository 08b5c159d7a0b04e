"""Taking in at the desk: each kind its form, everything typed kept, and what is off is not there."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.matters.models import Matter, StepNote
from huiyin.organisation.models import Tenant
from tests.doors.desk.browser import Desk, said
from tests.factories import Office, make_office


def typed(office: Office, **fields: Any) -> dict[str, Any]:
    plain = {
        "source": "assigned",
        "summary": "清理低保台账",
        "custodian": str(office.people["clerk"].id),
        "urgency": "low",
    }
    return {**plain, **fields}


def test_a_task_is_given_and_shown_with_who_gave_it(office: Office) -> None:
    leader = Desk(office, "leader_in_charge")
    page = leader.post("given/task/", **typed(office, until="2026-01-20"))
    row = Matter.objects.get()
    assert (page.status_code, row.assigner_id) == (200, office.people["leader_in_charge"].id)
    assert row.number in said(page)
    shown = said(Desk(office, "clerk").get(f"matters/{row.number}/"))
    assert f"交办人 {office.people['leader_in_charge'].name}" in shown
    assert "限定的日期" in shown
    mine = said(leader.get("matters/", mine="assigner"))
    assert row.number in mine
    assert row.number not in said(leader.get("matters/", mine="custodian"))


def test_who_works_along_and_the_stages_are_asked_apart(office: Office) -> None:
    leader = Desk(office, "leader_in_charge")
    told = typed(office, details="逐户核对", partners="派出所", goals="月中过半")
    assert leader.post("given/task/", **told).status_code == 200
    assert Matter.objects.get().details == "逐户核对\n配合单位：派出所\n阶段目标：月中过半"
    number = Matter.objects.get().number
    clerk = Desk(office, "clerk")
    step = {"words": "清了一半", "problems": "缺人手", "plan": "周五补齐"}
    assert clerk.act(number, "report_progress", **step).status_code == 302
    assert StepNote.objects.get().text == "清了一半\n存在问题：缺人手\n下步措施：周五补齐"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"urgency": ""}, "没有写明时限的，请选择缓急程度"),
        ({"days": "many"}, "请填写1到999的工作日数"),
        ({"days": "1000"}, "请填写1到999的工作日数"),
        ({"days": "0009999"}, "请填写1到999的工作日数"),
        ({"days": "1" * 5000}, "请填写1到999的工作日数"),
        ({"days": "3", "until": "2026-01-20"}, "天数和日期只填一个"),
        ({"until": "soon"}, "请填写日期"),
        ({"custodian": "", "custodian_text": "没有这个人"}, "请从列表中选择一位同事"),
        ({"source": "gossip"}, "请从制度所列的来源中选择"),
    ],
)
def test_a_refusal_keeps_everything_that_was_typed(office: Office, fields: dict[str, str], told: str) -> None:
    page = Desk(office, "head").post("given/task/", **typed(office, details="附名单", **fields))
    assert page.status_code in {409, 422}
    assert told in said(page)
    assert "附名单" in page.content.decode()
    assert "清理低保台账" in page.content.decode()
    assert not Matter.objects.exists()


def test_a_report_is_not_its_registrars_to_read(office: Office) -> None:
    desk = Desk(office, "receptionist")
    accused = str(office.people["clerk"].id)
    page = desk.post("given/report/", channel="counter", summary="收受礼品", anonymous="on", accused=accused)
    number = Matter.objects.get().number
    assert number in said(page)
    assert desk.get(f"matters/{number}/").status_code == 404
    assert number not in said(desk.get("matters/"))
    for who in ("clerk", "head", "leader_in_charge"):
        assert Desk(office, who).get(f"matters/{number}/").status_code == 404
        assert number not in said(Desk(office, who).get("matters/", text=number))
    handler = said(Desk(office, "efficiency_office").get(f"matters/{number}/"))
    assert f"回避的人 {office.people['clerk'].name}" in handler, "whoever handles it reads who stays out"


def test_what_the_rulebook_does_not_know_is_not_there(office: Office) -> None:
    clerk = Desk(office, "clerk")
    assert "/desk/given/task/" in clerk.get().content.decode()
    assert clerk.get("given/nothing/").status_code == 404
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    assert "/desk/given/task/" not in clerk.get().content.decode()
    assert clerk.get("given/task/").status_code == 404
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    form = clerk.get("given/task/").content.decode()
    assert 'value="extra_urgent"' in form
    assert 'value="assigned"' not in form
    assert 'name="days"' not in clerk.get("given/petition/").content.decode()


def test_nobody_is_given_work_of_another_office(office: Office) -> None:
    other = make_office("gaocun")
    page = Desk(office, "head").post("given/task/", **typed(office, custodian=str(other.people["clerk"].id)))
    assert page.status_code == 422
    assert other.canary not in page.content.decode()
