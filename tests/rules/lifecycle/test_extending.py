"""More time is asked, decided by another, and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State, advance
from tests.rules.happenings import CLERK, COLLEAGUE, MAIN_LEADER, MORE, happen
from tests.rules.lifecycle.ways import (
    ACCEPTED,
    ASKED_MORE,
    CLOSED,
    DELIVERED,
    GAVE_MORE,
    GRANTED,
    refused,
    state,
)

EXTENDING = state(ACCEPTED, ASKED_MORE)
FOR_COLLEAGUE = state(ACCEPTED, happen(e.ExtensionRequested, actor=COLLEAGUE, acting_for="absent"))


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


def test_a_request_taken_back_leaves_everything_as_it_was() -> None:
    assert advance(EXTENDING, happen(e.ExtensionWithdrawn)) == state(ACCEPTED)


@pytest.mark.parametrize(
    ("before", "event", "code"),
    [
        (EXTENDING, ASKED_MORE, "extension_pending"),
        (state(ACCEPTED), GAVE_MORE, "no_extension"),
        (state(ACCEPTED), happen(e.ExtensionRefused, actor=MAIN_LEADER), "no_extension"),
        (state(ACCEPTED), happen(e.ExtensionWithdrawn), "no_extension"),
        (EXTENDING, happen(e.ExtensionApproved, actor=CLERK), "own_request"),
        (EXTENDING, happen(e.ExtensionRefused, actor=MAIN_LEADER, acting_for=CLERK), "own_request"),
        (FOR_COLLEAGUE, happen(e.ExtensionApproved, actor="absent"), "own_request"),
        (FOR_COLLEAGUE, happen(e.ExtensionApproved, actor=CLERK), "own_matter"),
        (EXTENDING, replace(GAVE_MORE, limit=replace(MORE, amount=6)), "extension_differs"),
        (state(ACCEPTED), happen(e.ExtensionTold), "nothing_to_tell"),
    ],
)
def test_a_guard_refuses_with_its_own_code(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code
