"""Whoever gets past the triggers is found, and the subject is named (F1)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.actions import append
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.ledger.queries import Verification, verify
from huiyin.ledger.verification import COLUMNS, Scope, events_in
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write
from tests.ledger.chains import NOON, chain, entry

pytestmark = pytest.mark.django_db
TENANT, OTHER = new_id(), new_id()
ON_SQLITE = connection.vendor == "sqlite"
only_sqlite = pytest.mark.skipif(not ON_SQLITE, reason="only SQLite lets a column hold another type")


def raw(sql: str, *params: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def victim() -> Head:
    """The middle one of three chains, with the triggers off."""
    chain(TENANT)
    head = chain(TENANT)
    chain(OTHER)
    triggers.drop(connection)
    return head


def checks(verdict: Verification, head: Head) -> set[str]:
    """What was found about the subject; everything found must be about it or about the triggers."""
    assert not verdict.ok
    mine = {fault.check for fault in verdict.faults if fault.subject == head.subject_id.hex}
    strangers = [
        fault for fault in verdict.faults if fault.check != "trigger" and fault.subject != head.subject_id.hex
    ]
    assert strangers == []
    return mine


def where(head: Head, seq: int) -> dict[str, object]:
    return {"subject_id": head.subject_id, "seq": seq}


CHANGES: dict[str, Callable[[], dict[str, object]]] = {
    "id": lambda: {"id": new_id()},
    "tenant_id": lambda: {"tenant_id": OTHER},
    "room": lambda: {"room": "delivery"},
    "kind": lambda: {"kind": "matter.receivee"},
    "at": lambda: {"at": NOON + timedelta(seconds=1)},
    "at, one microsecond": lambda: {"at": NOON + timedelta(minutes=1, microseconds=1)},
    "recorded_at": lambda: {"recorded_at": NOON + timedelta(hours=1, seconds=1)},
    "actor": lambda: {"actor": "system"},
    "acting_for": lambda: {"acting_for": "system"},
    "via": lambda: {"via": "desj"},
    "body": lambda: {"body": '{"number":2,"说明":"件件有着落"}'},
    "body, blank added": lambda: {"body": '{"number":1, "说明":"件件有着落"}'},
    "algorithm": lambda: {"algorithm": "sm3"},
    "prev": lambda: {"prev": b"\1" * 32},
    "hash": lambda: {"hash": b"\1" * 32},
    "seq": lambda: {"seq": 9},
}


@pytest.mark.parametrize("seq", [1, 2, 4])
@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_column_is_found(victim: Head, column: str, seq: int) -> None:
    assert LedgerEvent.objects.filter(**where(victim, seq)).update(**CHANGES[column]()) == 1
    assert checks(verify(), victim)


def test_an_event_moved_to_another_subject_is_found_in_both(victim: Head) -> None:
    other = new_id()
    LedgerEvent.objects.filter(**where(victim, 2)).update(subject_id=other)
    assert {fault.subject for fault in verify().faults} >= {victim.subject_id.hex, other.hex}


def test_every_single_bit_counts(victim: Head) -> None:
    source = random.Random(7)
    for _ in range(60):
        column = source.choice(["kind", "actor", "via", "body", "prev", "hash"])
        event = LedgerEvent.objects.get(**where(victim, source.randint(1, 4)))
        before = getattr(event, column)
        data = bytearray(before.encode() if isinstance(before, str) else before)
        if not data:
            continue
        data[source.randrange(len(data))] ^= 1
        after: object = data.decode("ascii", "replace") if isinstance(before, str) else bytes(data)
        LedgerEvent.objects.filter(pk=event.pk).update(**{column: after})
        assert "hash" in checks(verify(), victim) or column == "hash"
        LedgerEvent.objects.filter(pk=event.pk).update(**{column: before})
    assert {fault.check for fault in verify().faults} == {"trigger"}


@only_sqlite
@pytest.mark.parametrize("column", COLUMNS)
def test_the_same_bytes_under_another_type_are_found(victim: Head, column: str) -> None:
    swap = "TEXT" if column in {"prev", "hash"} else "BLOB"
    raw(
        f"UPDATE ledger_event SET {column} = CAST({column} AS {swap}) WHERE subject_id = %s AND seq = 2",
        victim.subject_id.hex,
    )
    verdict = verify()
    assert not verdict.ok
    named = {fault.subject for fault in verdict.faults if fault.check == "type"}
    assert named == {victim.subject_id.hex}


@only_sqlite
def test_a_broken_text_hides_nothing_behind_it(victim: Head) -> None:
    raw(
        "UPDATE ledger_event SET body = CAST(x'ff' || body AS TEXT) WHERE subject_id = %s AND seq = 1",
        victim.subject_id.hex,
    )
    raw(
        "UPDATE ledger_event SET kind = CAST(kind AS BLOB) WHERE subject_id = %s AND seq = 3",
        victim.subject_id.hex,
    )
    verdict = verify()
    assert checks(verdict, victim) >= {"type", "hash"}
    assert {(fault.seq, fault.check) for fault in verdict.faults} >= {(1, "type"), (3, "type")}
    assert verdict.events == 12
    assert all(isinstance(row[12], str) for row in events_in(Scope(TENANT, new_id())))


def test_a_deleted_last_event_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(**where(victim, 4)).delete()
    assert checks(verify(), victim) == {"head"}


def test_a_deleted_last_event_with_the_head_set_back_is_found_when_the_head_was_not_rehashed(
    victim: Head,
) -> None:
    LedgerEvent.objects.filter(**where(victim, 4)).delete()
    Head.objects.filter(pk=victim.pk).update(seq=3)
    assert checks(verify(), victim) == {"head"}


def test_a_deleted_middle_event_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(**where(victim, 2)).delete()
    assert checks(verify(), victim) == {"seq", "link"}


def test_a_gap_closed_by_renumbering_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(**where(victim, 2)).delete()
    for seq in (3, 4):
        LedgerEvent.objects.filter(**where(victim, seq)).update(seq=seq - 1)
    assert checks(verify(), victim) == {"hash", "link", "head"}


def test_a_deleted_first_event_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(**where(victim, 1)).delete()
    assert checks(verify(), victim) == {"seq", "link"}


def test_a_deleted_head_is_found(victim: Head) -> None:
    Head.objects.filter(pk=victim.pk).delete()
    assert checks(verify(), victim) == {"head"}


def test_a_head_without_events_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(subject_id=victim.subject_id).delete()
    assert checks(verify(), victim) == {"head"}


def test_a_head_of_another_tenant_is_found(victim: Head) -> None:
    Head.objects.filter(pk=victim.pk).update(tenant_id=OTHER)
    assert checks(verify(), victim) >= {"tenant"}


def test_swapped_bodies_are_found(victim: Head) -> None:
    second, third = (LedgerEvent.objects.get(**where(victim, seq)) for seq in (2, 3))
    LedgerEvent.objects.filter(pk=second.pk).update(body=third.body)
    LedgerEvent.objects.filter(pk=third.pk).update(body=second.body)
    faults = verify().faults
    assert {(fault.seq, fault.check) for fault in faults if fault.subject} == {(2, "hash"), (3, "hash")}


def test_reordered_events_are_found(victim: Head) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        LedgerEvent.objects.filter(**where(victim, old)).update(seq=new)
    assert checks(verify(), victim) == {"hash", "link"}


def test_a_whole_chain_moved_to_another_tenant_is_found(victim: Head) -> None:
    LedgerEvent.objects.filter(subject_id=victim.subject_id).update(tenant_id=OTHER)
    assert checks(verify(), victim) >= {"hash", "tenant"}
    Head.objects.filter(pk=victim.pk).update(tenant_id=OTHER)
    assert checks(verify(), victim) == {"hash"}


def test_a_forged_event_is_found(victim: Head) -> None:
    forged = LedgerEvent.objects.get(**where(victim, 4))
    forged.pk, forged.seq, forged.prev, forged.kind = new_id(), 5, victim.hash, "matter.closed"
    forged.save(force_insert=True)
    assert checks(verify(), victim) == {"hash", "head"}


def test_a_duplicated_event_is_found(victim: Head) -> None:
    again = LedgerEvent.objects.get(**where(victim, 4))
    again.pk, again.seq = new_id(), 5
    again.save(force_insert=True)
    assert checks(verify(), victim) >= {"hash", "link"}


def test_a_record_out_of_order_is_found_even_when_rehashed() -> None:
    subject = new_id()
    triggers.drop(connection)
    with write():
        common = {"tenant_id": TENANT, "room": "matters", "subject_id": subject}
        head = append(**common, entries=[entry(1)], recorded_at=NOON, new=True)  # type: ignore[arg-type]
        # An attacker who writes a well-formed event of the past.
        Head.objects.filter(pk=subject).update(recorded_at=NOON - timedelta(days=2))
        head = append(
            **common,  # type: ignore[arg-type]
            entries=[entry(1)],
            recorded_at=NOON - timedelta(days=1),
            new=False,
        )
    assert checks(verify(), head) == {"order"}
