"""The transition table and its guards: what may happen next, and what may not and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import TRANSITIONS, Stage, State, advance, begin, possible
from huiyin.rules.recorded import EVENTS
from tests.rules.happenings import (
    CLERK,
    COLLEAGUE,
    LEADER,
    MAIN_LEADER,
    MORE,
    application,
    at,
    enquiry,
    happen,
)

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
    found = begin(enquiry() if kind is e.MatterKind.ENQUIRY else application())
    for event in events:
        found = advance(found, event)
    return found


def refused(before: State, event: e.Event) -> Unlawful:
    with pytest.raises(Unlawful) as caught:
        advance(before, event)
    return caught.value


def test_a_matter_is_born_with_whoever_was_asked() -> None:
    born = begin(application(item="DB-1", committed=MORE, instant=True, urgency=e.Urgency.LOW))
    assert (born.stage, born.custodian, born.first_responder) == (Stage.RECEIVED, CLERK, CLERK)
    assert (born.item, born.committed, born.instant, born.urgency) == ("DB-1", MORE, True, e.Urgency.LOW)
    assert born.received_at == at("2026-03-02T10:00")
    assert begin(enquiry()).stage is Stage.OPEN
    assert born.is_open


@pytest.mark.parametrize(
    ("events", "stages"),
    [
        (
            (NOTICED, SUPPLEMENTED, ACCEPTED, GRANTED, DELIVERED, CLOSED),
            "awaiting_supplement received in_hand granted delivered closed",
        ),
        (
            (ACCEPTED, happen(e.SpecialProcedureStarted), happen(e.SpecialProcedureEnded)),
            "in_hand paused in_hand",
        ),
        (
            (PROPOSED, FILED, FILED, APPROVED, happen(e.Refused), DELIVERED, CLOSED),
            "refusal_proposed refusal_filed refusal_filed refusal_approved refused delivered closed",
        ),
        ((happen(e.MaterialsChecked), happen(e.Withdrawn), CLOSED), "received withdrawn closed"),
    ],
)
def test_the_ways_of_an_application(events: tuple[e.Event, ...], stages: str) -> None:
    found, passed = begin(application()), []
    for event in events:
        found = advance(found, event)
        passed.append(found.stage.value)
    assert " ".join(passed) == stages


def test_the_ways_of_an_enquiry() -> None:
    answered = state(happen(e.Answered), kind=e.MatterKind.ENQUIRY)
    assert (answered.stage, answered.outcome) == (Stage.ANSWERED, "answered")
    assert advance(answered, CLOSED).stage is Stage.CLOSED
    withdrawn = state(happen(e.Withdrawn), CLOSED, kind=e.MatterKind.ENQUIRY)
    assert (withdrawn.stage, withdrawn.outcome, withdrawn.is_open) == (Stage.CLOSED, "withdrawn", False)
    for event in (ACCEPTED, GRANTED, PROPOSED):
        assert refused(state(kind=e.MatterKind.ENQUIRY), event).code == "not_now"


def test_the_table_alone_decides_what_is_possible_at_each_stage() -> None:
    kinds = [kind for kind in EVENTS.values() if kind is not e.Registered]
    for matter, stage, kind in product(e.MatterKind, Stage, kinds):
        here = replace(state(kind=matter), stage=stage)
        code = ""
        try:
            advance(here, happen(kind))
        except Unlawful as objection:
            code = objection.code
        assert (code == "not_now") is (kind not in possible(here)), (matter, stage, kind)


@pytest.mark.parametrize("matter", e.MatterKind)
def test_no_stage_is_a_dead_end_and_nothing_leads_out_of_the_last(matter: e.MatterKind) -> None:
    born = state(kind=matter)
    for target in [target for _, target in TRANSITIONS[matter].values() if target]:
        assert possible(replace(born, stage=target)), target
    closed = replace(born, stage=Stage.CLOSED)
    assert set(possible(closed)) == {e.Rated, e.CodeReissued, e.ClockRecomputed, e.ClauseInvoked}
    for kind in possible(closed):
        assert advance(closed, happen(kind)).stage is Stage.CLOSED


def test_a_refusal_by_the_table_names_stage_event_and_what_to_do() -> None:
    objection = refused(state(), GRANTED)
    assert objection.params == {"stage": "received", "event": "decision.granted"}
    assert objection.remedy
    assert "received" in str(objection)


HANDED = state(OFFERED)
EXTENDING = state(ACCEPTED, ASKED_MORE)
FILED_STATE = state(PROPOSED, FILED)
FOR_COLLEAGUE = state(ACCEPTED, happen(e.ExtensionRequested, actor=COLLEAGUE, acting_for="absent"))


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
        (EXTENDING, ASKED_MORE, "extension_pending"),
        (EXTENDING, PROPOSED, "extension_pending"),
        (EXTENDING, GRANTED, "extension_pending"),
        (state(ACCEPTED), GAVE_MORE, "no_extension"),
        (state(ACCEPTED), happen(e.ExtensionRefused, actor=MAIN_LEADER), "no_extension"),
        (EXTENDING, happen(e.ExtensionApproved, actor=CLERK), "own_request"),
        (EXTENDING, happen(e.ExtensionRefused, actor=MAIN_LEADER, acting_for=CLERK), "own_request"),
        (FOR_COLLEAGUE, happen(e.ExtensionApproved, actor="absent"), "own_request"),
        (FOR_COLLEAGUE, happen(e.ExtensionApproved, actor=CLERK), "own_matter"),
        (EXTENDING, replace(GAVE_MORE, limit=replace(MORE, amount=6)), "extension_differs"),
        (state(ACCEPTED), happen(e.ExtensionTold), "nothing_to_tell"),
        (FILED_STATE, happen(e.RefusalApproved, actor=CLERK), "own_request"),
        (FILED_STATE, happen(e.RefusalOverturned, actor=CLERK), "own_request"),
        (FILED_STATE, happen(e.RefusalApproved, actor=LEADER, acting_for=CLERK), "own_request"),
        (
            state(happen(e.RefusalProposed, actor=COLLEAGUE), happen(e.RefusalFiled, actor=COLLEAGUE)),
            happen(e.RefusalApproved, actor=CLERK),
            "own_matter",
        ),
        (
            state(PROPOSED, FILED, happen(e.RefusalApproved, actor=LEADER, final=False)),
            APPROVED,
            "same_signer",
        ),
        (
            state(PROPOSED, happen(e.RefusalFiled, actor=LEADER)),
            happen(e.RefusalApproved, actor=LEADER),
            "own_request",
        ),
        (
            state(PROPOSED, FILED, happen(e.RefusalApproved, actor=LEADER)),
            happen(e.Refused, actor=LEADER),
            "own_signature",
        ),
        (state(), happen(e.CustodyAssigned, to=CLERK), "handover_to_self"),
        (state(ACCEPTED, GRANTED, happen(e.Rated)), happen(e.Rated), "already_rated"),
        (state(happen(e.Withdrawn), CLOSED), happen(e.Rated), "not_rateable"),
        (state(ACCEPTED, GRANTED, DELIVERED, OFFERED), CLOSED, "handover_pending"),
    ],
)
def test_a_guard_refuses_with_its_own_code(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code


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


def test_a_second_notice_leaves_the_file_where_it_was() -> None:
    again = happen(e.NoticeIssued, ordinal=2)
    first = state(NOTICED, SUPPLEMENTED, again)
    assert (first.stage, first.notices) == (Stage.RECEIVED, 2)
    in_hand = state(NOTICED, SUPPLEMENTED, ACCEPTED, again)
    assert (in_hand.stage, in_hand.notices) == (Stage.IN_HAND, 2)


def test_a_notice_after_acceptance_does_not_send_the_file_back() -> None:
    late = state(ACCEPTED, NOTICED)
    assert (late.stage, late.notices) == (Stage.IN_HAND, 1)


def test_an_extension_is_counted_and_has_to_be_told_before_closing() -> None:
    extended = advance(EXTENDING, GAVE_MORE)
    assert (extended.times_extended, extended.extension_untold) == (1, True)
    assert (extended.extension, extended.extension_by) == (None, ())
    ready = advance(advance(extended, GRANTED), DELIVERED)
    objection = refused(ready, CLOSED)
    assert (objection.code, objection.clause) == ("extension_untold", "tell_extension")
    assert advance(advance(ready, happen(e.ExtensionTold)), CLOSED).stage is Stage.CLOSED


def test_a_refused_extension_counts_for_nothing() -> None:
    back = advance(EXTENDING, happen(e.ExtensionRefused, actor=MAIN_LEADER))
    assert back == state(ACCEPTED)
    assert advance(back, ASKED_MORE) == EXTENDING


@pytest.mark.parametrize(("before", "stage"), [((), Stage.RECEIVED), ((ACCEPTED,), Stage.IN_HAND)])
def test_an_overturned_refusal_returns_to_where_it_began_and_forgets_its_signatures(
    before: tuple[e.Event, ...], stage: Stage
) -> None:
    signed = state(*before, PROPOSED, FILED, happen(e.RefusalApproved, actor=LEADER, final=False))
    assert signed.refusal_signers == (LEADER,)
    back = advance(signed, happen(e.RefusalOverturned, actor=MAIN_LEADER))
    assert back.stage is stage
    assert back == state(*before)


def test_only_the_last_signature_approves() -> None:
    first = advance(FILED_STATE, replace(APPROVED, final=False))
    assert (first.stage, first.refusal_approved) == (Stage.REFUSAL_FILED, False)
    last = advance(first, happen(e.RefusalApproved, actor=MAIN_LEADER, level="main_leader"))
    assert last.refusal_approved
    assert last.refusal_levels == ("leader_in_charge", "main_leader")
    assert last.refusal_signers == (LEADER, MAIN_LEADER)


def test_a_withdrawal_ends_a_pending_extension() -> None:
    gone = advance(EXTENDING, happen(e.Withdrawn))
    assert (gone.outcome, gone.extension_by, gone.extension) == ("withdrawn", (), None)
    untold = state(ACCEPTED, ASKED_MORE, GAVE_MORE, happen(e.Withdrawn))
    assert advance(untold, CLOSED).closed_at == CLOSED.at


def test_an_outcome_keeps_its_moment() -> None:
    granted = state(ACCEPTED, happen(e.Granted, "2026-03-04T09:00"))
    assert (granted.outcome, granted.decided_at) == ("granted", at("2026-03-04T09:00"))
    denied = state(PROPOSED, FILED, APPROVED, happen(e.Refused, "2026-03-05T09:00"))
    assert (denied.outcome, denied.decided_at) == ("refused", at("2026-03-05T09:00"))
    assert state(ACCEPTED, GRANTED, happen(e.Rated, score=4)).rating == 4
