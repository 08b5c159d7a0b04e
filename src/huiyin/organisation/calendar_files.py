"""A schedule from whatever somebody has: a workbook, a year file, public holiday data, the notice's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.organisation.calendar_sheets import read_calendar
from huiyin.rules.errors import msg
from huiyin.rules.importing import RowError
from huiyin.rules.notices import Unread, read_notice
from huiyin.rules.schedules import Notice, ScheduleError
from huiyin.rules.yearfiles import Drafted, from_json, from_yaml

_ARCHIVE = b"PK"
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood of a file or text. Without `drafted` nothing can be proposed; the rest says why.

    `unread` are sentences of a pasted notice, `missing` holidays it does not mention, `errors` those
    of a file; `lacks` names what must be given besides: year, title, issued.
    """

    drafted: Drafted | None
    unread: tuple[Unread, ...] = ()
    missing: tuple[str, ...] = ()
    errors: list[RowError] = field(default_factory=list)
    lacks: tuple[str, ...] = ()


def read_schedule(
    data: bytes, *, year: int | None = None, title: str = "", number: str = "", issued: date | None = None
) -> Read:
    """Read a schedule from a file's bytes; `title`, `number`, `issued` name the notice if the file does not.

    Never raises for what the file holds.
    """
    if data.startswith(_ARCHIVE):
        drafted, report = read_calendar(data)
        return Read(_of_year(drafted, year), errors=_other_year(drafted, year) or report.errors)
    text = _text(data)
    if text is None:
        return Read(None, errors=[_fault(msg("文件不是文本，也不是 XLSX"))])
    notice = Notice(title, number, issued) if title and issued else None
    begins = text.lstrip()
    if begins.startswith(("{", "year:", "#")):
        return _from_file(begins, notice, year)
    reading = read_notice(text, year=year, notice=notice)
    lacks = [] if reading.year else ["year"]
    lacks += [] if reading.notice else ["title", "issued"]
    return Read(reading.drafted, reading.unread, reading.missing if reading.year else (), lacks=tuple(lacks))


def _from_file(text: str, notice: Notice | None, year: int | None) -> Read:
    try:
        drafted = from_json(text, notice) if text.startswith("{") else from_yaml(text)
    except ScheduleError as error:
        lacks = ("title", "issued") if notice is None and "names no notice" in str(error) else ()
        return Read(None, errors=[_fault(msg("文件不能用：%(why)s"), why=str(error))], lacks=lacks)
    return Read(_of_year(drafted, year), errors=_other_year(drafted, year))


def _of_year(drafted: Drafted | None, year: int | None) -> Drafted | None:
    return drafted if drafted and year in {None, drafted.year} else None


def _other_year(drafted: Drafted | None, year: int | None) -> list[RowError]:
    if drafted is None or _of_year(drafted, year):
        return []
    return [_fault(msg("文件是%(found)s年的，不是%(wanted)s年的"), found=drafted.year, wanted=year)]


def _fault(msgid: str, **params: object) -> RowError:
    return RowError("", 0, "", msgid, msg("请核对文件，或下载模板填写。"), params)


def _text(data: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
