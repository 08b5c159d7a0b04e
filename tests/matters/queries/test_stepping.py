"""Which step of an approval waits before whom, by its name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.matters import queries
from huiyin.matters.queries.stepping import signer_of
from tests.matters.handling import Desk
from tests.matters.stepped import accepted, commission

pytestmark = pytest.mark.django_db


def test_the_steps_are_told_by_name_and_signer_and_the_late_one_on_the_list() -> None:
    desk = Desk(commission())
    number = accepted(desk)
    desk.do("sign_step", number)
    matter = desk.matter(number)
    told = [(one.number, one.name, one.waived) for one in queries.approval_steps(matter, desk.at)]
    assert told == [(1, "受理", False), (2, "审核", False)]
    assert signer_of(matter, desk.at) == desk.id("head")
    desk.at += timedelta(days=5)
    late, _ = queries.overdue(desk.office.asker("main_leader", desk.at), desk.at)
    assert [(one.what, one.step) for one in late] == [("sign_step", "审核")]
    assert late[0].bearer == desk.office.people["head"].name


def test_what_is_no_approval_has_no_steps() -> None:
    desk = Desk(commission())
    matter = desk.matter(desk.enquiry())
    assert (queries.approval_steps(matter, desk.at), signer_of(matter, desk.at)) == ([], None)
    assert queries.steps_waiting([], [matter]) == {}
