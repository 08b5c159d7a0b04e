"""Custody on the dossier: offered, taken, bounced, taken back."""

from __future__ import annotations

import pytest

from huiyin.matters import steps
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Handover
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.steps.memory import hand, in_hand


def offered(office: Office) -> tuple[Dossier, Handover]:
    dossier = in_hand(office)
    to = str(office.people["second_clerk"].id)
    return dossier, steps.offer(dossier, hand(office, minutes=3), to=to, reason="归救助岗")


def test_custody_and_duties_move_when_taken(office: Office) -> None:
    dossier, row = offered(office)
    assert dossier.matter.custodian_id == office.people["clerk"].id
    steps.take(dossier, hand(office, "second_clerk", 4))
    assert dossier.matter.custodian_id == office.people["second_clerk"].id
    assert row.ending == "accepted"


def test_a_bounce_keeps_its_reason(office: Office) -> None:
    dossier, row = offered(office)
    with pytest.raises(Invalid):
        steps.bounce(dossier, hand(office, "second_clerk", 4), reason="")
    steps.bounce(dossier, hand(office, "second_clerk", 5), reason="不归我岗")
    assert (row.ending, row.bounce_reason) == ("bounced", "不归我岗")


def test_nobody_else_takes_and_nothing_is_taken_twice(office: Office) -> None:
    dossier, _ = offered(office)
    with pytest.raises(Unlawful):
        steps.take(dossier, hand(office, "head", 4))
    steps.take_back(dossier, hand(office, minutes=5))
    with pytest.raises(Unlawful):
        steps.take(dossier, hand(office, "second_clerk", 6))
