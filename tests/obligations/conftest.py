"""An office for duties."""

from __future__ import annotations

import pytest

from tests.factories import Office
from tests.obligations.duties import small_office


@pytest.fixture
def office(db: None) -> Office:
    return small_office()
