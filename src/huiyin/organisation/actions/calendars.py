"""Proposing and confirming what the office's calendar says: one person proposes, another confirms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max

from huiyin.organisation.actions.proposing import decide, line, locked
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.organisation.permissions import (
    By,
    Operator,
    may_confirm_calendar,
    may_propose_calendar,
    may_withdraw,
    same_office,
)
from huiyin.organisation.queries import calendars
from huiyin.organisation.terms import ChangeKind, ChangeState
from huiyin.rules.errors import Conflict, Invalid, Unlawful, msg
from huiyin.rules.schedules import Notice, ScheduleError, parse_year
from huiyin.rules.workdays import SHANGHAI, load_calendar
from huiyin.rules.yearfiles import Drafted, compose, local_change, shipped_texts
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write


def propose_year(tenant: Tenant, drafted: Drafted, *, by: By, at: datetime) -> list[CalendarChange]:
    """Propose a year's schedule or a change to one, with what its notice changes in the year before.

    Somebody else confirms it.

    Raises:
        Unlawful: it says what is in force already, or changes a year that has no schedule yet.
        Conflict: the same, or a proposal for the whole year, waits already. Invalid: the file does
        not hold. Forbidden, NotFound: see `permissions.may_propose_calendar`.
    """
    _gate(by, tenant)
    try:
        rows = calendars.as_rows(tenant, drafted)
        calendars.refuse_unpublished(calendars.calendar_of(Tenant.objects.get(id=tenant.id)), drafted)
        unchanged = _is_known(tenant, drafted)
    except ScheduleError as error:
        raise calendars.does_not_hold(error) from error
    if unchanged:
        raise Unlawful(
            msg("%(year)s年的放假安排与现行的相同"),
            code="calendar_unchanged",
            params={"year": drafted.year},
            remedy=msg("无需再次提出。"),
        )
    return _propose(tenant, rows, by=by, at=at)


def propose_local(
    tenant: Tenant,
    *,
    name: str,
    english: str = "",
    off: Iterable[date] = (),
    worked: Iterable[date] = (),
    reason: str,
    number: str = "",
    issued: date | None = None,
    by: By,
    at: datetime,
) -> CalendarChange:
    """Propose days of one year on which the office closes, or weekend days on which it works.

    `name` says what people will read for the day, and `english` what readers of English will;
    `number` and `issued` name the document it rests on, today when there is none. A weekend can
    only be worked from tomorrow on: nobody is made late by a day that was free when it passed.

    Raises:
        Invalid: by field. Forbidden, NotFound: see `permissions.may_propose_calendar`.
    """
    _gate(by, tenant)
    today = at.astimezone(SHANGHAI).date()
    closed, opened = sorted(set(off)), sorted(set(worked))
    kept, grounds = line(name), line(reason)
    faults = _local_faults(tenant, closed, opened, today)
    faults |= {} if kept else {"name": msg("请填写名称，例如“台风停工”")}
    faults |= {} if grounds else {"reason": msg("请填写理由和依据")}
    if faults:
        raise Invalid(faults)
    notice = Notice(kept, line(number)[:60], issued or today)
    text = local_change(name=kept, english=line(english), off=closed, worked=opened, notice=notice)
    row = calendars.row_of(tenant, ChangeKind.LOCAL, (closed or opened)[0].year, text, notice)
    row.reason = grounds
    return _propose(tenant, [row], by=by, at=at)[0]


def propose_revocation(change: CalendarChange, *, reason: str, by: By, at: datetime) -> CalendarChange:
    """Propose that an office's own change no longer counts; raises Unlawful for anything else."""
    _gate(by, change.tenant)
    if change.kind != ChangeKind.LOCAL or change.state != ChangeState.CONFIRMED:
        raise Unlawful(msg("只有已确认的本单位调整可以撤销"), code="not_in_force")
    grounds = line(reason)
    if not grounds:
        raise Invalid({"reason": msg("请填写理由和依据")})
    notice = Notice(change.title, change.number, change.issued)
    row = calendars.row_of(change.tenant, ChangeKind.REVOCATION, change.year, change.text, notice)
    row.reason, row.replaces = grounds, change
    return _propose(change.tenant, [row], by=by, at=at)[0]


def confirm_calendar(change: CalendarChange, *, by: By, at: datetime) -> list[CalendarChange]:
    """Confirm a proposal, with everything proposed together with it; from now on it counts.

    A year replaces the one before it and what had amended that; the office's own changes stay.

    Raises:
        Forbidden: the asker proposed it, or may not. Unlawful: it was decided already.
        Invalid: together with what is in force it does not hold.
    """
    same_office(by, change.tenant_id)
    with write():
        tenant = locked(change.tenant_id)
        rows = _waiting(change)
        for row in rows:
            may_confirm_calendar(by, row.proposed_by_id).require()
            _supersede(row, at)
        decide(rows, ChangeState.CONFIRMED, by=by, at=at)
        _renew(tenant)
        for row in rows:
            _note("calendar_confirmed", row, by=by, at=at)
    return rows


def reject_calendar(change: CalendarChange, *, remark: str, by: By, at: datetime) -> list[CalendarChange]:
    """Send a proposal back with a reason; nothing changes. Raises as `confirm_calendar` does."""
    kept = line(remark)
    if not kept:
        raise Invalid({"remark": msg("请填写退回的理由")})
    same_office(by, change.tenant_id)
    with write():
        locked(change.tenant_id)
        rows = _waiting(change)
        for row in rows:
            may_confirm_calendar(by, row.proposed_by_id).require()
        decide(rows, ChangeState.REJECTED, by=by, at=at, remark=kept)
        for row in rows:
            _note("calendar_rejected", row, by=by, at=at)
    return rows


def withdraw_calendar(change: CalendarChange, *, by: By, at: datetime) -> list[CalendarChange]:
    """Take one's own proposal back before somebody decided it."""
    same_office(by, change.tenant_id)
    with write():
        locked(change.tenant_id)
        rows = _waiting(change)
        for row in rows:
            may_withdraw(by, row.proposed_by_id).require()
        decide(rows, ChangeState.WITHDRAWN, by=by, at=at)
        for row in rows:
            _note("calendar_withdrawn", row, by=by, at=at)
    return rows


def _gate(by: By, tenant: Tenant) -> None:
    same_office(by, tenant.id)
    may_propose_calendar(by).require()


def _is_known(tenant: Tenant, drafted: Drafted) -> bool:
    """Whether what is in force says the same; a change may say so with another notice."""
    if drafted.amendment:
        return False
    published = calendars.in_force(tenant.id).exclude(kind=ChangeKind.LOCAL)
    current = calendars.texts(published).get(drafted.year) or shipped_texts().get(drafted.year)
    if not current:
        return False
    known = parse_year(current, "known")
    if not drafted.change:
        return known == drafted.own()
    changed = parse_year(compose(current, [drafted.change]), "changed")
    return (known.off, known.worked) == (changed.off, changed.worked)


def _local_faults(tenant: Tenant, closed: list[date], opened: list[date], today: date) -> dict[str, str]:
    faults: dict[str, str] = {}
    calendar = calendars.calendar_of(Tenant.objects.get(id=tenant.id))
    if not closed and not opened:
        faults["off"] = msg("请填写放假或上班的日期")
    elif len({day.year for day in (*closed, *opened)}) > 1:
        faults["off"] = msg("一次只能调整同一年的日期，请分开提出")
    elif not calendar.is_official((closed or opened)[0].year):
        faults["off"] = msg("这一年的放假安排还没有公布，请先提出并确认年度放假安排")
    if set(closed) & set(opened):
        faults["worked"] = msg("同一天不能既放假又上班")
    elif any(day.isoweekday() not in {6, 7} for day in opened):
        faults["worked"] = msg("上班的日子不是周末，本来就上班")
    elif any(day <= today for day in opened):
        faults["worked"] = msg("已经过去的周末不能改为上班")
    return faults


def _propose(tenant: Tenant, rows: list[CalendarChange], *, by: By, at: datetime) -> list[CalendarChange]:
    bundle = new_id()
    person = None if isinstance(by, Operator) else by.person_id
    try:
        with write():
            locked(tenant.id)
            if _waits(rows):
                raise _waiting_already(rows)
            for row in rows:
                row.bundle, row.proposed_by_id, row.proposed_at = bundle, person, at
                row.version = _last_version(tenant.id, row.year) + 1
                row.save(force_insert=True)
                _note("calendar_proposed", row, by=by, at=at)
    except IntegrityError as error:
        raise _waiting_already(rows) from error
    return rows


def _waits(rows: list[CalendarChange]) -> bool:
    """Whether the same change was proposed before; of whole years the database lets no second one wait."""
    waiting = CalendarChange.objects.filter(state=ChangeState.PROPOSED, kind=ChangeKind.AMENDMENT)
    return any(
        waiting.filter(tenant_id=row.tenant_id, year=row.year, text=row.text).exists()
        for row in rows
        if row.kind == ChangeKind.AMENDMENT
    )


def _waiting_already(rows: list[CalendarChange]) -> Conflict:
    return Conflict(
        msg("%(year)s年已有一份放假安排在等待确认"),
        code="calendar_waiting",
        params={"year": rows[0].year},
        remedy=msg("请先确认、退回或撤回那一份。"),
    )


def _last_version(tenant_id: UUID, year: int) -> int:
    found = CalendarChange.objects.filter(tenant_id=tenant_id, year=year).aggregate(last=Max("version"))
    return int(found["last"] or 0)


def _waiting(change: CalendarChange) -> list[CalendarChange]:
    rows = CalendarChange.objects.filter(tenant_id=change.tenant_id, bundle=change.bundle)
    found = list(rows.filter(state=ChangeState.PROPOSED).order_by("year"))
    if not found:
        raise Unlawful(
            msg("这份放假安排已经有人处理过了"), code="already_decided", remedy=msg("请刷新页面查看结果。")
        )
    return found


def _supersede(row: CalendarChange, at: datetime) -> None:
    """What a confirmed proposal takes the place of no longer counts."""
    counting = CalendarChange.objects.filter(tenant_id=row.tenant_id, state=ChangeState.CONFIRMED)
    if row.kind == ChangeKind.YEAR:
        kinds = [ChangeKind.YEAR, ChangeKind.AMENDMENT]
        replaced = counting.filter(year=row.year, kind__in=kinds)
    elif row.replaces_id:
        replaced = counting.filter(id=row.replaces_id)
    else:
        return
    replaced.update(state=ChangeState.SUPERSEDED, superseded_at=at)


def _renew(tenant: Tenant) -> None:
    """Let the office's row stand for what counts now; raises Invalid when that does not hold together."""
    rows = list(calendars.in_force(tenant.id))
    try:
        load_calendar(published=tuple(calendars.texts(rows).values()))
    except ScheduleError as error:
        raise calendars.does_not_hold(error) from error
    Tenant.objects.filter(id=tenant.id).update(calendar_digest=calendars.digest(rows))


def _note(kind: str, row: CalendarChange, *, by: By, at: datetime) -> None:
    body: dict[str, str | int | bool | None] = {
        "change": str(row.id),
        "kind": row.kind,
        "year": row.year,
        "version": row.version,
        "text": hashlib.sha256(row.text.encode()).hexdigest(),
    }
    note(kind, tenant_id=row.tenant_id, subject_id=row.tenant_id, by=by, at=at, body=body)
