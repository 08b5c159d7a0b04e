"""AB岗台账: who holds each position as A and who stands in as B; and 顶岗台账: who stood in, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.organisation.models import Absence, Appointment, Position
from huiyin.organisation.queries import current_on
from huiyin.organisation.terms import AbsenceKind, Part
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

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
    Column(msg("B岗确认"), 10),
    Column(msg("返岗移交"), 10),
)


def positions(scope: Scope) -> QuerySet[Position]:
    """The positions of the units that are theirs, or that they hold themselves, in the order of units."""
    found = Position.objects.filter(tenant_id=scope.tenant.id)
    if not scope.whole_office:
        held = Appointment.objects.filter(current_on(scope.period.last), person__in=scope.me)
        found = found.filter(unit__in=scope.units) | found.filter(id__in=held.values("position"))
    return found.select_related("unit").order_by("unit__code", "code", "id")


def pairs(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words as it stood when the period ended, or today; one query for who holds what."""
    today = scope.at.astimezone(SHANGHAI).date()
    held = _held([row.id for row in rows], min(scope.period.last, today))
    for row in rows:
        b = held.get((row.id, Part.B.value), "")
        lacking = "" if b else scope.say(msg("未设B岗"))
        a = held.get((row.id, Part.A.value), "")
        yield row.unit.name, row.title, a, b, row.duties, None, lacking


def covers(scope: Scope) -> QuerySet[Absence]:
    """The absences that began in the period, of people whose positions are theirs."""
    found = Absence.objects.filter(scope.within("starts_at"), tenant_id=scope.tenant.id)
    if not scope.whole_office:
        people = Appointment.objects.filter(position__in=positions(scope).values("id"), part=Part.A)
        found = found.filter(person__in=people.values("person"))
    return found.select_related("person").order_by("starts_at", "id")


def covered(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words: every position of who was away, on one line; two queries for all of them."""
    posts: dict[UUID, list[Appointment]] = {}
    mine = Appointment.objects.filter(person__in={row.person_id for row in rows}, part=Part.A)
    for one in mine.select_related("position").order_by("position__code", "since"):
        posts.setdefault(one.person_id, []).append(one)
    stand_ins: dict[UUID, list[Appointment]] = {}
    ids = {one.position_id for found in posts.values() for one in found}
    for one in Appointment.objects.filter(position__in=ids, part=Part.B).select_related("person"):
        stand_ins.setdefault(one.position_id, []).append(one)
    comma = scope.say(msg("、"))
    for row in rows:
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
            "",
            None,
            row.person.name,
            "",
            "",
            "" if others else scope.say(msg("无人顶岗")),
        )


def _holds(one: Appointment, day: Any) -> bool:
    return one.since <= day and (one.until is None or one.until > day)


def _held(ids: Sequence[UUID], day: Any) -> Mapping[tuple[UUID, str], str]:
    rows = Appointment.objects.filter(current_on(day), position__in=ids).select_related("person")
    return {(row.position_id, row.part): row.person.name for row in rows}


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
