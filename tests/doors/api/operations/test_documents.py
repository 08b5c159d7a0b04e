"""Official documents through the interface: who signs needs a right of its own, and names are checked."""

from __future__ import annotations

from huiyin.doors.rights import Right
from tests.doors.api.programs import Program, refused, said
from tests.factories import Office

TOLD = {"title": "关于报送情况的通知", "source": "县政府办公室", "limit_amount": 8}


def test_a_limit_of_the_document_is_its_clock_and_unknown_people_are_named(office: Office) -> None:
    keeper = Program(office, "office_head")
    both = {**TOLD, "until": "2026-01-20"}
    assert set(refused(keeper.post("/documents/incoming", both), 422, "invalid")["errors"]) == {"until"}
    number = said(keeper.post("/documents/incoming", TOLD), 201)["number"]
    shown = said(keeper.get(f"/matters/{number}"))
    assert [one["duty"]["code"] for one in shown["clocks"]] == ["complete_document"]
    assert shown["entry"]["number"] == "ZHAO收〔2026〕1号"
    problem = refused(keeper.post(f"/matters/{number}/sending", {"to": "9999"}), 422, "invalid")
    assert set(problem["errors"]) == {"to"}


def test_a_program_that_may_register_signs_nothing(office: Office) -> None:
    keeper = Program(office, "office_head", [Right.DOCUMENTS, Right.READ])
    number = said(keeper.post("/documents/incoming", TOLD), 201)["number"]
    answer = keeper.post(f"/matters/{number}/opinions", {"opinion": "拟由民政办办理。"})
    refused(answer, 403, "right_missing")
    signing = Program(office, "office_head", [Right.SIGN_DOCUMENTS])
    assert (
        said(signing.post(f"/matters/{number}/opinions", {"opinion": "拟由民政办办理。"}))["number"] == number
    )
