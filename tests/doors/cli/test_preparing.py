from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.executor import MigrationExecutor

from huiyin.doors.cli import preparing, standing
from huiyin.doors.cli.demo import loading
from huiyin.matters.actions import Written
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import rulebooks as books_of_offices
from huiyin.rules.overlays import Change
from huiyin.rules.rulebook import load
from huiyin.storage.home import UnsafeStart
from tests.factories import AT, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slow parts, replaced by their names."""
    made: list[str] = []

    def load(**_: Any) -> loading.Loaded:
        made.append("demo")
        return loading.Loaded(make_office("yunting").tenant, Written(), None)

    monkeypatch.setattr(preparing, "call_command", lambda name, **_: made.append(name))
    monkeypatch.setattr(loading, "load", load)
    monkeypatch.setattr(preparing, "refuse_unsafe", lambda: made.append("safety"))
    monkeypatch.setattr(standing, "remember", lambda _, **known: made.append(f"remember {known['offices']}"))
    return made


def test_the_first_run_loads_the_demo_once(calls: list[str]) -> None:
    known = preparing.prepare(empty=False)
    assert calls == ["safety", "collectstatic", "demo", "remember 1"]
    assert known.offices == 1
    assert known.demo
    preparing.prepare(empty=False)
    assert calls.count("demo") == 1


def test_an_empty_installation_stays_empty(calls: list[str]) -> None:
    known = preparing.prepare(empty=True)
    assert "demo" not in calls
    assert (known.offices, known.demo) == (0, "")


def test_where_there_is_an_office_no_demo_is_added(calls: list[str]) -> None:
    make_office("qingshi")
    known = preparing.prepare(empty=False)
    assert "demo" not in calls
    assert (known.offices, known.demo) == (1, "")
    assert Tenant.objects.count() == 1


def test_an_unsafe_installation_is_not_touched(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise UnsafeStart("密钥文件可被他人读取", code="exposed_key")

    monkeypatch.setattr(preparing, "refuse_unsafe", refuse)
    with pytest.raises(UnsafeStart):
        preparing.prepare(empty=False)
    assert calls == []


def test_a_current_database_is_not_migrated(calls: list[str]) -> None:
    preparing.migrate()
    assert calls == []


def test_an_older_database_is_migrated(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
    preparing.migrate()
    assert calls == ["migrate"]


def test_one_at_a_time_prepares_a_home(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with preparing.alone(tmp_path):
            order.append("second")

    with preparing.alone(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]


def test_an_office_whose_changes_no_longer_fit_is_served_without_them_and_told(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = make_office("qingshi")
    change = Change("p4.time-limit.5.b", date(2026, 3, 2), {}, zh="按缓急一日内办理。")
    row = organisation.propose_rules(
        office.tenant, [change], reason="镇长办公会", by=office.asker("efficiency_office"), at=AT
    )
    organisation.confirm_rules(row, by=office.asker("main_leader"), at=AT)
    preparing.prepare(empty=True)
    assert "没有采用" not in capsys.readouterr().err
    book = load("township")
    left = {key: one for key, one in book.clauses.items() if key != change.clause}
    without = replace(book, clauses=left, version="township@later")
    monkeypatch.setattr(books_of_offices, "load", lambda _: without)
    preparing.prepare(empty=True)
    told = capsys.readouterr().err
    assert "第1号修订与这一版所带的制度不符，没有采用" in told
    assert change.clause in told
    assert calls.count("remember 1") == 2
    tenant = Tenant.objects.get(id=office.tenant.id)
    assert books_of_offices.book_of(tenant, change.since).version.startswith("township@later")
