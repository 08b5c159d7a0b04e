"""The worker comes by and reminds people; what a person found in the inbox may be asked after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from huiyin.delivery.models import Message
from huiyin.matters import actions
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


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {"reminds": _reminds}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {"reminded": _reminded}
