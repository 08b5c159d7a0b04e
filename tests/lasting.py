"""An office that a module's tests share: made once, and each test's changes undone.

@pytest.fixture(scope="module")
def shared_office(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Office]:
    with lasting.office(django_db_blocker) as found:
        yield found
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from django.db import transaction

from tests.factories import Office, make_office


class Blocker(Protocol):
    """What pytest-django keeps tests off the database with."""

    def unblock(self) -> AbstractContextManager[None]: ...


@contextmanager
def office(blocker: Blocker) -> Iterator[Office]:
    """Make the office in a transaction that ends, undone, with the module."""
    with offices(blocker, "zhaogong") as (made,):
        yield made


@contextmanager
def offices(blocker: Blocker, *slugs: str, rulebook: str = "township") -> Iterator[list[Office]]:
    """Make several, in this order, that last as long."""
    with blocker.unblock(), undone():
        yield [make_office(slug, rulebook=rulebook) for slug in slugs]


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
