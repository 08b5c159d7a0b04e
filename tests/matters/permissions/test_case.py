"""Whose power would be used for what belongs to somebody."""

from __future__ import annotations

from huiyin.matters.permissions.case import power_of
from tests.matters.handling import Desk


def test_the_power_of_an_absent_colleague_is_used_by_the_stand_in_alone(desk: Desk) -> None:
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    clerk = desk.id("clerk")
    assert power_of(desk.office.asker("second_clerk", desk.at), clerk) == clerk
    assert power_of(desk.office.asker("head", desk.at), clerk) is None
    assert power_of(desk.office.asker("second_clerk", desk.at), None) is None
