from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue import actions as catalogue
from huiyin.organisation.actions import OPERATOR
from tests.doors.api.programs import Program, said
from tests.factories import AT, Office


def test_who_asks_is_told_what_they_hold_and_for_whom_they_may_act(office: Office) -> None:
    office.absent("clerk", starts_at=AT - timedelta(hours=1))
    me = said(Program(office, "second_clerk", ["read"]).get("/me"))
    assert me["stands_in_for"] == ["1005"]
    assert [one["code"] for one in me["rights"]] == ["read"]
    assert [one["code"] for one in me["ranks"]] == ["clerk"]
    assert [one["label"] for one in said(Program(office, "administrator").get("/me"))["roles"]] == [
        "系统管理员"
    ]


def test_items_come_in_pages_at_a_constant_cost(office: Office, clerk: Program) -> None:
    with CaptureQueriesContext(connection) as few:
        first = said(clerk.get("/items", limit=1))
    assert [one["code"] for one in first["rows"]] == ["DB-1"]
    assert first["more"]
    position = office.positions["MZ01"]
    for code in ("DB/2", "DB-3"):
        catalogue.add_item(position, code=code, name=f"事项{code}", instant=True, by=OPERATOR, at=AT)
    with CaptureQueriesContext(connection) as many:
        whole = said(clerk.get("/items"))
    assert len(whole["rows"]) == 4
    assert not whole["more"]
    assert len(many) == len(few)
    # Codes come from other systems: a slash is a sign like any other.
    assert said(clerk.get("/items/DB/2"))["name"] == "事项DB/2"


def test_colleagues_come_without_ids(clerk: Program) -> None:
    (found,) = said(clerk.get("/colleagues", text="1001"))["rows"]
    assert set(found) == {"staff_no", "name", "unit", "position", "phone", "absent"}
    assert said(clerk.get("/colleagues", text="没有这个人"))["rows"] == []
