"""`huiyin report`: what the office files and prints, written to a file."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from huiyin.doors import phrases
from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer, progress
from huiyin.doors.cli.speaking import gettext, listed
from huiyin.doors.cli.typed import day_of
from huiyin.reports.ledgers import frame, workbook
from huiyin.reports.ledgers.frame import Ledger, Scope
from huiyin.reports.ledgers.periods import Period, Span, between, whole
from huiyin.reports.ledgers.registry import REGISTRY
from huiyin.rules.errors import HuiyinError, Invalid, msg
from huiyin.rules.workdays import SHANGHAI

_BY: Final = "huiyin"


@click.group(cls=SpokenGroup, help=msg("导出台账"))
def report() -> None:
    """Group of commands that write what is filed and printed."""


@report.command(cls=Spoken, help=msg("把一种台账写成 XLSX；不写名称则列出有哪些台账"))
@click.argument("name", required=False, default="")
@click.option("--from", "first_text", default="", help=msg("起始日期，例如 2026-01-01；默认本年第一天"))
@click.option("--to", "last_text", default="", help=msg("截止日期，含当天；默认起始日期那年的最后一天"))
@click.option("--out", "out", default="", help=msg("写到哪个文件；默认在当前文件夹，以台账标题为名"))
@with_office
@with_json
def ledger(*, name: str, first_text: str, last_text: str, out: str, slug: str, as_json: bool) -> None:
    """Write a register; the persons served are masked, as for everybody who does not deal with them."""
    if not name:
        rows = [{"name": one.name, "title": gettext(one.title)} for one in REGISTRY]
        answer({"ledgers": rows}, (f"{row['name']:<18} {row['title']}" for row in rows), as_json=as_json)
        return
    chosen, now = _ledger(name), datetime.now(UTC)
    scope = Scope(the_office(slug), None, _period(first_text, last_text, now), now, gettext, phrases.limit)
    path = Path(out or f"{workbook.title_of(chosen, scope)}.xlsx")
    if path.exists():
        raise HuiyinError(
            msg("文件 %(path)s 已经存在，没有覆盖"),
            code="file_exists",
            params={"path": str(path)},
            remedy=msg("请换一个文件名，或先移走旧文件。"),
        )
    written = _write(path, chosen, scope, quiet=as_json)
    found = {
        "ledger": chosen.name,
        "title": workbook.title_of(chosen, scope),
        "from": scope.period.first.isoformat(),
        "to": scope.period.last.isoformat(),
        "lines": written,
        "file": str(path),
    }
    said = gettext("%(title)s：%(lines)s条，已写入 %(file)s。") % found
    answer(found, [said], as_json=as_json)


def _ledger(name: str) -> Ledger:
    for one in REGISTRY:
        if one.name == name:
            return one
    raise HuiyinError(
        msg("没有名为 %(name)s 的台账"),
        code="no_such_ledger",
        params={"name": name, "names": listed(one.name for one in REGISTRY)},
        remedy=msg("可用的台账：%(names)s。"),
    )


def _period(first_text: str, last_text: str, now: datetime) -> Period:
    first = day_of(first_text) if first_text else whole(Span.YEAR, now.astimezone(SHANGHAI).date()).first
    last = day_of(last_text) if last_text else whole(Span.YEAR, first).last
    try:
        return between(first, last)
    except Invalid as error:
        raise HuiyinError(
            next(iter(error.fields.values())), code="bad_range", remedy=msg("请核对 --from 和 --to。")
        ) from error


def _write(path: Path, chosen: Ledger, scope: Scope, *, quiet: bool) -> int:
    """Write beside the place and move it there whole: whoever stops the command leaves no half file."""
    total = frame.count(chosen, scope)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            with progress(gettext("写台账"), total, quiet=quiet) as advance:
                written = workbook.write(file, chosen, scope, made_by=_BY, progress=advance)
            file.flush()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return written
