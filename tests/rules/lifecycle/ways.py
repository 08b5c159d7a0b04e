"""States that events lead to, and what refuses, for the tests of the transition table."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import State, advance, begin
from tests.rules.happenings import LEADER, MAIN_LEADER, happen, registered

ACCEPTED = happen(e.ApplicationAccepted)
PROPOSED = happen(e.RefusalProposed)
FILED = happen(e.RefusalFiled)
APPROVED = happen(e.RefusalApproved, actor=LEADER)
ASKED_MORE = happen(e.ExtensionRequested)
GAVE_MORE = happen(e.ExtensionApproved, actor=MAIN_LEADER)
OFFERED = happen(e.HandoverOffered)
NOTICED = happen(e.NoticeIssued)
SUPPLEMENTED = happen(e.SupplementReceived)
GRANTED = happen(e.Granted)
DELIVERED = happen(e.Delivered)
CLOSED = happen(e.Closed)


def state(*events: e.Event, kind: e.MatterKind = e.MatterKind.APPLICATION) -> State:
    """Return where the events lead a matter that was just registered."""
    found = begin(registered(kind, "2026-03-02T10:00"))
    for event in events:
        found = advance(found, event)
    return found


def refused(before: State, event: e.Event) -> Unlawful:
    """Return the refusal that the event must meet."""
    with pytest.raises(Unlawful) as caught:
        advance(before, event)
    return caught.value
