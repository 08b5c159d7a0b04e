"""`huiyin calendar` and what `huiyin import calendar` says: schedules, what waits, and how far it got."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import click

from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import FAILED, Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer, row_error, row_lines
from huiyin.doors.cli.speaking import ENGLISH, gettext, language, listed
from huiyin.obligations import queries as obligations
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.organisation.calendar_files import Read, read_schedule
from huiyin.organisation.queries import Preview
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.layout import SHIFTED
from huiyin.rules.workdays import SHANGHAI, Calendar
from huiyin.rules.yearfiles import Drafted, holiday_name, named, unnamed

if TYPE_CHECKING:
    from huiyin.organisation.models import CalendarChange, Tenant

_AHEAD: Final = 3
"""Years that `status` tells of: this one and the next two."""


@click.group("calendar", cls=SpokenGroup, help=msg("查看放假安排、待确认的提议和重新计算的进度"))
def calendar() -> None:
    """Group of commands about calendars."""


@calendar.command(cls=Spoken, help=msg("各年依据的通知、待确认的提议、重新计算的进度"))
@with_office
@with_json
def status(*, slug: str, as_json: bool) -> None:
    """Tell how things stand: years, proposals, recomputation, and what is missing."""
    tenant, now = the_office(slug), datetime.now(UTC)
    found = standing(tenant, now)
    answer(found, _standing_lines(found), as_json=as_json)


def standing(tenant: Tenant, now: datetime) -> dict[str, object]:
    """Return how the office's calendar stands, as programs read it."""
    law = organisation.calendar_of(tenant)
    this_year = now.astimezone(SHANGHAI).year
    job = obligations.recomputation_of(tenant.id)
    return {
        "office": tenant.slug,
        "version": law.version,
        "missing_year": organisation.missing_year(law, now),
        "years": [
            {
                "year": year,
                "official": law.is_official(year),
                "notices": [
                    {"title": one.title, "number": one.number, "issued": one.issued.isoformat()}
                    for one in law.notices(year)
                ],
            }
            for year in range(this_year, this_year + _AHEAD)
        ],
        "waiting": [_waiting(row) for row in organisation.waiting_changes(tenant.id)],
        "recomputation": None
        if job is None
        else {
            "calendar": job.calendar,
            "current": job.calendar == law.version,
            "first": not tenant.calendar_digest and not obligations.had_another_calendar(tenant.id),
            "begun_at": job.begun_at.isoformat(),
            "finished_at": job.finished_at.isoformat() if job.finished_at else None,
            "total": job.total,
            "seen": job.seen,
            "moved": job.moved,
        },
    }


def propose(
    tenant: Tenant,
    data: bytes,
    *,
    year: int | None,
    title: str,
    number: str,
    issued: date | None,
    english: Mapping[str, str],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read a schedule, say what was understood, and propose it unless on trial; exits 1 for one unfit.

    `english` gives English names, by the Chinese ones, for holidays that have none.
    """
    read = read_schedule(data, year=year, title=title, number=number, issued=issued)
    if read.drafted is None:
        answer({"office": tenant.slug, **_unfit(read)}, _unfit_lines(read), as_json=as_json)
        sys.exit(FAILED)
    drafted = named(read.drafted, english)
    preview = organisation.preview(tenant, drafted)
    rows = [] if dry_run else actions.propose_year(tenant, drafted, by=actions.OPERATOR, at=datetime.now(UTC))
    found = {
        "office": tenant.slug,
        "dry_run": dry_run,
        **_understood(preview),
        "without_english": unnamed(drafted),
        "proposed": [_waiting(row) for row in rows],
    }
    answer(found, [*_understood_lines(preview), *_outcome_lines(drafted, dry_run=dry_run)], as_json=as_json)


def english_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the names in options written 节日=English name; raises `HuiyinError` for what is none."""
    found = {}
    for text in texts:
        zh, _, english = (part.strip() for part in text.partition("="))
        if not zh or not english:
            raise HuiyinError(
                msg("“%(text)s”不是英文名称"),
                code="bad_english",
                params={"text": text[:60]},
                remedy=msg("请写成 节日=English name。"),
            )
        found[holiday_name(zh)] = english
    return found


def _waiting(row: CalendarChange) -> dict[str, object]:
    return {
        "id": str(row.id),
        "kind": row.kind,
        "year": row.year,
        "version": row.version,
        "title": row.title,
        "proposed_at": row.proposed_at.isoformat(),
    }


def _understood(preview: Preview) -> dict[str, object]:
    year = preview.year
    return {
        "year": year.year,
        "notice": {
            "title": year.notices[0].title,
            "number": year.notices[0].number,
            "issued": year.notices[0].issued.isoformat(),
        },
        "days_off": {day.isoformat(): year.names[key][0] for day, key in sorted(year.off.items())},
        "working_weekends": [day.isoformat() for day in sorted(year.worked)],
        "working_days": preview.working_days,
        "amends": preview.amends,
        "still_worked": [day.isoformat() for day in preview.still_worked],
        "estimated_until_now": preview.estimated,
        "changes": [
            {"date": one.day.isoformat(), "before": one.before, "after": one.after}
            for one in (*preview.earlier, *preview.in_force)
        ],
    }


def _understood_lines(preview: Preview) -> Iterator[str]:
    year = preview.year
    told = {"year": year.year, "off": len(year.off), "worked": len(year.worked), "days": preview.working_days}
    if preview.amends:
        line = gettext(
            "对%(year)s年的调整：通知写明放假%(off)s天，调休上班%(worked)s天；其余节日不变，调整后全年工作日%(days)s天。"
        )
    else:
        line = gettext("%(year)s年：放假%(off)s天，调休上班%(worked)s天，全年工作日%(days)s天。")
    yield line % told
    yield gettext("依据：%(title)s %(number)s") % {
        "title": year.notices[0].title,
        "number": year.notices[0].number,
    }
    off = [f"{day:%m-%d} {_called(preview.after, key)}" for day, key in sorted(year.off.items())]
    yield gettext("放假：%(days)s") % {"days": listed(off) or "-"}
    yield gettext("上班：%(days)s") % {"days": listed(f"{day:%m-%d}" for day in sorted(year.worked)) or "-"}
    changed = [
        f"{one.day} {_called(preview.now, one.before)}→{_called(preview.after, one.after)}"
        for one in (*preview.earlier, *preview.in_force)
    ]
    against = gettext("与估计相比") if preview.estimated else gettext("与现行安排相比")
    yield gettext("%(against)s，%(count)s天有变化：%(days)s") % {
        "against": against,
        "count": len(changed),
        "days": listed(changed) or "-",
    }
    if preview.still_worked:
        yield gettext("通知没有提到、按现行安排仍要上班的周末：%(days)s") % {
            "days": listed(day.isoformat() for day in preview.still_worked)
        }


def _outcome_lines(drafted: Drafted, *, dry_run: bool) -> Iterator[str]:
    names = unnamed(drafted)
    if names:
        yield gettext(
            "没有英文名称、英文页面显示中文的节日：%(names)s。可用 --english 节日=English 给出。"
        ) % {"names": listed(names)}
    if dry_run:
        yield gettext("试算完成，没有写入。")
    else:
        yield gettext("已提出，由系统管理员、办公室文书或效能办登录后核对确认，确认后生效。")


def _called(law: Calendar, why: str) -> str:
    """What a day is, by the word of `Calendar.why`, in the language to speak."""
    words = {"workday": msg("上班"), "weekend": msg("周末休息"), SHIFTED: msg("调休上班日")}
    if why in words:
        return gettext(words[why])
    chinese, english = law.holiday_name(why)
    return english if language() == ENGLISH else chinese


def _unfit(read: Read) -> dict[str, object]:
    return {
        "unread": [{"sentence": one.sentence, "reason": gettext(one.reason)} for one in read.unread],
        "missing": list(read.missing),
        "lacks": list(read.lacks),
        "errors": [row_error(error) for error in read.errors],
    }


def _unfit_lines(read: Read) -> Iterator[str]:
    yield gettext("没有提出任何内容，请先改正：")
    for one in read.unread:
        yield gettext("%(reason)s：%(sentence)s") % {"reason": gettext(one.reason), "sentence": one.sentence}
    if read.missing:
        yield gettext("没有读到这些节日：%(names)s") % {"names": listed(read.missing)}
    if read.lacks:
        yield gettext("还需要用选项给出：%(names)s") % {"names": listed(f"--{name}" for name in read.lacks)}
    yield from row_lines(read.errors, 0)


def _standing_lines(found: dict[str, object]) -> Iterator[str]:
    for year in found["years"]:  # type: ignore[attr-defined]
        titles = listed(one["title"] for one in year["notices"])
        yield f"{year['year']}  " + (titles or gettext("尚未公布，按法定节日估计，结果为暂定"))
    if found["missing_year"]:
        yield gettext("缺少%(year)s年的放假安排。通知公布后请运行 huiyin import calendar 文件。") % {
            "year": found["missing_year"]
        }
    for row in found["waiting"]:  # type: ignore[attr-defined]
        yield gettext("待确认：%(year)s年 %(title)s") % {"year": row["year"], "title": row["title"]}
    job = found["recomputation"]
    if isinstance(job, dict):
        done = job["finished_at"] and job["current"]
        state = gettext("重新计算已完成") if done else gettext("正在重新计算")
        if job["first"]:
            state = gettext("首次核对时限")
        yield gettext("%(state)s：已查%(seen)s项，共%(total)s项，变动%(moved)s项") % {"state": state, **job}
