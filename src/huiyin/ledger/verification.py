"""Checking chains: rows as the database stores them go in, faults come out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.utils import OperationalError

from huiyin.ledger.encoding import ALGORITHM, HASHED, NOTHING, event_hash

COLUMNS = (*HASHED, "hash")
"""The columns of one row of `events_in`."""

_TYPES = tuple(int if name == "seq" else bytes if name in {"prev", "hash"} else str for name in COLUMNS)
_BATCH = 500
"""Chains whose heads are read together."""
_PAGE = 2_000
_HEX_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed check. `tenant` and `subject` are the stored ids in hexadecimal; both are "" for the whole.

    `check` is one of trigger, type, tenant, room, seq, order, link, algorithm, hash, head.
    """

    tenant: str
    subject: str
    seq: int
    check: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict: how many events in how many subjects were read, and what is wrong."""

    ok: bool
    events: int
    subjects: int
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look at: everything, one tenant, or one subject."""

    tenant_id: UUID | None = None
    subject_id: UUID | None = None

    def where(self) -> tuple[str, list[Any]]:
        """Return a WHERE clause and its parameters."""
        wanted = {"tenant_id": self.tenant_id, "subject_id": self.subject_id}
        parts = {name: value for name, value in wanted.items() if value is not None}
        clause = " AND ".join(f"{name} = %s" for name in parts)
        values = [value.hex if connection.vendor == "sqlite" else value for value in parts.values()]
        return (f"WHERE {clause}" if clause else ""), values


@dataclass(slots=True)
class Chain:
    """How far one subject has been read."""

    tenant: str
    subject: str
    room: str
    seq: int = 0
    last: bytes = NOTHING
    recorded_at: str = ""


class BrokenText(bytes):
    """A text of the database that is not UTF-8."""


class Examiner:
    """Takes rows ordered by tenant, subject and seq, and remembers only the chain it is in."""

    def __init__(self) -> None:
        self.events = 0
        self._subjects = 0
        self._faults: list[Fault] = []
        self._chain: Chain | None = None
        self._read: list[Chain] = []

    def report(self, tenant: str, subject: str, seq: int, check: str, detail: str) -> None:
        """Note one fault."""
        self._faults.append(Fault(tenant, subject, seq, check, detail))

    def take(self, row: tuple[Any, ...]) -> None:
        """Check one event against the chain so far."""
        self.events += 1
        if tuple(map(type, row)) != _TYPES:
            row = self._straighten(row)
        algorithm, tenant, room, subject, seq, *_, recorded_at = row[:9]
        prev, found = row[13:]
        chain = self._chain
        if chain is None or chain.subject != subject or chain.tenant != tenant:
            chain = self._begin(tenant, room, subject)
        if seq != chain.seq + 1 or prev != chain.last or room != chain.room:
            self._compare(chain, row)
        if algorithm != ALGORITHM:
            self.report(tenant, subject, seq, "algorithm", f"unknown algorithm {algorithm!r}")
        elif event_hash(row[:14]) != found:
            self.report(tenant, subject, seq, "hash", "the stored event is not the one that was recorded")
        if recorded_at < chain.recorded_at:
            self.report(tenant, subject, seq, "order", "recorded before the event it follows")
        chain.seq, chain.last, chain.recorded_at = seq, found, recorded_at

    def finish(self) -> None:
        """Compare the heads of the chains that are still open."""
        if self._chain is not None:
            self._read.append(self._chain)
            self._chain = None
        self._compare_heads()

    def verdict(self) -> Verification:
        """Return what was found."""
        return Verification(not self._faults, self.events, self._subjects, self._faults)

    def _begin(self, tenant: str, room: str, subject: str) -> Chain:
        if self._chain is not None:
            self._read.append(self._chain)
        if len(self._read) >= _BATCH:
            self._compare_heads()
        self._subjects += 1
        self._chain = Chain(tenant, subject, room)
        return self._chain

    def _compare(self, chain: Chain, row: tuple[Any, ...]) -> None:
        seq = row[4]
        if seq != chain.seq + 1:
            self.report(chain.tenant, chain.subject, seq, "seq", f"expected {chain.seq + 1}, found {seq}")
        if row[13] != chain.last:
            self.report(chain.tenant, chain.subject, seq, "link", "does not follow the event before it")
        if row[2] != chain.room:
            self.report(chain.tenant, chain.subject, seq, "room", f"{row[2]!r} in a chain of {chain.room!r}")

    def _straighten(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Report values of the wrong storage class and return the row with usable ones."""
        usable = [_as(kind, value) for kind, value in zip(_TYPES, row, strict=True)]
        for name, kind, value in zip(COLUMNS, _TYPES, row, strict=True):
            if type(value) is not kind:
                detail = f"{name} is stored as {type(value).__name__}, not {kind.__name__}"
                self.report(usable[1], usable[3], usable[4], "type", detail)
        return tuple(usable)

    def _compare_heads(self) -> None:
        chains, self._read = self._read, []
        heads = _heads({chain.subject for chain in chains})
        for chain in chains:
            head = heads.get(chain.subject)
            if head is None:
                self._blame_head(chain, "the chain has no head")
            elif head[0] != chain.tenant:
                self.report(chain.tenant, chain.subject, chain.seq, "tenant", "the head is of another tenant")
            elif head[2] != chain.seq:
                self._blame_head(chain, f"the head says {head[2]} events, {chain.seq} are there")
            elif head[3] != chain.last:
                self._blame_head(chain, "the head has another hash than the last event")
            elif head[1] != chain.room or head[4] != chain.recorded_at:
                self._blame_head(chain, "the head names another room or moment than the last event")

    def _blame_head(self, chain: Chain, detail: str) -> None:
        self.report(chain.tenant, chain.subject, chain.seq, "head", detail)


def events_in(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Yield the stored values of every event in order; on SQLite with the storage class they really have."""
    seen = 0
    try:
        for row in _stream(*_ordered(scope)):
            seen += 1
            yield row
    except OperationalError:
        if connection.vendor != "sqlite":
            raise
        # A text that is not UTF-8 stops the driver: read the rest with text as bytes and judge it there.
        yield from _undecoded(scope, seen)


def _ordered(scope: Scope, first: str = "") -> tuple[str, list[Any]]:
    where, params = scope.where()
    columns = ", ".join(_selected(name) for name in COLUMNS)
    order = "ORDER BY tenant_id, subject_id, seq"
    return f"SELECT {first}{columns} FROM ledger_event {where} {order}", params  # noqa: S608 - fixed names


def orphans_in(scope: Scope) -> Iterator[tuple[str, str, int]]:
    """Yield (tenant, subject, seq) of the heads whose chain has no event at all."""
    where, params = scope.where()
    where = f"{where} AND" if where else "WHERE"
    sql = (
        f"SELECT {_selected('tenant_id')}, {_selected('subject_id')}, seq FROM ledger_head {where}"  # noqa: S608
        " NOT EXISTS (SELECT 1 FROM ledger_event AS event WHERE event.tenant_id = ledger_head.tenant_id"
        " AND event.subject_id = ledger_head.subject_id) ORDER BY tenant_id, subject_id"
    )
    for tenant, subject, seq in _stream(sql, params):
        yield str(tenant), str(subject), int(seq)


def _heads(subjects: set[str]) -> dict[str, tuple[Any, ...]]:
    found = [subject for subject in subjects if _HEX_ID.fullmatch(subject)]
    if not found:
        return {}
    marks = ", ".join(["%s"] * len(found))
    names = ("tenant_id", "room", "seq", "hash", "recorded_at")
    columns = ", ".join(_selected(name) for name in ("subject_id", *names))
    ids = found if connection.vendor == "sqlite" else [UUID(subject) for subject in found]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ledger_head WHERE subject_id IN ({marks})", ids)  # noqa: S608
        return {row[0]: tuple(_plain(value) for value in row[1:]) for row in cursor.fetchall()}


def _selected(name: str) -> str:
    """Return the SQL that gives a column as text both databases agree on."""
    if connection.vendor == "sqlite":
        # The plus sign keeps the driver from converting by the declared type.
        return f"+{name}"
    if name in {"id", "tenant_id", "subject_id"}:
        return f"translate({name}::text, '-', '')"
    if name in {"at", "recorded_at"}:
        return f"replace(to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')"
    return name


def _stream(sql: str, params: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_PAGE):
            yield from rows


def _undecoded(scope: Scope, skip: int) -> Iterator[tuple[Any, ...]]:
    classes = " || ' ' || ".join(f"typeof({name})" for name in COLUMNS)
    raw: Any = connection.connection
    before, raw.text_factory = raw.text_factory, bytes
    try:
        for at, (found, *values) in enumerate(_stream(*_ordered(scope, f"{classes}, "))):
            if at >= skip:
                yield tuple(map(_decoded, found.decode().split(), values))
    finally:
        raw.text_factory = before


def _decoded(storage_class: str, value: Any) -> Any:
    if storage_class != "text":
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return BrokenText(value)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _as(kind: type, value: Any) -> Any:
    if type(value) is kind:
        return value
    if kind is int:
        return int(value) if str(value).lstrip("-").isdigit() else 0
    if kind is bytes:
        return bytes(value) if isinstance(value, bytes) else str(value).encode()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
