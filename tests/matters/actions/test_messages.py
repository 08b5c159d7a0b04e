"""Whom a happening concerns hears of it, and nobody else."""

from __future__ import annotations

from huiyin.delivery.models import Channel, Message
from tests.matters.handling import Desk


def told(desk: Desk, text: str) -> set[tuple[str, str]]:
    people = {person.id: key for key, person in desk.office.people.items()}
    rows = Message.objects.filter(tenant=desk.office.tenant, text=text)
    return {(people[row.person_id] if row.person_id else "applicant", row.channel) for row in rows}


def test_an_offer_is_told_to_the_colleague_in_the_system_and_by_mail(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"))
    assert told(desk, "handover_offered") == {
        ("second_clerk", Channel.INAPP.value),
        ("second_clerk", Channel.EMAIL.value),
    }


def test_who_acts_is_not_told_of_their_own_act(desk: Desk) -> None:
    desk.enquiry()
    assert told(desk, "matter_assigned") == set()
    desk.enquiry(first_responder=desk.id("second_clerk"))
    assert {who for who, _ in told(desk, "matter_assigned")} == {"second_clerk"}


def test_leaders_hear_of_what_waits_for_them(desk: Desk) -> None:
    desk.asked_for_time()
    desk.filed()
    assert {who for who, _ in told(desk, "decision_wanted")} == {"main_leader", "leader_in_charge"}


def test_the_applicant_hears_by_mail_and_only_where_there_is_an_address(desk: Desk) -> None:
    desk.register()
    assert told(desk, "matter_received") == set()
    desk.register(applicant_email="wang@example.com")
    assert told(desk, "matter_received") == {("applicant", Channel.EMAIL.value)}


def test_messages_name_the_number_and_nobody(desk: Desk) -> None:
    number = desk.register(applicant_email="wang@example.com", applicant_name="王小明")
    for row in Message.objects.filter(tenant=desk.office.tenant):
        assert row.params == {"number": number}
