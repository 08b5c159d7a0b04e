"""Refusals as pages, fragments and problems; the ways out of this site that are not taken."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from huiyin.doors import refusals
from huiyin.rules.errors import Busy, NotFound, Unlawful
from tests.factories import make_office

UNLAWFUL = Unlawful("现在不能受理", code="x", clause="p4.one-time-notice.4", remedy="请先核对材料。")


def asked(path: str = "/desk/", *, script: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true"} if script else {}
    return RequestFactory().get(path, headers=headers)


def text(response: object) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_a_page_says_what_why_and_what_to_do() -> None:
    answer = refusals.answer(asked(), UNLAWFUL)
    assert answer.status_code == 409
    for part in ("<html", "现在不能受理", "请先核对材料", "p4.one-time-notice.4"):
        assert part in text(answer)


def test_a_script_gets_the_part_alone() -> None:
    answer = refusals.answer(asked(script=True), UNLAWFUL)
    assert answer.status_code == 409
    assert "<html" not in text(answer)


def test_a_program_gets_problem_details() -> None:
    answer = refusals.answer(asked("/api/v1/matters"), UNLAWFUL)
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["clause"] == "p4.one-time-notice.4"


def test_not_found_is_byte_for_byte_the_same() -> None:
    one = refusals.answer(asked("/desk/matters/A/"), NotFound())
    other = refusals.not_found(asked("/desk/matters/B/"), KeyError())
    assert one.status_code == other.status_code == 404
    assert one.content == other.content


def test_being_busy_is_not_hidden(caplog: pytest.LogCaptureFixture) -> None:
    answer = refusals.answer(asked(), Busy())
    assert answer.status_code == 503
    assert "不会重复登记" in text(answer)
    assert "busy" in caplog.text


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (refusals.bad_request, 400),
        (refusals.forbidden, 403),
        (refusals.form_expired, 403),
        (refusals.locked_out, 429),
        (refusals.broken, 500),
    ],
)
def test_django_s_own_refusals_say_what_to_do(view: object, status: int) -> None:
    answer = view(asked())  # type: ignore[operator]
    assert answer.status_code == status
    assert "请" in text(answer)
    assert "Traceback" not in text(answer)


def test_a_form_without_its_token_is_refused_readably(db: None) -> None:
    office = make_office()
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("clerk")[0], "django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/whose/", {"q": "低保"})
    assert answer.status_code == 403
    assert "页面已失效" in text(answer)


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("/desk/matters/?kind=x", "/desk/matters/?kind=x"),
        ("https://evil.example/", "/else"),
        ("//evil.example", "/else"),
        ("///evil.example", "/else"),
        ("/\\evil.example", "/else"),
        ("\\\\evil.example", "/else"),
        ("javascript:alert(1)", "/else"),
        ("http://testserver/desk/", "/else"),
        ("", "/else"),
        (" /desk/", "/else"),
        ("/%2F/evil.example", "/%2F/evil.example"),
    ],
)
def test_only_this_sites_own_addresses_are_gone_to(wanted: str, taken: str) -> None:
    assert refusals.safe_next(asked(), wanted, "/else") == taken


def test_a_wrong_address_at_the_desk_keeps_the_menu(db: None) -> None:
    office = make_office()
    client = Client()
    bare = text(client.get("/desk/nowhere/"))
    client.force_login(office.account("clerk")[0], "django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/nowhere/")
    assert page.status_code == 404
    assert 'aria-label="主菜单"' in text(page)
    assert "没有这个页面" in text(page)
    assert "请核对编号" not in text(page)
    # The controls: a number that is not there is told so, and strangers see no menu.
    missing = text(client.get("/desk/matters/ZHAO-2026-999999-9/"))
    assert "请核对编号" in missing
    assert 'aria-label="主菜单"' in missing
    assert 'aria-label="主菜单"' not in bare


def test_a_wrong_address_of_an_office_keeps_its_header(db: None, client: Client) -> None:
    office = make_office()
    page = client.get("/zhaogong/nowhere/")
    assert page.status_code == 404
    for part in (office.tenant.name, 'href="/zhaogong/track/"', 'href="/zhaogong/">回首页'):
        assert part in text(page)
    assert 'aria-label="主要栏目"' not in text(client.get("/no-such-office/nowhere/"))


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/desk/staff/account/", 'href="/desk/staff/"'),
        ("/desk/whose/", 'href="/desk/"'),
        ("/language/", 'href="/"'),
    ],
)
def test_an_address_that_only_takes_forms_leads_back(db: None, path: str, back: str) -> None:
    office = make_office()
    client = Client()
    client.force_login(office.account("administrator")[0], "django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "这个地址不能直接打开" in text(answer)
    assert back in text(answer)
