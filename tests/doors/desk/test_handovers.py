"""Going away and coming back at the desk: the sheet, the signature, stepping in."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.matters.models import Briefing
from huiyin.organisation.models import Absence, Tenant
from tests.doors.desk.browser import Desk, application, said
from tests.factories import AT, Office

DAY = timedelta(days=1)


def bound_by_headquarters(office: Office) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")


def goes(desk: Desk, *, begins: str = "2026-01-06T09:00", ends: str = "2026-01-06T17:00", **more: str) -> int:
    answer = desk.post("handovers/away/", kind="training", starts_at=begins, ends_at=ends, **more)
    return answer.status_code


def test_away_with_a_hand_over_there_and_back(clerk: Desk, office: Office, now: mock.Mock) -> None:
    bound_by_headquarters(office)
    second = Desk(office, "second_clerk")
    number = application(clerk).number
    assert goes(clerk) == 302
    absence = Absence.objects.get()
    page = said(clerk.get("handovers/"))
    assert "等B岗确认，尚未开始" in page
    out = f"handovers/absences/{absence.id}/{office.positions['MZ01'].id}/out/"
    assert number in said(clerk.get(out))
    assert second.get(out).status_code == 404
    too_long = clerk.post(out, notes="长" * 2001, **{f"progress-{number}": "等入户核查"})
    assert too_long.status_code == 422
    assert "等入户核查" in too_long.content.decode()
    assert clerk.post(out, notes="周四回访", **{f"progress-{number}": "等入户核查"}).status_code == 302
    sheet = Briefing.objects.get()
    page = said(second.get(f"handovers/{sheet.id}/"))
    assert "等入户核查" in page
    assert "周四回访" in page
    assert "确认接收" in page
    assert "王秀兰" not in page  # not yet theirs to deal with
    assert clerk.post(f"handovers/{sheet.id}/sign/").status_code == 403
    assert second.post(f"handovers/{sheet.id}/sign/").status_code == 302
    assert second.post(f"handovers/{sheet.id}/sign/").status_code == 409
    now.return_value = AT + DAY
    clerk, second = Desk(office, "clerk"), Desk(office, "second_clerk")
    assert "现在由谁办" in said(second.get(f"matters/{number}/"))
    assert number in said(second.get("handovers/"))
    told = second.act(number, "grant", acting_for=str(office.people["clerk"].id), reply="准予")
    assert told.status_code == 302
    assert "蒋经办" in said(clerk.get(f"matters/{number}/"))
    now.return_value = AT + 2 * DAY
    clerk, second = Desk(office, "clerk"), Desk(office, "second_clerk")
    back = f"handovers/absences/{absence.id}/{office.positions['MZ01'].id}/back/"
    page = said(second.get(back))
    assert "顶岗期间办理的" in page
    assert "已准予" in page
    assert second.post(back, notes="已准予").status_code == 302
    sheet = Briefing.objects.get(back=True)
    assert clerk.post(f"handovers/{sheet.id}/sign/").status_code == 302
    assert "返岗移交" in said(clerk.get("handovers/"))


def test_what_was_typed_stays_when_it_is_refused(clerk: Desk, office: Office) -> None:
    bound_by_headquarters(office)
    answer = clerk.post("handovers/away/", kind="meeting", starts_at="", ends_at="2026-01-06T17:00")
    assert answer.status_code == 422
    assert "请填写日期和时间" in said(answer)
    assert "2026-01-06T17:00" in answer.content.decode()
    second = Desk(office, "second_clerk")
    assert goes(second) == 302
    assert goes(clerk) == 409
    assert goes(clerk, head_covers="on") == 302


def test_stepping_in_and_coming_back(clerk: Desk, office: Office, now: mock.Mock) -> None:
    bound_by_headquarters(office)
    second = Desk(office, "second_clerk")
    assert goes(clerk) == 302
    absence = Absence.objects.get()
    early = second.post(f"handovers/absences/{absence.id}/step-in/")
    assert early.status_code == 409
    assert "离岗时间未到" in said(early)
    now.return_value = AT + DAY
    clerk, second = Desk(office, "clerk"), Desk(office, "second_clerk")
    assert "没有交接就离岗的" in said(second.get("handovers/"))
    assert Desk(office, "receptionist").post(f"handovers/absences/{absence.id}/step-in/").status_code == 403
    assert second.post(f"handovers/absences/{absence.id}/step-in/").status_code == 302
    assert "没有交接，B岗主动顶岗" in said(clerk.get("handovers/"))
    assert second.post(f"handovers/absences/{absence.id}/back/").status_code == 403
    assert clerk.post(f"handovers/absences/{absence.id}/back/").status_code == 302


def test_where_it_is_not_regulated_an_absence_needs_no_sheet(clerk: Desk, office: Office) -> None:
    assert goes(clerk) == 302
    page = said(clerk.get("handovers/"))
    assert "要写的交接单" not in page
    assert "还没有交接单" in page
