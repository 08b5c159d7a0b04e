"""A line is cited by its reference, or refused; the ledger holds digests of what somebody wrote."""

from __future__ import annotations

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.rules.errors import Invalid
from huiyin.supervision.actions.record import cited
from tests.factories import Office
from tests.supervision.actions.test_handling import broken, promised


def test_a_reference_names_a_version_and_a_line(office: Office, other: Office) -> None:
    named = promised(office, "MZ")
    row, number = cited(office.tenant, named)
    assert row is not None
    assert (row.unit, row.version, number) == (office.units["MZ"], 1, 4)
    for tenant, wrong in ((office.tenant, "MZ/1/99"), (office.tenant, "等了三天"), (other.tenant, named)):
        with pytest.raises(Invalid) as caught:
            cited(tenant, wrong)
        assert set(caught.value.fields) == {"line"}


def test_nothing_written_stands_in_the_ledger(office: Office) -> None:
    row = broken(office)
    told = "".join(str(event.body) for event in LedgerEvent.objects.filter(subject_id=row.id))
    assert row.number in told
    for words in (row.text, row.result, row.writer, row.phone):
        assert words not in told
