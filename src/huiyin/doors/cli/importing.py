"""`huiyin import`: registers and event logs from files; all of a file or nothing, and nothing twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from huiyin.catalogue import actions as catalogue
from huiyin.doors.cli import calendars
from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import FAILED, Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer, progress, row_error, row_lines
from huiyin.doors.cli.speaking import ENGLISH, gettext, language, listed
from huiyin.doors.cli.typed import day_of
from huiyin.matters import queries as matters
from huiyin.matters.actions.importing import LogReport, import_log
from huiyin.organisation import actions as organisation
from huiyin.organisation import queries as offices
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.importing import ImportReport
from huiyin.rules.rulebook import Rulebook, load

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

LARGEST: Final = 512 * 1024 * 1024
"""Bytes; a file is read into memory whole."""
FILE: Final = click.Path(dir_okay=False, path_type=Path)

with_file = click.argument("file", type=FILE)
with_dry_run = click.option("--dry-run", is_flag=True, help=msg("只试算，不写入"))


@click.group("import", cls=SpokenGroup, help=msg("导入人员、事项和其他系统的办件记录"))
def import_() -> None:
    """Group of commands that import."""


@import_.command(cls=Spoken, help=msg("从 XLSX 导入科室、岗位和人员"))
@with_file
@with_dry_run
@with_office
@with_json
def people(*, file: Path, dry_run: bool, slug: str, as_json: bool) -> None:
    """Import units, positions and people."""
    _register(organisation.import_people, file, the_office(slug), dry_run=dry_run, as_json=as_json)


@import_.command("catalogue", cls=Spoken, help=msg("从 XLSX 导入服务事项和材料"))
@with_file
@with_dry_run
@with_office
@with_json
def catalogue_(*, file: Path, dry_run: bool, slug: str, as_json: bool) -> None:
    """Import service items and their materials."""
    _register(catalogue.import_items, file, the_office(slug), dry_run=dry_run, as_json=as_json)


@import_.command(cls=Spoken, help=msg("从通知原文、XLSX、YAML 或 JSON 读入一年的放假安排，并提请另一人确认"))
@with_file
@click.option("--year", type=int, default=None, help=msg("年度；文件里没有写明时须给出"))
@click.option("--title", default="", help=msg("所依据通知的名称；文件里没有写明时须给出"))
@click.option("--number", default="", help=msg("所依据通知的文号"))
@click.option("--issued", default="", help=msg("通知的印发日期，例如 2026-11-04"))
@click.option(
    "--english",
    "english_texts",
    multiple=True,
    help=msg("通常没有的节日的英文名称，写成 节日=English name，可多次给出"),
)
@with_dry_run
@with_office
@with_json
def calendar(
    *,
    file: Path,
    year: int | None,
    title: str,
    number: str,
    issued: str,
    english_texts: tuple[str, ...],
    dry_run: bool,
    slug: str,
    as_json: bool,
) -> None:
    """Propose a year's schedule or a change to one; somebody confirms it at the desk."""
    calendars.propose(
        the_office(slug),
        read(file),
        year=year,
        title=title,
        number=number,
        issued=day_of(issued) if issued else None,
        english=calendars.english_of(english_texts),
        dry_run=dry_run,
        as_json=as_json,
    )


@import_.command(cls=Spoken, help=msg("从 CSV 导入其他系统的办件记录，每个案例成为一件办件"))
@with_file
@click.option("--mapping", type=FILE, required=True, help=msg("映射文件（YAML），写明各列的含义"))
@with_dry_run
@click.option("--skip-bad-cases", is_flag=True, help=msg("略过有错误的案例，导入其余的"))
@with_office
@with_json
def log(*, file: Path, mapping: Path, dry_run: bool, skip_bad_cases: bool, slug: str, as_json: bool) -> None:
    """Import an event log."""
    data, text = read(file), _text(mapping)
    tenant = the_office(slug)
    begun = time.monotonic()
    with progress(gettext("写入办件"), quiet=as_json) as advance:
        report = import_log(
            tenant,
            data,
            text,
            at=datetime.now(UTC),
            dry_run=dry_run,
            skip_bad_cases=skip_bad_cases,
            progress=advance,
        )
    seconds = time.monotonic() - begun
    answer(_log_found(report, tenant, seconds), _log_lines(report, seconds), as_json=as_json)
    if not report.ok:
        sys.exit(FAILED)


@import_.command(
    cls=Spoken,
    help=msg("写出一个可以填写的模板：people、catalogue、calendar 为 XLSX，log 为映射文件或示例 CSV"),
)
@click.argument("kind", type=click.Choice(["people", "catalogue", "calendar", "log"]))
@click.argument("out", type=FILE)
@click.option("--force", is_flag=True, help=msg("覆盖已有的文件"))
@with_json
def template(*, kind: str, out: Path, force: bool, as_json: bool) -> None:
    """Write a template to fill in; for the log a mapping, or a sample of a log when OUT ends in .csv."""
    if out.exists() and not force:
        raise HuiyinError(
            msg("文件 %(path)s 已经存在"),
            code="file_exists",
            params={"path": out},
            remedy=msg("请换一个文件名，或加上 --force 覆盖。"),
        )
    sample = "log.csv" if out.suffix.lower() == ".csv" else "log-mapping.yaml"
    makers: dict[str, Callable[[], bytes]] = {
        "people": lambda: organisation.people_template(gettext),
        "catalogue": lambda: catalogue.items_template(gettext, _book()),
        "calendar": lambda: organisation.calendar_template(gettext, english=language() == ENGLISH),
        "log": lambda: resources.files("huiyin.doors.cli").joinpath("samples", sample).read_bytes(),
    }
    out.write_bytes(makers[kind]())
    answer({"file": str(out)}, [gettext("已写出 %(path)s。") % {"path": out}], as_json=as_json)


def _book() -> Rulebook | None:
    """Return the rulebook that the workbook will be filled in under, where there is no doubt of it."""
    slugs = {one.rulebook for one in offices.tenants()}
    return load(slugs.pop()) if len(slugs) == 1 else None


def read(file: Path) -> bytes:
    """Return a file's bytes; raises `HuiyinError` for one too large to be what it should be."""
    if file.stat().st_size > LARGEST:
        raise HuiyinError(
            msg("文件 %(path)s 超过%(most)s MB"),
            code="file_too_large",
            params={"path": file, "most": LARGEST // 1024 // 1024},
            remedy=msg("请核对文件；确实这么大的，请分成几份导入。"),
        )
    return file.read_bytes()


def _text(mapping: Path) -> str:
    try:
        return read(mapping).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HuiyinError(
            msg("映射文件 %(path)s 不是 UTF-8 编码"),
            code="bad_mapping",
            params={"path": mapping},
            remedy=msg("请另存为 UTF-8；模板：huiyin import template log 映射.yaml。"),
        ) from error


def _register(
    run: Callable[..., ImportReport], file: Path, tenant: Tenant, *, dry_run: bool, as_json: bool
) -> None:
    begun = time.monotonic()
    at = datetime.now(UTC)
    report = run(tenant, read(file), dry_run=dry_run, at=at)
    left_open = matters.count_deserted(tenant.id, at, report.leaving) if report.leaving else 0
    seconds = time.monotonic() - begun
    found: dict[str, object] = {
        "office": tenant.slug,
        "rows": report.rows,
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "ignored": report.ignored,
        "errors": [row_error(error) for error in report.errors],
        "more_errors": report.more_errors,
        "dry_run": report.dry_run,
        "left_open": left_open,
        "seconds": round(seconds, 3),
    }
    answer(found, _register_lines(report, left_open), as_json=as_json)
    if not report.ok:
        sys.exit(FAILED)


def _register_lines(report: ImportReport, left_open: int) -> Iterator[str]:
    if report.errors:
        yield gettext("没有写入任何内容，请先改正：")
        yield from row_lines(report.errors, report.more_errors)
        return
    yield _written(dry_run=report.dry_run)
    yield gettext("共%(rows)s行：新增%(created)s，更改%(changed)s，未变%(unchanged)s。") % {
        "rows": report.rows,
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
    }
    if report.ignored:
        yield gettext("没有读取的列：%(columns)s") % {"columns": listed(report.ignored)}
    if left_open:
        yield gettext("离岗人员名下有%(count)s件未办结的事，请科室负责人或领导在工作台指定接手的人。") % {
            "count": left_open
        }


def _log_found(report: LogReport, tenant: Tenant, seconds: float) -> dict[str, Any]:
    return {
        "office": tenant.slug,
        "rows": report.rows,
        **asdict(report.written),
        "people": report.people,
        "skipped": dict(report.skipped),
        "adjusted": dict(report.adjusted),
        "errors": [row_error(error) for error in report.errors],
        "more_errors": report.more_errors,
        "dry_run": report.dry_run,
        "seconds": round(seconds, 3),
    }


def _log_lines(report: LogReport, seconds: float) -> Iterator[str]:
    skipped = {
        "already_imported": gettext("已经导入过"),
        "row_errors": gettext("有错误的行"),
    }
    adjusted = {"ended_before_received": gettext("结束早于开始，改为最后一步")}
    if report.errors and not report.written.matters:
        yield gettext("没有写入任何内容，请先改正（或加 --skip-bad-cases 略过有错的案例）：")
    else:
        yield _written(dry_run=report.dry_run)
        yield gettext(
            "%(matters)s 件办件，%(events)s 个事件，责任人变更 %(custody_changes)s 次，"
            "时限 %(obligations)s 个；按时 %(on_time)s，超期 %(late)s，未办结 %(open)s。"
        ) % asdict(report.written)
        yield gettext("新增人员 %(people)s 人，用时 %(seconds).1f 秒。") % {
            "people": report.people,
            "seconds": seconds,
        }
    for reason, count in report.skipped.items():
        yield gettext("略过 %(count)s 个案例：%(why)s") % {"count": count, "why": skipped.get(reason, reason)}
    for reason, count in report.adjusted.items():
        yield gettext("调整 %(count)s 个案例：%(why)s") % {
            "count": count,
            "why": adjusted.get(reason, reason),
        }
    yield from row_lines(report.errors, report.more_errors)


def _written(*, dry_run: bool) -> str:
    return gettext("试算完成，没有写入：") if dry_run else gettext("导入完成：")
