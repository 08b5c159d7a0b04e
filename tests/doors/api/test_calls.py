from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest

from huiyin.matters.models import Matter
from tests.doors.api.programs import Program, enquiry, refused, said
from tests.factories import AT, Office, make_office


def test_a_stand_in_acts_for_the_absent_and_says_so(office: Office, clerk: Program, now: mock.Mock) -> None:
    number = enquiry(clerk)["number"]
    second = Program(office, "second_clerk")
    matter, reply, named = f"/matters/{number}/answer", {"reply": "可以办。"}, {"Huiyin-Acting-For": "1005"}
    # While the colleague is here nobody acts for them, and nobody handles their matter unnamed.
    refused(second.post(matter, reply, **named), 403, "not_stand_in")
    office.absent("clerk", starts_at=AT + timedelta(hours=1))
    now.return_value = AT + timedelta(hours=2)
    refused(second.post(matter, reply), 403, "forbidden")
    # Strangers, another office's people and nobody at all are told the same.
    make_office("wuming")
    other = Program(office, "receptionist")
    same = [
        refused(other.post(matter, reply, **{"Huiyin-Acting-For": staff_no}), 403, "not_stand_in")
        for staff_no in ("1005", "1001", "9999", "不存在")
    ]
    assert all(one == same[0] for one in same)
    said(second.post(matter, reply, **named))
    events = said(second.get(f"/matters/{number}/timeline"))["events"]
    assert events[-1]["actor"].startswith("蒋经办")
    assert events[-1]["acting_for"].startswith("卫经办")


def test_a_program_registers_for_the_absent_colleague_it_names(office: Office, clerk: Program) -> None:
    office.absent("clerk", starts_at=AT - timedelta(hours=1))
    second = Program(office, "second_clerk")
    body = {"kind": "enquiry", "channel": "counter", "summary": "低保"}
    said(second.post("/matters", body, **{"Huiyin-Acting-For": "1005"}), 201)
    assert Matter.objects.get().custodian == office.people["clerk"]


def test_a_key_is_visible_characters_of_bounded_length(clerk: Program) -> None:
    body = {"kind": "enquiry", "channel": "counter", "summary": "低保"}
    for key in ("", "k" * 81, "a b", "键"):
        assert clerk.post("/matters", body, **{"Idempotency-Key": key}).status_code == 400, key
    said(clerk.post("/matters", body, key="k" * 80), 201)
    said(clerk.post("/matters", body, key='"8e03978e-40d5-43dd-bc93-6894a57f9324"'), 201)


def test_a_version_that_cannot_be_read_is_not_ignored(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    for given in ("1", '"x"', '"1", "2"', '"9999999999"', "W/1"):
        answer = clerk.post(f"/matters/{number}/answer", {"reply": "好"}, **{"If-Match": given})
        refused(answer, 400, "version_unreadable")
    assert Matter.objects.get().stage == "open"


@pytest.mark.parametrize("named", ["\xff\x00", "\x00", "1005\x00\xff", "\xff"])
def test_a_header_that_is_no_text_names_nobody(clerk: Program, named: str) -> None:
    number = enquiry(clerk)["number"]
    answer = clerk.post(f"/matters/{number}/answer", {"reply": "可以办。"}, **{"Huiyin-Acting-For": named})
    assert answer.status_code in {200, 403}
