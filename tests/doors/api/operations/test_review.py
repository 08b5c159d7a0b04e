from __future__ import annotations

from tests.doors.api.programs import Program, application, papers, refused, said
from tests.factories import Office


def test_an_application_with_a_paper_missing_is_not_taken_on(clerk: Program) -> None:
    number = application(clerk, materials=papers("收入证明"))["number"]
    found = refused(clerk.post(f"/matters/{number}/acceptance"), 409, "materials_missing")
    assert "1" in found["detail"]
    said(clerk.post(f"/matters/{number}/materials", {"materials": papers()}))
    said(clerk.post(f"/matters/{number}/acceptance"))


def test_a_notice_needs_something_missing_and_names_it(clerk: Program) -> None:
    whole = application(clerk)["number"]
    refused(clerk.post(f"/matters/{whole}/notice", {"supplement_how": "窗口"}), 409, "nothing_missing")
    number = application(clerk, materials=papers("收入证明"))["number"]
    receipt = said(clerk.post(f"/matters/{number}/notice", {"supplement_how": "窗口"}))
    matter = said(clerk.get(f"/matters/{number}"))
    assert matter["notices"] == 1
    missing = [one["name"] for one in matter["materials"] if one["required"] and not one["present"]]
    assert missing == ["收入证明"]
    assert [one["id"] for one in matter["documents"]] == receipt["documents"]
    assert matter["documents"][0]["kind"]["code"] == "one_time_notice"


def test_only_the_custodian_reviews(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    head = Program(office, "head")
    for place, body in (
        ("materials", {"materials": papers()}),
        ("notice", {"supplement_how": "窗口"}),
        ("acceptance", {}),
        ("supplement", {}),
    ):
        found = refused(head.post(f"/matters/{number}/{place}", body), 403, "forbidden")
        assert "卫经办" in found["detail"]


def test_papers_are_at_least_one(clerk: Program) -> None:
    number = application(clerk)["number"]
    found = refused(clerk.post(f"/matters/{number}/materials", {"materials": []}), 422, "invalid")
    assert set(found["errors"]) == {"materials"}
    both = [{"name": "收入证明", "present": True, "problem": "没有盖章"}]
    found = refused(clerk.post(f"/matters/{number}/materials", {"materials": both}), 422, "invalid")
    assert set(found["errors"]) == {"materials.0.problem"}
    twice = {"materials": [*papers(), *papers("收入证明")]}
    found = refused(clerk.post(f"/matters/{number}/materials", twice), 422, "invalid")
    assert set(found["errors"]) == {"materials"}
