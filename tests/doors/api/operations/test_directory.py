from __future__ import annotations

from huiyin.catalogue import actions as catalogue
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Position, Tenant
from tests.doors.api.programs import Program, refused, said
from tests.factories import AT, Office, make_office


def test_items_are_the_offices_own_and_active_ones_only(office: Office, clerk: Program) -> None:
    other = make_office("wuming")
    catalogue.add_item(
        other.positions["MZ01"], code="WM-1", name="别处的事项", instant=True, by=OPERATOR, at=AT
    )
    assert [one["code"] for one in said(clerk.get("/items"))["rows"]] == ["DB-1", "ZM-1"]
    for code in ("WM-1", "NO-1", "DB-1/", ""):
        assert clerk.get(f"/items/{code}").status_code == 404, code
    assert said(Program(other, "clerk").get("/items/WM-1"))["name"] == "别处的事项"


def test_colleagues_are_found_in_the_own_office(office: Office, clerk: Program) -> None:
    other = make_office("wuming")
    found = clerk.get("/colleagues", text="经办")
    assert len(said(found)["rows"]) == 2
    assert other.canary not in found.content.decode()
    assert set(refused(clerk.get("/colleagues", text=""), 422, "invalid")["errors"]) == {"text"}
    assert set(refused(clerk.get("/colleagues"), 422, "invalid")["errors"]) == {"text"}


def test_a_guide_says_where_and_by_when(clerk: Program) -> None:
    guide = said(clerk.get("/items/DB-1"))
    assert guide["statutory"]["amount"] == 20
    assert guide["place"]
    assert guide["materials"][2] == {"name": "近期照片", "copies": 2, "original": False, "required": False}


def test_positions_say_who_is_there_and_keep_secret_ones(office: Office, clerk: Program) -> None:
    other = make_office("wuming")
    answer = clerk.get("/positions")
    rows = {one["code"]: one for one in said(answer)["rows"]}
    assert len(rows) == len(office.positions)
    assert other.canary not in answer.content.decode()
    assert rows["MZ01"]["on_duty_as"] == "A"
    office.absent("clerk")
    rows = {one["code"]: one for one in said(clerk.get("/positions"))["rows"]}
    assert (rows["MZ01"]["on_duty_as"], rows["MZ01"]["on_duty"]) == ("B", rows["MZ01"]["b"])
    Position.objects.filter(code="MZ02").update(secret=True, secret_reason="经确定")
    assert "MZ02" not in {one["code"] for one in said(clerk.get("/positions"))["rows"]}
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="company")
    assert said(clerk.get("/positions"))["rows"] == []
