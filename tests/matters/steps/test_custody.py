"""Custody on the dossier: offered, taken, bounced, taken back."""

from __future__ import annotations

import pytest

from huiyin.matters.models import Handover
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.in_memory import Bench, in_hand

REASON = "归救助岗"


def offered(office: Office) -> tuple[Bench, Handover]:
    one = in_hand(office)
    row = one.take("offer", to=one.id("second_clerk"), reason=REASON)
    return one, row


def refused(one: Bench, step: str, who: str, **fields: str) -> str:
    """The code a step is refused with, having left everything as it was."""
    before = (one.dossier.docket, one.kinds(), one.dossier.pending_or_last_handover().ending)
    with pytest.raises(Unlawful) as caught:
        one.take(step, who, **fields)
    assert (one.dossier.docket, one.kinds(), one.dossier.pending_or_last_handover().ending) == before
    return caught.value.code


def test_an_offer_moves_nothing_but_says_to_whom_and_why(office: Office) -> None:
    one, row = offered(office)
    matter = one.dossier.matter
    assert (str(matter.custodian_id), str(matter.offered_to_id)) == (one.id("clerk"), one.id("second_clerk"))
    assert {duty.bearer for duty in one.owed} == {one.id("clerk")}
    assert (str(row.giver_id), str(row.taker_id)) == (one.id("clerk"), one.id("second_clerk"))
    assert (row.reason, row.offered_at, row.ended_at) == (REASON, one.at, None)
    assert REASON not in str(one.dossier.events[-1].body())


def test_custody_and_open_duties_move_when_taken_with_their_clocks(office: Office) -> None:
    one, row = offered(office)
    due = {duty.key: duty.due for duty in one.owed}
    one.take("take", "second_clerk")
    assert str(one.dossier.matter.custodian_id) == one.id("second_clerk")
    assert (row.ending, row.ended_at) == ("accepted", one.at)
    # What was done already stays with whoever did it.
    bearers = {duty.what: duty.bearer for duty in one.owed}
    assert bearers == {"review": one.id("clerk"), "decide": one.id("second_clerk")}
    assert {duty.key: duty.due for duty in one.owed} == due


def test_a_stand_in_takes_for_the_absent_who_then_has_custody(office: Office) -> None:
    one, _ = offered(office)
    one.take("take", "clerk", acting_for="second_clerk")
    assert str(one.dossier.matter.custodian_id) == one.id("second_clerk")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_bounce_needs_its_reason(office: Office, reason: str) -> None:
    one, row = offered(office)
    with pytest.raises(Invalid) as caught:
        one.take("bounce", "second_clerk", reason=reason)
    assert (set(caught.value.fields), caught.value.clause) == ({"reason"}, "p4.first-responder.2.2.b")
    assert (row.ending, one.kinds()[-1]) == ("", "custody.offered")
    one.take("bounce", "second_clerk", reason="不归我岗")
    assert (row.ending, row.bounce_reason) == ("bounced", "不归我岗")
    assert str(one.dossier.matter.custodian_id) == one.id("clerk")
    assert "不归我岗" not in str(one.dossier.events[-1].body())


def test_an_offer_taken_back_is_over(office: Office) -> None:
    one, row = offered(office)
    one.take("take_back")
    assert (row.ending, one.dossier.state.offered_to) == ("withdrawn", "")
    for step, fields in (("take", {}), ("bounce", {"reason": "不归我岗"}), ("take_back", {})):
        assert refused(one, step, "second_clerk", **fields) == "no_handover"
    # Negative control: offered anew it is taken.
    again = one.take("offer", to=one.id("second_clerk"), reason=REASON)
    one.take("take", "second_clerk")
    assert (row.ending, again.ending) == ("withdrawn", "accepted")


def test_only_the_one_asked_answers_and_only_the_giver_takes_back(office: Office) -> None:
    one, _ = offered(office)
    assert refused(one, "take", "head") == "not_offered_to_you"
    assert refused(one, "bounce", "clerk", reason="不归我岗") == "not_offered_to_you"
    assert refused(one, "take_back", "second_clerk") == "not_custodian"


def test_one_offer_at_a_time_and_none_to_oneself(office: Office) -> None:
    one, _ = offered(office)
    assert refused(one, "offer", "clerk", to=one.id("head"), reason=REASON) == "handover_pending"
    assert len(one.fresh(Handover)) == 1
    one.take("take_back")
    assert refused(one, "offer", "clerk", to=one.id("clerk"), reason=REASON) == "handover_to_self"
