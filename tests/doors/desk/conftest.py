from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from tests.doors.desk.browser import Desk
from tests.factories import AT, Office, make_office


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The clock; set `return_value` to let time pass. Sessions end by it, too."""
    with mock.patch("django.utils.timezone.now", return_value=AT) as clock:
        yield clock


@pytest.fixture
def office(db: None, now: mock.Mock) -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> Desk:
    return Desk(office, "clerk")


@pytest.fixture
def receptionist(office: Office) -> Desk:
    return Desk(office, "receptionist")


@pytest.fixture
def administrator(office: Office) -> Desk:
    return Desk(office, "administrator")
