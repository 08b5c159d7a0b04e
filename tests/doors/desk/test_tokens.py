"""Keys for programs."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from huiyin.organisation.models import Integration
from huiyin.organisation.queries import asker_for_token
from tests.doors.desk.browser import Desk, said
from tests.factories import AT, Office


def test_a_key_is_shown_once_and_stops_when_revoked(administrator: Desk, office: Office) -> None:
    person = str(office.people["clerk"].id)
    page = administrator.post(
        "staff/tokens/issue/",
        name="叫号系统",
        person=person,
        expires_at="2026-06-30",
        rights=["read", "register", "everything"],
    )
    found = re.search(r'id="secret">([^<]+)<', page.content.decode())
    assert found
    asker = asker_for_token(found[1], AT)
    assert asker is not None
    assert asker.rights == frozenset({"read", "register"})
    (row,) = Integration.objects.all()
    assert row.expires_at.isoformat() == "2026-06-30T16:00:00+00:00"
    listed = administrator.get("staff/tokens/")
    assert found[1] not in listed.content.decode()
    assert "叫号系统" in said(listed)
    # The day that was chosen is the last on which it works; rights are read in words.
    assert "2026-06-30" in said(listed)
    assert "2026-07-01" not in said(listed)
    assert "查看办件、时限、经过与文书" in said(listed)
    assert ">read<" not in listed.content.decode()
    assert administrator.post(f"staff/tokens/{row.id}/revoke/").status_code == 302
    assert asker_for_token(found[1], AT) is None
    assert administrator.post(f"staff/tokens/{row.id}/revoke/").status_code == 409
    assert administrator.post(f"staff/tokens/{uuid4()}/revoke/").status_code == 404


def test_what_is_wrong_is_said_and_what_was_ticked_stays(administrator: Desk, office: Office) -> None:
    nobody = administrator.post(
        "staff/tokens/issue/", name="系统", person="", expires_at="2026-06-30", rights=["read"]
    )
    assert nobody.status_code == 422
    assert "请从列表中选择一位同事" in said(nobody)
    assert 'value="read" checked' in nobody.content.decode()
    person = str(office.people["clerk"].id)
    assert "请填写日期" in said(
        administrator.post("staff/tokens/issue/", name="系统", person=person, expires_at="x")
    )
    late = administrator.post(
        "staff/tokens/issue/", name="系统", person=person, expires_at="2036-06-30", rights=["read"]
    )
    assert "有效期须在今后一年之内" in said(late)
    bare = administrator.post("staff/tokens/issue/", name="系统", person=person, expires_at="2026-06-30")
    assert "请至少选择一项权限" in said(bare)
    assert not Integration.objects.exists()


def test_an_empty_form_hears_of_every_fault_at_once(administrator: Desk) -> None:
    answer = administrator.post("staff/tokens/issue/")
    assert answer.status_code == 422
    for fault in ("请填写用途", "请从列表中选择一位同事", "请填写日期", "请至少选择一项权限"):
        assert fault in said(answer)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_every_calendar_is_a_wrong_field(administrator: Desk, office: Office, day: str) -> None:
    person = str(office.people["clerk"].id)
    answer = administrator.post(
        "staff/tokens/issue/", name="系统", person=person, expires_at=day, rights=["read"]
    )
    assert answer.status_code == 422
    assert "请填写日期" in said(answer)
