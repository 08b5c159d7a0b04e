"""The way of an official document: nothing moves before it is signed for, and nobody signs their own."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State, advance
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import CLERK, COLLEAGUE, LEADER, MAIN_LEADER, happen
from tests.rules.lifecycle.ways import refused, state

SENT = happen(e.DocumentSent, limit=Limit(8, Unit.WORKING_DAY))
DRAFTED = happen(e.Drafted)
CHECKED = happen(e.DraftChecked, actor=COLLEAGUE)
BY_STAND_IN = happen(e.Drafted, actor=MAIN_LEADER, acting_for=CLERK)
PASSED_ON = happen(e.CustodyAssigned, to=COLLEAGUE)
DRAFTED_AGAIN = happen(e.Drafted, actor=COLLEAGUE, to=LEADER)


def incoming(*events: e.Event) -> State:
    return state(*events, kind=e.MatterKind.DOCUMENT_IN)


def outgoing(*events: e.Event) -> State:
    return state(*events, kind=e.MatterKind.DOCUMENT_OUT)


def test_custody_moves_when_the_handler_signs_and_not_before() -> None:
    sent = incoming(happen(e.PresentedToMainLeader), happen(e.PresentedToLeader), SENT)
    assert (sent.stage, sent.custodian, sent.offered_to) == (Stage.SENT, CLERK, COLLEAGUE)
    taken = advance(sent, happen(e.DocumentSignedFor, actor=COLLEAGUE))
    assert (taken.stage, taken.custodian, taken.offered_to) == (Stage.IN_HAND, COLLEAGUE, "")
    assert taken.allotted == Limit(8, Unit.WORKING_DAY)


def test_what_is_returned_stays_with_its_keeper_and_may_be_sent_elsewhere() -> None:
    back = incoming(SENT, happen(e.DocumentReturned, actor=COLLEAGUE))
    assert (back.stage, back.custodian, back.offered_to) == (Stage.TO_SEND, CLERK, "")
    assert advance(back, happen(e.DocumentSent, to=LEADER)).offered_to == LEADER
    again = incoming(SENT, happen(e.DocumentSent, to=LEADER))
    assert (again.stage, again.offered_to) == (Stage.SENT, LEADER)


@pytest.mark.parametrize(
    ("before", "event", "code"),
    [
        (incoming(), happen(e.DocumentSent, to=CLERK), "handover_to_self"),
        (incoming(SENT), happen(e.DocumentSignedFor, actor=LEADER), "not_offered_to_you"),
        (incoming(SENT), happen(e.DocumentReturned, actor=LEADER), "not_offered_to_you"),
        (incoming(SENT), happen(e.HandoverAccepted, actor=COLLEAGUE), "not_now"),
        (outgoing(DRAFTED), happen(e.DraftChecked, actor=CLERK), "own_matter"),
        (outgoing(DRAFTED), happen(e.DraftReturned, actor=CLERK), "own_matter"),
        (outgoing(DRAFTED, CHECKED), happen(e.DocumentSigned, actor=CLERK), "own_matter"),
        (outgoing(DRAFTED, CHECKED), happen(e.DocumentSigned, actor=LEADER, acting_for=CLERK), "own_matter"),
        # Whoever wrote it for an absent colleague is its author, and so is the colleague.
        (outgoing(BY_STAND_IN), happen(e.DraftChecked, actor=MAIN_LEADER), "own_matter"),
        (outgoing(BY_STAND_IN), happen(e.DraftReturned, actor=MAIN_LEADER), "own_matter"),
        (outgoing(BY_STAND_IN, CHECKED), happen(e.DocumentSigned, actor=MAIN_LEADER), "own_matter"),
        (
            outgoing(BY_STAND_IN, CHECKED),
            happen(e.DocumentSigned, actor=COLLEAGUE, acting_for=CLERK),
            "own_matter",
        ),
        (outgoing(BY_STAND_IN), happen(e.Countersigned, actor=MAIN_LEADER), "own_matter"),
        (outgoing(BY_STAND_IN), happen(e.CountersignAsked, to=MAIN_LEADER), "own_matter"),
        (outgoing(BY_STAND_IN), happen(e.DraftChecked, actor=COLLEAGUE, to=MAIN_LEADER), "own_matter"),
        (outgoing(), happen(e.Drafted, to=CLERK), "own_matter"),
        # An author of an earlier draft judges no later one, whoever wrote that.
        (
            outgoing(DRAFTED, happen(e.DraftReturned, actor=LEADER), PASSED_ON, DRAFTED_AGAIN),
            happen(e.DraftChecked, actor=CLERK),
            "own_matter",
        ),
        (outgoing(PASSED_ON), happen(e.CountersignAsked, to=COLLEAGUE), "not_now"),
        (outgoing(DRAFTED, PASSED_ON), happen(e.CountersignAsked, to=COLLEAGUE), "own_matter"),
        (incoming(SENT), happen(e.Closed), "not_now"),
    ],
)
def test_what_is_refused(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code


def test_an_outgoing_document_goes_its_way_to_the_archive() -> None:
    way = (
        DRAFTED,
        CHECKED,
        happen(e.DocumentSigned, actor=MAIN_LEADER),
        happen(e.DocumentNumbered),
        happen(e.DocumentDispatched),
        happen(e.DocumentArchived),
        happen(e.Closed),
    )
    stages = [outgoing(*way[:steps]).stage for steps in range(len(way) + 1)]
    assert stages == [
        Stage.TO_DRAFT,
        Stage.TO_CHECK,
        Stage.TO_SIGN,
        Stage.TO_NUMBER,
        Stage.TO_DISPATCH,
        Stage.TO_ARCHIVE,
        Stage.ARCHIVED,
        Stage.CLOSED,
    ]
    assert outgoing(*way).outcome == "dispatched"


def test_who_wrote_none_of_the_drafts_may_judge_them() -> None:
    before = outgoing(BY_STAND_IN)
    assert before.drafted_by == (MAIN_LEADER, CLERK)
    assert advance(before, CHECKED).stage is Stage.TO_SIGN
    assert advance(before, happen(e.CountersignAsked, to=LEADER)).stage is Stage.TO_CHECK
    assert advance(before, happen(e.Countersigned, actor=LEADER)).stage is Stage.TO_CHECK


def test_a_completed_document_has_its_outcome_and_an_explained_delay_is_remembered() -> None:
    taken = (SENT, happen(e.DocumentSignedFor, actor=COLLEAGUE))
    assert incoming(*taken, happen(e.DocumentCompleted)).outcome == "completed"
    assert incoming(*taken, happen(e.DelayExplained)).delay_explained
    assert not incoming(*taken).delay_explained
