from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from tests import lasting
from tests.doors.api import programs
from tests.factories import Office


@pytest.fixture(scope="module")
def shared_office(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[Office]:
    with lasting.office(django_db_blocker) as found:
        yield found


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The doors' clock; set `return_value` to let time pass."""
    with programs.clock() as clock:
        yield clock


@pytest.fixture
def office(shared_office: Office, db: None, now: mock.Mock) -> Office:
    return shared_office


@pytest.fixture
def clerk(office: Office) -> programs.Program:
    return programs.Program(office, "clerk")
