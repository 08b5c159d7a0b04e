from __future__ import annotations

import pytest

from huiyin.matters.models import Matter
from tests.doors.api.programs import Program, application, enquiry, refused, said
from tests.factories import Office, make_office


def test_a_registration_is_answered_with_where_the_matter_lives(office: Office, clerk: Program) -> None:
    answer = clerk.post("/matters", {"kind": "enquiry", "channel": "phone", "summary": "怎么办老年卡"})
    receipt = said(answer, 201)
    assert answer["Location"] == f"/api/v1/matters/{receipt['number']}"
    assert answer["ETag"] == '"1"'
    assert len(receipt["code"]) == 10
    row = Matter.objects.get()
    assert row.custodian == row.first_responder == office.people["clerk"]
    assert said(clerk.get("/matters"))["rows"][0]["href"] == answer["Location"]


def test_the_one_who_was_asked_is_named_by_staff_number(office: Office, clerk: Program) -> None:
    number = enquiry(clerk, first_responder="1008")["number"]
    assert Matter.objects.get(number=number).custodian == office.people["receptionist"]
    make_office("wuming")
    for nobody in ("9999", "１００８"):
        body = {"kind": "enquiry", "channel": "phone", "summary": "x", "first_responder": nobody}
        found = refused(clerk.post("/matters", body), 422, "invalid")
        assert found["errors"] == {"first_responder": "本单位没有这个工号"}
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item": "NO-1"}, "item"),
        ({"item": ""}, "item"),
        ({"applicant_name": ""}, "applicant_name"),
        ({"applicant_id_number": "110101199003070000"}, "applicant_id_number"),
        ({"applicant_email": "a@b@c"}, "applicant_email"),
        ({"summary": "长" * 201}, "summary"),
    ],
)
def test_what_cannot_be_registered_names_its_field_and_stores_nothing(
    clerk: Program, wrong: dict[str, str], field: str
) -> None:
    body = {"kind": "application", "channel": "counter", "item": "DB-1", "applicant_name": "孙申请"}
    body |= {"summary": "低保", **wrong}
    assert set(refused(clerk.post("/matters", body), 422, "invalid")["errors"]) == {field}
    assert not Matter.objects.exists()


def test_a_foreign_reference_is_registered_once_an_office(office: Office, clerk: Program) -> None:
    first = application(clerk, external_ref="MZ-2026-7")
    body = {"kind": "enquiry", "channel": "online", "summary": "x", "external_ref": "MZ-2026-7"}
    refused(clerk.post("/matters", body), 409, "external_ref_taken")
    found = said(clerk.get("/matters", text="MZ-2026-7"))["rows"]
    assert [one["number"] for one in found] == [first["number"]]
    assert said(clerk.get(f"/matters/{first['number']}"))["external_ref"] == "MZ-2026-7"
    # The control: another office has references of its own, and none is no reference.
    said(Program(make_office("wuming"), "clerk").post("/matters", body), 201)
    enquiry(clerk)
    enquiry(clerk)


def test_a_new_code_replaces_the_old_one(office: Office, clerk: Program) -> None:
    receipt = enquiry(clerk)
    number = receipt["number"]
    refused(Program(office, "head").post(f"/matters/{number}/code"), 403, "forbidden")
    code = said(clerk.post(f"/matters/{number}/code"))["code"]
    assert code != receipt["code"]
    said(clerk.post("/track", {"number": number, "code": code}))
    refused(clerk.post("/track", {"number": number, "code": receipt["code"]}), 404, "not_found")
