"""How long a sign-in lasts: 30 minutes without a request, 12 hours whatever happens (R45)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponse]

_SINCE, _SEEN = "signed_in_at", "seen_at"
_REFRESH = 60
"""Seconds between two writes of a session that is only being used."""


class SessionLimits:
    """Ends sessions that are too old, keeps the others alive, and lets no cache keep a signed-in page (R57).

    A session in use is written at most once a minute, so reading pages stays
    free of writes; the idle limit is therefore kept to within that minute.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session before the page and mark the answer after it."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._keep_or_end(request, timezone.now().timestamp())
        response = self._get_response(request)
        if not request.session.is_empty() and SESSION_KEY in request.session:
            if _SINCE not in request.session:
                request.session[_SINCE] = request.session[_SEEN] = timezone.now().timestamp()
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _keep_or_end(self, request: HttpRequest, now: float) -> None:
        session = request.session
        since = float(session.get(_SINCE, now))
        seen = float(session.get(_SEEN, now))
        too_old = now - since > settings.SESSION_LIFETIME.total_seconds()
        if too_old or now - seen > settings.SESSION_COOKIE_AGE:
            session.flush()
        elif now - seen >= _REFRESH or _SINCE not in session:
            session[_SINCE], session[_SEEN] = since, now
