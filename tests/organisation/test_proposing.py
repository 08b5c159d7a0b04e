"""What every proposal has in common: one line of words, and who decided it when."""

from __future__ import annotations

import pytest

from huiyin.organisation.actions.proposing import LONGEST, decide, line, locked
from huiyin.organisation.models import RulebookChange
from huiyin.organisation.permissions import OPERATOR
from huiyin.organisation.terms import ChangeState
from huiyin.storage.transactions import write
from tests.factories import AT, Office
from tests.organisation.test_rulebooks import proposed


def test_a_reason_is_one_line_without_marks() -> None:
    assert line("  镇长\u202e办公会\n  纪要 ") == "镇长办公会 纪要"
    assert len(line("字" * 500)) == LONGEST


@pytest.mark.django_db
def test_the_decision_says_who_and_when(office: Office) -> None:
    row = proposed(office)
    leader = office.asker("main_leader")
    with write():
        assert locked(office.tenant.id) == office.tenant
        decide([row], ChangeState.REJECTED, by=leader, at=AT, remark="期限太短")
    kept = RulebookChange.objects.get()
    assert (kept.state, kept.decided_by_id, kept.decided_at, kept.remark) == (
        "rejected",
        leader.person_id,
        AT,
        "期限太短",
    )
    with write():
        decide([row], ChangeState.WITHDRAWN, by=OPERATOR, at=AT)
    assert RulebookChange.objects.get().decided_by is None
