"""The database itself refuses to rewrite the past; a table without the triggers does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, models, transaction
from django.db.utils import IntegrityError

from huiyin.ledger import triggers
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.storage.ids import new_id
from tests.ledger.chains import chain

pytestmark = pytest.mark.django_db
TENANT = new_id()


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def save_changed() -> None:
    event = LedgerEvent.objects.order_by("seq")[0]
    event.kind = "forged"
    event.save()


ATTACKS: dict[str, Callable[[], object]] = {
    "save": save_changed,
    "delete": lambda: LedgerEvent.objects.filter(seq=1).first().delete(),  # type: ignore[union-attr]
    "queryset update": lambda: LedgerEvent.objects.update(kind="forged"),
    "queryset delete": lambda: LedgerEvent.objects.all().delete(),
    "bulk update": lambda: LedgerEvent.objects.bulk_update(
        [LedgerEvent(pk=LedgerEvent.objects.order_by("seq")[0].pk, kind="forged")], ["kind"]
    ),
    "upsert": lambda: LedgerEvent.objects.bulk_create(
        [LedgerEvent.objects.order_by("seq")[0]],
        update_conflicts=True,
        update_fields=["kind"],
        unique_fields=["id"],
    ),
    "raw update": lambda: run("UPDATE ledger_event SET kind = 'forged'"),
    "raw delete": lambda: run("DELETE FROM ledger_event WHERE seq = 4"),
    "head back": lambda: Head.objects.update(seq=models.F("seq") - 1),
    "head in place": lambda: Head.objects.update(hash=b"x" * 32),
    "head to another room": lambda: Head.objects.update(seq=99, room="delivery"),
    "head delete": lambda: Head.objects.all().delete(),
    "head raw delete": lambda: run("DELETE FROM ledger_head"),
}
ON_SQLITE = {
    "replace": "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event",
    "replace place": "REPLACE INTO ledger_event SELECT hex(randomblob(16)), tenant_id, room, subject_id, seq,"
    " kind, at, recorded_at, actor, acting_for, via, body, algorithm, prev, hash FROM ledger_event",
    "replace row number": "INSERT OR REPLACE INTO ledger_event(rowid, id, tenant_id, room, subject_id, seq,"
    " kind, at, recorded_at, actor, acting_for, via, body, algorithm, prev, hash)"
    " SELECT rowid, hex(randomblob(16)), tenant_id, room, hex(randomblob(16)), seq, kind, at, recorded_at,"
    " actor, acting_for, via, body, algorithm, prev, hash FROM ledger_event",
    "replace head's row number": "INSERT OR REPLACE INTO ledger_head(rowid, subject_id, tenant_id, room, seq,"
    " hash, recorded_at) SELECT rowid, hex(randomblob(16)), tenant_id, room, seq, hash, recorded_at"
    " FROM ledger_head",
    "a row number below one": "INSERT INTO ledger_event(rowid, id, tenant_id, room, subject_id, seq,"
    " kind, at, recorded_at, actor, acting_for, via, body, algorithm, prev, hash)"
    " SELECT -1, hex(randomblob(16)), tenant_id, room, hex(randomblob(16)), seq, kind, at, recorded_at,"
    " actor, acting_for, via, body, algorithm, prev, hash FROM ledger_event LIMIT 1",
    "head's row number below one": "INSERT INTO ledger_head(rowid, subject_id, tenant_id, room, seq,"
    " hash, recorded_at) SELECT -1, hex(randomblob(16)), tenant_id, room, seq, hash, recorded_at"
    " FROM ledger_head LIMIT 1",
    "head onto another's row number": "UPDATE OR REPLACE ledger_head SET seq = seq + 1, rowid = rowid + 1",
    "replace head": "INSERT OR REPLACE INTO ledger_head SELECT * FROM ledger_head",
    "text as blob": "INSERT INTO ledger_event SELECT hex(randomblob(16)), tenant_id, room, subject_id, 77,"
    " CAST(kind AS BLOB), at, recorded_at, actor, acting_for, via, body, algorithm, prev, hash"
    " FROM ledger_event",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE ledger_event",
    "truncate head": "TRUNCATE ledger_head",
    "as a replica": "SET LOCAL session_replication_role = replica; DELETE FROM ledger_event",
}
SPECIAL = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE


@pytest.mark.parametrize("attack", [*ATTACKS, *SPECIAL])
def test_the_past_cannot_be_rewritten(attack: str) -> None:
    chain(TENANT)
    act = ATTACKS.get(attack) or (lambda: run(SPECIAL[attack]))
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    assert verify().ok


@pytest.mark.parametrize("attack", [*ATTACKS, *(name for name in SPECIAL if name != "text as blob")])
def test_control_without_the_triggers_it_can(attack: str) -> None:
    chain(TENANT)
    triggers.drop(connection)
    with transaction.atomic():
        (ATTACKS.get(attack) or (lambda: run(SPECIAL[attack])))()


def test_every_trigger_is_armed_and_a_missing_one_is_reported() -> None:
    assert triggers.missing(connection) == []
    triggers.drop(connection)
    assert len(triggers.missing(connection)) >= 5
    assert {fault.check for fault in verify().faults} == {"trigger"}
    triggers.create(connection)
    assert verify().ok


DECOYS = {
    "on another table": (
        "CREATE TABLE decoy (id text)",
        "DROP TRIGGER ledger_event_no_delete",
        (
            "CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON decoy"
            " BEGIN SELECT RAISE(ABORT, 'ledger_event is append-only'); END"
        ),
    ),
    "that never fires": (
        "DROP TRIGGER ledger_event_no_delete",
        (
            "CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'ledger_event is append-only'); END"
        ),
    ),
}
DECOYS_ON_POSTGRESQL = {
    "on another table": (
        "CREATE TABLE decoy (id text)",
        "DROP TRIGGER ledger_event_no_change ON ledger_event",
        (
            "CREATE TRIGGER ledger_event_no_change BEFORE UPDATE OR DELETE ON decoy"
            " FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        ),
        "ALTER TABLE decoy ENABLE ALWAYS TRIGGER ledger_event_no_change",
    ),
    "that never fires": (
        "DROP TRIGGER ledger_event_no_change ON ledger_event",
        (
            "CREATE TRIGGER ledger_event_no_change BEFORE UPDATE OR DELETE ON ledger_event"
            " FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_refuse()"
        ),
        "ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_no_change",
    ),
    "whose function lets everything pass": (
        (
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN COALESCE(OLD, NEW); END $$"
        ),
    ),
    "that a replica skips": ("ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_no_change",),
}
DECOYS_HERE = DECOYS_ON_POSTGRESQL if connection.vendor == "postgresql" else DECOYS


@pytest.mark.parametrize("decoy", DECOYS_HERE)
def test_a_trigger_of_the_right_name_that_keeps_nothing_is_reported(decoy: str) -> None:
    chain(TENANT)
    for statement in DECOYS_HERE[decoy]:
        run(statement)
    assert {fault.check for fault in verify().faults} == {"trigger"}
