from __future__ import annotations

import copy
from collections.abc import Iterator
from unittest import mock

import pytest

from tests import lasting
from tests.doors.portal.citizen import Citizen
from tests.factories import AT, Office, make_office


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The doors' clock; set `return_value` to let time pass."""
    with mock.patch("huiyin.doors.access.timezone.now", return_value=AT) as clock:
        yield clock


@pytest.fixture(scope="module")
def shared_office(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[Office]:
    with lasting.office(django_db_blocker) as found:
        yield found


@pytest.fixture
def office(shared_office: Office, db: None, now: mock.Mock) -> Office:
    """An office of one's own to change; its rows are put back after the test."""
    return copy.deepcopy(shared_office)


@pytest.fixture
def other(office: Office) -> Office:
    return make_office("linzhen")


@pytest.fixture
def citizen(office: Office) -> Citizen:
    return Citizen(office)
