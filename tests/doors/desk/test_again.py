"""A step that came too late: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

import base64
from datetime import timedelta
from unittest import mock

from huiyin.doors.desk import again
from tests.doors.desk.browser import Desk, application, said, value_of
from tests.factories import AT, Office

TYPED = {"facts": "家庭月收入九千元" * 200, "reasons": "收入超过标准", "legal_basis": "第九条"}


def too_late(clerk: Desk) -> str:
    """Try to propose a refusal on a page that has become old; returns the matter's number."""
    number = application(clerk).number
    version = value_of(clerk.get(f"matters/{number}/"), "version")
    clerk.act(number, "grant", reply="准予。")
    assert clerk.act(number, "propose_refusal", version=version, **TYPED).status_code == 302
    return number


def test_what_was_typed_is_shown_even_when_the_step_has_left_the_page(clerk: Desk, office: Office) -> None:
    number = too_late(clerk)
    page = said(clerk.get(f"matters/{number}/"))
    assert "这一步没有办理" in page
    assert "您刚才填写的内容" in page
    assert all(text in page for text in TYPED.values())
    assert "您刚才填写的内容" not in said(clerk.get(f"matters/{number}/"))


def test_it_waits_sealed_for_its_own_matter_and_not_for_long(clerk: Desk, now: mock.Mock) -> None:
    other = application(clerk).number
    number = too_late(clerk)
    note = clerk.client.session["tried"]
    assert "收入超过标准".encode() not in base64.urlsafe_b64decode(note)
    assert "您刚才填写的内容" not in said(clerk.get(f"matters/{other}/"))
    now.return_value = clerk.office.at = AT + timedelta(minutes=29)
    clerk.get()
    now.return_value = AT + timedelta(minutes=31)
    assert "您刚才填写的内容" not in said(clerk.get(f"matters/{number}/"))
    assert "tried" not in clerk.client.session


def test_papers_are_kept_too(clerk: Desk) -> None:
    number = application(clerk, accept=False).number
    version = value_of(clerk.get(f"matters/{number}/"), "version")
    rows = {"name-0": "居民户口簿", "required-0": "on", "problem-0": "第二页缺公章"}
    clerk.act(number, "check_materials", **rows)
    assert clerk.act(number, "check_materials", version=version, **rows).status_code == 302
    assert "第二页缺公章" in clerk.get(f"matters/{number}/").content.decode()
    assert again.STALE == "stale"


def test_a_switch_of_language_leads_to_the_page_and_never_drops_what_shows_once(
    clerk: Desk, administrator: Desk, office: Office
) -> None:
    number = application(clerk).number
    refused = clerk.act(number, "grant", reply="")
    assert refused.status_code == 422
    assert value_of(refused, "next") == f"/desk/matters/{number}/"
    shown = administrator.post("staff/account/", person=str(office.people["clerk"].id), what="reset")
    assert 'id="secret"' in shown.content.decode()
    assert 'action="/language/"' not in shown.content.decode()
    # The control: a page that can be read again offers the switch.
    assert 'action="/language/"' in administrator.get("staff/").content.decode()
