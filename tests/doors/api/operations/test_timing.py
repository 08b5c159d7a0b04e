from __future__ import annotations

from datetime import timedelta
from unittest import mock

from tests.doors.api.programs import Program, application, refused, said
from tests.factories import AT, Office

ASKED = {"amount": 5, "reason": "需入户核查"}


def test_nobody_extends_after_the_limit(clerk: Program, now: mock.Mock) -> None:
    number = application(clerk)["number"]
    said(clerk.post(f"/matters/{number}/acceptance"))
    now.return_value = AT + timedelta(days=60)
    found = refused(clerk.post(f"/matters/{number}/extension", ASKED), 409, "extension_after_limit")
    assert found["clause"] == "p4.time-limit.8.b"
    # The control: before the limit the same request is taken.
    now.return_value = AT + timedelta(days=1)
    said(clerk.post(f"/matters/{number}/extension", ASKED))


def test_nobody_decides_their_own_extension(office: Office, now: mock.Mock) -> None:
    leader = Program(office, "main_leader")
    number = application(leader)["number"]
    said(leader.post(f"/matters/{number}/acceptance"))
    refused(leader.post(f"/matters/{number}/extension", ASKED), 409, "nobody_may_decide")
    office.second_main_leader("office_head")
    said(leader.post(f"/matters/{number}/extension", ASKED))
    found = refused(leader.post(f"/matters/{number}/extension/approval"), 403, "forbidden")
    assert found["clause"] == "p4.time-limit.8.b"
    (line,) = said(leader.get("/decisions"))["rows"]
    assert line["own"]
    # The control: the other main leader decides on the same request.
    other = Program(office, "office_head")
    said(other.post(f"/matters/{number}/extension/approval"))


def test_only_the_main_leader_decides_and_only_what_was_asked(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    leader = Program(office, "main_leader")
    for place in ("approval", "refusal"):
        body = {"opinion": "好"}
        refused(leader.post(f"/matters/{number}/extension/{place}", body), 409, "nothing_waiting")
    said(clerk.post(f"/matters/{number}/acceptance"))
    said(clerk.post(f"/matters/{number}/extension", ASKED))
    for key in ("head", "leader_in_charge", "clerk", "efficiency_office"):
        refused(Program(office, key).post(f"/matters/{number}/extension/approval"), 403, "forbidden")
    found = refused(leader.post(f"/matters/{number}/extension/refusal", {"opinion": ""}), 422, "invalid")
    assert set(found["errors"]) == {"opinion"}
    said(leader.post(f"/matters/{number}/extension/approval"))
    refused(leader.post(f"/matters/{number}/extension/approval"), 409, "nothing_waiting")


def test_telling_and_resuming_need_something_to_tell_and_to_resume(clerk: Program) -> None:
    number = application(clerk)["number"]
    said(clerk.post(f"/matters/{number}/acceptance"))
    refused(clerk.post(f"/matters/{number}/extension/telling", {"how": "phone"}), 409, "nothing_waiting")
    refused(clerk.post(f"/matters/{number}/resume"), 409, "not_now")
    hearing = {"procedure": "hearing", "planned_days": 5, "basis": "涉及他人重大利益"}
    for field, value in (("procedure", "lunch"), ("planned_days", 0), ("basis", " ")):
        wrong = clerk.post(f"/matters/{number}/pause", {**hearing, field: value})
        assert set(refused(wrong, 422, "invalid")["errors"]) == {field}
    said(clerk.post(f"/matters/{number}/pause", hearing))
    refused(clerk.post(f"/matters/{number}/pause", hearing), 409, "not_now")
