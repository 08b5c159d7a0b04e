from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from tests.doors.api import programs
from tests.factories import Office, make_office


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The doors' clock; set `return_value` to let time pass."""
    with programs.clock() as clock:
        yield clock


@pytest.fixture
def office(db: None, now: mock.Mock) -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> programs.Program:
    return programs.Program(office, "clerk")
