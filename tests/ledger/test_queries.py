from __future__ import annotations

import pytest
from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import Verification, events_of, head_of, verify
from huiyin.storage.ids import new_id
from tests.ledger.chains import chain

pytestmark = pytest.mark.django_db
TENANT, OTHER = new_id(), new_id()


def test_a_subject_is_read_in_order_and_by_its_own_office_only() -> None:
    head = chain(TENANT, 3)
    assert [event.seq for event in events_of(TENANT, head.subject_id)] == [1, 2, 3]
    found = head_of(TENANT, head.subject_id)
    assert found is not None
    assert found.seq == 3
    assert events_of(OTHER, head.subject_id) == []
    assert head_of(OTHER, head.subject_id) is None


def test_control_an_untouched_ledger_passes() -> None:
    chain(TENANT, 7)
    chain(OTHER, 1)
    seen: list[int] = []
    verdict = verify(progress=seen.append)
    assert (verdict.ok, verdict.events, verdict.subjects, verdict.faults) == (True, 8, 2, [])
    assert verify(TENANT).events == 7


def test_an_empty_ledger_passes() -> None:
    assert verify() == Verification(ok=True, events=0, subjects=0, faults=[])


def test_the_scope_limits_what_is_read() -> None:
    victim = chain(TENANT)
    chain(OTHER)
    triggers.drop(connection)
    LedgerEvent.objects.filter(subject_id=victim.subject_id, seq=2).update(kind="forged")
    assert {fault.subject for fault in verify(OTHER).faults} == {""}
    assert {fault.subject for fault in verify(TENANT).faults} == {"", victim.subject_id.hex}
    fault = verify(TENANT, victim.subject_id).faults[-1]
    assert (fault.tenant, fault.subject, fault.seq, fault.check) == (
        TENANT.hex,
        victim.subject_id.hex,
        2,
        "hash",
    )
