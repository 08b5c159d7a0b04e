"""Registering: who answers, under which number, with which clock; and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.actions import Request
from huiyin.matters.actions.intake import ALPHABET, new_code
from huiyin.matters.models import Matter
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound
from huiyin.rules.identifiers import receipt_number
from huiyin.storage.models import Counter
from tests.factories import make_office
from tests.matters.handling import INCOMPLETE, Desk

APPLICATION = Request(kind="application", channel="counter", item="DB-1", applicant_name="王小明")
ENQUIRY = Request(kind="enquiry", channel="phone", summary="问低保")


def test_whoever_was_asked_answers(desk: Desk) -> None:
    matter = desk.matter(desk.register("receptionist"))
    assert matter.custodian_id == matter.first_responder_id == desk.id("receptionist")
    assert matter.unit == desk.office.units["MZ"]
    named = desk.register("receptionist", first_responder=desk.id("second_clerk"))
    assert desk.matter(named).custodian_id == desk.id("second_clerk")


def test_an_applicant_online_gets_the_post_on_duty(desk: Desk) -> None:
    online = replace(APPLICATION, channel="online", applicant_phone="13900001234")
    first = actions.register(desk.by("applicant"), online)
    assert desk.matter(first.number).custodian_id == desk.id("clerk")
    desk.office.absent("clerk", starts_at=desk.at)
    second = actions.register(desk.by("applicant"), online)
    assert desk.matter(second.number).custodian_id == desk.id("second_clerk")
    asked = replace(ENQUIRY, channel="online", applicant_phone="13900001234")
    third = actions.register(desk.by("applicant"), asked)
    assert desk.matter(third.number).custodian_id == desk.id("receptionist")


def test_numbers_run_without_gaps_and_start_anew_each_year(desk: Desk) -> None:
    prefix = desk.office.tenant.receipt_prefix
    numbers = [desk.enquiry() for _ in range(3)]
    assert numbers == [receipt_number(prefix, 2026, serial) for serial in (1, 2, 3)]
    desk.at = desk.at.replace(year=2027)
    assert desk.enquiry() == receipt_number(prefix, 2027, 1)


def test_a_registration_that_fails_keeps_no_number(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.enquiry(summary="")
    assert not Counter.objects.filter(tenant_id=desk.office.tenant.id).exists()
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"kind": "wish"}, {"kind"}),
        ({"channel": "dream"}, {"channel"}),
        ({"urgency": "very"}, {"urgency"}),
        ({"item": ""}, {"item", "summary"}),
        ({"item": "NONE-1"}, {"item"}),
        ({"applicant_name": " "}, {"applicant_name"}),
        ({"summary": "问" * 201}, {"summary"}),
        ({"details": "问" * 5001}, {"details"}),
        ({"applicant_phone": "12"}, {"applicant_phone"}),
        ({"applicant_id_number": "330106199001011234"}, {"applicant_id_number"}),
        ({"applicant_email": "a@"}, {"applicant_email"}),
        (
            {"kind": "wish", "channel": "dream", "applicant_phone": "12"},
            {"kind", "channel", "applicant_phone"},
        ),
    ],
)
def test_every_wrong_field_is_named_and_nothing_is_stored(
    desk: Desk, change: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.register(desk.by(), replace(APPLICATION, **change))  # type: ignore[arg-type]
    assert set(caught.value.fields) == fields
    assert not Matter.objects.exists()


def test_the_same_request_unchanged_is_stored(desk: Desk) -> None:
    # Negative control of the list above.
    actions.register(desk.by(), APPLICATION)
    assert Matter.objects.count() == 1


def test_an_applicant_leaves_a_way_to_be_reached(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        actions.register(desk.by("applicant"), replace(ENQUIRY, channel="online"))
    assert set(caught.value.fields) == {"applicant_phone"}


@pytest.mark.parametrize("field", ["summary", "details", "applicant_name", "external_ref"])
@pytest.mark.parametrize("mark", ["\0", "\ud800", "\u202e", "\u200b"])
def test_marks_that_no_database_holds_or_nobody_sees_are_dropped(desk: Desk, field: str, mark: str) -> None:
    receipt = actions.register(desk.by(), replace(APPLICATION, **{field: f"问{mark}低保"}))  # type: ignore[arg-type]
    assert getattr(desk.matter(receipt.number), field) == "问低保"


def test_numbers_are_found_however_they_were_typed(desk: Desk) -> None:
    number = desk.enquiry()
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number.lower())
    asker = desk.office.asker("clerk", desk.at)
    for typed in (number.lower(), f" {number}\0", wide):
        assert queries.get(asker, typed).number == number
    assert queries.matters(asker, desk.at, text=f"{number}\0").rows
    with pytest.raises(NotFound):
        queries.get(asker, "\0")


def test_a_foreign_reference_is_registered_once_in_an_office(desk: Desk) -> None:
    actions.register(desk.by(), replace(APPLICATION, external_ref="A-1"))
    with pytest.raises(Conflict) as caught:
        actions.register(desk.by(), replace(APPLICATION, external_ref="A-1"))
    assert caught.value.code == "external_ref_taken"
    other = Desk(make_office("beitang"))
    actions.register(other.by(), replace(APPLICATION, external_ref="A-1"))


def test_nobody_registers_for_a_colleague_who_is_there(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.register(desk.by("second_clerk", acting_for="clerk"), APPLICATION)


def test_nobody_of_another_office_can_be_named(desk: Desk) -> None:
    stranger = make_office("beitang").people["clerk"].id
    with pytest.raises((NotFound, Invalid)):
        desk.register(first_responder=stranger)


def test_papers_found_at_the_counter_are_kept(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    assert desk.kinds(number) == ["matter.registered", "materials.checked"]
    found = {row.name: (row.present, row.problem) for row in desk.matter(number).materials.all()}
    assert found == {"居民户口簿": (True, ""), "收入证明": (False, "没有单位盖章")}


def test_codes_do_not_repeat_and_use_the_whole_alphabet() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert set("".join(codes)) == set(ALPHABET)


def test_the_event_holds_no_personal_data(desk: Desk) -> None:
    secrets: dict[str, Any] = {
        "applicant_name": "欧阳询问",
        "applicant_phone": "13912345678",
        "details": "家住三组二号",
        "summary": "欧阳家低保",
    }
    number = desk.register(**secrets)
    told = dump_events(desk, number)
    assert not [text for text in secrets.values() if text in told]
    assert number in told


def dump_events(desk: Desk, number: str) -> str:
    rows = LedgerEvent.objects.filter(subject_id=desk.matter(number).id)
    return "".join(row.body for row in rows)
