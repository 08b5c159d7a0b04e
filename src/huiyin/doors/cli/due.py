"""`huiyin due`: when something is due, and why on that day. Needs no database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from huiyin.doors.cli.group import Spoken, with_json
from huiyin.doors.cli.output import answer
from huiyin.doors.cli.speaking import ENGLISH, gettext, language, listed
from huiyin.doors.cli.typed import day_of, limit_of, moment
from huiyin.rules import clocks, plausible
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.docket import Law
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import load_calendar


@click.command(cls=Spoken, help=msg("计算到期时间，并说明为什么是这一天"))
@click.option("--rulebook", "slug", required=True, help=msg("适用的制度，例如 township"))
@click.option("--clause", default="", help=msg("按哪一条的时限，例如 p4.time-limit.5.b"))
@click.option(
    "--limit", "limit_text", default="", help=msg('或者直接写时限，例如 "5个工作日" 或 "5 working_day"')
)
@click.option("--from", "start_text", required=True, help=msg("起算时刻，例如 2026-02-13T10:00（北京时间）"))
@click.option(
    "--urgency", type=click.Choice(["urgent", "normal", "low"]), default="normal", help=msg("缓急程度")
)
@click.option(
    "--pause", "pauses", multiple=True, help=msg("不计入时限的时段 起/止；尚未结束的写 起/预计工作日数")
)
@click.option("--extend", "extensions", multiple=True, help=msg('批准的延期，例如 "10个工作日@2026-02-20"'))
@click.option("--event-at", "event_text", default="", help=msg("before_event 所等的活动何时举行"))
@click.option(
    "--calendar-as-of", "as_of_text", default="", help=msg("只用这一天及以前印发的放假通知，例如 2025-10-01")
)
@with_json
def due(
    *,
    slug: str,
    clause: str,
    limit_text: str,
    start_text: str,
    urgency: str,
    pauses: tuple[str, ...],
    extensions: tuple[str, ...],
    event_text: str,
    as_of_text: str,
    as_json: bool,
) -> None:
    """Reckon one clock and explain it in Chinese and English."""
    if bool(clause) == bool(limit_text):
        raise click.UsageError(gettext("请在 --clause 和 --limit 中选用一个"), click.get_current_context())
    law = Law(_book(slug), load_calendar(as_of=day_of(as_of_text) if as_of_text else None))
    start = moment(start_text)
    limit = limit_of(limit_text) if limit_text else _clause_limit(law.book, clause, start, urgency)
    facts = (
        *(fact for text in pauses for fact in pause(text)),
        *(extension(text) for text in extensions),
        *_scheduled(event_text, limit, start),
    )
    clock = plausible.in_order(clocks.Clock(start, limit, facts))
    plausible.check(clock, law)
    result = law.reckon(clock)
    answer(_found(law, clause, limit, result), _lines(law.book, clause, result), as_json=as_json)


def pause(text: str) -> tuple[clocks.Fact, ...]:
    """Read a pause "A/B", or "A/5" for one that still runs and is planned to take five working days."""
    first, slash, last = text.partition("/")
    if not slash or not last:
        raise HuiyinError(
            msg("“%(text)s”不是时段"),
            code="bad_pause",
            params={"text": text[:60]},
            remedy=msg(
                "请写成 起/止，例如 2026-02-24T09:00/2026-02-27T17:00；尚未结束的写 起/预计工作日数。"
            ),
        )
    begins = moment(first)
    if last.isdecimal():
        return (clocks.Paused("inspection", "", begins, int(last)),)
    ends = moment(last)
    if ends < begins:
        raise HuiyinError(
            msg("时段“%(text)s”的结束早于开始"),
            code="bad_pause",
            params={"text": text[:60]},
            remedy=msg("请核对两个时刻的先后。"),
        )
    return (clocks.Paused("inspection", "", begins, 0), clocks.Resumed(ends))


def extension(text: str) -> clocks.Extended:
    """Read an extension "10个工作日@2026-02-20": how much, and when it was approved."""
    amount, at, approved = text.replace("＠", "@").partition("@")
    limit = limit_of(amount) if at else None
    if limit is None or not limit.unit.takes_amount:
        raise HuiyinError(
            msg("“%(text)s”不是延期"),
            code="bad_extension",
            params={"text": text[:60]},
            remedy=msg('请写成 "10个工作日@批准时刻" 或 "10 working_day@批准时刻"。'),
        )
    return clocks.Extended(limit=limit, approved_at=moment(approved), reason_digest="")


def _scheduled(text: str, limit: Limit, start: datetime) -> list[clocks.Fact]:
    if not text:
        return []
    if limit.unit is not Unit.BEFORE_EVENT:
        raise HuiyinError(
            msg("--event-at 只用于 before_event，此处的时限是 %(unit)s"),
            code="no_event_awaited",
            params={"unit": limit.unit.value},
            remedy=msg("请去掉 --event-at，或把时限写成 before_event。"),
        )
    return [clocks.Scheduled(event_at=moment(text), at=start)]


def _book(slug: str) -> rulebooks.Rulebook:
    if slug not in rulebooks.available():
        raise HuiyinError(
            msg("没有名为 %(slug)s 的制度"),
            code="no_such_rulebook",
            params={"slug": slug, "known": listed(rulebooks.available())},
            remedy=msg("可用的制度：%(known)s。"),
        )
    return rulebooks.load(slug)


def _clause_limit(book: rulebooks.Rulebook, clause: str, start: datetime, urgency: str) -> Limit:
    timed = [one.id for one in book.clauses.values() if any("limit" in values.read for values in one.values)]
    if clause not in timed:
        raise HuiyinError(
            msg("制度 %(slug)s 中没有带时限的条款 %(clause)s"),
            code="no_such_clause",
            params={"slug": book.slug, "clause": clause, "known": listed(timed)},
            remedy=msg("带时限的条款：%(known)s。"),
        )
    day = start.date()
    if not book.has_limit(clause, day):
        raise HuiyinError(
            msg("条款 %(clause)s 在 %(day)s 尚未施行"),
            code="clause_not_in_force",
            params={"clause": clause, "day": day.isoformat()},
            remedy=msg("请核对起算时刻。"),
        )
    return book.limit(clause, day, urgency=urgency)


def _found(law: Law, clause: str, limit: Limit, result: clocks.Reckoning) -> dict[str, object]:
    return {
        "due": None if result.awaits_event else result.due.isoformat(),
        "provisional": result.provisional,
        "paused": result.paused,
        "awaits_event": result.awaits_event,
        "yellow_at": None if result.awaits_event else result.yellow_at.isoformat(),
        "start": result.clock.start.isoformat(),
        "limit": {"amount": limit.amount, "unit": limit.unit.value},
        "clause": _clause(law.book, clause) if clause else None,
        "rulebook": law.book.version,
        "calendar": law.calendar.version,
        "steps": [_step(step) for step in result.steps],
        "explanation": {"zh": clocks.explain(result, "zh"), "en": clocks.explain(result, "en")},
    }


def _clause(book: rulebooks.Rulebook, clause: str) -> dict[str, str]:
    found = book.clause(clause)
    return {"id": found.id, "zh": found.zh, "en": found.en}


def _step(step: clocks.Step) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "first": step.first.isoformat(),
        "last": step.last.isoformat(),
        "days": step.days,
        "minutes": step.minutes,
        "unit": step.unit.value if step.unit else "",
        "reason": step.reason,
        "begins": step.begins.isoformat() if step.begins else None,
        "ends": step.ends.isoformat() if step.ends else None,
    }


def _lines(book: rulebooks.Rulebook, clause: str, result: clocks.Reckoning) -> list[str]:
    when = gettext("待定") if result.awaits_event else result.due.strftime("%Y-%m-%d %H:%M")
    lines = [gettext("到期：%(due)s") % {"due": when}]
    if result.provisional:
        lines.append(gettext("（暂定：其间有一年的放假安排尚未公布）"))
    if clause:
        found = book.clause(clause)
        text = found.en if language() == ENGLISH else found.zh
        lines.append(gettext("依据 %(clause)s：%(text)s") % {"clause": clause, "text": text})
    lines.append(clocks.explain(result, language()))
    return lines
