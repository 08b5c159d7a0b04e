from __future__ import annotations

import pytest

from tests.factories import Office, make_office


@pytest.fixture
def other(db: None) -> Office:
    return make_office("linwei", rulebook="commission")


@pytest.fixture
def office(other: Office) -> Office:
    """A commission, which keeps an opinion book."""
    return make_office("weiju", rulebook="commission")
