"""Signatures under a refusal, and what taking it back undoes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State, advance
from tests.rules.happenings import CLERK, COLLEAGUE, LEADER, MAIN_LEADER, happen
from tests.rules.lifecycle.ways import ACCEPTED, APPROVED, ASKED_MORE, FILED, PROPOSED, refused, state

EXTENDING = state(ACCEPTED, ASKED_MORE)
FILED_STATE = state(PROPOSED, FILED)


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


@pytest.mark.parametrize(
    ("before", "event", "code"),
    [
        (EXTENDING, PROPOSED, "extension_pending"),
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
            # A stand-in signed for the leader, who then signs the next level for the one above.
            state(
                PROPOSED,
                FILED,
                happen(e.RefusalApproved, actor=COLLEAGUE, acting_for=LEADER, final=False),
            ),
            happen(e.RefusalApproved, actor=LEADER, acting_for=MAIN_LEADER, level="main_leader"),
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
    ],
)
def test_a_guard_refuses_with_its_own_code(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code
