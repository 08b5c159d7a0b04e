"""Import of units, positions and people from one workbook: all of it, or nothing.

Reading and planning write nothing; a plan without errors is then written in
one transaction. The same file twice changes nothing the second time.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError

from huiyin.organisation.actions.entry import alone_in
from huiyin.organisation.actions.naming import name_people, name_positions
from huiyin.organisation.actions.plan import Plan
from huiyin.organisation.actions.record import Noted, note_many
from huiyin.organisation.models import Appointment, Person, Position, Tenant, Unit
from huiyin.organisation.permissions import OPERATOR, By, Operator, may_manage_people, same_office
from huiyin.organisation.queries import count_administrators
from huiyin.organisation.sheets import SHEETS
from huiyin.organisation.workbook import NotAWorkbook, read_workbook
from huiyin.rules.errors import Conflict, msg
from huiyin.rules.importing import Faults, ImportReport, file_report, read_sheets
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_BATCH = 500
_UNIT_FIELDS = ("name", "parent", "overseer")
_POSITION_FIELDS = ("title", "unit", "rank", "duties", "phone", "place", "reception")
_PERSON_FIELDS = ("name", "office_phone", "email", "active")


def import_people(
    tenant: Tenant, data: bytes, *, dry_run: bool, at: datetime, by: By = OPERATOR
) -> ImportReport:
    """Import the sheets 科室, 岗位 and 人员 of a workbook; any of them may be missing.

    Rows are matched by their code or staff number. Listed rows are made as the
    sheet says; what is not listed stays. A column the sheet does not have is
    left alone. Accounts and roles are never touched, nor the importer's own
    positions and their ranks.

    Returns:
        The report. With an error, or on a dry run, nothing was written.

    Raises:
        Forbidden: the asker is no administrator. NotFound: another office.
        Conflict: somebody changed the registers in the same moment; repeat.
    """
    same_office(by, tenant.id)
    may_manage_people(by).require()
    faults, ignored = Faults(), list[str]()
    try:
        found = read_sheets(read_workbook(data), SHEETS, faults, ignored)
    except NotAWorkbook as fault:
        return file_report(fault.msgid, fault.remedy, dry_run=dry_run, **fault.params)
    me = None if isinstance(by, Operator) else by.person_id
    plan = Plan(tenant, at.astimezone(SHANGHAI).date(), faults, me=me)
    plan.read(found)
    if not faults and not dry_run:
        _write(plan, tenant, hashlib.sha256(data).hexdigest(), by=by, at=at)
    counts = plan.counts if not faults else dict.fromkeys(plan.counts, 0)
    return ImportReport(
        rows=sum(len(rows) for rows in found.values()),
        created=counts["created"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        errors=faults.errors,
        ignored=ignored,
        more_errors=faults.more,
        dry_run=dry_run,
        leaving=plan.leaving() if not faults else frozenset(),
    )


def _write(plan: Plan, tenant: Tenant, file_digest: str, *, by: By, at: datetime) -> None:
    try:
        with write():
            alone_in(tenant.id)
            Unit.objects.bulk_create(plan.units.created, batch_size=_BATCH)
            Position.objects.bulk_create(plan.positions.created, batch_size=_BATCH)
            Person.objects.bulk_create(plan.people.created, batch_size=_BATCH)
            Unit.objects.bulk_update(plan.units.changed, _UNIT_FIELDS, batch_size=_BATCH)
            Position.objects.bulk_update(plan.positions.changed, _POSITION_FIELDS, batch_size=_BATCH)
            Person.objects.bulk_update(plan.people.changed, _PERSON_FIELDS, batch_size=_BATCH)
            name_positions([*plan.positions.created, *plan.positions.changed])
            name_people([*plan.people.created, *plan.people.changed])
            Appointment.objects.bulk_update(
                plan.posts.touched(), ["since", "until", "reason"], batch_size=_BATCH
            )
            Appointment.objects.bulk_create(plan.posts.begun, batch_size=_BATCH)
            if plan.loses_administrators() and not count_administrators(tenant.id):
                raise _changed_meanwhile()
            note_many(_events(plan, tenant, file_digest), tenant_id=tenant.id, by=by, at=at)
    except IntegrityError as fault:
        raise _changed_meanwhile() from fault


def _changed_meanwhile() -> Conflict:
    return Conflict(
        msg("导入期间登记内容被他人改动，未写入任何内容"), code="stale", remedy=msg("请重新导入一次。")
    )


def _events(plan: Plan, tenant: Tenant, file_digest: str) -> list[Noted]:
    if not any((plan.counts["created"], plan.counts["changed"])):
        return []
    noted = [Noted("people_imported", tenant.id, {"file": file_digest, **plan.counts}, new=False)]
    noted += [Noted("unit_added", row.id, {"code": row.code}, new=True) for row in plan.units.created]
    noted += [
        Noted("position_added", row.id, {"code": row.code, "rank": row.rank}, new=True)
        for row in plan.positions.created
    ]
    noted += [Noted("person_hired", row.id, {}, new=True) for row in plan.people.created]
    noted += [Noted("unit_changed", row.id, {}, new=False) for row in plan.units.changed]
    noted += [
        Noted("position_changed", row.id, {"rank": row.rank}, new=False) for row in plan.positions.changed
    ]
    noted += [
        Noted("person_changed" if row.active else "person_left", row.id, {}, new=False)
        for row in plan.people.changed
    ]
    for kind, rows in (("appointment_ended", plan.posts.ended), ("appointed", plan.posts.begun)):
        noted += [
            Noted(
                kind,
                row.position_id,
                {
                    "person": str(row.person_id),
                    "part": row.part,
                    "since": row.since.isoformat(),
                    "until": row.until.isoformat() if row.until else None,
                    "reasoned": bool(row.reason),
                },
                new=False,
            )
            for row in rows
        ]
    return noted
