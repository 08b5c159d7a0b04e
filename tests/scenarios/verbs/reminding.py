"""The worker comes by and reminds people; what a person found in the inbox may be asked after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from huiyin.delivery.models import Message
from huiyin.matters import actions, queries
from tests.scenarios.story import Story


def _reminds(running: Story, who: str, fields: dict[str, Any]) -> None:
    del who, fields
    assert running.at is not None
    actions.remind(running.at)


def _reminded(running: Story, expected: Any) -> dict[str, dict[str, int]]:
    """How many reminders of each kind the people named have at the desk."""
    found = {}
    for who in expected:
        rows = Message.objects.filter(person=running.office.people[who], channel="inapp")
        texts = Counter(row.text for row in rows if row.reminder_id or row.text == "digest")
        found[who] = dict(sorted(texts.items()))
    return found


def _offered(running: Story, expected: Any) -> dict[str, list[str]]:
    """The clauses that the list of what is overdue offers each of the people named to invoke."""
    assert running.at is not None
    found = {}
    for who in expected:
        rows, _ = queries.overdue(running.office.asker(who, running.at), running.at)
        found[who] = [clause.id for row in rows if row.number == running.number for clause in row.grounds]
    return found


def _reason_told(running: Story, expected: Any) -> dict[str, bool | None]:
    """Whether the list of what is overdue says, to each of the people named, that the reason was told."""
    assert running.at is not None
    found = {}
    for who in expected:
        rows, _ = queries.overdue(running.office.asker(who, running.at), running.at)
        (found[who],) = {row.explained for row in rows if row.number == running.number}
    return found


def _told_why(running: Story, expected: Any) -> str:
    """The reason of an overrun that the person served reads where they follow the matter."""
    del expected
    assert running.at is not None
    return queries.track(running.office.tenant, running.number, running.code, running.at, "zh").overrun


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {"reminds": _reminds}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "reminded": _reminded,
    "offered": _offered,
    "told_why": _told_why,
    "reason_told": _reason_told,
}
