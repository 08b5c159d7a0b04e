from __future__ import annotations

from django.template import Context, Template
from django.test import RequestFactory


def test_large_type_follows_the_cookie() -> None:
    template = Template("{% load portal %}{% large_type as large %}{{ large }}")
    request = RequestFactory().get("/")
    assert template.render(Context({"request": request})) == "False"
    request.COOKIES["huiyin-type"] = "large"
    assert template.render(Context({"request": request})) == "True"
