"""Which language a page is in: the one the person chose, else Chinese."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from huiyin.doors.refusals import safe_next

_API = "/api/"


class ChosenLanguage(LocaleMiddleware):
    """Django's, without guessing from the browser: the office answers in Chinese unless asked otherwise."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language of the cookie, a program's of its header, or the office's own."""
        translation.activate(
            _of_program(request) if request.path_info.startswith(_API) else _of_person(request)
        )
        request.LANGUAGE_CODE = translation.get_language()


def _of_person(request: HttpRequest) -> str:
    return _supported(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")) or settings.LANGUAGE_CODE


def _of_program(request: HttpRequest) -> str:
    """Programs keep no cookie and do not browse: what they ask for, they want (RFC 9110, 12.5.4)."""
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if found := _supported(wanted):
            return found
    return settings.LANGUAGE_CODE


def _supported(wanted: str) -> str:
    try:
        return translation.get_supported_language_variant(wanted)
    except LookupError:
        return ""


def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language somebody chose in a cookie, and go back to the page they were on."""
    response = redirect(safe_next(request, request.POST.get("next", ""), "/"))
    wanted = request.POST.get("language", "")
    if translation.check_for_language(wanted) and wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
