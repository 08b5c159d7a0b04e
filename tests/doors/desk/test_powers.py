"""The register of who may refuse what at the desk."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from huiyin.matters.models import RefusalRestriction
from tests.commissions import commission_office
from tests.doors.desk.browser import Desk, said
from tests.factories import Office


@pytest.fixture
def leader(office: Office) -> Desk:
    return Desk(office, "main_leader")


def restrict(leader: Desk, *, position: str = "", item: str = "") -> int:
    office = leader.office
    typed = {
        "position": str(office.positions[position].id) if position else "",
        "item": str(office.items[item].id) if item else "",
    }
    return leader.post("refusals/powers/", **typed).status_code


def test_taken_shown_and_given_back(office: Office, leader: Desk) -> None:
    assert "没有登记" in said(leader.get("refusals/powers/"))
    assert restrict(leader, position="MZ01", item="DB-1") == 302
    assert restrict(leader, position="MZ02") == 302
    head = said(Desk(office, "head").get("refusals/powers/"))
    assert "除列出的事项外可以" in head
    assert "不可以，须先请示" in head
    assert "p4.refusal-filing.2.2.a" in head
    assert "登记须先请示" not in head
    row = RefusalRestriction.objects.get(position=office.positions["MZ02"])
    assert Desk(office, "head").post(f"refusals/powers/{row.id}/lift/").status_code == 403
    assert leader.post(f"refusals/powers/{row.id}/lift/").status_code == 302
    assert "不可以，须先请示" not in said(Desk(office, "head").get("refusals/powers/"))


def test_nothing_chosen_twice_or_of_another_office_is_refused_and_kept(office: Office, leader: Desk) -> None:
    empty = leader.post("refusals/powers/", position="", item="")
    assert empty.status_code == 422
    assert "请选择岗位、事项，或者两样都选" in said(empty)
    assert restrict(leader, item="DB-1") == 302
    again = leader.post("refusals/powers/", position="", item=str(office.items["DB-1"].id))
    assert again.status_code == 409
    assert "已经登记过这一项" in said(again)
    assert f'value="{office.items["DB-1"].id}" selected' in again.content.decode()
    assert leader.post("refusals/powers/", position="no-such", item="").status_code == 404


def test_an_item_for_nobody_to_refuse_stands_over_the_table(office: Office, leader: Desk) -> None:
    restrict(leader, item="DB-1")
    page = said(Desk(office, "efficiency_office").get("refusals/powers/"))
    assert "任何岗位都须先请示的事项：" in page
    assert "除列出的事项外可以" in page


def test_heads_see_their_own_unit_and_clerks_nothing(office: Office, leader: Desk) -> None:
    assert "综合办主任岗" in said(leader.get("refusals/powers/"))
    head = said(Desk(office, "head").get("refusals/powers/"))
    assert "低保经办岗" in head
    assert "综合办主任岗" not in head
    assert Desk(office, "clerk").get("refusals/powers/").status_code == 403
    assert Desk(office, "clerk").get("refusals/powers.xlsx").status_code == 403
    # Whoever keeps the register sees it, without the figures that lead elsewhere.
    administrator = Desk(office, "administrator").get("refusals/powers/")
    assert "综合办主任岗" in said(administrator)
    assert "报备统计" not in said(administrator)


def test_the_workbook_says_the_same(office: Office, leader: Desk) -> None:
    restrict(leader, position="MZ01", item="DB-1")
    answer = leader.get("refusals/powers.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    (row,) = [row for row in rows if row[1] == "MZ01"]
    assert row[4:] == ["除列出的事项外可以", office.items["DB-1"].name]


def test_where_it_is_no_condition_the_page_says_so(db: None) -> None:
    page = said(Desk(commission_office("fagai"), "main_leader").get("refusals/powers/"))
    assert "没有规定否定前先请示" in page


def test_the_number_of_queries_does_not_grow(leader: Desk) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert leader.get("refusals/powers/").status_code == 200
        return len(seen)

    restrict(leader, position="MZ01")
    leader.get("refusals/powers/")  # which shows the message that it was recorded
    before = asked()
    restrict(leader, position="MZ02", item="DB-1")
    restrict(leader, item="ZM-1")
    leader.get("refusals/powers/")
    assert asked() == before
