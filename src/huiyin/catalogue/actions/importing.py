"""Import of service items and their materials from one workbook: all of it, or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError

from huiyin.catalogue.actions.naming import name_items
from huiyin.catalogue.actions.plan import Plan
from huiyin.catalogue.actions.versions import keep_versions
from huiyin.catalogue.models import Material, ServiceItem
from huiyin.catalogue.permissions import may_manage_items
from huiyin.catalogue.sheets import SHEETS
from huiyin.organisation.actions.record import Noted, note_many
from huiyin.organisation.models import Tenant
from huiyin.organisation.permissions import OPERATOR, By, same_office
from huiyin.organisation.workbook import NotAWorkbook, read_workbook
from huiyin.rules.errors import Conflict, msg
from huiyin.rules.importing import Faults, ImportReport, file_report, read_sheets
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

ROOM = "catalogue"
_BATCH = 500
_ITEM_FIELDS = (
    "name",
    "unit",
    "position",
    "instant",
    "statutory_amount",
    "statutory_unit",
    "committed_amount",
    "committed_unit",
    "legal_basis",
    "conditions",
    "procedure",
    "fee",
    "open_to_public",
    "active",
    "version",
)


def import_items(
    tenant: Tenant, data: bytes, *, dry_run: bool, at: datetime, by: By = OPERATOR
) -> ImportReport:
    """Import the sheets 事项 and 材料 of a workbook; either may be missing.

    Items are matched by code, materials by item and name. With a sheet 材料
    the materials of every item that either sheet names are as listed there.
    An item that changed in any of this begins its next version.

    Returns:
        The report. With an error, or on a dry run, nothing was written.

    Raises:
        Forbidden: the asker is no administrator. NotFound: another office.
        Conflict: somebody changed the catalogue in the same moment; repeat.
    """
    same_office(by, tenant.id)
    may_manage_items(by).require()
    faults, ignored = Faults(), list[str]()
    try:
        found = read_sheets(read_workbook(data), SHEETS, faults, ignored)
    except NotAWorkbook as fault:
        return file_report(fault.msgid, fault.remedy, dry_run=dry_run, **fault.params)
    plan = Plan(tenant, faults, at.astimezone(SHANGHAI).date())
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
    )


def _write(plan: Plan, tenant: Tenant, file_digest: str, *, by: By, at: datetime) -> None:
    changed = plan.changed_items()
    for item in changed:
        item.version += 1
    try:
        with write():
            ServiceItem.objects.bulk_create(plan.created, batch_size=_BATCH)
            ServiceItem.objects.bulk_update(changed, _ITEM_FIELDS, batch_size=_BATCH)
            for start in range(0, len(plan.gone), _BATCH):
                gone = [paper.id for paper in plan.gone[start : start + _BATCH]]
                Material.objects.filter(id__in=gone).delete()
            Material.objects.bulk_update(
                plan.papers_changed, ["order", "copies", "original", "required"], batch_size=_BATCH
            )
            Material.objects.bulk_create(plan.papers_created, batch_size=_BATCH)
            name_items([*plan.created, *changed])
            keep_versions([*plan.created, *changed], at)
            noted = [
                Noted("item_added", item.id, {"code": item.code, "version": 1}, new=True)
                for item in plan.created
            ]
            noted += [
                Noted("item_changed", item.id, {"version": item.version, "file": file_digest}, new=False)
                for item in changed
            ]
            note_many(noted, tenant_id=tenant.id, by=by, at=at, room=ROOM)
    except IntegrityError as fault:
        raise Conflict(
            msg("导入期间登记内容被他人改动，未写入任何内容"), code="stale", remedy=msg("请重新导入一次。")
        ) from fault
