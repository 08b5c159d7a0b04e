"""Which language a page is in: the one the person chose, else Chinese."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguage(LocaleMiddleware):
    """Django's, without guessing from the browser: a public office answers in Chinese unless asked otherwise."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language of the cookie, or the office's own."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        try:
            language = translation.get_supported_language_variant(wanted)
        except LookupError:
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
