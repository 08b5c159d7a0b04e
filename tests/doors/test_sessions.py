from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from huiyin.doors.sessions import SessionLimits

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Visit:
    """One browser with one session, at a moment the test chooses."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
        self.store = SessionStore()
        self.store[SESSION_KEY] = "x"
        self.cookie = settings.SESSION_COOKIE_NAME
        self.monkeypatch = monkeypatch

    def at(self, moment: timedelta) -> HttpResponse:
        self.monkeypatch.setattr(timezone, "now", lambda: START + moment)
        request = RequestFactory().get("/", headers={"cookie": f"{self.cookie}=x"})
        request.session = self.store
        self.store.modified = False

        def view(_: HttpRequest) -> HttpResponse:
            return HttpResponse("yes" if SESSION_KEY in self.store else "no")

        return SessionLimits(view)(request)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Visit:
    return Visit(monkeypatch, settings)


def test_a_session_in_use_lives_twelve_hours_and_not_longer(visit: Visit) -> None:
    for quarter in range(12 * 4 + 1):
        assert visit.at(timedelta(minutes=15 * quarter)).content == b"yes"
    assert visit.at(timedelta(hours=12, minutes=1)).content == b"no"


def test_half_an_hour_without_a_request_ends_it(visit: Visit) -> None:
    visit.at(timedelta())
    assert visit.at(timedelta(minutes=30)).content == b"yes"
    assert visit.at(timedelta(minutes=61)).content == b"no"


def test_reading_writes_at_most_once_a_minute(visit: Visit) -> None:
    visit.at(timedelta())
    visit.at(timedelta(seconds=59))
    assert not visit.store.modified
    visit.at(timedelta(seconds=61))
    assert visit.store.modified


def test_no_cache_keeps_a_signed_in_page(visit: Visit) -> None:
    assert visit.at(timedelta())["Cache-Control"] == "no-store"
    del visit.store[SESSION_KEY]
    assert "Cache-Control" not in visit.at(timedelta()).headers
