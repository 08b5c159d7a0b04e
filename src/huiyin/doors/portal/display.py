"""How somebody wants to read: large type or normal, Chinese or English; kept in two cookies."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from huiyin.doors.access import DoorRequest
from huiyin.doors.refusals import safe_next

LARGE: Final = "large"
_NORMAL: Final = "normal"
_YEAR: Final = 365 * 24 * 3600


def cookie_name() -> str:
    """Return the name of the cookie that remembers large type; bound to the host where that is possible."""
    return "__Host-huiyin-type" if settings.LANGUAGE_COOKIE_SECURE else "huiyin-type"


def is_large(request: HttpRequest) -> bool:
    """Say whether this page is shown in large type."""
    wanted = _wanted(request, "type", {LARGE, _NORMAL})
    return (wanted or request.COOKIES.get(cookie_name(), "")) == LARGE


@csrf_exempt
def choose(request: DoorRequest) -> HttpResponse:
    """Remember a choice and go back to the page. It changes cookies of the reader and nothing else."""
    return remember(request, redirect(safe_next(request, request.POST.get("next", ""), "/")))


def adopt(request: HttpRequest) -> None:
    """Use the language that this POST asks for already for its own answer."""
    language = _wanted(request, "language", dict(settings.LANGUAGES).keys())
    if language:
        translation.activate(language)


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put what this POST chose into cookies of the answer."""
    choices = {
        cookie_name(): _wanted(request, "type", {LARGE, _NORMAL}),
        settings.LANGUAGE_COOKIE_NAME: _wanted(request, "language", dict(settings.LANGUAGES).keys()),
    }
    for name, value in choices.items():
        if value:
            response.set_cookie(
                name,
                value,
                max_age=_YEAR,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
    return response


def _wanted(request: HttpRequest, name: str, known: object) -> str:
    value = request.POST.get(name, "") if request.method == "POST" else ""
    return value if value in known else ""  # type: ignore[operator]
