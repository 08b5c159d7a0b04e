from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from huiyin.doors.portal import display
from tests.doors.portal.citizen import Citizen, text


def test_large_type_is_remembered_in_a_cookie(citizen: Citizen) -> None:
    chosen = citizen.client.post("/display/", {"type": "large", "next": "/zhaogong/items/"})
    assert chosen.status_code == 302
    assert chosen["Location"] == "/zhaogong/items/"
    cookie = chosen.cookies["huiyin-type"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 'class="large"' in text(citizen.get("/items/"))
    assert 'class="large"' in text(citizen.client.get("/nowhere/"))
    citizen.client.post("/display/", {"type": "normal", "next": "/"})
    assert 'class="large"' not in text(citizen.get("/items/"))


def test_language_is_remembered_in_its_cookie(citizen: Citizen) -> None:
    citizen.client.post("/display/", {"language": "en", "next": "/zhaogong/"})
    assert '<html lang="en"' in text(citizen.get("/"))
    citizen.client.post("/display/", {"language": "zh-hans", "next": "/zhaogong/"})
    assert '<html lang="zh-CN"' in text(citizen.get("/"))


@pytest.mark.parametrize(("name", "value"), [("type", "huge"), ("language", "xx"), ("other", "1")])
def test_nothing_else_is_remembered(citizen: Citizen, name: str, value: str) -> None:
    assert not citizen.client.post("/display/", {name: value}).cookies


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_it_leads_nowhere_else(citizen: Citizen, address: str) -> None:
    assert citizen.client.post("/display/", {"type": "large", "next": address})["Location"] == "/"


def test_a_get_changes_nothing(citizen: Citizen) -> None:
    assert citizen.client.get("/display/?type=large").status_code == 405
    request = RequestFactory().get("/?type=large")
    assert not display.is_large(request)
    display.adopt(request)


def test_on_a_secure_site_the_cookie_is_bound_to_the_host() -> None:
    with override_settings(LANGUAGE_COOKIE_SECURE=True):
        assert display.cookie_name() == "__Host-huiyin-type"
