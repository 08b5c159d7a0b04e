"""What stands in one cell of a sheet that people filled in, and what was meant.

Each reader takes a cell as the spreadsheet library hands it over and answers
with a clean value, or raises `CellFault` with a sentence the person can act
on. None means the cell is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from huiyin.rules import identifiers
from huiyin.rules.errors import msg
from huiyin.rules.identifiers import Checked, narrow, strip_marks
from huiyin.rules.vocabulary import Limit, Unit

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Reader = Callable[[Cell], object]

# A spreadsheet keeps 15 digits of a number; what follows is already lost in the file.
_EXACT = 10**15
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(18264, 73051)  # 1950-01-01 to 2100-01-01
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[ T]?0{1,2}:00(?::00)?)?")
_DAY_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LIMIT = re.compile(r"(\d{1,4})(?:个)?(工作日|工作时|工作小时|小时|自然小时|自然日|日历日|日|天|月|年)")
_UNITS = {
    "工作日": Unit.WORKING_DAY,
    "工作时": Unit.WORKING_HOUR,
    "工作小时": Unit.WORKING_HOUR,
    "小时": Unit.WORKING_HOUR,
    "自然日": Unit.CALENDAR_DAY,
    "日历日": Unit.CALENDAR_DAY,
    "日": Unit.CALENDAR_DAY,
    "天": Unit.CALENDAR_DAY,
    "月": Unit.MONTH,
    "年": Unit.YEAR,
    "自然小时": Unit.CLOCK_HOUR,
}
_YES = frozenset(
    ["是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "t", "1", "1.0", "在职", "在用", "需要", "必要"]
)
_NO = frozenset(
    [
        "否",
        "无",
        "不",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "f",
        "0",
        "0.0",
        "离职",
        "停用",
        "不需要",
        "非必要",
    ]
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class CellFault(Exception):
    """The cell cannot be used; two message ids (what is wrong, what to do) with their params."""

    def __init__(self, msgid: str, remedy: str, **params: object) -> None:
        """Keep the parts for the row's report."""
        self.msgid, self.remedy, self.params = msgid, remedy, params
        super().__init__(msgid % params if params else msgid)


def plain(cell: Cell) -> str:
    """Give the text of a cell: whole numbers without ".0", days as ISO, marks removed, ends trimmed.

    Raises:
        CellFault: a number so long that the spreadsheet has already lost digits.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, str):
        return strip_marks(cell).strip()
    return str(cell)


def line(cell: Cell, longest: int = 200) -> str | None:
    """Read one line of text; line breaks and runs of blanks become one blank."""
    return _within(re.sub(r"\s+", " ", plain(cell)), longest)


def text(cell: Cell, longest: int = 4000) -> str | None:
    """Read text of several lines."""
    return _within(plain(cell), longest)


def code(cell: Cell, longest: int = 64) -> str | None:
    """Read a code: full-width becomes plain, no blanks; numbers lose ".0".

    Raises:
        CellFault: it is too long, or the spreadsheet wrote it as 3.3E+17.
    """
    value = re.sub(r"\s", "", narrow(plain(cell)))
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", value):
        raise _lost_digits(value)
    return _within(value, longest)


def codes(cell: Cell) -> tuple[str, ...]:
    """Read several codes in one cell, parted by 、 , ; / or line breaks."""
    found = re.split(r"[、,;/\n]+", narrow(plain(cell)))
    return tuple(dict.fromkeys(part for part in (re.sub(r"\s", "", piece) for piece in found) if part))


def whole(cell: Cell) -> int | None:
    """Read a whole number from 0 up, e.g. 2, "２", "2份".

    Raises:
        CellFault: it is something else.
    """
    value = narrow(plain(cell))
    if not value:
        return None
    found = re.fullmatch(r"(\d{1,4})\s*[份个张页]?", value)
    if not found:
        raise CellFault(msg("“%(value)s”不是整数"), msg("请填写阿拉伯数字，例如 1。"), value=value[:30])
    return int(found[1])


def yes_no(cell: Cell) -> bool | None:
    """Read 是/否 and what people write instead.

    Raises:
        CellFault: it is neither.
    """
    value = narrow(plain(cell)).lower()
    if not value:
        return None
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise CellFault(msg("“%(value)s”看不出是或否"), msg("请填“是”或“否”。"), value=value[:30])


def day(cell: Cell) -> date | None:
    """Read a day: a date cell, a serial number, 2026.1.4, 2026年1月4日, 2026-1-4 or 20260104.

    Raises:
        CellFault: there is no such day, or only part of one.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    value = re.sub(r"\s+", " ", narrow(plain(cell)))
    if not value:
        return None
    if re.fullmatch(r"\d{5}", value) and int(value) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(value))
    found = _DAY.fullmatch(value.replace("年 ", "年").replace("月 ", "月")) or _DAY_SOLID.fullmatch(value)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        found = None
    raise CellFault(
        msg("“%(value)s”不是一个日期"),
        msg("请按 2026-01-04 的样子填写年月日。"),
        value=value[:30],
    )


def limit(cell: Cell) -> Limit | None:
    """Read a limit such as 5个工作日, 30日, 2小时, 1个月; 日 and 天 are calendar days as printed.

    Raises:
        CellFault: the amount or the unit is missing.
    """
    value = re.sub(r"\s", "", narrow(plain(cell)))
    if not value:
        return None
    found = _LIMIT.fullmatch(value)
    if found and int(found[1]) > 0:
        return Limit(int(found[1]), _UNITS[found[2]])
    raise CellFault(
        msg("“%(value)s”不是时限"),
        msg("请连单位一起填写，例如 5个工作日、30日、1个月。"),
        value=value[:30],
    )


def choice(words: Mapping[str, str], shown: Sequence[str] = ()) -> Reader:
    """Make a reader that turns one of `words` into its value.

    The reader raises CellFault with the words that are possible: those `shown`, else the Chinese ones.
    """
    folded = {word.lower(): value for word, value in words.items()}

    def read(cell: Cell) -> str | None:
        value = re.sub(r"\s", "", narrow(plain(cell)))
        if not value:
            return None
        if value.lower() in folded:
            return folded[value.lower()]
        raise CellFault(
            msg("“%(value)s”不在可选范围内"),
            msg("可填：%(choices)s。"),
            value=value[:30],
            choices="、".join(shown or [word for word in words if not word.isascii()]),
        )

    return read


def checked(check: Callable[[str], Checked], remedy: str) -> Reader:
    """Make a reader of one of the identifier checks; `remedy` is a message id."""

    def read(cell: Cell) -> str | None:
        value = plain(cell)
        if not value:
            return None
        kept, fault = check(value)
        if fault:
            raise CellFault(fault, remedy)
        return kept

    return read


def guard_formula(value: str) -> str:
    """Make text harmless in a CSV that a spreadsheet opens: a leading formula sign gets an apostrophe.

    XLSX needs none: its cells are written as text.
    """
    return f"'{value}" if value.lstrip(" '\"").startswith(_FORMULA) or value.startswith("\n") else value


def office_phone(value: str) -> Checked:
    """Check a phone of the office's own directory: internal numbers pass too."""
    return identifiers.phone(value, extensions=True)


def _number(cell: float) -> str:
    if cell != cell or cell in {float("inf"), float("-inf")}:  # noqa: PLR0124  (the test for NaN)
        return ""
    if abs(cell) >= _EXACT:
        raise _lost_digits(f"{cell:.6g}")
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _lost_digits(value: str) -> CellFault:
    return CellFault(
        msg("数字过长（%(value)s），表格软件已丢掉末几位"),
        msg("请把该列设为“文本”格式，再重新填写完整号码。"),
        value=value,
    )


def _within(value: str, longest: int) -> str | None:
    if len(value) > longest:
        raise CellFault(
            msg("超过%(longest)s个字（现有%(length)s个）"),
            msg("请缩短后再导入。"),
            longest=longest,
            length=len(value),
        )
    return value or None
