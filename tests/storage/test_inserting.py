"""Quick inserts store what Django's own would."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from huiyin.delivery.models import Channel, Message
from huiyin.ledger.models import Head
from huiyin.matters.models import Command
from huiyin.obligations.models import Obligation
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import insert, insert_columns, insert_each, update_each
from huiyin.storage.transactions import one_round_trip, write
from tests.factories import make_office

AT = datetime(2026, 1, 5, 2, 0, 0, 123456, tzinfo=UTC)


def _duty(tenant_id: UUID, bearer_id: UUID) -> Obligation:
    return Obligation(
        tenant_id=tenant_id,
        room="matters",
        subject_id=new_id(),
        key="decide-1",
        what="decide",
        rulebook="township",
        bearer_id=bearer_id,
        started_at=AT,
        limit_amount=10,
        limit_unit="working_day",
        facts=[{"kind": "paused", "理由": "补正"}],
        due_at=AT,
        yellow_at=AT,
        provisional=False,
    )


@pytest.mark.django_db
def test_every_kind_of_column_comes_back_as_bulk_create_stores_it() -> None:
    office = make_office()
    ids = office.tenant.id, office.people["clerk"].id
    ours, theirs = _duty(*ids), _duty(*ids)
    commands = [
        Command(tenant=office.tenant, actor="a", key=key, verb="v", digest="d", receipt="回执", at=AT)
        for key in ("1", "2", "3")
    ]
    with CaptureQueriesContext(connection) as seen:
        insert([ours])
        insert(commands)
        insert([])
    assert len(seen) == 2
    Obligation.objects.bulk_create([theirs])
    columns = {one.attname for one in Obligation._meta.concrete_fields} - {"id", "subject_id"}
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert [getattr(ours, name) for name in columns] == [getattr(theirs, name) for name in columns]
    assert [one.receipt for one in Command.objects.order_by("key")] == ["回执"] * 3
    assert not ours._state.adding


@pytest.mark.django_db(transaction=True)
def test_a_broken_constraint_is_an_integrity_error_and_nothing_stays() -> None:
    rows = [
        Head(subject_id=new_id(), tenant_id=new_id(), room="r", seq=1, hash=b"h", recorded_at=AT)
        for _ in range(2)
    ]
    rows[1].subject_id = rows[0].subject_id
    with pytest.raises(IntegrityError), one_round_trip(), write():
        insert([rows[0]])
        insert([rows[1]])
    assert Head.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 2, 300])
def test_inserting_each_stores_what_bulk_create_would_however_many_they_are(count: int) -> None:
    office = make_office()
    ids = office.tenant.id, office.people["clerk"].id
    duties = [_duty(*ids) for _ in range(count)]
    for number, duty in enumerate(duties):
        duty.ended_at, duty.outcome = (AT, "late") if number % 2 else (None, "")
        duty.facts, duty.provisional = [{"理由": f"第{number}项"}] if number % 3 else [], number % 3 == 0
    letters = [_letter(office.tenant.id, str(number)) for number in range(count)]
    with CaptureQueriesContext(connection) as seen:
        insert_each(duties)
        insert_each(letters)
        insert_each([])
    assert len(seen) == 2
    columns = [one.attname for one in Obligation._meta.concrete_fields]
    for duty in duties:
        stored = Obligation.objects.get(id=duty.id)
        assert [getattr(stored, name) for name in columns] == [getattr(duty, name) for name in columns]
    assert set(Message.objects.values_list("dedupe", "address", "params__number")) == {
        (str(number), "wang@example.cn", f"N{number}") for number in range(count)
    }


@pytest.mark.django_db
def test_the_same_text_is_never_encrypted_alike_twice() -> None:
    office = make_office()
    with write():
        insert_each([_letter(office.tenant.id, str(number)) for number in range(3)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM delivery_message")
        assert len({bytes(address) for (address,) in cursor.fetchall()}) == 3


@pytest.mark.django_db
def test_what_is_there_already_stays_and_only_when_asked() -> None:
    office = make_office()
    first, again, new = (_letter(office.tenant.id, key) for key in ("1", "1", "2"))
    again.text = "overdue"
    insert_each([first])
    insert_each([again, new], ignore_conflicts=True)
    assert dict(Message.objects.values_list("dedupe", "text")) == {"1": "due_moved", "2": "due_moved"}
    with pytest.raises(IntegrityError), write():
        insert_each([again])


@pytest.mark.django_db
def test_a_row_that_breaks_a_rule_is_refused_and_not_taken_for_one_that_is_there() -> None:
    office = make_office()
    letter = _letter(office.tenant.id, "1")
    letter.next_try_at = None
    with pytest.raises(IntegrityError), write():
        insert_each([letter], ignore_conflicts=True)


@pytest.mark.django_db
def test_what_is_too_long_is_refused_and_not_cut_off() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no lengths")
    office = make_office()
    duty = _duty(office.tenant.id, office.people["clerk"].id)
    insert_each([duty])
    duty.key = "x" * 41
    with pytest.raises(DataError), write():
        update_each([duty], ["key"])
    duty.id, duty.subject_id = new_id(), new_id()
    with pytest.raises(DataError), write():
        insert_each([duty])


def _letter(tenant_id: UUID, dedupe: str) -> Message:
    return Message(
        tenant_id=tenant_id,
        address="wang@example.cn",
        channel=Channel.EMAIL.value,
        text="due_moved",
        params={"number": f"N{dedupe}", "day": "2027-01-05"},
        dedupe=dedupe,
        created_at=AT,
        next_try_at=AT,
    )


@pytest.mark.django_db
def test_updating_each_stores_what_an_update_would_and_touches_nothing_else() -> None:
    office = make_office()
    clerk = office.people["clerk"].id
    rows = [_duty(office.tenant.id, clerk) for _ in range(3)]
    with write():
        insert(rows)
        for number, row in enumerate(rows[:2]):
            row.due_at, row.what, row.facts = AT.replace(hour=number), "not stored", [{"number": number}]
        update_each(rows[:2], ["due_at", "facts"])
        update_each([], ["due_at"])
    stored = [Obligation.objects.get(id=row.id) for row in rows]
    assert [row.due_at for row in stored] == [AT.replace(hour=0), AT.replace(hour=1), AT]
    assert [row.facts for row in stored[:2]] == [[{"number": 0}], [{"number": 1}]]
    assert [row.what for row in stored] == ["decide"] * 3


@pytest.mark.django_db
def test_columns_are_stored_as_rows_would_be_and_none_may_be_missing() -> None:
    office = make_office()
    rows = [_duty(office.tenant.id, office.people["clerk"].id) for _ in range(3)]
    names = [one.attname for one in Obligation._meta.concrete_fields]
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    with CaptureQueriesContext(connection) as seen:
        insert_columns(Obligation, columns)
        insert_columns(Obligation, columns, ignore_conflicts=True)
    assert len(seen) == 2
    for row in rows:
        stored = Obligation.objects.get(id=row.id)
        assert [getattr(stored, name) for name in names] == [getattr(row, name) for name in names]
    with pytest.raises(KeyError):
        insert_columns(Obligation, {"id": [new_id()]})
