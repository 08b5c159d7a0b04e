from __future__ import annotations

import gc

import pytest
from django.db import connections

from huiyin.doors.cli import web
from huiyin.storage.home import UnsafeStart


@pytest.fixture(autouse=True)
def _thaw() -> object:
    """What a test run keeps out of the collector's way from its beginning stays there."""
    before = gc.get_freeze_count()
    yield
    if not before:
        gc.unfreeze()


def test_the_arguments_are_what_run_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(web, "serve", lambda *all_: given.extend(all_))
    assert web.main(["127.0.0.1", "8000", "2", "4"]) == 0
    assert given == ["127.0.0.1", 8000, 2, 4]


def test_an_unsafe_installation_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise UnsafeStart("密钥文件可被他人读取", code="exposed_key", remedy="请运行 chmod 600")

    monkeypatch.setattr(web, "serve", refuse)
    assert web.main(["127.0.0.1", "8000", "1", "1"]) == 1
    assert "密钥文件可被他人读取\n请运行 chmod 600" in capsys.readouterr().err


def test_the_server_gets_the_application_and_the_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    class Server:
        def __init__(self, target: str, **settings: object) -> None:
            given.update(settings, target=target)

        def serve(self, *, target_loader: object, wrap_loader: bool) -> None:
            assert callable(target_loader)
            given["application"] = target_loader()
            assert not wrap_loader

    monkeypatch.setattr(web, "Server", Server)
    monkeypatch.setattr(web, "load", lambda: "the application")
    web.serve("127.0.0.1", 8000, 2, 3)
    assert given["application"] == "the application"
    assert (given["workers"], given["blocking_threads"]) == (2, 3)
    assert given["target"] == "huiyin.doors.wsgi:application"


@pytest.mark.django_db(transaction=True)
def test_loading_leaves_no_connection_for_the_forks_to_share() -> None:
    application = web.load()
    assert callable(application)
    assert all(one.connection is None for one in connections.all(initialized_only=True))
