"""Who may do what, with the reason when not."""

from __future__ import annotations

import pytest

from huiyin.matters import permissions
from huiyin.matters.models import RefusalFiling
from huiyin.matters.permissions.persons import may_see_owed
from huiyin.organisation import actions
from huiyin.organisation.queries import lent_power
from huiyin.rules.errors import NotFound
from tests.commissions import COUNTED, commission_office
from tests.factories import AT, SINCE
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


def test_who_stands_in_for_a_small_post_of_a_leader_is_no_leader(desk: Desk) -> None:
    desk.office.small_post("main_leader", "receptionist")
    actions.appoint(
        desk.office.positions["LD01"],
        desk.office.people["stand_in"],
        "B",
        since=SINCE,
        by=actions.OPERATOR,
        at=AT,
    )
    number = desk.asked_for_time()
    desk.office.absent("main_leader", starts_at=desk.at, hours=4)
    minor = desk.office.asker("receptionist", desk.at)
    lent = lent_power(minor, desk.id("main_leader"))
    matter = desk.matter(number)
    assert not permissions.may_decide_extension(minor, lent, matter, approver="main_leader")
    with pytest.raises(NotFound):
        desk.do("approve_extension", number, who="receptionist", acting_for="main_leader", opinion="同意")
    desk.do("approve_extension", number, who="stand_in", acting_for="main_leader", opinion="同意")


def test_the_work_of_an_item_goes_with_its_post_and_the_rest_with_the_first(desk: Desk) -> None:
    post = desk.office.small_post("clerk", "receptionist")
    number, enquiry = desk.accepted(), desk.enquiry()
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    clerk = desk.id("clerk")
    minor, main = (desk.office.asker(key, desk.at) for key in ("receptionist", "second_clerk"))
    assert clerk in minor.stands_in_for
    for one in (desk.matter(number), desk.matter(enquiry)):
        assert permissions.may_handle(main, clerk, one)
        assert not permissions.may_handle(minor, clerk, one)
    application = desk.matter(number)
    assert application.item is not None
    application.item.position = post
    assert permissions.may_handle(minor, clerk, application)


def test_nobody_decides_on_an_extension_they_have_a_part_in(desk: Desk) -> None:
    matter = desk.matter(desk.asked_for_time())
    leader = desk.office.asker("main_leader", desk.at)

    def decides() -> bool:
        return bool(permissions.may_decide_extension(leader, leader, matter, approver="main_leader"))

    assert decides()
    asked_by = matter.extension_by
    matter.extension_by = [str(desk.id("stand_in")), str(leader.person_id)]
    assert not decides()
    matter.extension_by = asked_by
    matter.custodian_id = leader.person_id
    assert not decides()


def test_a_rank_the_rulebook_does_not_name_does_not_decide(desk: Desk) -> None:
    matter = desk.matter(desk.asked_for_time())
    head = desk.office.asker("head", desk.at)
    assert not permissions.may_decide_extension(head, head, matter, approver="main_leader")
    assert permissions.may_decide_extension(head, head, matter, approver="head")


def test_more_time_takes_the_leader_who_is_in_charge_of_the_unit(desk: Desk) -> None:
    matter = desk.matter(desk.asked_for_time())

    def decide() -> set[str]:
        found = set()
        for who in desk.office.people:
            asker = desk.office.asker(who, desk.at)
            if permissions.may_decide_extension(asker, asker, matter, approver="leader_in_charge"):
                found.add(who)
        return found

    # stand_in is a leader in charge too, of nothing of this unit.
    assert decide() == {"leader_in_charge"}
    matter.extension_by = [str(desk.id("leader_in_charge"))]
    assert decide() == {"main_leader"}
    matter.extension_by, matter.unit = [str(desk.id("clerk"))], desk.office.units["ZH"]
    assert decide() == {"main_leader"}


def test_a_filing_is_signed_by_the_leader_it_went_to(desk: Desk) -> None:
    number = desk.filed()
    row, matter = RefusalFiling.objects.get(matter__number=number), desk.matter(number)
    leader = desk.office.asker("leader_in_charge", desk.at)
    assert permissions.may_sign_filing(leader, None, row, matter)
    for who in ("main_leader", "clerk", "stand_in"):
        asker = desk.office.asker(who, desk.at)
        assert not permissions.may_sign_filing(asker, None, row, matter)
        assert not permissions.may_sign_filing(asker, leader.person_id, row, matter)
    matter.refusal_by = [str(leader.person_id)]
    assert not permissions.may_sign_filing(leader, None, row, matter)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("clerk", True),
        ("head", True),
        ("leader_in_charge", True),
        ("main_leader", True),
        ("efficiency_office", True),
        ("second_clerk", False),
        ("office_head", False),
        ("receptionist", False),
        ("administrator", False),
    ],
)
def test_who_sees_what_the_clerk_owes(desk: Desk, who: str, sees: bool) -> None:
    asker = desk.office.asker(who, desk.at)
    units = {desk.office.units["MZ"].id}
    assert bool(may_see_owed(asker, desk.id("clerk"), units)) is sees


def test_the_stand_in_sees_it_while_standing_in(desk: Desk) -> None:
    desk.office.absent("clerk", starts_at=desk.at)
    asker = desk.office.asker("second_clerk", desk.at)
    assert may_see_owed(asker, desk.id("clerk"), set())


def test_a_new_code_is_for_the_custodian_and_who_was_asked_first(desk: Desk) -> None:
    number = desk.register("receptionist")
    desk.do("offer_handover", number, who="receptionist", to=desk.id("clerk"))
    desk.do("accept_handover", number, who="clerk")
    matter = desk.matter(number)
    allowed = {
        who
        for who in desk.office.people
        if permissions.may_reissue_code(desk.office.asker(who, desk.at), matter)
    }
    assert allowed == {"clerk", "receptionist"}


def test_who_is_over_the_work_urges(desk: Desk) -> None:
    matter = desk.matter(desk.accepted())
    for who, may in (("head", True), ("main_leader", True), ("efficiency_office", True), ("clerk", False)):
        asker = desk.office.asker(who, desk.at)
        assert bool(permissions.may_urge(asker, asker, matter)) is may


def test_nobody_signs_the_second_level_after_a_stand_in_signed_the_first_for_them(db: None) -> None:
    office = commission_office()
    actions.appoint(
        office.positions["LD01"],
        office.people["leader_in_charge"],
        "B",
        since=SINCE,
        by=actions.OPERATOR,
        at=AT,
    )
    desk = Desk(office, at=office.at)
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    form = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法第十二条"}
    weighty = {"importance": "important", "importance_reason": "涉及全村三十户"}
    desk.do("propose_refusal", number, **form, **weighty, ground="violates_law", opinion="拟不予办理")
    desk.do("file_refusal", number)
    away = office.absent("leader_in_charge", starts_at=desk.at, hours=1)
    desk.do("approve_refusal", number, who="stand_in", acting_for="leader_in_charge", opinion="审查属实")
    desk.at = away.ends_at
    office.absent("main_leader", starts_at=desk.at, hours=4)
    matter = desk.matter(number)
    row = RefusalFiling.objects.get(matter=matter)
    assert row.filed_to_id == desk.id("main_leader")
    back = office.asker("leader_in_charge", desk.at)
    verdict = permissions.may_sign_filing(back, desk.id("main_leader"), row, matter)
    assert (bool(verdict), verdict.reason) == (False, "同一人不能审批两级")
