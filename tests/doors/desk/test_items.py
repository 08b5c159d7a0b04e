"""Items at the desk: found, read with their versions, tried, changed, and their guides handed out."""

from __future__ import annotations

import pytest

from huiyin.catalogue import queries
from huiyin.catalogue.models import GuideGiven, ItemVersion, Posting, ServiceItem
from huiyin.doors.desk.item_form import typed_of
from huiyin.organisation.models import Tenant
from tests.doors.desk.browser import Desk, said, value_of
from tests.factories import Office


@pytest.fixture
def efficiency(office: Office) -> Desk:
    return Desk(office, "efficiency_office")


def form(office: Office, **changed: str) -> dict[str, str]:
    guide = queries.guide(office.tenant.id, "DB-1", public=False)
    return {**typed_of(guide, active=True), "seen": str(guide.version), **changed}


def test_looked_for_and_read(office: Office, clerk: Desk) -> None:
    page = said(clerk.get("items/", q="低保"))
    assert "没有事项" in page
    page = said(clerk.get("items/", q="DB-"))
    assert "最低生活保障申请" in page
    assert "居住证明" not in page
    shown = said(clerk.get(f"items/{office.items['DB-1'].id}/"))
    for part in ("居民户口簿", "20个工作日", "10个工作日", "首次登记"):
        assert part in shown, part
    assert "修改" not in shown


def test_first_shown_then_saved(office: Office, efficiency: Desk) -> None:
    address = f"items/{office.items['DB-1'].id}/edit/"
    typed = form(office, committed="8个工作日", steps="受理 1个工作日\n审核 5个工作日", open_to_public="")
    tried = efficiency.post(address, **typed)
    assert tried.status_code == 200
    page = said(tried)
    for part in ("10个工作日", "8个工作日", "更短了", "还没有保存"):
        assert part in page, part
    assert ServiceItem.objects.get(code="DB-1").version == 1
    assert ItemVersion.objects.filter(item__code="DB-1").count() == 1
    assert efficiency.post(address, **typed, confirm="yes").status_code == 302
    item = ServiceItem.objects.get(code="DB-1")
    assert (item.version, item.committed_amount, item.open_to_public) == (2, 8, False)
    assert "更短了" in said(efficiency.get(f"items/{item.id}/"))
    same = efficiency.post(address, **form(office))
    assert "没有改动" in said(same)


def test_what_cannot_be_read_is_named_and_kept(office: Office, efficiency: Desk) -> None:
    address = f"items/{office.items['DB-1'].id}/edit/"
    wrong = form(office, committed="很快", bases="行政许可法", materials="户口簿｜传真", fee="我写的收费")
    answer = efficiency.post(address, **wrong, confirm="yes")
    assert answer.status_code == 422
    page = said(answer)
    for part in ("“很快”不是时限", "“行政许可法”缺少法律名称、期限或施行日期", "“户口簿｜传真”看不懂"):
        assert part in page, part
    assert 'value="我写的收费"' in answer.content.decode()
    assert ServiceItem.objects.get(code="DB-1").version == 1


def test_two_at_once_do_not_overwrite_each_other(
    office: Office, efficiency: Desk, administrator: Desk
) -> None:
    address = f"items/{office.items['DB-1'].id}/edit/"
    typed = form(office, fee="1元")
    assert administrator.post(address, **form(office, fee="2元"), confirm="yes").status_code == 302
    stale = efficiency.post(address, **typed, confirm="yes")
    assert stale.status_code == 409
    assert 'value="1元"' in stale.content.decode()
    typed["seen"] = value_of(stale, "seen")
    assert efficiency.post(address, **typed, confirm="yes").status_code == 302
    assert ServiceItem.objects.get(code="DB-1").fee == "1元"


def test_at_the_headquarters_the_law_s_limit_is_not_typed(office: Office, efficiency: Desk) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    address = f"items/{office.items['DB-1'].id}/edit/"
    bases = "行政许可法｜第四十二条｜15个工作日｜2004-07-01"
    typed = form(office, category="approval", bases=bases, statutory="30个工作日")
    answer = efficiency.post(address, **typed, confirm="yes")
    assert answer.status_code == 422
    assert "p2.time-limit.10" in said(answer)
    assert efficiency.post(address, **{**typed, "statutory": ""}, confirm="yes").status_code == 302
    assert ServiceItem.objects.get(code="DB-1").statutory_amount == 15
    again = form(office, fee="不收费了")
    assert efficiency.post(address, **again, confirm="yes").status_code == 302


def test_added_and_refused(office: Office, efficiency: Desk, clerk: Desk) -> None:
    typed = form(office, code="XM-1", name="项目备案", position=str(office.positions["MZ01"].id))
    assert efficiency.post("items/new/", **typed).status_code == 302
    assert ServiceItem.objects.get(code="XM-1").materials.count() == 3
    taken = efficiency.post("items/new/", **typed)
    assert taken.status_code == 422
    assert "此编码在本单位已被使用" in said(taken)
    assert clerk.post("items/new/", **typed).status_code == 403


def test_a_guide_is_printed_hung_up_and_given(office: Office, clerk: Desk) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    address = f"items/{office.items['DB-1'].id}/"
    assert clerk.get(f"{address}guide.pdf").headers["Content-Type"] == "application/pdf"
    assert clerk.post(f"{address}post/", place="大厅", day="2026-01-05").status_code == 302
    assert Posting.objects.get().version == 1
    assert clerk.post(f"{address}give/").status_code == 302
    assert clerk.post(f"{address}give/", number="ZHAO-2026-000099-9").status_code == 422
    assert [row.number for row in GuideGiven.objects.all()] == [""]
    assert "来取指南的人" in said(clerk.get(address))


def test_an_item_is_shown_as_it_stood_on_a_day(office: Office, clerk: Desk) -> None:
    address = f"items/{office.items['DB-1'].id}/"
    assert "20个工作日" in said(clerk.get(f"{address}?on=2026-01-05"))
    assert "这一天还没有登记这个事项" in said(clerk.get(f"{address}?on=2001-01-01"))
    for day in ("quatsch", "9999-12-31"):
        answer = clerk.get(f"{address}?on={day}")
        assert answer.status_code == 200
        assert "请填写日期" in said(answer)
