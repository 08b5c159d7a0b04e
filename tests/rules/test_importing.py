from collections.abc import Sequence

import pytest

from huiyin.rules import cells
from huiyin.rules.cells import Cell
from huiyin.rules.importing import MOST_ERRORS, Column, Faults, Row, RowError, Sheet, header_key, read_sheets

SHEET = Sheet(
    "人员",
    ("花名册",),
    (
        Column("no", "工号", cells.code, ("编号",), required=True),
        Column("name", "姓名", cells.line, required=True),
        Column("day", "任职日期", cells.day, ("到岗日期",)),
    ),
    ("no",),
)
HEADER = ["序号", "工号", "姓名", "任职日期"]


def read(grid: Sequence[Sequence[Cell]], name: str = "人员") -> tuple[list[Row], Faults, list[str]]:
    faults, ignored = Faults(), list[str]()
    found = read_sheets({name: grid}, [SHEET], faults, ignored)
    return found.get("人员", []), faults, ignored


def test_title_blank_example_total_and_signature_rows_are_no_data() -> None:
    rows, faults, _ = read(
        [
            ["召公镇2026年人员表"],
            [],
            HEADER,
            ["示例", "1000", "例子", ""],
            [1, 1001.0, "张三", "2026.1.4"],
            [None, None, "　", ""],
            [2, "１００２", "李四", None],
            ["合计", "", 2, ""],
            ["制表人:王五", "", "", "日期:2026年"],
        ]
    )
    assert not faults
    assert [(row.number, row.values["no"], row.values["name"]) for row in rows] == [
        (5, "1001", "张三"),
        (7, "1002", "李四"),
    ]


def test_other_headers_order_and_stars_are_understood() -> None:
    rows, faults, ignored = read(
        [["姓 名*", "编号\n(必填)", "到岗日期", "性别", "备注"], ["张三", "1", "", "男", ""]], "花名册"
    )
    assert not faults
    assert rows[0].values == {"no": "1", "name": "张三", "day": None}
    assert ignored == ["花名册：性别"]


def test_an_error_names_sheet_row_column_and_remedy() -> None:
    _, faults, _ = read([HEADER, [1, "1001", "", "后天"]])
    missing, wrong = faults.errors
    assert (missing.sheet, missing.row, missing.column, missing.message) == ("人员", 2, "姓名", "没有填写")
    assert (wrong.column, wrong.message) == ("任职日期", "“后天”不是一个日期")
    assert "2026-01-04" in wrong.remedy


def test_a_repeated_number_is_reported_with_the_first_row() -> None:
    _, faults, _ = read([HEADER, [1, "a1", "张三"], [2, "A1", "李四"]])
    (error,) = faults.errors
    assert (error.row, error.message) == (3, "“A1”与第2行重复")


def test_a_sheet_without_its_header() -> None:
    rows, faults, _ = read([["张三", "1001"]])
    assert rows == []
    assert faults.errors[0].remedy == "表头须有这些列：工号、姓名。"


def test_a_workbook_without_a_known_sheet() -> None:
    _, faults, _ = read([HEADER], "Sheet1")
    (error,) = faults.errors
    assert error.message == "工作簿中没有可导入的工作表"


def test_a_column_twice_is_an_error() -> None:
    _, faults, _ = read([["工号", "编号", "姓名"], ["1", "2", "张三"]])
    assert faults.errors[0].message == "“工号”这一列出现了两次"


def test_a_unit_called_like_a_total_is_still_data() -> None:
    rows, _, _ = read([HEADER, ["", "1", "合计专员"]])
    assert len(rows) == 1


def test_errors_stop_being_kept_but_are_counted() -> None:
    faults = Faults()
    for row in range(MOST_ERRORS + 7):
        faults.put(RowError("人员", row, "", "没有填写"))
    assert (len(faults.errors), faults.more) == (MOST_ERRORS, 7)


@pytest.mark.parametrize(
    ("header", "key"), [("工 号*", "工号"), ("姓名（必填）", "姓名"), ("Ａ岗", "a岗"), ("（一）", "(一)")]
)
def test_header_keys(header: str, key: str) -> None:
    assert header_key(header) == key
