"""The office's working calendar: the shipped years, those it confirmed itself, and its own changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.terms import ChangeKind, ChangeState
from huiyin.rules.errors import Invalid, NotFound, Unlawful, msg
from huiyin.rules.layout import SHIFTED
from huiyin.rules.schedules import Notice, ScheduleError, Year
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar
from huiyin.rules.yearfiles import Change, Drafted, changes, compose, shipped_texts, working_days

WARN_FROM: Final = 10
"""The month from which a missing schedule of the next year is worth a warning: notices come in autumn."""
_MOST: Final = 64
_LONGEST: Final = 200
_NEAR: Final = 15
"""Days: a weekend is worked for a holiday at most about two weeks away."""
_known: dict[tuple[UUID, str], Calendar] = {}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would mean: its days, and how it differs from what is in force and from the estimate.

    `year` holds the days that the notice itself names; `amends` says that the
    others of its year stay as they are. `estimated` is false when the year in
    force is no estimate. `earlier` are the changes to the year before. Both words
    of a change are those of `now` and of `after`. `still_worked` are the weekends
    near the days of an amendment that stay worked though it does not name them.
    """

    year: Year
    working_days: int
    in_force: list[Change]
    estimated: bool
    earlier: list[Change]
    amends: bool
    now: Calendar
    after: Calendar
    still_worked: list[date]


def calendar_of(tenant: Tenant) -> Calendar:
    """Return the office's calendar: no query unless this process has not seen its confirmed years yet."""
    if not tenant.calendar_digest:
        return load_calendar()
    known = _known.get((tenant.id, tenant.calendar_digest))
    if known is not None:
        return known
    rows = list(in_force(tenant.id))
    calendar = load_calendar(published=tuple(texts(rows).values()))
    # Somebody may have confirmed more since the office was read: kept under what it really is.
    if len(_known) >= _MOST:
        _known.clear()
    _known[tenant.id, digest(rows)] = calendar
    return calendar


def in_force(tenant_id: UUID) -> QuerySet[CalendarChange]:
    """Return the confirmed changes of an office in the order they apply."""
    return CalendarChange.objects.filter(
        tenant_id=tenant_id,
        state=ChangeState.CONFIRMED,
        kind__in=[ChangeKind.YEAR, ChangeKind.AMENDMENT, ChangeKind.LOCAL],
    ).order_by("year", "version")


def texts(rows: Iterable[CalendarChange]) -> dict[int, str]:
    """Return the year files that the changes give, by year; a year without its own rests on the shipped one.

    Raises `ScheduleError` for a change to a year that has no schedule.
    """
    found: dict[int, str] = {}
    later: dict[int, list[str]] = {}
    for row in rows:
        if row.kind == ChangeKind.YEAR:
            found[row.year] = row.text
        else:
            later.setdefault(row.year, []).append(row.text)
    for year, entries in later.items():
        base = found.get(year) or shipped_texts().get(year) or f"year: {year}"
        found[year] = compose(base, entries)
    return found


def digest(rows: Iterable[CalendarChange]) -> str:
    """Return what stands for confirmed changes; "" for none."""
    parts = [f"{row.kind} {row.year} {row.version} {row.text}" for row in rows]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] if parts else ""


def calendar_changes(asker: Asker) -> QuerySet[CalendarChange]:
    """Return every proposal of the asker's office, newest first."""
    return (
        CalendarChange.objects.filter(tenant_id=asker.tenant_id)
        .select_related("proposed_by", "decided_by", "replaces")
        .order_by("-proposed_at", "-version", "-id")
    )


def calendar_change(asker: Asker, change_id: UUID) -> CalendarChange:
    """Return one proposal of the asker's office, or raise NotFound."""
    row = calendar_changes(asker).filter(id=change_id).first()
    if row is None:
        raise NotFound
    return row


def waiting_changes(tenant_id: UUID) -> list[CalendarChange]:
    """Return an office's proposals that wait for a second person, oldest first; for pages and commands."""
    rows = CalendarChange.objects.filter(tenant_id=tenant_id, state=ChangeState.PROPOSED)
    return list(rows.select_related("proposed_by").order_by("proposed_at", "id"))


def local_changes(tenant_id: UUID, year: int) -> list[CalendarChange]:
    """Return an office's own changes that count in a year."""
    return list(in_force(tenant_id).filter(kind=ChangeKind.LOCAL, year=year))


def preview(tenant: Tenant, drafted: Drafted) -> Preview:
    """Return what a draft would mean for an office.

    Raises:
        Invalid: it does not hold. Unlawful: it changes a year that has no schedule yet.
    """
    now = calendar_of(tenant)
    refuse_unpublished(now, drafted)
    try:
        after = after_confirming(tenant.id, as_rows(tenant, drafted))
        year = drafted.own()
    except ScheduleError as error:
        raise does_not_hold(error) from error
    return Preview(
        year=year,
        working_days=working_days(after, drafted.year),
        in_force=changes(now, after, drafted.year),
        estimated=not now.is_official(drafted.year),
        earlier=changes(now, after, drafted.year - 1),
        amends=bool(drafted.change),
        now=now,
        after=after,
        still_worked=_still_worked(year, after) if drafted.change else [],
    )


def refuse_unpublished(calendar: Calendar, drafted: Drafted) -> None:
    """Raise Unlawful for a change to a year that has no schedule yet: there is nothing to change."""
    if drafted.change and not calendar.is_official(drafted.year):
        raise Unlawful(
            msg("%(year)s年的放假安排还没有公布，不能调整"),
            code="year_unpublished",
            params={"year": drafted.year},
            remedy=msg("请先提出并确认这一年的放假安排。"),
        )


def does_not_hold(error: ScheduleError) -> Invalid:
    """Return the refusal of a schedule that contradicts itself, or what is in force."""
    return Invalid(
        {"text": msg("放假安排自相矛盾：%(why)s")},
        code="calendar_invalid",
        params={"why": str(error)},
        remedy=msg("请对照通知原文改正后再提出。"),
    )


def after_confirming(tenant_id: UUID, proposed: Sequence[CalendarChange]) -> Calendar:
    """Return the calendar that an office would have once these were confirmed; raises ScheduleError."""
    years = {row.year for row in proposed if row.kind == ChangeKind.YEAR}
    undone = {row.replaces_id for row in proposed if row.replaces_id}
    kept = [
        row
        for row in in_force(tenant_id)
        if row.id not in undone and (row.kind == ChangeKind.LOCAL or row.year not in years)
    ]
    added = (row for row in proposed if row.kind != ChangeKind.REVOCATION)
    return load_calendar(published=tuple(texts([*kept, *added]).values()))


def effect(tenant: Tenant, change: CalendarChange) -> tuple[Calendar, list[Change]]:
    """Return the calendar if a waiting proposal were confirmed, and what would change in its year.

    What was proposed together with it counts along. Raises Invalid where it does not hold together.
    """
    together = CalendarChange.objects.filter(
        tenant_id=tenant.id, bundle=change.bundle, state=ChangeState.PROPOSED
    )
    try:
        after = after_confirming(tenant.id, list(together.order_by("year")))
    except ScheduleError as error:
        raise does_not_hold(error) from error
    return after, changes(calendar_of(tenant), after, change.year)


def as_rows(tenant: Tenant, drafted: Drafted) -> list[CalendarChange]:
    """Return the rows that a draft becomes when it is proposed; not stored."""
    notice = drafted.own().notices[0]
    kind = ChangeKind.AMENDMENT if drafted.change else ChangeKind.YEAR
    found = [row_of(tenant, kind, drafted.year, drafted.change or drafted.text, notice)]
    if drafted.amendment:
        found.append(row_of(tenant, ChangeKind.AMENDMENT, drafted.year - 1, drafted.amendment, notice))
    return found


def row_of(tenant: Tenant, kind: ChangeKind, year: int, text: str, notice: Notice) -> CalendarChange:
    """Return a proposal that nobody has made yet; not stored."""
    return CalendarChange(
        tenant=tenant,
        kind=kind.value,
        year=year,
        text=text,
        title=notice.title[:_LONGEST],
        number=notice.number[:60],
        issued=notice.issued,
    )


def missing_year(calendar: Calendar, at: datetime) -> int | None:
    """Return the next year when its schedule is missing and it is late enough in this one to say so."""
    day: date = at.astimezone(SHANGHAI).date()
    if not calendar.is_official(day.year):
        return day.year
    late = day.month >= WARN_FROM and not calendar.is_official(day.year + 1)
    return day.year + 1 if late else None


def years_of(calendar: Calendar, around: int) -> Mapping[int, bool]:
    """Return the years worth showing around one, and whether each is official."""
    return {year: calendar.is_official(year) for year in range(around - 2, around + 3)}


def _still_worked(notice: Year, after: Calendar) -> list[date]:
    near = {day + timedelta(days=i) for day in notice.off for i in range(-_NEAR, _NEAR + 1)}
    return sorted(day for day in near if after.why(day) == SHIFTED and day not in notice.worked)
