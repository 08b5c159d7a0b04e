"""Signing in and out, and the password that must be changed first."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.conf import settings as configured
from django.test import Client

from huiyin.organisation import actions
from huiyin.organisation.models import Account
from tests.doors.desk.browser import Desk, said
from tests.factories import AT, PASSWORD, Office

SIGN_IN = "/desk/sign-in/"
FRESH = "绿水青山就是金山银山2026"


def enter(login: str, password: str, **more: str) -> tuple[Client, int, str]:
    client = Client()
    answer = client.post(SIGN_IN, {"login": login, "password": password, **more})
    return client, answer.status_code, answer.headers.get("Location", "")


def newcomer(office: Office) -> tuple[Client, str]:
    account, secret = actions.create_account(office.people["clerk"], by=actions.OPERATOR, at=AT)
    client, status, _ = enter(account.login, secret)
    assert status == 302
    return client, secret


def test_the_staff_number_is_enough_with_one_office(office: Office) -> None:
    office.account("clerk")
    client, status, address = enter("1005", PASSWORD)
    assert (status, address) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200
    assert Account.objects.get(login="1005@zhaogong").last_seen == AT


@pytest.mark.parametrize(
    ("login", "password"), [("1005", "wrong"), ("9999", PASSWORD), ("", ""), ("1005@linzhen", PASSWORD)]
)
def test_wrong_is_wrong_in_the_same_words(office: Office, login: str, password: str) -> None:
    office.account("clerk")
    client = Client()
    answer = client.post(SIGN_IN, {"login": login, "password": password})
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()
    assert client.get("/desk/").status_code == 302


def test_guessing_locks_out_one_account_at_this_address_for_a_while(office: Office, now: mock.Mock) -> None:
    now.return_value = datetime.now(UTC)  # the guard reads the real clock in places
    office.account("clerk")
    office.account("head")
    client = Client()
    statuses = [client.post(SIGN_IN, {"login": "1005", "password": "x"}).status_code for _ in range(6)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert client.post(SIGN_IN, {"login": "1005", "password": PASSWORD}).status_code == 429
    # Everybody of an office comes from one address: a colleague is not kept out.
    assert client.post(SIGN_IN, {"login": "1004", "password": PASSWORD}).status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.post(SIGN_IN, {"login": "1005", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
        "evil",
    ],
)
def test_only_addresses_of_this_site_are_gone_to(office: Office, wanted: str) -> None:
    office.account("clerk")
    assert enter("1005", PASSWORD, next=wanted)[2] == "/desk/"


def test_after_signing_in_the_way_goes_on(office: Office) -> None:
    office.account("clerk")
    stranger = Client().get("/desk/matters/?kind=enquiry")
    assert stranger.headers["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fmatters%2F%3Fkind%3Denquiry"
    assert enter("1005", PASSWORD, next="/desk/matters/")[2] == "/desk/matters/"
    assert Client().get("/desk/").headers["Location"] == SIGN_IN
    script = Client().post("/desk/whose/", headers={"HX-Request": "true"})
    assert (script.status_code, script.headers["HX-Redirect"]) == (401, SIGN_IN)


def test_a_session_begins_anew(office: Office) -> None:
    office.account("clerk")
    client = Client()
    client.get(SIGN_IN)
    before = client.cookies.get(configured.SESSION_COOKIE_NAME)
    client.post(SIGN_IN, {"login": "1005", "password": PASSWORD})
    assert client.cookies[configured.SESSION_COOKIE_NAME] != before


def test_signing_out_needs_a_post_and_ends_the_session(clerk: Desk) -> None:
    assert clerk.get("sign-out/").status_code == 405
    assert clerk.get().status_code == 200
    assert clerk.post("sign-out/").headers["Location"] == SIGN_IN
    assert clerk.get().status_code == 302


def test_a_newcomer_changes_the_password_before_anything_else(office: Office) -> None:
    client, secret = newcomer(office)
    for address in ("/desk/", "/desk/matters/", "/desk/inbox/"):
        assert client.get(address).headers["Location"] == "/desk/password/"
    assert "您用的是临时密码" in said(client.get("/desk/password/"))
    typed = {"old": secret, "password": FRESH, "again": FRESH}
    assert client.post("/desk/password/", typed).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert enter("1005", secret)[1] == 422
    assert enter("1005", FRESH)[1] == 302


def test_changing_the_password_ends_the_other_sessions(office: Office) -> None:
    here, elsewhere = Desk(office, "clerk"), Desk(office, "clerk")
    here.post("password/", old=PASSWORD, password=FRESH, again=FRESH)
    assert here.get().status_code == 200
    assert elsewhere.get().status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": PASSWORD, "password": FRESH, "again": "else"}, "两次输入的新密码不一致"),
        ({"old": "wrong", "password": FRESH, "again": FRESH}, "原密码不对"),
        ({"old": PASSWORD, "password": "short", "again": "short"}, "至少12个字符"),
        ({"old": PASSWORD, "password": PASSWORD, "again": PASSWORD}, "不能与原密码相同"),
    ],
)
def test_a_bad_change_says_why(clerk: Desk, typed: dict[str, str], told: str) -> None:
    answer = clerk.post("password/", **typed)
    assert answer.status_code == 422
    assert told in said(answer)
    assert PASSWORD not in answer.content.decode()


def test_a_temporary_password_ends(office: Office, now: mock.Mock) -> None:
    account, secret = actions.create_account(office.people["clerk"], by=actions.OPERATOR, at=AT)
    now.return_value = AT + timedelta(minutes=31)
    answer = Client().post(SIGN_IN, {"login": account.login, "password": secret})
    assert "临时密码已过期" in answer.content.decode()


def test_who_has_left_is_out_at_the_next_request(clerk: Desk, office: Office) -> None:
    assert clerk.get().status_code == 200
    actions.leave(office.people["clerk"], by=actions.OPERATOR, at=AT)
    assert clerk.get().headers["Location"].startswith(SIGN_IN)


def test_a_closed_account_is_out_at_the_next_request(clerk: Desk, office: Office) -> None:
    actions.set_account_active(office.accounts["clerk"], active=False, by=actions.OPERATOR, at=AT)
    assert clerk.get().status_code == 302
    assert enter("1005", PASSWORD)[1] == 422


def test_one_address_does_not_try_account_after_account(office: Office, now: mock.Mock) -> None:
    office.account("clerk")
    statuses = [enter(str(number), "x" * 12)[1] for number in range(2000, 2011)]
    assert statuses == [422] * 10 + [429]
    assert enter("1005", PASSWORD)[1] == 429
    # Negative control: nobody's account is locked; another address, and a minute later this one, get in.
    elsewhere = Client(REMOTE_ADDR="10.0.0.9").post(SIGN_IN, {"login": "1005", "password": PASSWORD})
    assert elsewhere.status_code == 302
    now.return_value = AT + timedelta(minutes=1)
    assert enter("1005", PASSWORD)[1] == 302


def test_an_open_session_does_not_find_out_the_password_by_trying(office: Office, now: mock.Mock) -> None:
    clerk = Desk(office, "clerk")
    fields = {"old": "x", "password": FRESH, "again": FRESH}
    for _ in range(10):
        assert "原密码不对" in said(clerk.post("password/", **fields))
    assert "分钟再试" in said(clerk.post("password/", **{**fields, "old": PASSWORD}))
    now.return_value = AT + timedelta(minutes=1)
    assert clerk.post("password/", **{**fields, "old": PASSWORD}).status_code == 302


def test_a_temporary_password_opens_once(office: Office) -> None:
    client, secret = newcomer(office)
    again = Client().post(SIGN_IN, {"login": "1005", "password": secret})
    assert again.status_code == 422
    assert "只能用一次" in again.content.decode()
    # Negative control: the session it opened goes on, and what it sets opens as often as one likes.
    changed = client.post("/desk/password/", {"old": secret, "password": FRESH, "again": FRESH})
    assert changed.status_code == 302
    assert [enter("1005", FRESH)[1] for _ in range(2)] == [302, 302]


def test_a_temporary_password_sets_none_after_its_end(office: Office, now: mock.Mock) -> None:
    client, secret = newcomer(office)
    now.return_value = AT + timedelta(minutes=25)
    assert client.get("/desk/password/").status_code == 200
    now.return_value = AT + timedelta(minutes=31)
    fields = {"old": secret, "password": FRESH, "again": FRESH}
    answer = client.post("/desk/password/", fields)
    assert "临时密码已过期" in answer.content.decode()
    assert Account.objects.get(login="1005@zhaogong").password_changed_at == AT


def test_a_temporary_password_lifts_the_lock_of_the_guesses_before(office: Office, now: mock.Mock) -> None:
    now.return_value = datetime.now(UTC)  # the guard reads the real clock in places
    office.account("clerk")
    statuses = [enter("1005", "x")[1] for _ in range(6)]
    assert statuses[-1] == 429
    person = str(office.people["clerk"].id)
    page = said(Desk(office, "administrator").post("staff/account/", person=person, what="reset"))
    secret = re.search(r"[\w]{4}(?:-[\w]{4}){3}", page)
    assert secret is not None
    assert enter("1005", secret[0])[1] == 302
