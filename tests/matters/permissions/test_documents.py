"""Who keeps the registers, who may have something written, and that readers only read."""

from __future__ import annotations

from huiyin.matters import permissions
from huiyin.matters.models import Matter
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, on_its_way


def matter_of(number: str) -> Matter:
    return Matter.objects.select_related("custodian").get(number=number)


def test_only_the_offices_clerk_keeps_the_registers(desk: Desk) -> None:
    for who in desk.office.people:
        asker = desk.office.asker(who, desk.at)
        assert bool(permissions.may_keep_register(asker, asker)) is (who == KEEPER), who


def test_clerks_have_nobody_but_themselves_write(desk: Desk) -> None:
    clerk, head = desk.office.asker("clerk", desk.at), desk.office.asker("head", desk.at)
    assert permissions.may_order_document(clerk, clerk, desk.id("clerk"))
    assert not permissions.may_order_document(clerk, clerk, desk.id("second_clerk"))
    assert permissions.may_order_document(head, head, desk.id("second_clerk"))


def test_only_those_it_lies_before_write_circulate_or_read(desk: Desk) -> None:
    matter = matter_of(on_its_way(desk))
    for who, may in (("leader_in_charge", True), (KEEPER, True), ("head", False), ("clerk", False)):
        asker = desk.office.asker(who, desk.at)
        assert bool(permissions.may_circulate(asker, asker, matter)) is may, who
    reader = desk.office.asker("head", desk.at)
    assert not permissions.may_note_read(reader, None, matter)
    assert not permissions.may_write_opinion(reader, None, "")
    desk.do("circulate", matter.number, who=KEEPER, to=[desk.id("head")])
    assert permissions.may_note_read(reader, None, matter)
    assert not permissions.may_note_read(reader, desk.id("clerk"), matter)


def test_a_step_is_for_whom_it_waits_and_a_signature_for_a_leader(desk: Desk) -> None:
    matter = matter_of(checked(desk))
    leader, head = desk.office.asker("leader_in_charge", desk.at), desk.office.asker("head", desk.at)
    assert permissions.may_act_on_routing(leader, None, matter, "signer")
    assert not permissions.may_act_on_routing(head, None, matter, "signer")
    assert not permissions.may_act_on_routing(head, None, matter, "checker")
    assert permissions.may_sign(leader)
    assert not permissions.may_sign(head)
    assert not permissions.may_act_on_routing(leader, None, matter_of(comes_in(desk)), "signer")
