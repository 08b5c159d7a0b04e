"""One key, one effect, one receipt."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.matters.actions import Request
from huiyin.matters.models import Command, Matter
from huiyin.rules.errors import Conflict, Invalid
from tests.matters.handling import Desk

ASKED = Request(kind="enquiry", channel="counter", summary="问低保")


def test_a_repeated_registration_gives_the_same_receipt_and_changes_nothing(desk: Desk) -> None:
    by = desk.by(key="one")
    first = actions.register(by, ASKED)
    again = actions.register(by, ASKED)
    assert again == first
    assert again.code
    assert Matter.objects.filter(tenant=desk.office.tenant).count() == 1
    row = Command.objects.get(key="one")
    assert (row.repeats, row.verb) == (1, "register")


def test_another_key_is_another_matter(desk: Desk) -> None:
    numbers = {actions.register(desk.by(key=key), ASKED).number for key in ("one", "two")}
    assert len(numbers) == 2


def test_a_key_does_not_come_back_with_something_else(desk: Desk) -> None:
    by = desk.by(key="one")
    actions.register(by, ASKED)
    with pytest.raises(Conflict) as caught:
        actions.register(by, Request(kind="enquiry", channel="counter", summary="问医保"))
    assert caught.value.code == "key_reused"


def test_a_key_is_an_actors_own(desk: Desk) -> None:
    actions.register(desk.by(key="one"), ASKED)
    actions.register(desk.by("second_clerk", key="one"), ASKED)
    assert Command.objects.filter(key="one").count() == 2


def test_a_command_without_a_key_is_refused(desk: Desk) -> None:
    by = desk.by(key=" ")
    with pytest.raises(Invalid) as caught:
        actions.register(by, ASKED)
    assert caught.value.code == "key_missing"


def test_a_repeated_verb_is_not_done_twice(desk: Desk) -> None:
    number = desk.accepted()
    by = desk.by(key="grant")
    first = actions.grant(by, number, reply="准予。")
    assert actions.grant(by, number, reply="准予。") == first
    assert desk.kinds(number).count("decision.granted") == 1


def test_a_refused_command_may_be_tried_again_with_its_key(desk: Desk) -> None:
    number = desk.accepted()
    by = desk.by(key="grant")
    with pytest.raises(Invalid):
        actions.grant(by, number, reply="")
    assert not Command.objects.filter(key="grant").exists()
    assert actions.grant(by, number, reply="准予。").stage == "granted"


def test_a_stale_version_is_a_conflict(desk: Desk) -> None:
    number = desk.accepted()
    stale = desk.matter(number).version - 1
    with pytest.raises(Conflict) as caught:
        actions.grant(desk.by(version=stale), number, reply="准予。")
    assert caught.value.code == "stale"
    assert actions.grant(desk.by(version=stale + 1), number, reply="准予。").stage == "granted"


def test_receipts_are_kept_for_a_week(desk: Desk) -> None:
    actions.register(desk.by(key="one"), ASKED)
    assert actions.forget_old_commands(desk.at + actions.commands.KEPT) == 0
    later = desk.at + actions.commands.KEPT * 1.01
    assert actions.forget_old_commands(later) == 1
    assert not Command.objects.filter(key="one").exists()
