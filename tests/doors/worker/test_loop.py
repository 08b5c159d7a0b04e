from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db.migrations.executor import MigrationExecutor

from huiyin.delivery.actions import Delivered
from huiyin.doors.worker import loop
from huiyin.doors.worker.loop import Errand
from huiyin.storage import limits
from huiyin.storage.home import UnsafeStart

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)


def test_an_errand_runs_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def errand(name: str, every: timedelta) -> Errand:
        def run(_: datetime) -> int:
            ran.append(name)
            return 1

        return Errand(name, every, run)

    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    monkeypatch.setattr(
        loop, "ERRANDS", (errand("often", timedelta(0)), errand("seldom", timedelta(hours=1)))
    )
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda *_: False)
    loop.work(stop, rounds=3)
    assert ran == ["often", "seldom", "often", "often"]


def test_an_errand_that_has_more_to_do_comes_again_in_the_next_round(monkeypatch: pytest.MonkeyPatch) -> None:
    left, ran = [200, 200, 7], list[int]()

    def run(_: datetime) -> int:
        ran.append(left.pop(0) if left else 0)
        return ran[-1]

    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    monkeypatch.setattr(loop, "ERRANDS", (Errand("limits", timedelta(hours=1), run, enough=200),))
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda *_: False)
    loop.work(stop, rounds=6)
    assert ran == [200, 200, 7]


def test_an_errand_that_fails_is_logged_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: datetime) -> int:
        raise RuntimeError("the mail server is on fire")

    ran: list[datetime] = []

    def run(at: datetime) -> int:
        ran.append(at)
        return 1

    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    monkeypatch.setattr(
        loop,
        "ERRANDS",
        (
            Errand("broken", timedelta(0), fail),
            Errand("whole", timedelta(0), run),
        ),
    )
    loop.work(threading.Event(), rounds=1)
    assert len(ran) == 1
    assert "broken" in caplog.text
    assert "on fire" in caplog.text


def test_a_stopped_worker_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    stop.set()
    monkeypatch.setattr(loop, "run_once", lambda *_: pytest.fail("it ran"))
    loop.work(stop)


@pytest.mark.django_db
def test_the_real_errands_can_be_run_on_an_empty_database() -> None:
    assert [errand.run(AT) for errand in loop.ERRANDS] == [0] * len(loop.ERRANDS)


@pytest.mark.django_db
def test_wrong_tries_are_forgotten_when_no_limit_looks_back_at_them() -> None:
    limits.note_wrong("tracking", address="203.0.113.7", target="ZG-2026-000123-P", at=AT)
    (errand,) = (one for one in loop.ERRANDS if one.name == "wrong tries")
    assert errand.run(AT + timedelta(minutes=59)) == 0
    assert errand.run(AT + timedelta(minutes=61)) == 1


@pytest.mark.django_db
def test_a_database_behind_the_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    loop.refuse_outdated()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
    with pytest.raises(UnsafeStart) as refused:
        loop.refuse_outdated()
    assert "huiyin run" in refused.value.remedy


def test_a_mail_server_that_is_down_is_asked_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [Delivered(retried=1, unreachable=True)] * 3 + [Delivered(sent=2), Delivered()]
    asked: list[int] = []

    def deliver(at: datetime) -> Delivered:
        asked.append(int((at - AT).total_seconds()))
        return answers[len(asked) - 1]

    monkeypatch.setattr("huiyin.delivery.actions.deliver_due", deliver)
    letters = loop.Letters()
    told = [letters(AT + timedelta(seconds=second)) for second in range(0, 240, 2) if len(asked) < 5]
    assert asked == [0, 30, 90, 210, 212]
    assert [one for one in told if one] == [1, 1, 1, 2]


def test_the_wait_for_a_mail_server_has_a_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "huiyin.delivery.actions.deliver_due", lambda _: Delivered(retried=1, unreachable=True)
    )
    letters = loop.Letters()
    for day in range(9):
        letters(AT + timedelta(days=day))
    assert letters.wait == loop.LONGEST_WAIT
