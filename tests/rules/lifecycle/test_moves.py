"""A matter from birth to its end, along the ways its table allows."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, advance, begin
from tests.rules.happenings import CLERK, MORE, application, at, enquiry, happen
from tests.rules.lifecycle.ways import (
    ACCEPTED,
    APPROVED,
    CLOSED,
    DELIVERED,
    FILED,
    GAVE_MORE,
    GRANTED,
    NOTICED,
    PROPOSED,
    SUPPLEMENTED,
    refused,
    state,
)


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


def test_a_refusal_by_the_table_names_stage_event_and_what_to_do() -> None:
    objection = refused(state(), GRANTED)
    assert objection.params == {"stage": "received", "event": "decision.granted"}
    assert objection.remedy
    assert "received" in str(objection)


@pytest.mark.parametrize("moves", [happen(e.SpecialProcedureStarted), GAVE_MORE])
def test_a_reason_told_for_one_day_says_nothing_of_the_next(moves: e.Event) -> None:
    asked = state(ACCEPTED, happen(e.ExtensionRequested), happen(e.OverrunExplained))
    assert asked.delay_explained
    assert not advance(asked, moves).delay_explained
    assert advance(asked, happen(e.StepRecorded)).delay_explained
