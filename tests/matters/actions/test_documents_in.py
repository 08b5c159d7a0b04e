"""Incoming documents: each step by whom it belongs to, and the handler's unit takes the document on."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.delivery.models import Message
from huiyin.matters import queries
from huiyin.matters.models import Matter, Routing
from huiyin.matters.permissions import lawful_verbs
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from tests.factories import SINCE, make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, away, comes_in, on_its_way, sent


def test_the_unit_that_handles_it_is_the_handlers_from_then_on(desk: Desk) -> None:
    number = sent(desk)
    assert Matter.objects.get(number=number).unit == desk.office.units["ZH"]
    desk.do("sign_for_document", number)
    matter = Matter.objects.get(number=number)
    assert (matter.unit, matter.custodian_id) == (desk.office.units["MZ"], desk.id("clerk"))


@pytest.mark.parametrize("verb", ["present_to_leader", "send_document"])
def test_it_goes_to_people_who_are_here(desk: Desk, verb: str) -> None:
    number = on_its_way(desk)
    with pytest.raises(Invalid):
        desk.do(verb, number, who=KEEPER, to=uuid4())


def test_what_a_colleague_is_offered_is_not_sent_to_another_meanwhile(desk: Desk) -> None:
    number = on_its_way(desk)
    desk.do("offer_handover", number, who=KEEPER, to=desk.id("second_clerk"))
    with pytest.raises(Unlawful) as caught:
        desk.do("send_document", number, who=KEEPER, to=desk.id("clerk"))
    assert caught.value.code == "handover_pending"
    offered = lawful_verbs(desk.office.asker(KEEPER, desk.at), desk.matter(number), desk.at)
    assert "send_document" not in {one.verb for one in offered}
    desk.do("accept_handover", number)
    desk.do("send_document", number, who="second_clerk", to=desk.id("clerk"))
    desk.do("sign_for_document", number)


def test_a_stand_in_writes_the_main_leaders_word_for_them_and_only_meanwhile(desk: Desk) -> None:
    by, office = organisation.OPERATOR, desk.office
    organisation.appoint(office.positions["LD01"], office.people["head"], "B", since=SINCE, by=by, at=desk.at)
    number = comes_in(desk)
    away(desk, "main_leader", hours=4)
    desk.do("present_to_main_leader", number, who=KEEPER)
    row = Routing.objects.get(matter__number=number)
    assert (row.person_id, row.role) == (desk.id("main_leader"), "main_leader")
    told = Message.objects.filter(text="document_presented", channel="inapp")
    assert set(told.values_list("person", flat=True)) == {desk.id("main_leader"), desk.id("head")}
    for as_themselves in ("head", "stand_in"):
        with pytest.raises(HuiyinError):
            desk.do("write_opinion", number, who=as_themselves, opinion="同意，请民政办办理")
    desk.do("write_opinion", number, who="head", acting_for="main_leader", opinion="同意")
    row.refresh_from_db()
    assert (row.opinion, row.done_for_id) == ("同意", desk.id("head"))
    desk.at += timedelta(days=3)
    for acting_for in ("", "main_leader"):
        with pytest.raises((Forbidden, NotFound)):
            desk.do("write_opinion", number, who="head", acting_for=acting_for, opinion="再批一次")


def test_whoever_leads_no_more_writes_no_leaders_word(desk: Desk) -> None:
    number = on_its_way(desk)
    office, day = desk.office, desk.at.date()
    assert queries.count_before(office.asker("leader_in_charge", desk.at)) == 1
    post, successor = office.positions["LD02"], office.people["receptionist"]
    organisation.appoint(post, successor, "A", since=day, by=organisation.OPERATOR, at=desk.at)
    with pytest.raises(Forbidden):
        desk.do("write_opinion", number, who="leader_in_charge", opinion="同意")
    asker = office.asker("leader_in_charge", desk.at)
    assert "write_opinion" not in {one.verb for one in lawful_verbs(asker, desk.matter(number), desk.at)}
    assert queries.count_before(asker) == 0
    # The keeper puts it before whoever leads now.
    desk.do("present_to_leader", number, who=KEEPER, to=successor.id)
    desk.do("write_opinion", number, who="receptionist", opinion="请民政办办理")


def test_nobody_is_no_reader_and_readers_pass_nothing_on(desk: Desk) -> None:
    number = comes_in(desk)
    with pytest.raises(Invalid):
        desk.do("circulate", number, who=KEEPER, to=[])
    desk.do("circulate", number, who=KEEPER, to=[desk.id("head"), desk.id("second_clerk")])
    with pytest.raises(Forbidden):
        desk.do("circulate", number, who="head", to=[desk.id("clerk")])
    desk.do("note_read", number, who="head")
    with pytest.raises(Forbidden):
        desk.do("note_read", number, who="head")


def test_as_many_queries_for_many_readers_as_for_two(desk: Desk) -> None:
    everybody = [one.id for key, one in desk.office.people.items() if key != KEEPER]
    asked = []
    for readers in (everybody[:2], everybody):
        number = comes_in(desk)
        with CaptureQueriesContext(connection) as seen:
            desk.do("circulate", number, who=KEEPER, to=readers)
        told = Message.objects.filter(text="document_circulated", params__number=number, channel="inapp")
        assert {row.person_id for row in told} == set(readers)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_no_reader_from_elsewhere_or_who_has_gone(desk: Desk) -> None:
    number, stranger = comes_in(desk), make_office("beihe").people["clerk"]
    with pytest.raises(Invalid):
        desk.do("circulate", number, who=KEEPER, to=[desk.id("head"), stranger.id])
    organisation.leave(desk.office.people["head"], by=organisation.OPERATOR, at=desk.at)
    with pytest.raises(Invalid):
        desk.do("circulate", number, who=KEEPER, to=[desk.id("second_clerk"), desk.id("head")])
    desk.do("circulate", number, who=KEEPER, to=[desk.id("second_clerk")] * 2)
    assert Routing.objects.filter(matter__number=number, role="reader").count() == 1


def test_whoever_it_is_put_before_hears_of_it(desk: Desk) -> None:
    number = sent(desk)
    desk.do("circulate", number, who=KEEPER, to=[desk.id("head")])
    said = set(
        Message.objects.filter(params__number=number, channel="inapp").values_list("person_id", "text")
    )
    assert {
        (desk.id("main_leader"), "document_presented"),
        (desk.id("leader_in_charge"), "document_presented"),
        (desk.id("clerk"), "document_sent"),
        (desk.id("head"), "document_circulated"),
    } <= said


def test_a_profile_that_knows_no_explanation_takes_none(desk: Desk) -> None:
    number = sent(desk)
    desk.do("sign_for_document", number)
    with pytest.raises(HuiyinError) as caught:
        desk.do("explain_delay", number, reason="等", told_assigner=True, told_leader=True)
    assert caught.value.code == "not_regulated"
    assert queries.explanations_of(Matter.objects.get(number=number)) == []
