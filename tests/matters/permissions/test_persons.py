"""Who may do what, with the reason when not."""

from __future__ import annotations

from huiyin.matters import permissions
from huiyin.matters.models import RefusalFiling
from tests.matters.handling import Desk


def test_one_acts_for_a_colleague_only_while_that_one_is_away(desk: Desk) -> None:
    stand_in = desk.office.asker("second_clerk", desk.at)
    assert not permissions.may_act_for(stand_in, desk.id("clerk"))
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    stand_in = desk.office.asker("second_clerk", desk.at)
    assert permissions.may_act_for(stand_in, desk.id("clerk"))
    assert not permissions.may_act_for(stand_in, desk.id("head"))


def test_only_the_custodian_handles_and_the_reason_names_them(desk: Desk) -> None:
    matter = desk.matter(desk.accepted())
    assert permissions.may_handle(desk.office.asker("clerk", desk.at), None, matter)
    verdict = permissions.may_handle(desk.office.asker("head", desk.at), None, matter)
    assert not verdict
    assert desk.office.people["clerk"].name in (verdict.reason % verdict.params)


def test_nobody_decides_on_their_own_extension(desk: Desk) -> None:
    matter = desk.matter(desk.asked_for_time())
    leader = desk.office.asker("main_leader", desk.at)
    ranks = frozenset({"main_leader"})
    assert permissions.may_decide_extension(leader, None, ranks, matter, approver="main_leader")
    matter.extension_by = [str(leader.person_id)]
    own = permissions.may_decide_extension(leader, None, ranks, matter, approver="main_leader")
    assert not own
    assert own.clause == "p4.time-limit.8.b"


def test_a_rank_the_rulebook_does_not_name_does_not_decide(desk: Desk) -> None:
    matter = desk.matter(desk.asked_for_time())
    head = desk.office.asker("head", desk.at)
    assert not permissions.may_decide_extension(head, None, head.ranks, matter, approver="main_leader")
    assert permissions.may_decide_extension(head, None, head.ranks, matter, approver="head")


def test_a_filing_is_signed_by_the_leader_it_went_to(desk: Desk) -> None:
    number = desk.filed()
    row, matter = RefusalFiling.objects.get(matter__number=number), desk.matter(number)
    assert permissions.may_sign_filing(desk.office.asker("leader_in_charge", desk.at), None, row, matter)
    for who in ("main_leader", "clerk", "stand_in"):
        assert not permissions.may_sign_filing(desk.office.asker(who, desk.at), None, row, matter)
