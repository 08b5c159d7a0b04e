"""What every proposal that needs a second person has in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.organisation.models import CalendarChange, RulebookChange, Tenant
from huiyin.organisation.permissions import By, Operator
from huiyin.organisation.terms import ChangeState
from huiyin.rules.identifiers import strip_marks

LONGEST: Final = 200
"""The characters of a reason or a remark."""


def locked(tenant_id: UUID) -> Tenant:
    """Return the office's row, locked: what binds it changes one proposal after the other."""
    return Tenant.objects.select_for_update().get(id=tenant_id)


def decide(
    rows: Iterable[CalendarChange | RulebookChange],
    state: ChangeState,
    *,
    by: By,
    at: datetime,
    remark: str = "",
) -> None:
    """Write who decided what and when."""
    person = None if isinstance(by, Operator) else by.person_id
    for row in rows:
        row.state, row.decided_by_id, row.decided_at, row.remark = state.value, person, at, remark
        row.save(update_fields=["state", "decided_by", "decided_at", "remark"])


def line(text: str) -> str:
    """Return typed text as one line of at most LONGEST characters."""
    return " ".join(strip_marks(text).split())[:LONGEST]
