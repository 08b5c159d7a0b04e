"""Whoever handles the matter signs for a signer who has gone."""

from __future__ import annotations

import pytest

from huiyin.matters import permissions
from huiyin.organisation.models import Appointment
from tests.matters.handling import Desk
from tests.matters.stepped import accepted, commission

pytestmark = pytest.mark.django_db


def test_the_custodian_signs_for_a_signer_who_has_gone() -> None:
    desk = Desk(commission())
    number = accepted(desk)
    desk.do("sign_step", number)
    matter, clerk = desk.matter(number), desk.office.asker("clerk", desk.at)
    assert permissions.may_sign_step(desk.office.asker("head", desk.at), None, matter)
    assert not permissions.may_sign_step(clerk, None, matter)
    Appointment.objects.filter(person=desk.id("head")).update(until=desk.at.date())
    assert permissions.may_sign_step(clerk, None, matter)


def test_where_nothing_waits_nobody_signs() -> None:
    desk = Desk(commission())
    matter = desk.matter(desk.enquiry())
    assert not permissions.may_sign_step(desk.office.asker("clerk", desk.at), None, matter)
