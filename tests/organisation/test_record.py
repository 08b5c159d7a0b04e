"""Every verb leaves its event, and the events name nobody."""

from __future__ import annotations

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from tests.factories import Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db


def test_a_whole_office_leaves_a_ledger_that_verifies_and_names_nobody(office: Office) -> None:
    assert verify().ok
    bodies = "".join(LedgerEvent.objects.values_list("body", flat=True))
    assert office.canary not in bodies
    assert kinds(office.tenant.id) == ["office_opened"]
    assert kinds(office.positions["MZ01"].id) == ["position_added", "appointed", "appointed"]
    assert kinds(office.people["administrator"].id) == ["person_hired", "role_granted"]
