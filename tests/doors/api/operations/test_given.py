"""Given work through the interface: what is read from bodies, and who gets which answer."""

from __future__ import annotations

from tests.doors.api.programs import Program, refused, said
from tests.factories import Office

TASK = {"kind": "task", "source": "assigned", "summary": "清理低保台账", "custodian": "1005"}


def test_a_limit_is_days_or_a_day_and_never_both(office: Office) -> None:
    leader = Program(office, "leader_in_charge")
    both = {**TASK, "limit_amount": 3, "until": "2026-01-20"}
    assert set(refused(leader.post("/given", both), 422, "invalid")["errors"]) == {"until"}
    number = said(leader.post("/given", {**TASK, "limit_amount": 3}), 201)["number"]
    shown = said(leader.get(f"/matters/{number}"))
    assert shown["given"] == {"amount": 3, "unit": "working_day", "label": "3个工作日"}
    assert [one["due_at"] for one in shown["clocks"]] == ["2026-01-08T17:30:00+08:00"]


def test_unknown_staff_numbers_are_named_by_their_field(office: Office) -> None:
    leader = Program(office, "leader_in_charge")
    for field, value in (("custodian", "9999"), ("assigner", "9999"), ("accused", ["9999"])):
        body = {**TASK, "urgency": "low", field: value}
        assert set(refused(leader.post("/given", body), 422, "invalid")["errors"]) == {field}


def test_a_clerk_gives_nobody_work(office: Office) -> None:
    second = Program(office, "second_clerk")
    refused(second.post("/given", {**TASK, "urgency": "low"}), 403, "forbidden")
