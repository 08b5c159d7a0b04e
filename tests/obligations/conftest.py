"""An office for each test of this room."""

from __future__ import annotations

import pytest

from tests.obligations.duties import Office, open_office


@pytest.fixture
def office(db: None) -> Office:
    return open_office()
