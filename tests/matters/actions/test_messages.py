"""Whom a happening concerns hears of it, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.delivery.models import Channel, Message
from tests.commissions import COUNTED, commission_office
from tests.matters.handling import TAKEN_BACK, Desk


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
    assert {who for who, _ in told(desk, "extension_wanted")} == {"main_leader"}
    assert {who for who, _ in told(desk, "refusal_wanted")} == {"leader_in_charge"}


def test_who_asked_hears_what_was_asked_and_how_it_was_decided(desk: Desk) -> None:
    granted, denied = desk.asked_for_time(), desk.asked_for_time()
    desk.do("approve_extension", granted)
    desk.do("refuse_extension", denied, opinion="抓紧办理")
    desk.do("approve_refusal", desk.filed())
    desk.do("overturn_refusal", desk.filed(), opinion="应予办理")
    for text in ("extension_granted", "extension_denied", "refusal_granted", "refusal_overturned"):
        assert {who for who, _ in told(desk, text)} == {"clerk"}, text


def test_leaders_hear_that_a_refusal_is_an_important_one(db: None) -> None:
    desk = Desk(commission_office())
    number = desk.accepted(materials=COUNTED)
    form = {"facts": "甲", "reasons": "乙", "legal_basis": "《社会救助暂行办法》第九条"}
    more = {"ground": "violates_law", "phone": "13900001234", "opinion": "拟不予办理"}
    weight = {"importance": "important", "importance_reason": "涉及全村"}
    desk.do("propose_refusal", number, **form, **more, **weight)
    desk.do("file_refusal", number)
    assert {who for who, _ in told(desk, "refusal_wanted_important")} == {"leader_in_charge"}
    desk.do("approve_refusal", number, opinion="属实")
    assert {who for who, _ in told(desk, "refusal_wanted_important")} == {"leader_in_charge", "main_leader"}
    assert told(desk, "refusal_wanted") == set()


def test_while_a_level_is_missing_the_next_leader_hears_and_nobody_is_told_it_is_approved(desk: Desk) -> None:
    levels = ["leader_in_charge", "main_leader"]
    with mock.patch("huiyin.rules.regimes.refusal_filing.levels", return_value=levels):
        number = desk.filed()
        desk.do("approve_refusal", number)
        assert {who for who, _ in told(desk, "refusal_wanted")} == {"leader_in_charge", "main_leader"}
        assert told(desk, "refusal_granted") == set()
        desk.do("approve_refusal", number, who="main_leader")
    assert {who for who, _ in told(desk, "refusal_granted")} == {"clerk"}


def test_the_applicant_hears_by_mail_and_only_where_there_is_an_address(desk: Desk) -> None:
    desk.register()
    assert told(desk, "matter_received") == set()
    desk.register(applicant_email="wang@example.com")
    assert told(desk, "matter_received") == {("applicant", Channel.EMAIL.value)}


def test_messages_name_the_number_and_nobody(desk: Desk) -> None:
    number = desk.register(applicant_email="wang@example.com", applicant_name="王小明")
    for row in Message.objects.filter(tenant=desk.office.tenant):
        assert row.params == {"number": number}


def test_the_applicant_hears_of_a_withdrawal_and_is_not_asked_to_rate_it(desk: Desk) -> None:
    number = desk.register(applicant_email="wang@example.com")
    desk.do("withdraw", number, reason="申请人来电", **TAKEN_BACK)
    assert told(desk, "matter_withdrawn") == {("applicant", Channel.EMAIL.value)}
    desk.do("close", number)
    assert told(desk, "rating_invited") == set()
    # Negative control: what was granted is.
    granted = desk.accepted(applicant_email="wang@example.com")
    desk.do("grant", granted, reply="准予。")
    desk.do("deliver", granted, how="in_person")
    desk.do("close", granted)
    assert told(desk, "rating_invited") == {("applicant", Channel.EMAIL.value)}


def test_two_units_that_keep_silent_are_two_messages_though_saved_at_once(desk: Desk) -> None:
    number = desk.register()
    for who in ("office_head", "main_leader"):
        desk.do("consult_unit", number, to=desk.id(who), question="有没有意见？")
    desk.at += timedelta(days=4)
    desk.do("answer_consultation", number, who="office_head", verdict="none")
    rows = Message.objects.filter(text="consult_silent", person=desk.id("clerk"), channel=Channel.INAPP)
    assert rows.count() == len(("ZH", "LD"))
