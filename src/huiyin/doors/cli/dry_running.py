"""`huiyin rulebook dry-run`: what another rulebook would have made of the office's own record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.doors.cli.choosing import the_office
from huiyin.doors.cli.output import answer, progress
from huiyin.doors.cli.rulebooks import bad_rulebook
from huiyin.doors.cli.speaking import gettext
from huiyin.reports import dry_runs, sheets
from huiyin.reports.dry_runs import Affected, DryRun, Theirs
from huiyin.reports.making import finish
from huiyin.rules.dry_run import Change
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.overlays import Overlay
from huiyin.rules.rulebook import Rulebook, RulebookError
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

_LISTED = 20
_FIRST = 1950


def run(
    named: Rulebook | Overlay, *, slug: str, since: date | None, until: date | None, sheet: str, as_json: bool
) -> None:
    """Tell the record again and say what would have been different; `until` is the last day that counts.

    An overlay is tried as if it had held since the first day, on top of the office's own changes.
    """
    tenant = the_office(slug)
    first = _midnight(since) if since else None
    end = _midnight(until + timedelta(days=1)) if until else None
    if first and end and first >= end:
        raise HuiyinError(msg("--from 晚于 --to"), code="bad_range", remedy=msg("请核对两个日期的先后。"))
    theirs = _theirs(named, tenant, since)
    how_many = dry_runs.count(tenant, asker=None, since=first, until=end)
    with progress(gettext("试算"), how_many, quiet=as_json) as advance:
        telling = dry_runs.dry_run(tenant, theirs, asker=None, at=datetime.now(UTC), since=first, until=end)
        found = finish(telling, advance)
    if sheet:
        _write(sheet, sheets.dry_run_workbook(found, gettext))
    answer(_plain(found), _lines(found, sheet), as_json=as_json)


def _theirs(named: Rulebook | Overlay, tenant: Tenant, since: date | None) -> Theirs:
    if isinstance(named, Rulebook):
        return dry_runs.under(named)
    try:
        return dry_runs.trying(tenant, named, since or date(_FIRST, 1, 1))
    except RulebookError as error:
        raise bad_rulebook(error) from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _write(name: str, data: bytes) -> None:
    path = Path(name)
    if path.exists():
        raise HuiyinError(
            msg("文件 %(path)s 已经存在，没有覆盖"),
            code="file_exists",
            params={"path": name},
            remedy=msg("请换一个文件名，或先移走旧文件。"),
        )
    path.write_bytes(data)


def _plain(found: DryRun) -> dict[str, Any]:
    return {
        "ours": found.ours,
        "theirs": found.theirs,
        "total": {name: found.total[name] for name in dry_runs.COUNTS},
        "by_unit_and_month": [
            {"unit": unit, "month": month, **{name: figures[name] for name in dry_runs.COUNTS}}
            for (unit, month), figures in sorted(found.by_month.items())
        ],
        "not_allowed": [
            {"code": code, "clause": clause, "count": count}
            for (code, clause), count in found.forbidden.most_common()
        ],
        "affected": [_affected(one) for one in found.affected],
    }


def _affected(one: Affected) -> dict[str, Any]:
    return {
        "number": one.number,
        "unit": one.unit,
        "received_at": one.received_at.astimezone(SHANGHAI).isoformat(timespec="minutes"),
        "changes": [_change(change) for change in one.difference.changes],
        "not_allowed": [{"code": code, "clause": clause} for code, clause in one.difference.forbidden],
        "not_followed": one.difference.broken,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "duty": one.key,
        "due": _moment(one.ours.due if one.ours else None),
        "would_be_due": _moment(one.theirs.due if one.theirs else None),
        "late": one.was_late,
        "would_be_late": one.would_be_late,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat(timespec="minutes") if at else None


def _lines(found: DryRun, sheet: str) -> Iterator[str]:
    yield gettext("现行 %(ours)s，试算 %(theirs)s；没有写入任何内容。") % {
        "ours": found.ours,
        "theirs": found.theirs,
    }
    for name in dry_runs.COUNTS:
        yield f"  {gettext(sheets.LABELS[name])}  {found.total[name]}"
    for (code, clause), count in found.forbidden.most_common():
        yield gettext("  不被允许：%(code)s（§ %(clause)s）%(count)s 次") % {
            "code": code,
            "clause": clause or "—",
            "count": count,
        }
    for one in found.affected[:_LISTED]:
        for change in one.difference.changes:
            yield f"  {one.number}  {change.key}  {_shown(change)}"
    if found.total["matters_changed"] > _LISTED:
        yield gettext("只列出前 %(count)s 件；全部见 --json 或 --xlsx。") % {"count": _LISTED}
    if sheet:
        yield gettext("已写入 %(path)s。") % {"path": sheet}


def _shown(one: Change) -> str:
    ours, theirs = (_moment(side.due if side else None) or "—" for side in (one.ours, one.theirs))
    return f"{ours} → {theirs}"
