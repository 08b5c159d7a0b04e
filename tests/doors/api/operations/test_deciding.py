from __future__ import annotations

from huiyin.matters import labels
from tests.doors.api.programs import Program, application, enquiry, refused, said


def test_a_decision_says_which_and_gives_its_words(clerk: Program) -> None:
    number = application(clerk)["number"]
    decision = f"/matters/{number}/decision"
    for body, field in (
        ({}, "outcome"),
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": "granted"}, "reply"),
        ({"outcome": "refused"}, "explanation"),
        ({"outcome": "granted", "reply": "好", "explanation": "x"}, "explanation"),
    ):
        assert set(refused(clerk.post(decision, body), 422, "invalid")["errors"]) == {field}, body
    refused(clerk.post(decision, {"outcome": "granted", "reply": "准予"}), 409, "not_now")
    said(clerk.post(f"/matters/{number}/acceptance"))
    said(clerk.post(decision, {"outcome": "granted", "reply": "准予"}))
    refused(clerk.post(decision, {"outcome": "granted", "reply": "准予"}), 409, "not_now")


def test_an_answer_is_none_when_it_is_empty_or_a_brush_off(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    for reply in ("", "  ", "这事不知道"):
        answer = clerk.post(f"/matters/{number}/answer", {"reply": reply})
        assert set(said(answer, 422)["errors"]) == {"reply"}
    assert said(answer, 422)["clause"] == "p4.first-responder.3.a"
    said(clerk.post(f"/matters/{number}/answer", {"reply": "带身份证到一号窗口。"}))


def test_a_matter_ends_after_its_outcome_and_its_delivery(clerk: Program) -> None:
    number = application(clerk)["number"]
    closing = f"/matters/{number}/closing"
    found = refused(clerk.post(closing), 409, "no_outcome")
    assert found["clause"] == "p4.service-commitment.4"
    said(clerk.post(f"/matters/{number}/acceptance"))
    said(clerk.post(f"/matters/{number}/decision", {"outcome": "granted", "reply": "准予"}))
    found = refused(clerk.post(closing), 409, "not_now")
    assert labels.STAGES["granted"] in found["detail"]
    assert "granted" not in found["detail"]
    wrong = clerk.post(f"/matters/{number}/delivery", {"how": "pigeon"})
    assert set(refused(wrong, 422, "invalid")["errors"]) == {"how"}
    said(clerk.post(f"/matters/{number}/delivery", {"how": "post"}))
    said(clerk.post(closing))
    refused(clerk.post(closing), 409, "not_now")


def test_a_withdrawal_needs_its_reason(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    found = refused(clerk.post(f"/matters/{number}/withdrawal", {"reason": ""}), 422, "invalid")
    assert set(found["errors"]) == {"reason"}
    found = refused(clerk.post(f"/matters/{number}/withdrawal", {"reason": "不办了"}), 422, "invalid")
    assert set(found["errors"]) == {"withdrawn_by", "how"}
    told = {"reason": "不办了", "withdrawn_by": "王小明", "how": "phone"}
    naive = {**told, "declared_at": "2026-01-05T09:00:00"}
    refused(clerk.post(f"/matters/{number}/withdrawal", naive), 422, "invalid")
    said(clerk.post(f"/matters/{number}/withdrawal", told))
    said(clerk.post(f"/matters/{number}/closing"))
