"""What comes in is counted one a line, and asked for only where it is signed for."""

from __future__ import annotations

import re

import pytest

from huiyin.documents.contents import Kind
from huiyin.doors.desk import counting
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import Invalid
from huiyin.rules.rulebook import load
from tests.doors.desk.browser import Desk, said
from tests.factories import Office

HERE = Paper("居民户口簿", present=True, pages=4)
MISSING = Paper("收入证明", present=False, problem="没有带来")


def told(office: Office) -> str:
    """An application of which one paper is waited for; its number."""
    asker = office.asker("clerk")
    asked = Request(
        kind="application",
        channel="counter",
        summary="",
        item="DB-1",
        applicant_name="王小明",
        materials=(HERE,),
    )
    number = actions.register(By(asker, office.at, "1"), asked).number
    actions.check_materials(By(asker, office.at, "2"), number, found=(HERE, MISSING))
    actions.issue_notice(By(asker, office.at, "3"), number, supplement_how="到窗口")
    return number


def bound_by(office: Office, rulebook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the office under a rulebook for one test."""
    monkeypatch.setattr(office.tenant, "rulebook", rulebook)
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)


def receipts(number: str) -> int:
    matter = Matter.objects.get(number=number)
    return sum(row.kind == Kind.RECEIPT for row in queries.documents_of(matter))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("收入证明 2 3", ("收入证明", 2, 3)),
        ("收入证明 2", ("收入证明", 2, None)),
        ("  收入证明  ", ("收入证明", 1, None)),
        ("表格 A 1 2", ("表格 A", 1, 2)),
        ("表格 A", ("表格 A", 1, None)),
    ],
)
def test_a_line_is_a_paper_with_its_copies_and_pages(typed: str, found: tuple[str, int, int | None]) -> None:
    [paper] = counting.lines(f"\n{typed}\n", ["表格", "表格 A"])
    assert (paper.name, paper.copies, paper.pages, paper.present) == (*found, True)


@pytest.mark.parametrize("typed", ["表格 B 1 2", "收入证明 1 2 3", "收入证明 1\n申请书 两 3"])
def test_a_line_that_reads_otherwise_is_no_paper(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        counting.lines(typed, ["表格 A"])
    assert set(caught.value.fields) == {"papers"}


@pytest.mark.parametrize(
    ("rulebook", "instant", "counts"),
    [("commission", False, True), ("commission", True, False), ("township", False, False)],
)
def test_pages_are_counted_where_they_are_signed_for(rulebook: str, *, instant: bool, counts: bool) -> None:
    assert counting.counted(Matter(kind="application", instant=instant), load(rulebook)) is counts
    assert counting.counted(Matter(kind="enquiry", instant=instant), load(rulebook)) is False


def test_a_supplement_is_counted_and_signed_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    bound_by(office, "commission", monkeypatch)
    number, desk = told(office), Desk(office, "clerk")
    page = desk.get(f"matters/{number}/").content.decode()
    assert re.search(r"<textarea[^>]*name=\"papers\"[^>]*>\s*收入证明 1 ?</textarea>", page)
    refused = desk.act(number, "receive_supplement", papers="收入证明 1 ")
    assert refused.status_code == 422
    assert "回执单须写明每份材料的页数" in said(refused)
    assert receipts(number) == 1
    assert desk.act(number, "receive_supplement", papers="收入证明 1 3").status_code == 302
    assert receipts(number) == 2


def test_where_nothing_is_signed_for_nothing_is_asked(office: Office) -> None:
    number, desk = told(office), Desk(office, "clerk")
    assert "登记补正收齐" in said(page := desk.get(f"matters/{number}/"))
    assert 'id="receive_supplement-papers"' not in page.content.decode()
    assert desk.act(number, "receive_supplement").status_code == 302
    assert receipts(number) == 0


@pytest.mark.parametrize(("rulebook", "room"), [("township", False), ("commission", True)])
def test_a_checklist_has_room_for_the_pages_of_what_is_signed_for(
    office: Office, monkeypatch: pytest.MonkeyPatch, rulebook: str, *, room: bool
) -> None:
    bound_by(office, rulebook, monkeypatch)
    asked = Request(kind="application", channel="phone", summary="", item="DB-1", applicant_name="王小明")
    number = actions.register(By(office.asker("clerk"), office.at, "1"), asked).number
    page = Desk(office, "clerk").get(f"matters/{number}/").content.decode()
    assert ('name="pages-0"' in page) is room
