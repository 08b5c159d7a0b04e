from __future__ import annotations

from huiyin.matters.models import Matter
from tests.doors.api.programs import Program, application, refused, said
from tests.factories import Office


def test_custody_moves_when_it_is_accepted_and_not_before(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    second, head = Program(office, "second_clerk"), Program(office, "head")
    said(clerk.post(f"/matters/{number}/handovers", {"to": "1006", "reason": "属救助岗"}))
    assert Matter.objects.get().custodian == office.people["clerk"]
    refused(head.post(f"/matters/{number}/handovers/accept"), 403, "forbidden")
    refused(clerk.post(f"/matters/{number}/handovers/accept"), 403, "forbidden")
    refused(second.post(f"/matters/{number}/handovers/withdraw"), 403, "forbidden")
    refused(clerk.post(f"/matters/{number}/handovers", {"to": "1008"}), 409, "handover_pending")
    assert Matter.objects.get().custodian == office.people["clerk"]
    said(second.post(f"/matters/{number}/handovers/accept"))
    assert Matter.objects.get().custodian == office.people["second_clerk"]
    refused(clerk.post(f"/matters/{number}/acceptance"), 403, "forbidden")


def test_a_bounce_needs_a_reason_and_leaves_custody_where_it_was(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    second = Program(office, "second_clerk")
    said(clerk.post(f"/matters/{number}/handovers", {"to": "1006"}))
    found = refused(second.post(f"/matters/{number}/handovers/bounce", {"reason": " "}), 422, "invalid")
    assert found["errors"] == {"reason": "退回必须写明理由"}
    assert found["clause"] == "p4.first-responder.2.2.b"
    said(second.post(f"/matters/{number}/handovers/bounce", {"reason": "不属本岗"}))
    assert Matter.objects.get().custodian == office.people["clerk"]
    assert said(second.get("/handovers")) == {"rows": []}


def test_an_offer_goes_to_somebody_of_the_office_and_not_to_oneself(clerk: Program) -> None:
    number = application(clerk)["number"]
    found = refused(clerk.post(f"/matters/{number}/handovers", {"to": "9999"}), 422, "invalid")
    assert found["errors"] == {"to": "本单位没有这个工号"}
    refused(clerk.post(f"/matters/{number}/handovers", {"to": "1005"}), 409, "handover_to_self")
    answer = clerk.post(f"/matters/{number}/handovers/withdraw")
    assert answer.status_code == 409
