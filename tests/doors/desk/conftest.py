from __future__ import annotations

import copy
from collections.abc import Iterator
from unittest import mock

import pytest

from tests import lasting
from tests.doors.desk.browser import Desk
from tests.factories import AT, Office


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The clock; set `return_value` to let time pass. Sessions end by it, too."""
    with mock.patch("django.utils.timezone.now", return_value=AT) as clock:
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
def clerk(office: Office) -> Desk:
    return Desk(office, "clerk")


@pytest.fixture
def receptionist(office: Office) -> Desk:
    return Desk(office, "receptionist")


@pytest.fixture
def administrator(office: Office) -> Desk:
    return Desk(office, "administrator")
