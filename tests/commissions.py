"""A district commission that has set the time in which its leaders sign a refusal filing."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.matters.steps import Paper
from huiyin.organisation import actions as organisation
from huiyin.rules.overlays import Change
from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office, make_office

COUNTED = (Paper("居民户口簿", present=True, pages=4), Paper("收入证明", present=True, pages=1))
CLAUSE = "p3.refusal-filing.3.3.a"
SET_ON = datetime(2026, 1, 1, 9, 0, tzinfo=SHANGHAI)


def commission_office(slug: str = "fagaiwei", *, days: int = 2) -> Office:
    """Open a commission; its leaders have so many working days to sign from 2 January 2026 on."""
    office = make_office(slug, rulebook="commission")
    set_time_to_sign(office, days)
    return office


def set_time_to_sign(office: Office, days: int) -> None:
    """Have the office set the time that its source leaves open."""
    change = Change(CLAUSE, date(2026, 1, 2), {"limit": {"amount": days, "unit": "working_day"}})
    row = organisation.propose_rules(
        office.tenant,
        [change],
        reason="委务会",
        by=office.asker("efficiency_office", SET_ON),
        at=SET_ON,
    )
    organisation.confirm_rules(row, by=office.asker("main_leader", SET_ON), at=SET_ON)
    office.tenant.refresh_from_db()
