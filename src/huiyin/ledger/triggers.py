"""What the databases themselves refuse, whoever asks: to change, delete or replace an event.

A migration that rebuilds one of the two tables must put the triggers back;
`missing` tells, and `verify` reports it: a trigger counts only on its own table,
word for word, and armed. `RAISE` and the error code arrive as `IntegrityError`
on both databases.
"""

from typing import Any

_TEXT_COLUMNS = (
    "id",
    "tenant_id",
    "room",
    "subject_id",
    "kind",
    "at",
    "recorded_at",
    "actor",
    "acting_for",
    "via",
    "body",
    "algorithm",
)

_EVENT_REFUSAL = "ledger_event is append-only"
_HEAD_REFUSAL = "ledger_head only moves forward"

_WRONG_TYPES = " OR ".join(
    [f"typeof(NEW.{name}) <> 'text'" for name in _TEXT_COLUMNS]
    + ["typeof(NEW.seq) <> 'integer'", "typeof(NEW.prev) <> 'blob'", "typeof(NEW.hash) <> 'blob'"]
)

SQLITE = {
    "ledger_event_no_update": f"""
        CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
        BEGIN SELECT RAISE(ABORT, '{_EVENT_REFUSAL}'); END""",
    "ledger_event_no_delete": f"""
        CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
        BEGIN SELECT RAISE(ABORT, '{_EVENT_REFUSAL}'); END""",
    # REPLACE deletes without asking the trigger above, so it is refused on the way in. A row number
    # that SQLite is to choose reads -1 here; the trigger after keeps that number and its like unused.
    "ledger_event_no_replace": f"""
        CREATE TRIGGER ledger_event_no_replace BEFORE INSERT ON ledger_event
        WHEN EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM ledger_event WHERE rowid = NEW.rowid)
          OR EXISTS (SELECT 1 FROM ledger_event
                     WHERE tenant_id = NEW.tenant_id AND subject_id = NEW.subject_id AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, '{_EVENT_REFUSAL}'); END""",  # noqa: S608 - fixed text
    "ledger_event_rowid": f"""
        CREATE TRIGGER ledger_event_rowid AFTER INSERT ON ledger_event WHEN NEW.rowid < 1
        BEGIN SELECT RAISE(ABORT, '{_EVENT_REFUSAL}'); END""",
    "ledger_event_types": f"""
        CREATE TRIGGER ledger_event_types BEFORE INSERT ON ledger_event WHEN {_WRONG_TYPES}
        BEGIN SELECT RAISE(ABORT, 'ledger_event: wrong storage class'); END""",
    "ledger_head_forward": f"""
        CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
        WHEN NEW.seq <= OLD.seq OR NEW.subject_id IS NOT OLD.subject_id
          OR NEW.tenant_id IS NOT OLD.tenant_id OR NEW.room IS NOT OLD.room OR NEW.rowid <> OLD.rowid
        BEGIN SELECT RAISE(ABORT, '{_HEAD_REFUSAL}'); END""",
    "ledger_head_no_delete": f"""
        CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
        BEGIN SELECT RAISE(ABORT, '{_HEAD_REFUSAL}'); END""",
    "ledger_head_no_replace": f"""
        CREATE TRIGGER ledger_head_no_replace BEFORE INSERT ON ledger_head
        WHEN EXISTS (SELECT 1 FROM ledger_head WHERE subject_id = NEW.subject_id OR rowid = NEW.rowid)
        BEGIN SELECT RAISE(ABORT, '{_HEAD_REFUSAL}'); END""",  # noqa: S608 - fixed text
    "ledger_head_rowid": f"""
        CREATE TRIGGER ledger_head_rowid AFTER INSERT ON ledger_head WHEN NEW.rowid < 1
        BEGIN SELECT RAISE(ABORT, '{_HEAD_REFUSAL}'); END""",
}

POSTGRESQL = {
    "ledger_event_no_change": """
        CREATE TRIGGER ledger_event_no_change BEFORE UPDATE OR DELETE ON ledger_event
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    "ledger_event_no_truncate": """
        CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_forward": """
        CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
        FOR EACH ROW WHEN (NEW.seq <= OLD.seq OR NEW.subject_id <> OLD.subject_id
                           OR NEW.tenant_id <> OLD.tenant_id OR NEW.room <> OLD.room)
        EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_no_delete": """
        CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_no_truncate": """
        CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
}

_REFUSE = """
    CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% refuses %: the ledger is append-only', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def create(connection: Any) -> None:
    """Put every trigger in place; on PostgreSQL they also fire for a replication role."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for name, sql in _wanted(connection).items():
            cursor.execute(sql)
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {_table(name)} ENABLE ALWAYS TRIGGER {name}")


def drop(connection: Any) -> None:
    """Take the triggers away, to undo the migration."""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            on_table = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: Any) -> list[str]:
    """Return the names of the triggers that are not there or not armed."""
    question = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = {row[0] for row in cursor.fetchall()}
    return [name for name in _wanted(connection) if name not in found]


def _wanted(connection: Any) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def _table(trigger: str) -> str:
    return "_".join(trigger.split("_")[:2])
