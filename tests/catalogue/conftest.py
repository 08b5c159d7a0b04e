"""The offices that these tests ask for."""

from __future__ import annotations

import pytest

from tests.factories import Office, make_office


@pytest.fixture
def other() -> Office:
    return make_office("other")


@pytest.fixture
def office(other: Office) -> Office:
    """One of two: what belongs to the other must never show."""
    return make_office("zhaogong")
