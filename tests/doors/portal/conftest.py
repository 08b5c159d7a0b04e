from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from tests.doors.portal.citizen import Citizen
from tests.factories import AT, Office, make_office


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The doors' clock; set `return_value` to let time pass."""
    with mock.patch("huiyin.doors.access.timezone.now", return_value=AT) as clock:
        yield clock


@pytest.fixture
def office(db: None, now: mock.Mock) -> Office:
    return make_office()


@pytest.fixture
def other(office: Office) -> Office:
    return make_office("linzhen")


@pytest.fixture
def citizen(office: Office) -> Citizen:
    return Citizen(office)
