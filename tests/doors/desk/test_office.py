"""What the office says of itself, changed by its administrator."""

from __future__ import annotations

from huiyin.ledger.models import LedgerEvent
from huiyin.organisation.models import Tenant
from tests.doors.desk.browser import Desk, said, value_of
from tests.factories import Office

TOLD = {
    "name": "赵宫镇人民政府",
    "name_en": "Zhaogong Township",
    "address": "人民路1号",
    "phone": "0500-5551234",
    "complaint_phone": "",
    "review_body": "清源县人民政府",
}


def test_an_administrator_changes_what_the_office_says_of_itself(administrator: Desk, office: Office) -> None:
    assert administrator.post("staff/office/", **TOLD).status_code == 302
    tenant = Tenant.objects.get(id=office.tenant.id)
    assert {name: getattr(tenant, name) for name in TOLD} == TOLD
    page = administrator.get("staff/office/")
    assert value_of(page, "csrfmiddlewaretoken")
    assert 'value="Zhaogong Township"' in page.content.decode()
    (event,) = LedgerEvent.objects.filter(kind="office_described")
    assert "人民路" not in str(event.body)
    # The control: saving what is there already changes nothing and records nothing.
    administrator.post("staff/office/", **TOLD)
    assert LedgerEvent.objects.filter(kind="office_described").count() == 1


def test_what_cannot_be_used_is_named_and_kept(administrator: Desk) -> None:
    answer = administrator.post("staff/office/", **{**TOLD, "name": "", "phone": "打过来"})
    assert answer.status_code == 422
    assert "名称应为1至100个字" in said(answer)
    assert 'value="打过来"' in answer.content.decode()
    assert 'value="人民路1号"' in answer.content.decode()


def test_the_workbench_tells_administrators_what_is_missing(
    administrator: Desk, clerk: Desk, office: Office
) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(phone="", address="")
    page = said(administrator.get())
    assert "办事群众还看不到本单位的地址、电话" in page
    assert "还看不到" not in said(clerk.get())
    Tenant.objects.filter(id=office.tenant.id).update(phone="1", address="2", complaint_phone="3")
    assert "还看不到" not in said(administrator.get())
