"""The office itself: people are away or leave, rules change, the sweep comes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.matters import actions
from huiyin.organisation import actions as organisation
from huiyin.organisation import queries as organised
from huiyin.rules.overlays import Change
from tests.scenarios.story import Story


def _now(running: Story) -> datetime:
    assert running.at is not None
    return running.at


def _is_absent(running: Story, who: str, fields: dict[str, Any]) -> None:
    running.office.absent(who, starts_at=_now(running), hours=float(fields["hours"]))


def _leaves(running: Story, who: str, fields: dict[str, Any]) -> None:
    reason = fields.get("reason", "调离")
    organisation.leave(running.office.people[who], by=organisation.OPERATOR, at=_now(running), reason=reason)


def _amends(running: Story, who: str, fields: dict[str, Any]) -> None:
    """One person proposes to change a clause from a day on, and the main leader confirms."""
    office, at = running.office, _now(running)
    change = Change(fields.pop("clause"), fields.pop("since"), fields.pop("says"), **fields)
    row = organisation.propose_rules(
        office.tenant, [change], reason="镇长办公会", by=office.asker(who, at), at=at
    )
    organisation.confirm_rules(row, by=office.asker("main_leader", at), at=at)
    office.tenant.refresh_from_db()


def _sweep(running: Story, who: str, fields: dict[str, Any]) -> None:
    del who, fields
    actions.note_limits_passed(_now(running))
    actions.put_before_main_leader(_now(running))


def _comes_back(running: Story, who: str, fields: dict[str, Any]) -> None:
    """Sooner than planned."""
    del fields
    at = _now(running)
    person = running.office.people[who]
    absence = organised.absence_now(person.id, at)
    assert absence is not None, f"{who} is not away"
    organisation.cancel_absence(absence, by=running.office.asker(who, at), at=at)


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "is_absent": _is_absent,
    "comes_back": _comes_back,
    "leaves": _leaves,
    "amends": _amends,
    "sweep": _sweep,
}
