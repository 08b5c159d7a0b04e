from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from huiyin.doors.language import ChosenLanguage, choose


@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [("", "en", "zh-hans"), ("en", "zh-cn", "en"), ("xx", "en", "zh-hans"), ("zh-hans", "en", "zh-hans")],
)
def test_the_chosen_language_else_chinese(cookie: str, browser: str, language: str) -> None:
    seen: list[str | None] = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    request = RequestFactory().get("/", headers={"accept-language": browser})
    request.COOKIES["huiyin-language"] = cookie
    with translation.override(None):
        answer = ChosenLanguage(view)(request)
    assert isinstance(answer, HttpResponse)
    assert seen == [language]
    assert answer["Content-Language"] == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-hans"),
        ("en", "en"),
        ("fr, en-GB;q=0.8, zh;q=0.5", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("*", "zh-hans"),
        ("fr", "zh-hans"),
        ("\x00;q=x," * 50, "zh-hans"),
    ],
)
def test_a_program_is_answered_in_the_language_it_asks_for(header: str, language: str) -> None:
    seen: list[str | None] = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    request = RequestFactory().get("/api/v1/me", headers={"accept-language": header})
    # A program that shares a cookie with a browser is asked by its header all the same.
    request.COOKIES["huiyin-language"] = "en" if language != "en" else "zh-hans"
    with translation.override(None):
        ChosenLanguage(view)(request)
    assert seen == [language]


def test_the_language_somebody_chose_is_remembered() -> None:
    answer = choose(RequestFactory().post("/language/", {"language": "en", "next": "/desk/"}))
    assert answer.headers["Location"] == "/desk/"
    cookie = answer.cookies["huiyin-language"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("en", "Lax", True)


@pytest.mark.parametrize("wanted", ["", "xx", "fr", "en\r\nSet-Cookie: a=b", "../en"])
def test_a_language_that_is_not_spoken_changes_nothing(wanted: str) -> None:
    answer = choose(RequestFactory().post("/language/", {"language": wanted, "next": "//evil.example"}))
    assert answer.headers["Location"] == "/"
    assert not answer.cookies
