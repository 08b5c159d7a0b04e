"""Running numbers: issued once, in order, and without a lock held while Python works.

SQLite has one writer anyway, so a number is taken inside the write
transaction: a command that fails gives it back, and there are no gaps.

On PostgreSQL the counter's row lock, held over the round trips of a whole
command, would cap the office at a few hundred receipts a second. So the
number is taken by one statement of its own before the transaction begins, and
a command that fails afterwards leaves a gap. The gap is recorded as a void.

That statement does not wait for the disk (`synchronous_commit = off`), which
is safe: the write-ahead log is one stream, and the commit that uses the number
flushes everything before it, the counter included. What a crash can lose is a
number that nothing durable carries.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from huiyin.rules.errors import Busy
from huiyin.storage.ids import new_id
from huiyin.storage.models import Counter, Void
from huiyin.storage.postgresql.base import UNCONFIRMED
from huiyin.storage.transactions import write


class Taker(Protocol):
    """Takes the next number of a book and year, or notes one that is brought."""

    def __call__(self, book: str, year: int, brought: int = 0) -> int:
        """Return the number."""


WITHOUT_WAITING = "SET LOCAL synchronous_commit = off;"
"""Put before a statement in the same message, it holds for that statement's commit alone."""

_TAKE = """
    INSERT INTO storage_counter (id, tenant_id, book, year, next) VALUES (%s, %s, %s, %s, 2)
    ON CONFLICT (tenant_id, book, year) DO UPDATE SET next = storage_counter.next + 1
    RETURNING next - 1
"""


def allot(tenant_id: UUID, book: str, year: int) -> int:
    """Return the next number of a book, from 1 on, never twice.

    On SQLite call it inside `write()`, on PostgreSQL before; `reserved` does
    either. Inside a transaction on PostgreSQL it still counts rightly, but
    everybody else who wants a number waits for that transaction.
    """
    ids = (new_id(), tenant_id)
    params = [*(one.hex if connection.vendor == "sqlite" else one for one in ids), book, year]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            # Two statements in one message are one transaction and one round trip.
            cursor.execute(f"{WITHOUT_WAITING} {_TAKE}", params)
            cursor.nextset()
        else:
            cursor.execute(_TAKE, params)
        [number] = cursor.fetchone()
    return int(number)


def void(tenant_id: UUID, book: str, year: int, number: int, *, reason: str, at: datetime) -> None:
    """Record that a number was allotted and will never be used; repeating changes nothing."""
    row = Void(tenant_id=tenant_id, book=book, year=year, number=number, reason=reason, recorded_at=at)
    with write():
        Void.objects.bulk_create([row], ignore_conflicts=True)


def unused(tenant_id: UUID, book: str, year: int, used: Iterable[int]) -> list[int]:
    """Return the numbers that were allotted but are neither in `used` nor recorded as void, in order.

    Ask when no command is under way: a number on its way to its row shows up here too.
    """
    found = Counter.objects.filter(tenant_id=tenant_id, book=book, year=year).values_list("next", flat=True)
    explained = set(used)
    explained.update(
        Void.objects.filter(tenant_id=tenant_id, book=book, year=year).values_list("number", flat=True)
    )
    return [number for number in range(1, found.first() or 1) if number not in explained]


@contextmanager
def reserved(
    tenant_id: UUID, books: Sequence[str], year: int, at: datetime
) -> Iterator[Callable[[str], int]]:
    """Numbers for one command that is about to begin its own `write()`.

    Yields `take(book)`. On PostgreSQL one number of each book is allotted now,
    before the transaction; what was not taken, or taken by a command that then
    failed, is recorded as void. On SQLite a number is allotted when it is
    taken, inside the transaction, and failing gives it back.
    """
    ahead = connection.vendor == "postgresql" and not connection.in_atomic_block
    ready = {book: allot(tenant_id, book, year) for book in books} if ahead else {}
    left = dict(ready)

    def take(book: str) -> int:
        return left.pop(book) if book in left else allot(tenant_id, book, year)

    try:
        yield take
    except Exception as error:
        for book, number in ready.items() if _is_certain(error) else ():
            void(tenant_id, book, year, number, reason=type(error).__name__, at=at)
        raise
    for book, number in left.items():
        void(tenant_id, book, year, number, reason="unused", at=at)


@contextmanager
def in_series(tenant_id: UUID) -> Iterator[Taker]:
    """Numbers for a bulk writer, inside its own `write()`: two statements a book, however many it takes.

    Yields `take(book, year, brought=0)`. A number that is brought is kept as it is, and
    the next ones are above it. Whoever else wants a number of one of these books
    waits for the transaction; when it fails, every number is given back.
    """
    last: dict[tuple[str, int], int] = {}

    def take(book: str, year: int, brought: int = 0) -> int:
        key = (book, year)
        before = last[key] if key in last else allot(tenant_id, book, year) - 1
        last[key] = max(before, brought) if brought else before + 1
        return brought or last[key]

    yield take
    for (book, year), number in last.items():
        Counter.objects.filter(tenant_id=tenant_id, book=book, year=year).update(next=number + 1)


def _is_certain(error: Exception) -> bool:
    """Tell whether a command that failed like this has surely left nothing behind."""
    lost = isinstance(error, OperationalError | InterfaceError)
    return not lost and not (isinstance(error, Busy) and error.code == UNCONFIRMED)
