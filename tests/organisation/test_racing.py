"""Two at the same moment: what a check counted still holds when it is written."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR, presence
from huiyin.organisation.models import Absence, Person
from huiyin.rules.errors import HuiyinError
from huiyin.storage.transactions import write
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(*works: Callable[[], object]) -> list[str]:
    """Run all in threads of their own; return what each was refused with, "" for nothing."""
    start = threading.Barrier(len(works))
    found: list[str] = []

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
            found.append("")
        except HuiyinError as error:
            found.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def revoking(office: Office, by: str, whom: str) -> Callable[[], object]:
    asker, person = office.asker(by), office.people[whom]
    return lambda: actions.revoke_role(person, "administrator", by=asker, at=AT)


def test_two_administrators_who_revoke_each_other_leave_one() -> None:
    office = make_office()
    for _ in range(ROUNDS):
        for key in ("administrator", "head"):
            actions.grant_role(office.people[key], "administrator", by=OPERATOR, at=AT)
        found = at_once(
            revoking(office, "administrator", "head"),
            revoking(office, "head", "administrator"),
        )
        assert found == ["", "last_administrator"]
        assert queries.count_administrators(office.tenant.id) == 1


def test_one_absence_sent_twice_is_recorded_once() -> None:
    office = make_office()
    asker, person = office.asker("clerk"), office.people["clerk"]
    for day in range(ROUNDS):
        begin = AT + timedelta(days=day)

        def record(begin: datetime = begin) -> object:
            return actions.record_absence(
                person,
                starts_at=begin,
                ends_at=begin + timedelta(hours=3),
                kind="meeting",
                by=asker,
                at=AT,
            )

        assert at_once(record, record) == ["", "absence_overlaps"]
    assert Absence.objects.count() == ROUNDS


def test_a_and_b_who_plan_to_be_away_together_do_not_both_succeed() -> None:
    office = make_office(rulebook="headquarters")
    for day in range(1, ROUNDS + 1):
        begin = AT + timedelta(days=day)

        def record(who: str, begin: datetime = begin) -> Callable[[], object]:
            return lambda: actions.record_absence(
                office.people[who],
                starts_at=begin,
                ends_at=begin + timedelta(hours=3),
                kind="meeting",
                by=OPERATOR,
                at=AT,
            )

        assert at_once(record("clerk"), record("second_clerk")) == ["", "pair_away"]
    assert Absence.objects.count() == ROUNDS


@pytest.mark.postgres
@pytest.mark.parametrize(("locked", "found"), [(True, ["", "pair_away"]), (False, ["", ""])])
def test_b_who_plans_while_a_is_being_recorded_waits_and_then_finds_it(
    monkeypatch: pytest.MonkeyPatch, *, locked: bool, found: list[str]
) -> None:
    """With the lock of one person only, which is the negative control, neither sees the other's row."""
    office = make_office(rulebook="headquarters")
    begin = AT + timedelta(days=1)
    held = threading.Event()
    if not locked:
        monkeypatch.setattr(presence, "_alone_with", lambda person, _: list(_locking(person.id)))

    def record(who: str) -> object:
        return actions.record_absence(
            office.people[who],
            starts_at=begin,
            ends_at=begin + timedelta(hours=3),
            kind="meeting",
            by=OPERATOR,
            at=AT,
        )

    def first() -> object:
        with write():
            absence = record("clerk")
            held.set()
            wait_for_a_waiter(5 if locked else 0.4)
            return absence

    def second() -> object:
        held.wait(10)
        return record("second_clerk")

    assert at_once(first, second) == found
    assert Absence.objects.count() == found.count("")


def _locking(person_id: UUID) -> QuerySet[Person]:
    return Person.objects.select_for_update(no_key=True).only("id").filter(id=person_id)


def wait_for_a_waiter(seconds: float) -> None:
    """Until somebody waits for a lock of this transaction; at most that long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= 1:
                return
        time.sleep(0.02)
