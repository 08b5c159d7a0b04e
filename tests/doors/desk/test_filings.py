"""The figures about refusals at the desk: who sees them, and that page and workbook say the same."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.commissions import commission_office
from tests.doors.desk.browser import Desk, said
from tests.factories import Office, make_office
from tests.matters.handling import Desk as Handling

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def handling(office: Office) -> Handling:
    return Handling(office)


def sheet(content: bytes, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(name).to_python()


def test_without_any_filing_the_page_says_what_will_come(office: Office) -> None:
    page = said(Desk(office, "head").get("refusals/"))
    assert "这段时间没有否定报备" in page
    assert "这段时间没有人要报备" in page


def test_an_office_that_does_not_regulate_refusals_is_told_so(db: None) -> None:
    office = make_office("zhihui", rulebook="headquarters")
    page = said(Desk(office, "main_leader").get("refusals/"))
    assert "本单位的制度没有规定否定报备" in page
    assert "每个人的报备情况" not in page


@pytest.mark.parametrize(
    ("by", "name"), [("unit", "民政办"), ("month", "2026-03"), ("ground", "没有列明"), ("person", "卫经办")]
)
def test_filings_stand_by_the_group_asked_for_with_the_rates_they_rest_on(
    office: Office, handling: Handling, by: str, name: str
) -> None:
    handling.refused()
    handling.do("overturn_refusal", handling.filed(), opinion="收入算错了")
    page = said(Desk(office, "head").get("refusals/", by=by, **YEAR))
    assert name in page
    assert "100.0% (2/2)" in page
    # Of what was decided all was refused; of what leaders saw half was wrong.
    assert "100.0% (1/1)" in page
    assert "50.0% (1/2)" in page


@pytest.mark.parametrize(("by", "head"), [("unit", "科室"), ("person", "提出人"), ("ground", "科室")])
def test_the_rates_say_what_they_are_grouped_by(
    office: Office, handling: Handling, by: str, head: str
) -> None:
    handling.refused()
    page = Desk(office, "head").get("refusals/", by=by, **YEAR).content.decode()
    rates = page.partition('id="rates-title"')[2]
    assert re.findall(r'<th scope="col">([^<]*)</th>', rates)[0] == head


def test_a_dash_says_why_nothing_is_counted(office: Office, handling: Handling) -> None:
    head = Desk(office, "head")
    assert "不计算" not in said(head.get("refusals/", **YEAR))
    handling.filed()
    page = said(head.get("refusals/", **YEAR))
    assert "按时审批率 —" in page
    assert "不计算" in page


def test_a_persons_record_opens_from_the_counts(office: Office, handling: Handling) -> None:
    number = handling.filed()
    head = Desk(office, "head")
    address = f"refusals/people/{office.people['clerk'].id}/"
    assert address in head.get("refusals/", **YEAR).content.decode()
    page = said(head.get(address, **YEAR))
    assert number in page
    assert "提前完成" in page
    assert "审批中" in page
    assert "这段时间没有要报备的" in said(head.get(address, since="2025-01-01", until="2025-02-01"))


def test_nobody_but_who_answers_for_the_unit_finds_it(office: Office, handling: Handling) -> None:
    handling.filed()
    address = f"refusals/people/{office.people['clerk'].id}/"
    other = Desk(office, "office_head")
    assert other.get(address, **YEAR).status_code == 404
    assert "这段时间没有否定报备" in said(other.get("refusals/", **YEAR))
    assert Desk(office, "clerk").get("refusals/").status_code == 403
    assert Desk(office, "efficiency_office").get(address, **YEAR).status_code == 200


def test_everybody_reads_their_own_record_and_nobody_elses(office: Office, handling: Handling) -> None:
    number = handling.filed()
    clerk, second = Desk(office, "clerk"), Desk(office, "second_clerk")
    mine = f"refusals/people/{office.people['clerk'].id}/"
    for address in ("refusals/own/", mine):
        page = said(clerk.get(address, **YEAR))
        assert number in page
        assert "返回统计" not in page
    # From where a clerk looks, and no way to what leaders see.
    assert 'href="/desk/refusals/own/"' in clerk.get("").content.decode()
    assert 'href="/desk/refusals/"' not in clerk.get("refusals/own/").content.decode()
    assert second.get(mine, **YEAR).status_code == 404
    # Whoever stands in for them does their work, and does not read about them.
    office.absent("clerk")
    assert second.get(mine, **YEAR).status_code == 404
    assert number not in said(second.get("refusals/own/", **YEAR))


def test_where_filings_are_not_counted_there_is_no_record_to_look_for(db: None) -> None:
    office = commission_office("fagai")
    clerk = Desk(office, "clerk")
    assert "refusals/own/" not in clerk.get("").content.decode()
    assert "没有把报备情况列入考核" in said(clerk.get("refusals/own/"))


def test_page_and_workbook_say_the_same(office: Office, handling: Handling) -> None:
    handling.refused()
    handling.filed()
    answer = Desk(office, "main_leader").get("refusals.xlsx", **YEAR)
    assert answer["Content-Disposition"].startswith("attachment")
    unit = sheet(answer.content, "按科室")
    assert unit[1][0] == "2026-01-01 – 2026-12-31"
    assert unit[3][1:11] == [2.0, 1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 1.0, 0.0]
    assert sheet(answer.content, "报备情况")[3][1:3] == [2.0, 2.0]


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("refusals.xlsx", "lines of refusals of 2026-01-01 – 2026-12-31"),
        ("refusals/powers.xlsx", "lines of powers of "),
        ("promises/kept.xlsx", "lines of promises-kept of 2026-01-01 – 2026-12-31"),
        ("positions/pairs.docx", "lines of form AB-"),
    ],
)
def test_who_takes_figures_about_people_along_is_logged(
    office: Office, handling: Handling, caplog: pytest.LogCaptureFixture, address: str, taken: str
) -> None:
    handling.refused()
    with caplog.at_level("INFO", logger="huiyin.doors.desk.files"):
        assert Desk(office, "main_leader").get(address, **YEAR).status_code == 200
    assert f"{office.people['main_leader'].id} exported " in caplog.text
    assert taken in caplog.text
    assert office.people["clerk"].name not in caplog.text


def test_a_commission_counts_by_ground_and_has_no_record_of_persons(db: None) -> None:
    office = commission_office("fagai")
    page = said(Desk(office, "main_leader").get("refusals/", by="ground"))
    assert "每个人的报备情况" not in page
    person = said(Desk(office, "main_leader").get(f"refusals/people/{office.people['clerk'].id}/"))
    assert "没有把报备情况列入考核" in person


def test_the_number_of_queries_does_not_grow(office: Office, handling: Handling) -> None:
    leader = Desk(office, "main_leader")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert leader.get("refusals/", **YEAR).status_code == 200
        return len(seen)

    handling.refused()
    leader.get("refusals/", **YEAR)
    before = asked()
    handling.refused()
    handling.refused()
    assert asked() == before
