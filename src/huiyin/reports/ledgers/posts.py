"""AB岗台账: who holds each position as A and who stands in as B; and 顶岗台账: who stood in, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huiyin.matters.models import Briefing
from huiyin.matters.queries import briefings_of
from huiyin.organisation.models import Absence, Appointment, Position
from huiyin.organisation.queries import current_on
from huiyin.organisation.terms import AbsenceKind, Part
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.reports.pairs_shown import pairs_of
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_text

_A_MOMENT: Final = timedelta(microseconds=1)
PAIRS: Final = (
    Column(msg("科室"), 14),
    Column(msg("岗位"), 18),
    Column(msg("A岗"), 10),
    Column(msg("B岗"), 10),
    Column(msg("职责"), 40),
    Column(msg("公示日期"), 12),
)
COVERS: Final = (
    Column(msg("岗位"), 18),
    Column(msg("A岗"), 10),
    Column(msg("B岗"), 10),
    Column(msg("顶岗起"), 16),
    Column(msg("顶岗止"), 16),
    Column(msg("事由"), 10),
    Column(msg("交接事项"), 24),
    Column(msg("待办数"), 8),
    Column(msg("交接人"), 10),
    Column(msg("B岗确认"), 22),
    Column(msg("返岗移交"), 22),
)


def positions(scope: Scope) -> QuerySet[Position]:
    """The positions of the units that are theirs, or that they hold themselves, in the order of units."""
    found = Position.objects.filter(tenant_id=scope.tenant.id)
    if not scope.whole_office:
        held = Appointment.objects.filter(current_on(scope.period.last), person__in=scope.me)
        found = found.filter(unit__in=scope.units) | found.filter(id__in=held.values("position"))
    return found.select_related("unit").order_by("unit__code", "code", "id")


def pairs(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words as it stood when the period ended, or today; a few queries for all of them.

    A position that no rulebook shows to the public, or a secret one, has no day of showing.
    """
    found = pairs_of(scope.tenant, rows, min(scope.period.until - _A_MOMENT, scope.at))
    for row in rows:
        pair = found[row.id]
        a, b = pair.holder(Part.A.value), pair.holder(Part.B.value)
        lacking = "" if b else scope.say(msg("未设B岗"))
        remark = scope.say(msg("涉密岗，不公示")) if row.secret else lacking
        yield row.unit.name, row.title, a, b, row.duties, pair.shown_on, remark


def covers(scope: Scope) -> QuerySet[Absence]:
    """The absences that began in the period, of people whose positions are theirs."""
    found = Absence.objects.filter(scope.within("starts_at"), tenant_id=scope.tenant.id)
    if not scope.whole_office:
        people = Appointment.objects.filter(position__in=positions(scope).values("id"), part=Part.A)
        found = found.filter(person__in=people.values("person"))
    return found.select_related("person").order_by("starts_at", "id")


def covered(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words: every position of who was away, on one line; four queries for all of them.

    What a hand-over sheet says is told to those who may read the sheet; on the machine, where nobody
    asks, with everything masked that could be a person's.
    """
    posts: dict[UUID, list[Appointment]] = {}
    mine = Appointment.objects.filter(person__in={row.person_id for row in rows}, part=Part.A)
    for one in mine.select_related("position").order_by("position__code", "since"):
        posts.setdefault(one.person_id, []).append(one)
    stand_ins: dict[UUID, list[Appointment]] = {}
    ids = {one.position_id for found in posts.values() for one in found}
    for one in Appointment.objects.filter(position__in=ids, part=Part.B).select_related("person"):
        stand_ins.setdefault(one.position_id, []).append(one)
    comma = scope.say(msg("、"))
    sheets = _sheets(rows, scope)
    for row in rows:
        out, back = (sheets.get((row.id, way), []) for way in (False, True))
        day = row.starts_at.astimezone(SHANGHAI).date()
        held = [one for one in posts.get(row.person_id, ()) if _holds(one, day)]
        others = [b.person.name for one in held for b in stand_ins.get(one.position_id, ()) if _holds(b, day)]
        yield (
            comma.join(one.position.title for one in held),
            row.person.name,
            comma.join(dict.fromkeys(others)),
            row.starts_at,
            row.cancelled_at or row.ends_at,
            scope.say(_WHY.get(row.kind, "")),
            _handed_over(out, scope),
            sum(one.open_matters for one in out) if out else None,
            comma.join(dict.fromkeys(one.writer.name for one in out)) or row.person.name,
            _signed(out, scope) or _unbriefed(row, scope),
            _signed(back, scope),
            "" if others else scope.say(msg("无人顶岗")),
        )


def _holds(one: Appointment, day: Any) -> bool:
    return one.since <= day and (one.until is None or one.until > day)


def _sheets(rows: Sequence[Any], scope: Scope) -> Mapping[tuple[UUID, bool], list[Any]]:
    """The hand-over sheets of each absence, out and back, with how many open matters stand on them."""
    readable = Briefing.objects.filter(tenant_id=scope.tenant.id)
    if scope.asker is not None:
        readable = briefings_of(scope.asker)
    counted = Count("lines", filter=Q(lines__done=False))
    found = readable.filter(absence__in=[row.id for row in rows]).select_related("writer", "reader")
    sheets: dict[tuple[UUID, bool], list[Any]] = {}
    for one in found.annotate(open_matters=counted).order_by("written_at", "id"):
        sheets.setdefault((one.absence_id, one.back), []).append(one)
    return sheets


def _handed_over(sheets: Sequence[Any], scope: Scope) -> str:
    said = "\n".join(text for one in sheets for text in (one.things, one.notes) if text)
    return said if scope.asker is not None else mask_text(said)


def _unbriefed(row: Any, scope: Scope) -> str:
    """That nothing was handed over, and why as whoever recorded it told."""
    if not row.unbriefed:
        return ""
    why = row.why_unbriefed if scope.asker is not None else mask_text(row.why_unbriefed)
    return scope.say(msg("：")).join(one for one in (scope.say(msg("没有交接，B岗主动顶岗")), why) if one)


def _signed(sheets: Sequence[Any], scope: Scope) -> str:
    """Who took a hand-over and when, or that it waits for them."""
    return scope.say(msg("；")).join(
        f"{one.reader.name} {one.acknowledged_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        if one.acknowledged_at
        else scope.say(msg("等%(name)s确认")) % {"name": one.reader.name}
        for one in sheets
    )


_WHY: Final[Mapping[str, str]] = {
    AbsenceKind.BUSINESS_TRIP: msg("出差"),
    AbsenceKind.MEETING: msg("开会"),
    AbsenceKind.TRAINING: msg("受训"),
    AbsenceKind.LEAVE: msg("请假"),
    AbsenceKind.HOLIDAY: msg("休假"),
    AbsenceKind.OTHER: msg("其他"),
}
LEDGER: Final = Ledger(
    "ab-posts",
    msg("AB岗台账"),
    msg("列出各岗位在期末（未到期末则为今天）的A岗和B岗。"),
    PAIRS,
    positions,
    pairs,
)
COVERING: Final = Ledger(
    "covering",
    msg("顶岗台账"),
    msg("按离岗开始的时间列出每一次顶岗。"),
    COVERS,
    covers,
    covered,
)
