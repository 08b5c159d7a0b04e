"""What is stored is what the rules reckoned, and the database refuses the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from huiyin.obligations import actions, queries
from huiyin.obligations.models import Obligation
from huiyin.rules import vocabulary as v
from huiyin.rules.recomputing import Moments
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write
from tests.factories import Office
from tests.obligations.duties import AT, DAY, kept, owed, subject


def test_only_what_changed_is_written(office: Office) -> None:
    one, two = owed(office), owed(office, "deliver-1")
    about = kept(office, one, two)
    ended = replace(one, ended_at=AT, outcome=v.Outcome.LATE, overdue_noted=True)
    third = owed(office, "tell_extension-1")
    with CaptureQueriesContext(connection) as seen:
        actions.settle(about, (one, two), (ended, two, third))
    frames = ("SAVEPOINT", "RELEASE")
    writes = [q["sql"] for q in seen.captured_queries if not str(q["sql"]).startswith(frames)]
    assert len(writes) == 2
    assert [queries.as_owed(row) for row in queries.of_subject(about.id)] == [ended, two, third]


def test_nothing_changed_writes_nothing(office: Office) -> None:
    one = owed(office)
    about = kept(office, one)
    with CaptureQueriesContext(connection) as seen:
        actions.settle(about, (one,), (one,))
        actions.note(about, ())
    assert len(seen) == 0


def test_a_duty_of_the_same_key_in_another_subject_is_not_touched(office: Office) -> None:
    one = owed(office)
    first, second = kept(office, one), kept(office, one)
    actions.settle(first, (one,), (replace(one, due=AT + DAY),))
    assert [row.due_at for row in queries.of_subject(second.id)] == [AT]


def test_bulk_rows_are_those_of_one_by_one(office: Office) -> None:
    duties = [owed(office), owed(office, "deliver-1", who="two", paused=True)]
    about = kept(office, *duties)
    again = replace(about, id=subject(office).id)
    actions.save_all(actions.rows(again, duties), [])
    plain = [
        [
            {k: v for k, v in row.__dict__.items() if k not in {"_state", "id", "subject_id"}}
            for row in queries.of_subject(one.id)
        ]
        for one in (about, again)
    ]
    assert plain[0] == plain[1]


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": AT},
        {"outcome": "late"},
        {"ended_at": AT, "outcome": "soon"},
        {"limit_unit": "fortnight"},
        {"bearer_id": None},
        {"due_at": None},
    ],
)
def test_the_database_refuses_what_no_duty_can_be(office: Office, change: dict[str, object]) -> None:
    about = kept(office, owed(office))
    with pytest.raises(IntegrityError), write():
        Obligation.objects.filter(subject_id=about.id).update(**change)


def test_the_database_takes_what_a_duty_can_be(office: Office) -> None:
    # Negative control of the list above.
    about = kept(office, owed(office))
    with write():
        rows = Obligation.objects.filter(subject_id=about.id)
        assert rows.update(ended_at=AT, outcome="late", limit_unit="month") == 1


def test_a_key_stands_once_in_its_subject(office: Office) -> None:
    one = owed(office)
    about = kept(office, one)
    with pytest.raises(IntegrityError), write():
        actions.settle(about, (), (one,))


def test_moved_duties_are_stored_and_lifted_ones_run_again(office: Office) -> None:
    about = subject(office)
    actions.settle(about, [], [owed(office), owed(office, "answer-1")])
    Obligation.objects.update(overdue_noted=True)
    rows = queries.of_subject(about.id)
    moments = Moments(AT + DAY, AT, provisional=True)
    actions.move([(row, moments) for row in rows], lifted=[rows[0].id])
    stored = {row.id: row for row in queries.of_subject(about.id)}
    assert {(row.due_at, row.yellow_at, row.provisional) for row in stored.values()} == {(AT + DAY, AT, True)}
    assert [stored[row.id].overdue_noted for row in rows] == [False, True]


def test_a_recomputation_follows_the_one_before_and_is_taken_on_by_one(office: Office) -> None:
    first = actions.begin_recomputation(office.tenant.id, "cn@1", {}, since=None, total=2, at=AT)
    second = actions.begin_recomputation(office.tenant.id, "cn@2", {}, since=None, total=2, at=AT)
    assert queries.recomputations() == {office.tenant.id: second}
    assert queries.recomputation_of(office.tenant.id) == second
    assert actions.locked_recomputation(first) is None
    row = actions.locked_recomputation(second)
    assert row is not None
    row.cursor, row.seen = new_id(), 1
    actions.save_recomputation(row)
    assert actions.locked_recomputation(second) is None
    assert actions.locked_recomputation(row) is not None


def test_stored_clocks_hold_what_the_rows_hold(office: Office) -> None:
    about = subject(office)
    actions.settle(about, [], [owed(office, due=AT.replace(microsecond=120_000))])
    (found,) = queries.stored_clocks(office.tenant.id, about.room, since=None, after=None, limit=9)
    stored = queries.Stored(*found)
    (row,) = queries.of_subject(about.id)
    assert stored.subject == about.id
    assert stored.start == row.started_at
    assert stored.moments == Moments(row.due_at, row.yellow_at, row.provisional)
    assert (stored.limit_amount, stored.limit_unit, stored.facts) == (row.limit_amount, row.limit_unit, "[]")
    later = {"since": AT + DAY, "after": None}, {"since": None, "after": about.id}
    for more in later:
        assert queries.stored_clocks(office.tenant.id, about.room, limit=9, **more) == []
