from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from huiyin.doors.headers import SecurityHeaders, TrustedProxies, client_address

CSP = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nothing-here/", "/static/nothing.css", "/%00", "/desk"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert sorted(part.strip() for part in answer["Content-Security-Policy"].split(";")) == sorted(CSP)
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Server"] == ""
    assert not {"X-Powered-By", "Access-Control-Allow-Origin"} & set(answer.headers)


def test_a_host_we_do_not_serve_gets_them_too(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers
    assert "Strict-Transport-Security" in answer.headers


def test_a_view_may_be_stricter() -> None:
    answer = SecurityHeaders(
        lambda _: HttpResponse(headers={"Referrer-Policy": "no-referrer", "Server": "x", "X-Powered-By": "y"})
    )(RequestFactory().get("/"))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Server"] == ""
    assert "X-Powered-By" not in answer.headers


def through(settings: Settings, proxies: list[str], **meta: Any) -> HttpRequest:
    settings.TRUSTED_PROXIES = proxies
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    TrustedProxies(view)(RequestFactory().get("/", **meta))
    return seen[0]


def test_forwarded_headers_of_a_stranger_are_dropped(settings: Settings) -> None:
    forged = {
        "HTTP_X_FORWARDED_FOR": "1.2.3.4",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_X_REAL_IP": "1.2.3.4",
        "HTTP_REMOTE_USER": "admin",
        "REMOTE_USER": "admin",
        "HTTP_FORWARDED": "for=1.2.3.4",
    }
    request = through(settings, ["10.0.0.0/8"], REMOTE_ADDR="203.0.113.9", **forged)
    assert not set(forged) & set(request.META)
    assert client_address(request) == "203.0.113.9"
    assert not request.is_secure()


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("203.0.113.9, nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_our_own_proxy_is_believed(settings: Settings, forwarded: str, expected: str) -> None:
    request = through(
        settings,
        ["10.0.0.0/8"],
        REMOTE_ADDR="10.0.0.1",
        HTTP_X_FORWARDED_FOR=forwarded,
        HTTP_X_FORWARDED_PROTO="https",
    )
    assert client_address(request) == expected
    assert request.is_secure()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "0.0.0.0"),
    ],
)
def test_limits_count_by_network(address: str, expected: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == expected
