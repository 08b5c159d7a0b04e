"""What administrators do for people: accounts, functions, absences."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock
from uuid import uuid4

from huiyin.organisation.models import Absence, Account, Role
from huiyin.organisation.queries import is_absent
from tests.doors.desk.browser import Desk, said
from tests.factories import AT, Office


def test_everybody_is_shown_with_posts_functions_and_account(administrator: Desk, office: Office) -> None:
    page = said(administrator.get("staff/"))
    for name in ("郑主要", "卫经办", "朱管理"):
        assert f"{name}{office.canary}" in page
    assert "低保经办岗" in page
    assert "系统管理员" in page
    assert "开通账号" in page


def test_an_account_is_opened_with_a_password_shown_once(administrator: Desk, office: Office) -> None:
    person = str(office.people["clerk"].id)
    page = administrator.post("staff/account/", person=person, what="create")
    found = re.search(r'id="secret">([^<]+)<', page.content.decode())
    assert found
    account = Account.objects.get(login="1005@zhaogong")
    assert account.check_password(found[1])
    assert account.must_change_password
    assert found[1] not in administrator.get("staff/").content.decode()
    twice = administrator.post("staff/account/", person=person, what="create")
    assert twice.status_code == 409
    assert "此人已有账号" in said(twice)


def test_a_password_is_reset_and_the_account_closed_and_reopened(administrator: Desk, office: Office) -> None:
    clerk = Desk(office, "clerk")
    person = str(office.people["clerk"].id)
    page = administrator.post("staff/account/", person=person, what="reset")
    assert 'id="secret"' in page.content.decode()
    assert clerk.get().status_code == 302
    assert administrator.post("staff/account/", person=person, what="close").status_code == 302
    assert not Account.objects.get(login="1005@zhaogong").is_active
    administrator.post("staff/account/", person=person, what="reopen")
    assert Account.objects.get(login="1005@zhaogong").is_active


def test_nobody_resets_their_own(administrator: Desk, office: Office) -> None:
    answer = administrator.post("staff/account/", person=str(office.people["administrator"].id), what="reset")
    assert answer.status_code == 403
    assert "修改密码" in said(answer)


def test_what_does_not_exist_is_not_found(administrator: Desk, office: Office) -> None:
    assert administrator.post("staff/account/", person=str(uuid4()), what="reset").status_code == 404
    person = str(office.people["clerk"].id)
    assert administrator.post("staff/account/", person=person, what="reset").status_code == 404
    assert administrator.post("staff/role/", person="x", role="administrator").status_code == 404


def test_functions_are_given_and_taken_but_never_ones_own(administrator: Desk, office: Office) -> None:
    person = office.people["clerk"]
    administrator.post("staff/role/", person=str(person.id), role="efficiency_office", what="grant")
    assert Role.objects.filter(person=person, role="efficiency_office").exists()
    administrator.post("staff/role/", person=str(person.id), role="efficiency_office", what="revoke")
    assert not Role.objects.filter(person=person).exists()
    own = str(office.people["administrator"].id)
    assert administrator.post("staff/role/", person=own, role="office_clerk", what="grant").status_code == 403


def test_positions_show_who_is_on_duty(administrator: Desk, office: Office) -> None:
    office.absent("clerk")
    page = said(administrator.get("staff/posts/"))
    assert "低保经办岗" in page
    assert "B岗顶岗" in page
    assert "首问接待" in page


def test_an_absence_is_recorded_in_the_offices_time_and_ended(administrator: Desk, office: Office) -> None:
    person = office.people["clerk"]
    typed = {
        "person": str(person.id),
        "kind": "leave",
        "starts_at": "2026-01-05T09:00",
        "ends_at": "2026-01-07T17:30",
    }
    assert administrator.post("staff/absences/", **typed).status_code == 302
    absence = Absence.objects.get()
    assert absence.starts_at.isoformat() == "2026-01-05T01:00:00+00:00"
    assert is_absent(person.id, AT)
    assert "请假" in said(administrator.get("staff/absences/"))
    assert administrator.post("staff/absences/", **typed).status_code == 422
    assert administrator.post(f"staff/absences/{absence.id}/cancel/").status_code == 302
    assert not is_absent(person.id, AT + timedelta(seconds=1))
    assert administrator.post(f"staff/absences/{absence.id}/cancel/").status_code == 409
    assert administrator.post(f"staff/absences/{uuid4()}/cancel/").status_code == 404


def test_an_absence_that_cannot_be_keeps_what_was_typed(administrator: Desk, office: Office) -> None:
    answer = administrator.post(
        "staff/absences/", person="", kind="leave", starts_at="2026-01-05T09:00", ends_at="bald"
    )
    assert answer.status_code == 422
    assert "请从列表中选择一位同事" in said(answer)
    assert "请填写日期和时间" in said(answer)
    assert "2026-01-05T09:00" in answer.content.decode()
    backwards = administrator.post(
        "staff/absences/",
        person=str(office.people["clerk"].id),
        kind="leave",
        starts_at="2026-01-05T09:00",
        ends_at="2026-01-04T09:00",
    )
    assert "结束时间须晚于开始时间" in said(backwards)


def test_an_absence_that_is_over_cannot_be_recorded_and_past_ones_stay_listed(
    administrator: Desk, office: Office, now: mock.Mock
) -> None:
    person = str(office.people["clerk"].id)
    past = {"person": person, "kind": "leave", "starts_at": "2025-12-29T09:00", "ends_at": "2025-12-30T17:30"}
    answer = administrator.post("staff/absences/", **past)
    assert answer.status_code == 422
    assert "结束时间已过" in said(answer)
    assert not Absence.objects.exists()
    earlier = administrator.post("staff/absences/", **{**past, "ends_at": "2026-01-06T17:30"})
    assert earlier.status_code == 422
    assert "不能早于今天" in said(earlier)
    # The control: one that began this morning and still lasts is recorded, and listed after it is over.
    lasting = {**past, "starts_at": "2026-01-05T08:30", "ends_at": "2026-01-06T17:30"}
    assert administrator.post("staff/absences/", **lasting).status_code == 302
    now.return_value = AT + timedelta(days=20)
    listed = said(Desk(office, "administrator").get("staff/absences/"))
    assert "2026-01-06 17:30" in listed
    assert "已结束" in listed


def test_an_absence_before_every_calendar_is_a_wrong_field(administrator: Desk, office: Office) -> None:
    typed = {"person": str(office.people["clerk"].id), "kind": "meeting", "ends_at": "2026-01-06T09:00"}
    answer = administrator.post("staff/absences/", starts_at="0001-01-01T00:00", **typed)
    assert answer.status_code == 422
    assert "请填写日期和时间" in said(answer)
