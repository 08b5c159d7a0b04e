"""The office itself: people are away or leave, rules change, the sweep comes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.matters import actions, queries
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


def _is_given_role(running: Story, who: str, fields: dict[str, Any]) -> None:
    """A function is given to a colleague, or taken back, by whoever keeps the office's register."""
    office, at = running.office, _now(running)
    change = organisation.revoke_role if fields.get("taken_back") else organisation.grant_role
    # Read anew: a story may bind the office by another rulebook than the people were made under.
    colleague = office.people[fields["to"]]
    colleague.refresh_from_db()
    change(colleague, fields["role"], by=office.asker(who, at), at=at)


def _unfilled(running: Story, expected: Any) -> list[str]:
    """The functions that the rulebook names and nobody has."""
    del expected
    return [one.role for one in organised.unfilled(running.office.tenant, _now(running))]


def _lists_overdue(running: Story, expected: Mapping[str, bool]) -> dict[str, bool]:
    """Who of these finds the matter on the list of what is overdue."""
    at = _now(running)
    found = {who: queries.overdue(running.office.asker(who, at), at)[0] for who in expected}
    return {who: running.number in {row.number for row in rows} for who, rows in found.items()}


HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {"unfilled": _unfilled, "lists_overdue": _lists_overdue}
VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "is_absent": _is_absent,
    "comes_back": _comes_back,
    "leaves": _leaves,
    "is_given_role": _is_given_role,
    "amends": _amends,
    "sweep": _sweep,
}
