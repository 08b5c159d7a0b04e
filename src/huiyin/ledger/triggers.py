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

# Word for word as PostgreSQL tells them back, so that `missing` can compare.
POSTGRESQL = {
    "ledger_event_no_change": """
        CREATE TRIGGER ledger_event_no_change BEFORE DELETE OR UPDATE ON ledger_event
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    "ledger_event_no_truncate": """
        CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_forward": """
        CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
        FOR EACH ROW WHEN (new.seq <= old.seq OR new.subject_id <> old.subject_id
                           OR new.tenant_id <> old.tenant_id OR new.room::text <> old.room::text)
        EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_no_delete": """
        CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    "ledger_head_no_truncate": """
        CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
}

_BODY = """
    BEGIN
        RAISE EXCEPTION '% refuses %: the ledger is append-only', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END """

_REFUSE = f"CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"

# The table, the statement, and on PostgreSQL the body of the function the trigger really calls.
_ARMED_ON_SQLITE = "SELECT name, tbl_name, sql, '' FROM sqlite_master WHERE type = 'trigger'"
_ARMED_ON_POSTGRESQL = """
    SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true), prosrc
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgenabled = 'A' AND NOT tgisinternal AND pg_table_is_visible(tgrelid)"""


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
    """Return the names of the triggers that are not there, not as they were made, or not armed."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_ARMED_ON_POSTGRESQL if on_postgresql else _ARMED_ON_SQLITE)
        found = {(name, table, _plain(sql), _plain(body)) for name, table, sql, body in cursor.fetchall()}
    body = _plain(_BODY) if on_postgresql else ""
    return [
        name
        for name, sql in _wanted(connection).items()
        if (name, _table(name), _plain(sql), body) not in found
    ]


def _wanted(connection: Any) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def _table(trigger: str) -> str:
    return "_".join(trigger.split("_")[:2])


def _plain(sql: str) -> str:
    """The same statement whatever its blanks."""
    return " ".join(sql.split())
