"""Notices and acceptance: a second request costs the applicant no time."""

from __future__ import annotations

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage
from tests.rules.happenings import happen
from tests.rules.lifecycle.ways import ACCEPTED, NOTICED, SUPPLEMENTED, state


def test_a_second_notice_leaves_the_file_where_it_was() -> None:
    again = happen(e.NoticeIssued, ordinal=2)
    first = state(NOTICED, SUPPLEMENTED, again)
    assert (first.stage, first.notices) == (Stage.RECEIVED, 2)
    in_hand = state(NOTICED, SUPPLEMENTED, ACCEPTED, again)
    assert (in_hand.stage, in_hand.notices) == (Stage.IN_HAND, 2)


def test_a_notice_after_acceptance_does_not_send_the_file_back() -> None:
    late = state(ACCEPTED, NOTICED)
    assert (late.stage, late.notices) == (Stage.IN_HAND, 1)
