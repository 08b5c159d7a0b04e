from datetime import date, datetime

import pytest

from huiyin.rules import cells
from huiyin.rules.cells import Cell, CellFault
from huiyin.rules.vocabulary import Limit, Unit

DAY = date(2026, 1, 4)


@pytest.mark.parametrize(
    "cell",
    ["2026.1.4", "2026年1月4日", "2026-01-04", "2026/1/4", "20260104", 20260104, 46026.0, "46026",
     datetime(2026, 1, 4, 8), DAY, "２０２６．１．４", " 2026年 1月 4日 ", "2026-01-04 00:00:00"],
)  # fmt: skip
def test_a_day_in_every_dress(cell: Cell) -> None:
    assert cells.day(cell) == DAY


@pytest.mark.parametrize("cell", ["2026.2.30", "2026年1月", "昨天", 12, "2026-13-01", "1.4"])
def test_no_day(cell: Cell) -> None:
    with pytest.raises(CellFault, match="不是一个日期"):
        cells.day(cell)


@pytest.mark.parametrize(
    "read", [cells.day, cells.line, cells.text, cells.code, cells.whole, cells.yes_no, cells.limit]
)
@pytest.mark.parametrize("cell", [None, "", "　 ", "\u200b"])
def test_an_empty_cell_is_none(read: cells.Reader, cell: Cell) -> None:
    assert read(cell) is None


@pytest.mark.parametrize(
    ("cell", "kept"), [(1001.0, "1001"), (1001, "1001"), ("１００１", "1001"), (" A 1 ", "A1"), (1.5, "1.5")]
)
def test_codes_stored_as_numbers(cell: Cell, kept: str) -> None:
    assert cells.code(cell) == kept


@pytest.mark.parametrize("cell", [3.3010619900101e17, 330106199001011234, "3.30106E+17"])
def test_a_number_that_lost_its_last_digits_is_refused(cell: Cell) -> None:
    with pytest.raises(CellFault, match="丢掉末几位") as caught:
        cells.code(cell)
    assert "文本" in caught.value.remedy


def test_several_codes_in_one_cell() -> None:
    assert cells.codes("MZ01、MZ02, mz03；MZ01\nX 4") == ("MZ01", "MZ02", "mz03", "X4")
    assert cells.codes(1001.0) == ("1001",)
    assert cells.codes(None) == ()


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("是", True), (True, True), ("√", True), (1.0, True), ("否", False), ("×", False), ("离职", False)],
)
def test_yes_and_no(cell: Cell, kept: bool) -> None:
    assert cells.yes_no(cell) is kept


def test_neither_yes_nor_no() -> None:
    with pytest.raises(CellFault, match="看不出是或否"):
        cells.yes_no("也许")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("5个工作日", Limit(5, Unit.WORKING_DAY)),
        ("２０ 工作日", Limit(20, Unit.WORKING_DAY)),
        ("30日", Limit(30, Unit.CALENDAR_DAY)),
        ("30天", Limit(30, Unit.CALENDAR_DAY)),
        ("1个月", Limit(1, Unit.MONTH)),
        ("2年", Limit(2, Unit.YEAR)),
        ("24自然小时", Limit(24, Unit.CLOCK_HOUR)),
        ("2小时", Limit(2, Unit.WORKING_HOUR)),
    ],
)
def test_limits(cell: Cell, kept: Limit) -> None:
    assert cells.limit(cell) == kept


@pytest.mark.parametrize("cell", [5, "5", "0个工作日", "尽快", "工作日", "-3日", "2季度"])
def test_limits_without_amount_or_unit(cell: Cell) -> None:
    with pytest.raises(CellFault, match="不是时限"):
        cells.limit(cell)


def test_whole_numbers() -> None:
    assert cells.whole("2份") == cells.whole(2.0) == cells.whole("２") == 2
    for wrong in ("2.5", "两份", -1, 1.5):
        with pytest.raises(CellFault):
            cells.whole(wrong)


def test_a_choice_names_what_is_possible() -> None:
    read = cells.choice({"经办人": "clerk", "clerk": "clerk"})
    assert read("经 办 人") == read("CLERK") == "clerk"
    with pytest.raises(CellFault) as caught:
        read("皇帝")
    assert caught.value.remedy % caught.value.params == "可填：经办人。"
    with pytest.raises(CellFault) as caught:
        cells.choice({"经办人": "clerk", "clerk": "clerk"}, ("Clerk",))("皇帝")
    assert caught.value.params["choices"] == "Clerk"


def test_text_loses_invisible_marks_and_keeps_lines() -> None:
    assert cells.text("一\r\n二\x00\u202e ") == "一\n二"
    assert cells.line("一\r\n二") == "一 二"


def test_text_has_a_length() -> None:
    with pytest.raises(CellFault, match="超过10个字"):
        cells.line("字" * 11, longest=10)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "＝1", " =1", "'=1", '"=1'])
def test_formula_signs_are_guarded(value: str) -> None:
    assert cells.guard_formula(value) == f"'{value}"


def test_plain_text_is_not_guarded() -> None:
    assert cells.guard_formula("张三") == "张三"
