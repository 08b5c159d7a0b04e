from __future__ import annotations

import pytest

from tests.doors.api.programs import Program, application, enquiry, refused, said
from tests.factories import Office, make_office


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("clerk", True),
        ("head", True),
        ("leader_in_charge", True),
        ("main_leader", True),
        ("efficiency_office", True),
        ("second_clerk", False),
        ("office_head", False),
        ("stand_in", False),
        ("receptionist", False),
        ("administrator", False),
    ],
)
def test_what_somebody_owes_is_seen_by_those_who_answer_for_them(
    office: Office, clerk: Program, who: str, *, may: bool
) -> None:
    number = enquiry(clerk)["number"]
    answer = Program(office, who).get("/owed", staff_no="1005")
    if may:
        found = said(answer)
        assert [one["number"] for one in found["rows"]] == [number]
        assert found["staff"]["staff_no"] == "1005"
    else:
        assert refused(answer, 403, "forbidden")["detail"]


def test_what_a_stranger_owes_is_not_told_and_neither_is_whether_they_are_there(
    office: Office, clerk: Program
) -> None:
    other = make_office("wuming")
    enquiry(Program(other, "clerk"))
    leader = Program(office, "main_leader")
    assert said(leader.get("/owed", staff_no="1005"))["rows"] == []
    refused(leader.get("/owed", staff_no="9999"), 404, "not_found")


def test_what_is_owed_comes_least_time_first_and_says_when_there_is_more(clerk: Program) -> None:
    slow, quick = application(clerk)["number"], enquiry(clerk, urgency="urgent")["number"]
    rows = said(clerk.get("/owed"))
    assert [one["number"] for one in rows["rows"]] == [quick, slow]
    assert rows["rows"][0]["minutes_left"] < rows["rows"][1]["minutes_left"]
    assert not rows["more"]
    assert said(clerk.get("/owed", limit=1))["more"]


def test_a_paper_belongs_to_its_matter(office: Office, clerk: Program) -> None:
    number, other = application(clerk)["number"], application(clerk)["number"]
    (paper,) = said(clerk.post(f"/matters/{number}/acceptance"))["documents"]
    answer = clerk.get(f"/matters/{number}/documents/{paper}")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "孙" not in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    for place in (f"{other}/documents/{paper}", f"{number}/documents/{'0' * 32}", f"{number}/documents/x"):
        refused(clerk.get(f"/matters/{place}"), 404, "not_found")
    refused(Program(office, "receptionist").get(f"/matters/{number}/documents/{paper}"), 404, "not_found")


def test_the_timeline_holds_no_personal_data(clerk: Program) -> None:
    number = application(clerk, details="孙申请住在一号楼")["number"]
    answer = clerk.get(f"/matters/{number}/timeline")
    events = said(answer)["events"]
    assert [one["kind"]["code"] for one in events] == ["matter.registered", "materials.checked"]
    assert all(len(one["hash"]) == 64 for one in events)
    for secret in ("孙申请", "13800001234", "一号楼", "居民户口簿"):
        assert secret not in answer.content.decode()
