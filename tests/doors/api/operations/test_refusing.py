from __future__ import annotations

from datetime import timedelta

from tests.doors.api.programs import Program, application, refused, said
from tests.factories import AT, Office

FORM = {"facts": "收入超过标准", "reasons": "不符合条件", "legal_basis": "社会救助暂行办法第九条"}
REFUSED = {"outcome": "refused", "explanation": "家庭收入超过标准。"}


def test_nobody_is_refused_without_the_signed_form(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    decision = f"/matters/{number}/decision"
    refused(clerk.post(decision, REFUSED), 409, "refusal_not_filed")
    said(clerk.post(f"/matters/{number}/refusal", FORM))
    refused(clerk.post(decision, REFUSED), 409, "refusal_not_filed")
    said(clerk.post(f"/matters/{number}/refusal/filing"))
    refused(clerk.post(decision, REFUSED), 409, "refusal_not_filed")
    for key in ("clerk", "head", "stand_in"):
        answer = Program(office, key).post(f"/matters/{number}/refusal/approval")
        assert answer.status_code in {403, 404}, key
    said(Program(office, "leader_in_charge").post(f"/matters/{number}/refusal/approval"))
    said(clerk.post(decision, REFUSED))


def test_every_part_of_the_form_is_asked_for(clerk: Program) -> None:
    number = application(clerk)["number"]
    empty = dict.fromkeys(FORM, " ")
    found = refused(clerk.post(f"/matters/{number}/refusal", empty), 422, "invalid")
    assert set(found["errors"]) == set(FORM)
    assert found["clause"] == "p4.refusal-filing.1.b"


def test_the_form_goes_to_the_main_leader_while_the_leader_in_charge_is_away(
    office: Office, clerk: Program
) -> None:
    number = application(clerk)["number"]
    office.absent("leader_in_charge", starts_at=AT - timedelta(hours=1))
    said(clerk.post(f"/matters/{number}/refusal", FORM))
    said(clerk.post(f"/matters/{number}/refusal/filing"))
    (line,) = said(Program(office, "main_leader").get("/decisions"))["rows"]
    assert line["fell_back"]
    assert line["basis"] == FORM["legal_basis"]
    said(Program(office, "main_leader").post(f"/matters/{number}/refusal/approval"))


def test_overturning_needs_an_opinion_and_something_filed(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    leader = Program(office, "leader_in_charge")
    body = {"opinion": "应予办理"}
    refused(leader.post(f"/matters/{number}/refusal/overturning", body), 409, "nothing_waiting")
    said(clerk.post(f"/matters/{number}/refusal", FORM))
    said(clerk.post(f"/matters/{number}/refusal/filing"))
    found = refused(leader.post(f"/matters/{number}/refusal/overturning", {"opinion": ""}), 422, "invalid")
    assert set(found["errors"]) == {"opinion"}
    said(leader.post(f"/matters/{number}/refusal/overturning", body))
