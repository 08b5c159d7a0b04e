"""Custody moves when it is accepted, and no earlier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State, advance, begin
from tests.rules.happenings import CLERK, COLLEAGUE, LEADER, happen, registered
from tests.rules.lifecycle.ways import OFFERED, refused, state

HANDED = state(OFFERED)


def test_custody_moves_at_the_acceptance_and_no_earlier() -> None:
    assert (HANDED.custodian, HANDED.offered_to) == (CLERK, COLLEAGUE)
    taken = advance(HANDED, happen(e.HandoverAccepted, actor=COLLEAGUE))
    assert (taken.custodian, taken.offered_to, taken.first_responder) == (COLLEAGUE, "", CLERK)
    stood_in = advance(HANDED, happen(e.HandoverAccepted, actor=LEADER, acting_for=COLLEAGUE))
    assert stood_in.custodian == COLLEAGUE
    bounced = happen(e.HandoverBounced, actor=COLLEAGUE)
    for end in (bounced, happen(e.HandoverWithdrawn)):
        back = advance(HANDED, end)
        assert (back.custodian, back.offered_to) == (CLERK, "")
        assert advance(back, OFFERED).offered_to == COLLEAGUE


def test_a_document_on_its_way_stays_on_its_way_when_its_sender_is_replaced() -> None:
    sent = replace(begin(registered(e.MatterKind.DOCUMENT_IN, "2026-03-02T10:00")), stage=Stage.SENT)
    sent = replace(sent, offered_to=COLLEAGUE)
    taken = advance(sent, happen(e.CustodyAssigned, to=LEADER))
    assert (taken.custodian, taken.offered_to, taken.stage) == (LEADER, COLLEAGUE, Stage.SENT)
    assert refused(sent, happen(e.CustodyAssigned, to=COLLEAGUE)).code == "sent_to_them"


def test_papers_are_readdressed_and_nothing_else_changes() -> None:
    kept = replace(state(), papers_for=("other", COLLEAGUE))
    moved = advance(kept, happen(e.Readdressed))
    assert moved == replace(kept, papers_for=("other", LEADER))
    assert advance(state(), happen(e.Readdressed)) == state()
    both = replace(kept, papers_for=(COLLEAGUE, LEADER))
    assert refused(both, happen(e.Readdressed)).code == "papers_waiting"
    assert refused(kept, happen(e.Readdressed, to=COLLEAGUE)).code == "handover_to_self"


@pytest.mark.parametrize(
    ("before", "event", "code"),
    [
        (HANDED, OFFERED, "handover_pending"),
        (state(), happen(e.HandoverOffered, to=CLERK), "handover_to_self"),
        (state(), happen(e.HandoverAccepted, actor=COLLEAGUE), "no_handover"),
        (state(), happen(e.HandoverBounced, actor=COLLEAGUE), "no_handover"),
        (state(), happen(e.HandoverWithdrawn), "no_handover"),
        (HANDED, happen(e.HandoverAccepted, actor=LEADER), "not_offered_to_you"),
        (HANDED, happen(e.HandoverBounced, actor=CLERK), "not_offered_to_you"),
        (HANDED, happen(e.HandoverWithdrawn, actor=COLLEAGUE), "not_custodian"),
        (state(), happen(e.CustodyAssigned, to=CLERK), "handover_to_self"),
    ],
)
def test_a_guard_refuses_with_its_own_code(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code
