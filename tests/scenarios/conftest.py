"""One office for all stories; each story's changes are undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import lasting
from tests.factories import Office


@pytest.fixture(scope="module")
def shared_office(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[Office]:
    with lasting.office(django_db_blocker) as found:
        yield found


@pytest.fixture
def office(shared_office: Office, db: None) -> Office:
    return shared_office
