"""The offices that these tests ask for."""

from __future__ import annotations

import pytest

from huiyin.organisation.actions import open_office
from huiyin.organisation.models import Tenant
from tests.factories import AT, Office, make_office


@pytest.fixture
def other() -> Office:
    return make_office("other")


@pytest.fixture
def office(other: Office) -> Office:
    """One of two: what belongs to the other must never show."""
    return make_office("zhaogong")


@pytest.fixture
def tenant(other: Office) -> Tenant:
    return open_office(slug="zg", name="召公镇", rulebook="township", receipt_prefix="ZG", at=AT)
