"""Imports from workbooks: template, trial run, row errors, no double effect."""

from __future__ import annotations

import io

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.catalogue.models import ServiceItem
from huiyin.doors.desk import imports
from huiyin.doors.desk.files import XLSX
from huiyin.organisation.models import Person
from tests.doors.desk.browser import Desk, application, said
from tests.factories import Office


def workbook(sheet: str, *rows: tuple[str, ...]) -> SimpleUploadedFile:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("表.xlsx", file.getvalue(), content_type=XLSX)


def people(number: str = "2001") -> SimpleUploadedFile:
    return workbook("人员", ("工号", "姓名"), (number, "周新人"))


@pytest.mark.parametrize("kind", ["people", "items"])
def test_a_template_can_be_had(administrator: Desk, kind: str) -> None:
    answer = administrator.get(f"staff/imports/{kind}.xlsx")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert administrator.get("staff/imports/else.xlsx").status_code == 404


def test_a_trial_writes_nothing_and_the_import_writes_once(administrator: Desk) -> None:
    trial = administrator.post("staff/imports/people/", what="try", file=people())
    assert "试导入通过" in said(trial)
    assert not Person.objects.filter(staff_no="2001").exists()
    assert "新增 1" in said(administrator.post("staff/imports/people/", what="import", file=people()))
    assert Person.objects.filter(staff_no="2001").count() == 1
    again = administrator.post("staff/imports/people/", what="import", file=people())
    assert "不变 1" in said(again)
    assert Person.objects.filter(staff_no="2001").count() == 1


def test_a_bad_row_is_named_and_nothing_is_written(administrator: Desk) -> None:
    file = workbook("人员", ("工号", "姓名"), ("2001", "周新人"), ("", "无工号"))
    answer = administrator.post("staff/imports/people/", what="import", file=file)
    assert answer.status_code == 422
    page = said(answer)
    assert "没有写入任何内容" in page
    assert "人员 3 工号" in page
    assert not Person.objects.filter(staff_no="2001").exists()


def test_items_are_imported_too(administrator: Desk) -> None:
    before = ServiceItem.objects.count()
    rows = workbook(
        "事项",
        ("事项编码", "事项名称", "经办岗位"),
        ("XZ-9", "临时救助申请", "MZ02"),
    )
    page = said(administrator.post("staff/imports/items/", what="import", file=rows))
    assert ServiceItem.objects.count() == before + 1, page


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04broken", b"\x00" * 1000])
def test_noise_is_refused_readably(administrator: Desk, content: bytes) -> None:
    file = SimpleUploadedFile("x.xlsx", content)
    answer = administrator.post("staff/imports/people/", what="import", file=file)
    assert answer.status_code == 422
    assert "没有写入任何内容" in said(answer)


def test_no_file_and_too_large_a_file(administrator: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert administrator.post("staff/imports/people/", what="import").status_code == 422
    monkeypatch.setattr(imports, "LARGEST", 10)
    assert administrator.post("staff/imports/people/", what="import", file=people()).status_code == 413
    assert administrator.post("staff/imports/else/", what="import", file=people()).status_code == 404


@pytest.mark.parametrize("what", ["try", "import"])
def test_who_leaves_by_an_import_leaves_a_word_about_their_open_matters(
    administrator: Desk, office: Office, what: str
) -> None:
    application(Desk(office, "clerk"))
    head = ("工号", "姓名", "在职")
    names = {key: office.people[key].name for key in ("clerk", "receptionist")}
    stays = workbook("人员", head, (office.people["receptionist"].staff_no, names["receptionist"], "否"))
    assert "未办结的事" not in said(administrator.post("staff/imports/people/", what=what, file=stays))
    goes = workbook("人员", head, (office.people["clerk"].staff_no, names["clerk"], "否"))
    assert "1 件未办结的事" in said(administrator.post("staff/imports/people/", what=what, file=goes))
