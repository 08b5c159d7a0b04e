"""The fold reads a chain as it stands, lawful or not; `test_verifying` compares it with the rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.matters.queries.folding import Told
from tests.matters.handling import MONDAY

REGISTERED: dict[str, object] = {
    "number": "ZHAO-2026-000001-3",
    "matter_kind": "application",
    "custodian": "one",
}


Event = tuple[str, dict[str, object]]


def told(*events: Event) -> Told:
    found = Told()
    for seq, (kind, body) in enumerate([("matter.registered", REGISTERED), *events], start=1):
        found.follow(seq, kind, MONDAY + timedelta(days=seq), body)
    return found


def test_custody_moves_when_it_is_accepted() -> None:
    offered: Event = ("custody.offered", {"to": "two"})
    assert (told(offered).custodian, told(offered).offered_to) == ("one", "two")
    taken = told(offered, ("custody.accepted", {}))
    assert (taken.custodian, taken.offered_to, taken.first_responder) == ("two", "", "one")
    assert told(offered, ("custody.bounced", {})).custodian == "one"


def test_a_refusal_is_approved_by_the_last_level_alone() -> None:
    first: Event = ("refusal.approved", {"final": False})
    assert (told(first).stage, told(first).refusal_approved_at) == ("refusal_filed", None)
    both = told(first, ("refusal.approved", {"final": True}))
    assert (both.stage, both.refusal_approved_at) == ("refusal_approved", MONDAY + timedelta(days=3))


def test_steps_that_today_s_rules_refuse_are_folded_all_the_same() -> None:
    closed = told(("matter.closed", {}))
    assert (closed.stage, closed.closed_at) == ("closed", MONDAY + timedelta(days=2))


@pytest.mark.parametrize(
    "event", [("no.such", {}), ("custody.offered", {}), ("notice.issued", {"ordinal": "x"})]
)
def test_an_event_that_cannot_be_read_is_no_event(event: Event) -> None:
    with pytest.raises((KeyError, ValueError)):
        told(event)


def test_an_enquiry_ends_as_the_way_it_ended() -> None:
    assert told(("enquiry.answered", {"reply_digest": "d"})).outcome == "answered"
    assert told(("enquiry.answered", {"reply_digest": "d", "ending": "barred"})).outcome == "barred"
    concluded: Event = ("report.concluded", {"outcome": "proven"})
    assert told(concluded, ("enquiry.answered", {"reply_digest": "d"})).outcome == "proven"
