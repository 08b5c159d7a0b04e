from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from huiyin.doors.language import ChosenLanguage


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
