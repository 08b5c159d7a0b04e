"""An open matter has exactly one custodian, by the verbs and below them."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from huiyin.delivery.models import Message
from huiyin.matters import queries
from huiyin.matters.models import Handover, Matter
from huiyin.matters.steps import Paper
from huiyin.obligations import queries as duties
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Appointment
from huiyin.rules import events as e
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from huiyin.rules.lifecycle import moves
from huiyin.storage.transactions import write
from tests.factories import Office, make_office
from tests.matters.handling import Desk


def offered(desk: Desk) -> str:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"), reason="归救助岗办")
    return number


def test_custody_stays_until_the_other_accepts_and_then_the_duties_pass(desk: Desk) -> None:
    number = offered(desk)
    assert desk.matter(number).custodian_id == desk.id("clerk")
    before = desk.clocks(number)["decide-1"]
    desk.do("accept_handover", number)
    after = desk.clocks(number)["decide-1"]
    assert desk.matter(number).custodian_id == desk.id("second_clerk")
    assert (before.bearer, after.bearer) == tuple(
        desk.office.people[who].name for who in ("clerk", "second_clerk")
    )
    assert before.due_at == after.due_at


def test_a_bounce_needs_a_reason_and_leaves_custody(desk: Desk) -> None:
    number = offered(desk)
    with pytest.raises(Invalid) as caught:
        desk.do("bounce_handover", number, reason=" ")
    assert set(caught.value.fields) == {"reason"}
    desk.do("bounce_handover", number, reason="不归救助岗")
    assert desk.matter(number).custodian_id == desk.id("clerk")
    assert Handover.objects.get(matter__number=number).ending == "bounced"


def test_an_offer_taken_back_can_no_longer_be_accepted(desk: Desk) -> None:
    number = offered(desk)
    desk.do("withdraw_handover", number)
    with pytest.raises(HuiyinError):
        desk.do("accept_handover", number)
    assert desk.matter(number).custodian_id == desk.id("clerk")


@pytest.mark.parametrize("verb", ["offer_handover", "withdraw_handover"])
def test_only_the_custodian_gives(desk: Desk, verb: str) -> None:
    number = offered(desk)
    fields = {"to": desk.id("head")} if verb == "offer_handover" else {}
    with pytest.raises(Forbidden):
        desk.do(verb, number, who="head", **fields)


@pytest.mark.parametrize("verb", ["accept_handover", "bounce_handover"])
def test_only_the_one_asked_takes(desk: Desk, verb: str) -> None:
    number = offered(desk)
    fields = {"reason": "不要"} if verb == "bounce_handover" else {}
    for who in ("clerk", "head"):
        with pytest.raises(Forbidden):
            desk.do(verb, number, who=who, **fields)


def test_nothing_goes_to_oneself_to_somebody_gone_or_to_another_office(desk: Desk) -> None:
    number = desk.accepted()
    with pytest.raises(Unlawful) as caught:
        desk.do("offer_handover", number, to=desk.id("clerk"))
    assert caught.value.code == "handover_to_self"
    stranger = make_office("beitang").people["clerk"]
    with pytest.raises(NotFound):
        desk.do("offer_handover", number, to=stranger.id)
    gone = desk.office.people["receptionist"]
    type(gone).objects.filter(id=gone.id).update(active=False)
    with pytest.raises(Invalid):
        desk.do("offer_handover", number, to=gone.id)


def test_nothing_goes_to_somebody_who_holds_no_post_any_more(desk: Desk) -> None:
    number, left = desk.accepted(), desk.office.people["receptionist"]
    for held in Appointment.objects.filter(person=left, until=None):
        organisation.end_appointment(held, until=desk.at.date(), by=organisation.OPERATOR, at=desk.at)
    with pytest.raises(Invalid):
        desk.do("offer_handover", number, to=left.id)


def test_a_second_offer_is_refused_by_the_verb_and_by_the_database(desk: Desk) -> None:
    number = offered(desk)
    with pytest.raises(Unlawful) as caught:
        desk.do("offer_handover", number, to=desk.id("head"))
    assert caught.value.code == "handover_pending"
    first = Handover.objects.get(matter__number=number)
    with pytest.raises(IntegrityError), write():
        second_pending(first, desk.id("head"))


def test_an_ended_offer_does_not_stand_in_the_way(desk: Desk) -> None:
    # Negative control of the constraint: it is pendency that it counts, not offers.
    number = offered(desk)
    first = Handover.objects.get(matter__number=number)
    desk.do("bounce_handover", number, reason="不归救助岗")
    with write():
        second_pending(first, desk.id("head"))
    assert Handover.objects.filter(matter__number=number).count() == 2


def test_without_its_guard_the_verb_meets_the_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # Negative control of the verb: with the guard in the transition table gone, the constraint still holds.
    number = offered(desk)
    unguarded = {kind: move for kind, move in moves.MOVES.items() if kind is not e.HandoverOffered}
    monkeypatch.setattr(moves, "MOVES", unguarded)
    with pytest.raises(IntegrityError), write():
        desk.do("offer_handover", number, to=desk.id("head"))


def test_no_custodian_cannot_be_stored(desk: Desk) -> None:
    number = desk.accepted()
    with pytest.raises(IntegrityError), write(), connection.cursor() as cursor:
        cursor.execute("UPDATE matter SET custodian_id = NULL WHERE number = %s", [number])
    with pytest.raises(IntegrityError), write():
        Matter.objects.filter(number=number).update(custodian=None)


def test_raw_sql_reaches_columns_that_may_be_empty(desk: Desk) -> None:
    # Negative control: the same statement passes on a column that may be NULL.
    number = desk.accepted()
    with write(), connection.cursor() as cursor:
        cursor.execute("UPDATE matter SET offered_to_id = NULL WHERE number = %s", [number])
        assert cursor.rowcount == 1


def test_two_custodians_are_one_column(desk: Desk) -> None:
    number = offered(desk)
    names = {field.name for field in Matter._meta.get_fields() if "custodian" in field.name}
    assert names == {"custodian"}
    with pytest.raises(IntegrityError), write():
        Matter.objects.filter(number=number).update(offered_to=desk.id("clerk"))


def test_a_stand_in_takes_for_the_absent_and_custody_goes_to_the_absent(desk: Desk) -> None:
    number = offered(desk)
    with pytest.raises(Forbidden):
        desk.do("accept_handover", number, who="clerk", acting_for="second_clerk")
    desk.office.absent("second_clerk", starts_at=desk.at)
    desk.do("accept_handover", number, who="clerk", acting_for="second_clerk")
    assert desk.matter(number).custodian_id == desk.id("second_clerk")


def test_a_matter_is_not_found_by_who_may_not_see_it(office: Office) -> None:
    desk = Desk(office)
    number = offered(desk)
    other = Desk(make_office("beitang"))
    for stranger, who in ((desk, "receptionist"), (other, "main_leader")):
        with pytest.raises(NotFound):
            stranger.do("accept_handover", number, who=who)


def second_pending(first: Handover, taker: UUID) -> None:
    Handover.objects.create(
        matter=first.matter, giver=first.giver, taker_id=taker, offered_at=first.offered_at
    )


class TestGone:
    """A matter whose custodian has gone has somebody over it who names another (invariant 1)."""

    def leave(self, desk: Desk, who: str) -> None:
        organisation.leave(desk.office.people[who], by=organisation.OPERATOR, at=desk.at)

    def test_it_is_told_to_the_new_custodian_and_verified(self, desk: Desk) -> None:
        number = desk.accepted()
        self.leave(desk, "clerk")
        desk.do("assign_custodian", number, who="head", to=desk.id("second_clerk"), reason="原经办人调离")
        assert desk.matter(number).custodian_id == desk.id("second_clerk")
        assert {row.bearer_id for row in duties.of_subject(desk.matter(number).id) if not row.ended_at} == {
            desk.id("second_clerk")
        }
        told = Message.objects.filter(person=desk.id("second_clerk"), link__contains=number)
        assert {row.text for row in told} == {"matter_assigned"}
        assert queries.verify().faults == []
        assert desk.do("grant", number, who="second_clerk", reply="准予。").stage == "granted"

    def test_who_holds_no_position_any_more_has_gone_too(self, desk: Desk) -> None:
        number = desk.accepted()
        assert queries.deserted(desk.office.asker("head", desk.at), desk.at) == []
        for held in Appointment.objects.filter(person=desk.id("clerk")):
            organisation.end_appointment(held, until=desk.at.date(), by=organisation.OPERATOR, at=desk.at)
        for who, sees in (("head", 1), ("leader_in_charge", 1), ("main_leader", 1), ("office_head", 0)):
            assert len(queries.deserted(desk.office.asker(who, desk.at), desk.at)) == sees
        assert queries.count_deserted(desk.office.tenant.id, desk.at) == 1
        desk.do("assign_custodian", number, who="leader_in_charge", reason="暂由我办")
        assert desk.matter(number).custodian_id == desk.id("leader_in_charge")
        assert queries.count_deserted(desk.office.tenant.id, desk.at) == 0

    def test_those_about_to_leave_are_counted_before_they_do(self, desk: Desk) -> None:
        desk.accepted()
        desk.closed()
        tenant = desk.office.tenant.id
        assert queries.count_deserted(tenant, desk.at, {desk.id("clerk")}) == 1
        assert queries.count_deserted(tenant, desk.at, {desk.id("head")}) == 0


def test_what_waits_for_several_who_have_gone_is_moved_one_by_one_and_never_at_a_guess(desk: Desk) -> None:
    number = desk.enquiry(who="receptionist")
    papers = (Paper(name="收入证明", present=True),)
    lost = ("clerk", "second_clerk")
    for who in lost:
        desk.do("keep_papers", number, who="receptionist", to=desk.id(who), papers=papers)
    for who in lost:
        organisation.leave(desk.office.people[who], by=organisation.OPERATOR, at=desk.at)
    moved = {"who": "receptionist", "to": desk.id("office_head"), "reason": "原经办人调离"}
    with pytest.raises(Invalid) as refusal:
        desk.do("readdress", number, **moved)
    assert set(refusal.value.fields) == {"whose"}
    assert desk.matter(number).papers_for == [str(desk.id(one)) for one in lost]
    desk.do("readdress", number, whose=desk.id("second_clerk"), **moved)
    assert desk.matter(number).papers_for == [str(desk.id(one)) for one in ("clerk", "office_head")]
    # With one left there is nothing to choose.
    desk.do("readdress", number, **{**moved, "to": desk.id("head")})
    assert desk.matter(number).papers_for == [str(desk.id(one)) for one in ("head", "office_head")]
