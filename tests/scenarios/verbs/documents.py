"""The registers of official documents: what comes in, what is to be written, and whom it is put before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from huiyin.matters import actions, queries
from huiyin.matters.models import Matter
from huiyin.rules.errors import NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import make_office
from tests.scenarios.story import Story

_PEOPLE = ("to", "drafter")
_UNITS = {"working_days": Unit.WORKING_DAY, "calendar_days": Unit.CALENDAR_DAY}


def _by(running: Story, who: str) -> actions.By:
    assert running.at is not None
    return actions.By(running.office.asker(who, running.at), running.at, f"{running.steps}")


def _comes_in(running: Story, who: str, fields: dict[str, Any]) -> None:
    """A document is entered; `working_days`, `calendar_days` or `until` is what it says itself."""
    told = {"title": "关于报送情况的通知", "source": "县政府办公室", **_timed(fields)}
    receipt = actions.register_incoming(_by(running, who), actions.IncomingDocument(**told))
    running.number = receipt.number


def _is_ordered(running: Story, who: str, fields: dict[str, Any]) -> None:
    """A document is to be drafted, by whom `drafter` names."""
    told = {"title": "关于报送情况的报告", "recipient": "县政府", **_timed(_named(running, fields))}
    receipt = actions.order_document(_by(running, who), actions.OutgoingDocument(**told))
    running.number = receipt.number


def _timed(fields: dict[str, Any]) -> dict[str, Any]:
    for name, unit in _UNITS.items():
        if name in fields:
            fields["limit"] = Limit(fields.pop(name), unit)
    if isinstance(fields.get("until"), str):
        fields["until"] = date.fromisoformat(fields["until"])
    return fields


def _named(running: Story, fields: dict[str, Any]) -> dict[str, Any]:
    people = running.office.people
    return {name: people[value].id if name in _PEOPLE else value for name, value in fields.items()}


def _step(verb: str) -> Callable[[Story, str, dict[str, Any]], None]:
    def take(running: Story, who: str, fields: dict[str, Any]) -> None:
        told = _named(running, {**fields, "to": fields["to"]} if "to" in fields else fields)
        if verb == "circulate":
            told["to"] = [told["to"]]
        getattr(actions, verb)(_by(running, who), running.number, **_timed(told))

    return take


def _is_seen(running: Story, expected: Any) -> dict[str, bool]:
    """Who may see the matter: by key, and `stranger` for the same post of another office."""
    assert running.at is not None
    return {who: _sees(running, who, running.at) for who in expected}


def _sees(running: Story, who: str, at: datetime) -> bool:
    office = make_office("biechu") if who == "stranger" else running.office
    asker = office.asker("office_head" if who == "stranger" else who, at)
    try:
        queries.get(asker, running.number)
    except NotFound:
        return False
    return True


def _register_number(running: Story, expected: Any) -> str:
    del expected
    matter = Matter.objects.get(number=running.number)
    row = queries.of_matter(matter)
    return row.register_number if row else ""


def _in_time(running: Story, expected: Any) -> list[bool]:
    """Of each explained delay whether it was explained before the limit."""
    del expected
    matter = Matter.objects.get(number=running.number)
    return [row.in_time for row in queries.explanations_of(matter)]


def _explained_to(running: Story, expected: Any) -> list[str]:
    """Of each explained delay the leader who was told, by key."""
    del expected
    keys = {person.id: key for key, person in running.office.people.items()}
    matter = Matter.objects.get(number=running.number)
    return [keys[row.leader_id] for row in queries.explanations_of(matter) if row.leader_id]


_STEPS = (
    "present_to_main_leader",
    "present_to_leader",
    "circulate",
    "send_document",
    "submit_draft",
    "check_draft",
    "ask_countersign",
)

VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "comes_in": _comes_in,
    "is_ordered": _is_ordered,
    **{verb: _step(verb) for verb in _STEPS},
}

HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "is_seen": _is_seen,
    "register_number": _register_number,
    "explained_in_time": _in_time,
    "explained_to": _explained_to,
}
