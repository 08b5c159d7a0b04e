"""What the office is given to do: taken in by somebody for somebody, and who may see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from huiyin.ledger import queries as ledger
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Errand
from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from huiyin.rules.errors import NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.scenarios.story import Story


def _take_in(running: Story, who: str, fields: dict[str, Any]) -> None:
    office = running.office
    for name in fields.keys() & {"custodian", "assigner"}:
        fields[name] = office.people[fields[name]].id
    fields["accused"] = tuple(office.people[key].id for key in fields.pop("accused", ()))
    if "days" in fields:
        fields["limit"] = Limit(fields.pop("days"), Unit.WORKING_DAY)
    receipt = actions.take_in(_by(running, who), Errand(**fields))
    running.number, running.code = receipt.number, receipt.code


def _name_accused(running: Story, who: str, fields: dict[str, Any]) -> None:
    accused = running.office.people[fields["accused"]].id
    actions.name_accused(_by(running, who), running.number, accused=accused)


def _by(running: Story, who: str) -> By:
    at = running.at
    assert at is not None
    if who == "applicant":
        asker = queries.public_asker(running.office.tenant, at, "portal")
        return By(asker, at, f"{running.steps}", applicant=True)
    return By(running.office.asker(who, at), at, f"{running.steps}")


def _sees(running: Story, expected: Mapping[str, bool]) -> dict[str, bool]:
    """Who of these finds the matter by its number, and has it in the list."""
    return {who: _found(running, who) for who in expected}


def _found(running: Story, who: str) -> bool:
    at = running.at
    assert at is not None
    asker = running.office.asker(who, at)
    listed = {row.number for row in queries.matters(asker, at).rows}
    try:
        queries.get(asker, running.number)
    except NotFound:
        assert running.number not in listed
        return False
    assert running.number in listed
    return True


def _reported_to(running: Story, expected: Any) -> list[str]:
    """To whom the progress of the matter was reported above, in order."""
    del expected
    people = {str(person.id): key for key, person in running.office.people.items()}
    matter = Matter.objects.get(number=running.number)
    told = [
        json.loads(row.body)
        for row in ledger.events_of(matter.tenant_id, matter.id)
        if row.kind == "task.progress"
    ]
    return [people[one] for body in told for one in body["to"]]


def _proposed(running: Story, expected: Any) -> dict[str, str]:
    """What the last finding on the matter proposes, and how grave it was found."""
    del expected
    last = duties.findings_of(Matter.objects.get(number=running.number).id)[-1]
    return {"gravity": last.gravity, "measure": last.measure}


def _time_used(running: Story, expected: Any) -> dict[str, list[int] | None]:
    """The working days that each clock named took and was allowed, as people read them."""
    at = running.at
    assert at is not None
    matter = Matter.objects.select_related("tenant", "custodian").get(number=running.number)
    clocks = {one.key: one.taken for one in queries.clocks_of(matter, at)}
    return {key: list(taken) if (taken := clocks[key]) else None for key in expected}


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "take_in": _take_in,
    "name_accused": _name_accused,
}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "sees": _sees,
    "reported_to": _reported_to,
    "time_used": _time_used,
    "proposed": _proposed,
}
