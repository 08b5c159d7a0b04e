from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from tests import lasting
from tests.factories import Office


@pytest.fixture(scope="module")
def shared_offices(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[list[Office]]:
    with lasting.offices(django_db_blocker, "linwei", "weiju", rulebook="commission") as found:
        yield found


@pytest.fixture
def offices(shared_offices: list[Office], db: None) -> list[Office]:
    """Offices of one's own to change; their rows are put back after the test."""
    return copy.deepcopy(shared_offices)


@pytest.fixture
def other(offices: list[Office]) -> Office:
    return offices[0]


@pytest.fixture
def office(offices: list[Office]) -> Office:
    """A commission, which keeps an opinion book."""
    return offices[1]
