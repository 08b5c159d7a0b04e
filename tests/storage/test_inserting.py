"""Quick inserts store what Django's own would."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from huiyin.ledger.models import Head
from huiyin.matters.models import Command
from huiyin.obligations.models import Obligation
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import insert, update_each
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
