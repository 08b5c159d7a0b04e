from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from huiyin.storage import home, library, safety
from huiyin.storage.home import UnsafeStart
from huiyin.storage.safety import refuse_unsafe

pytestmark = pytest.mark.django_db(transaction=True)


def code() -> str:
    with pytest.raises(UnsafeStart) as caught:
        refuse_unsafe()
    assert caught.value.remedy
    return caught.value.code


def test_a_proper_installation_starts() -> None:
    refuse_unsafe()


def test_exposed_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "exposed_keys", lambda: [Path("secret.key")])
    assert code() == "exposed_key"


def test_debug_and_hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["a.example.cn"]
    refuse_unsafe()
    settings.DEBUG = True
    assert code() == "debug"
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    assert code() == "any_host"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
    assert code() == "sqlite_settings"
    connection.close()
    refuse_unsafe()
    monkeypatch.setattr(library, "version", lambda: (3, 51, 2))
    assert code() == "sqlite_version"


@pytest.mark.postgres
def test_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    assert code() == "postgresql_settings"
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    monkeypatch.setattr(safety, "_ask", {"SHOW fsync": "off"}.get)
    assert code() == "postgresql_settings"
