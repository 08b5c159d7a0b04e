"""From bytes to cases: decode, split, check each row, and say what is wrong where."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from huiyin.matters.eventlog.mapping import NEEDED, LogMapping
from huiyin.rules.errors import msg
from huiyin.rules.events import Channel
from huiyin.rules.identifiers import party_name
from huiyin.rules.importing import MOST_ERRORS, RowError

SHEET: Final = "log"
ENDED_EARLY: Final = "ended_before_received"
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LONGEST: Final = {"case": 80, "step": 200, "resource": 50}


@dataclass(frozen=True, slots=True)
class LogStep:
    """One row: what was done, when, by whom ('' where the log does not say)."""

    at: datetime
    step: str
    resource: str


@dataclass(slots=True)
class Case:
    """One case: its steps in order of time, and what its rows say of the whole."""

    ref: str
    channel: Channel
    received_at: datetime | None
    ended_at: datetime | None
    summary: str
    steps: list[LogStep] = field(default_factory=list)

    @property
    def begun(self) -> datetime:
        """When it was received: as the log says, but never after its first step."""
        first = self.steps[0].at
        return min(self.received_at, first) if self.received_at else first


@dataclass(slots=True)
class LogRead:
    """What reading found: cases by reference, rows read, errors, and cases with errors.

    `lost` counts rows with errors that cannot be told to belong to any case.
    """

    rows: int = 0
    cases: dict[str, Case] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    more_errors: int = 0
    damaged: set[str] = field(default_factory=set)
    lost: int = 0
    adjusted: Counter[str] = field(default_factory=Counter)

    def fault(self, row: int, column: str, msgid: str, remedy: str, **params: object) -> None:
        """Keep an error, up to as many as anybody reads; count the rest."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(RowError(SHEET, row, column, msgid, remedy, params))
        else:
            self.more_errors += 1

    def damage(self, ref: str) -> None:
        """Note that a row of that case, or of nobody knows which, could not be used."""
        if ref:
            self.damaged.add(ref)
        else:
            self.lost += 1


def read_log(data: bytes, mapping: LogMapping, *, now: datetime) -> LogRead:
    """Read the whole log; errors name row and column, and nothing is dropped unsaid."""
    found = LogRead()
    text = _decoded(data, mapping, found)
    if text is None:
        return found
    rows = _rows(text, mapping, found)
    if rows is None:
        return found
    for number, row in rows:
        found.rows += 1
        _take(row, number, mapping, found, now)
    if not found.rows and not found.errors:
        found.fault(0, "", msg("文件里没有数据行"), msg("请确认导出的是完整日志。"))
    for case in found.cases.values():
        case.steps.sort(key=lambda one: one.at)
        _order(case, found)
    return found


def _decoded(data: bytes, mapping: LogMapping, found: LogRead) -> str | None:
    try:
        text = data.decode("utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding)
    except LookupError:
        found.fault(
            0,
            "",
            msg("不认识编码 %(encoding)s"),
            msg("请在映射文件中改正 encoding。"),
            encoding=mapping.encoding,
        )
        return None
    except UnicodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 0
        found.fault(
            line,
            "",
            msg("这一行不是 %(encoding)s 编码"),
            msg("请把文件另存为 UTF-8，或在映射文件中写明 encoding（例如 gb18030）。"),
            encoding=mapping.encoding,
        )
        return None
    if "\0" in text:
        found.fault(
            text.count("\n", 0, text.index("\0")) + 1,
            "",
            msg("文件含有空字节，不是文本"),
            msg("请导出为 CSV 文本。"),
        )
        return None
    return text


def _rows(text: str, mapping: LogMapping, found: LogRead) -> Iterator[tuple[int, Mapping[str, str]]] | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error:
        header = []
    missing = [name for name in mapping.columns.values() if name not in header]
    if missing:
        for name in missing:
            found.fault(
                1,
                name,
                msg("缺少这一列"),
                msg("表头应包含映射文件写明的列；现有：%(header)s。"),
                header=", ".join(header)[:300] or "-",
            )
        return None
    return _records(reader, header, header.index(mapping.columns["case"]), found)


def _records(
    reader: Iterator[list[str]], header: Sequence[str], case_column: int, found: LogRead
) -> Iterator[tuple[int, Mapping[str, str]]]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            found.fault(number, "", msg("这一行读不出来"), msg("请检查引号和分隔符。"))
            found.damage("")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            found.fault(
                number,
                "",
                msg("这一行有%(found)s列，表头有%(expected)s列"),
                msg("请补齐或删去多余的分隔符。"),
                found=len(cells),
                expected=len(header),
            )
            found.damage(cells[case_column].strip() if case_column < len(cells) else "")
            continue
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _take(row: Mapping[str, str], number: int, mapping: LogMapping, found: LogRead, now: datetime) -> None:
    columns = mapping.columns
    value = {name: row[header] for name, header in columns.items()}
    before = len(found.errors) + found.more_errors
    for name in NEEDED:
        if not value[name] and name != "resource":
            found.fault(number, columns[name], msg("此格为空"), msg("请补填后再导入。"))
    for name, most in LONGEST.items():
        if len(value[name]) > most:
            found.fault(
                number, columns[name], msg("此格超过%(most)s个字符"), msg("请核对这一行是否错位。"), most=most
            )
    at, received, ended = (
        _moment(value.get(name, ""), columns.get(name, ""), number, mapping=mapping, found=found, now=now)
        for name in ("at", "received", "ended")
    )
    channel = _channel(value.get("channel", ""), number, mapping, found)
    resource = _resource(value["resource"], number, mapping, found)
    if len(found.errors) + found.more_errors > before or at is None:
        found.damage(value["case"])
        return
    case = found.cases.get(value["case"])
    if case is None:
        case = Case(value["case"], channel, received, ended, value.get("summary", ""))
        found.cases[value["case"]] = case
    case.received_at = case.received_at or received
    case.ended_at = case.ended_at or ended
    case.steps.append(LogStep(at, value["step"], resource))


def _moment(
    text: str, column: str, number: int, *, mapping: LogMapping, found: LogRead, now: datetime
) -> datetime | None:
    """An aware moment; None for an empty cell, or for a wrong one with its error kept."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=mapping.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        found.fault(
            number,
            column,
            msg("“%(text)s”不是时间"),
            msg("请写成 2026-01-04 09:30:00 或带时区的 ISO 8601。"),
            text=text[:40],
        )
        return None
    if not EARLIEST <= at <= now:
        found.fault(
            number, column, msg("“%(text)s”不在1990年到现在之间"), msg("请核对年份。"), text=text[:40]
        )
        return None
    return at


def _resource(text: str, number: int, mapping: LogMapping, found: LogRead) -> str:
    """The name somebody will be entered under; '' where the log does not say."""
    checked = party_name(text)
    if text and not checked.ok:
        found.fault(number, mapping.columns["resource"], checked.fault, msg("请核对这一行是否错位。"))
    return checked.value if text else ""


def _channel(text: str, number: int, mapping: LogMapping, found: LogRead) -> Channel:
    if not text or "channel" not in mapping.columns:
        return Channel.COUNTER
    known = mapping.channels.get(text)
    if known is None:
        found.fault(
            number,
            mapping.columns["channel"],
            msg("映射文件没有写明来源“%(text)s”"),
            msg("请在映射文件的 channels 中补上。"),
            text=text[:40],
        )
        return Channel.COUNTER
    return known


def _order(case: Case, found: LogRead) -> None:
    """An end before the receipt cannot be: it is moved to the last step, and counted."""
    if case.ended_at is not None and case.ended_at < case.begun:
        case.ended_at = case.steps[-1].at
        found.adjusted[ENDED_EARLY] += 1
