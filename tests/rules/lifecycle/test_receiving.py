"""Notices and acceptance: a second request costs the applicant no time."""

from __future__ import annotations

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, advance
from tests.rules.happenings import MAIN_LEADER, happen
from tests.rules.lifecycle.ways import (
    ACCEPTED,
    APPROVED,
    FILED,
    NOTICED,
    PROPOSED,
    SUPPLEMENTED,
    refused,
    state,
)


def test_a_second_notice_leaves_the_file_where_it_was() -> None:
    again = happen(e.NoticeIssued, ordinal=2)
    first = state(NOTICED, SUPPLEMENTED, again)
    assert (first.stage, first.notices) == (Stage.RECEIVED, 2)
    in_hand = state(NOTICED, SUPPLEMENTED, ACCEPTED, again)
    assert (in_hand.stage, in_hand.notices) == (Stage.IN_HAND, 2)


def test_a_notice_after_acceptance_does_not_send_the_file_back() -> None:
    late = state(ACCEPTED, NOTICED)
    assert (late.stage, late.notices) == (Stage.IN_HAND, 1)


def test_papers_that_went_back_are_checked_in_hand_until_the_file_is_whole() -> None:
    back = happen(e.Refused), happen(e.MaterialsReturned), happen(e.RefusalCorrected, actor=MAIN_LEADER)
    wrong = state(ACCEPTED, PROPOSED, FILED, APPROVED, *back)
    assert (wrong.stage, wrong.papers_out, wrong.returned) == (Stage.IN_HAND, True, False)
    some = advance(wrong, happen(e.MaterialsChecked, complete=False))
    assert some.papers_out
    whole = advance(some, happen(e.MaterialsChecked, complete=True))
    assert (whole.stage, whole.papers_out) == (Stage.IN_HAND, False)
    assert refused(whole, happen(e.MaterialsChecked)).code == "already_accepted"
