"""The office's working calendar: the shipped years, those it confirmed itself, and its own changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.terms import ChangeKind, ChangeState
from huiyin.rules.errors import NotFound
from huiyin.rules.schedules import Year, parse_year
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar
from huiyin.rules.yearfiles import Change, Drafted, changes, compose, shipped_texts, working_days

WARN_FROM: Final = 10
"""The month from which a missing schedule of the next year is worth a warning: notices come in autumn."""
_MOST: Final = 64
_known: dict[tuple[UUID, str], Calendar] = {}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would mean: its days, and how it differs from what is in force and from the estimate.

    `estimated` is empty when the year in force is no estimate. `earlier` are the changes to the year before.
    """

    year: Year
    working_days: int
    in_force: list[Change]
    estimated: bool
    earlier: list[Change]


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
    """Return what a draft would mean for an office; raises ScheduleError for one that does not hold."""
    now = calendar_of(tenant)
    rows = [row for row in in_force(tenant.id) if row.kind == ChangeKind.LOCAL or row.year != drafted.year]
    after_texts = texts([*_as_rows(tenant, drafted), *rows])
    after = load_calendar(published=tuple(after_texts.values()))
    return Preview(
        year=parse_year(drafted.text, str(drafted.year)),
        working_days=working_days(after, drafted.year),
        in_force=changes(now, after, drafted.year),
        estimated=not now.is_official(drafted.year),
        earlier=changes(now, after, drafted.year - 1),
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


def _as_rows(tenant: Tenant, drafted: Drafted) -> list[CalendarChange]:
    """The rows a draft would become; not stored."""
    rows = [CalendarChange(tenant=tenant, kind=ChangeKind.YEAR, year=drafted.year, text=drafted.text)]
    if drafted.amendment:
        rows.append(
            CalendarChange(
                tenant=tenant, kind=ChangeKind.AMENDMENT, year=drafted.year - 1, text=drafted.amendment
            )
        )
    return rows
