"""Import an event log: all of it or nothing, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from huiyin.catalogue import actions as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.matters.actions.replay import Written, write_histories
from huiyin.matters.eventlog.histories import history_of, reference
from huiyin.matters.eventlog.mapping import LogMapping, read_mapping
from huiyin.matters.eventlog.reading import Case, LogRead, read_log
from huiyin.matters.models import Matter
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Person, Position, Tenant, Unit
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.importing import RowError
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

NOBODY = "unknown"
DAMAGED = "row_errors"
KNOWN = "already_imported"


@dataclass(frozen=True, slots=True)
class LogReport:
    """What an import did, or would do.

    With errors nothing was written, unless `left_out` says that the cases
    concerned were left out on purpose. `skipped` counts cases by reason:
    `already_imported`, `row_errors`; `adjusted` counts cases whose data was
    mended: `ended_before_received`.
    """

    rows: int
    written: Written
    people: int
    skipped: Mapping[str, int]
    adjusted: Mapping[str, int] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    more_errors: int = 0
    left_out: bool = False
    dry_run: bool = False

    @property
    def ok(self) -> bool:
        """Everything could be used, or what could not was left out on purpose."""
        return self.left_out or not self.errors


def import_log(
    tenant: Tenant,
    data: bytes,
    mapping_text: str,
    *,
    at: datetime,
    dry_run: bool = False,
    skip_bad_cases: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> LogReport:
    """Write each new case of the log as a matter; repeating changes nothing.

    With row errors nothing is written, unless `skip_bad_cases` leaves the
    cases concerned out and says so; it cannot where a row does not show its
    case. Raises Invalid for a wrong mapping.
    """
    mapping = read_mapping(mapping_text)
    found = read_log(data, mapping, now=at)
    # A row that does not show its case may be missing from any case.
    if found.errors and (not skip_bad_cases or not found.cases or found.lost):
        skipped = {DAMAGED: len(found.damaged)} if found.damaged else {}
        return LogReport(
            found.rows,
            Written(),
            0,
            skipped,
            errors=found.errors,
            more_errors=found.more_errors,
            dry_run=dry_run,
        )
    with write():
        report = _write(tenant, found, mapping, at, progress)
        if dry_run:
            transaction.set_rollback(True)
    return replace(
        report,
        errors=found.errors,
        more_errors=found.more_errors,
        left_out=bool(found.errors),
        dry_run=dry_run,
    )


def _write(
    tenant: Tenant,
    found: LogRead,
    mapping: LogMapping,
    at: datetime,
    progress: Callable[[int], None],
) -> LogReport:
    cases, skipped = _new_cases(tenant, found, mapping.item.code)
    if not cases:
        return LogReport(found.rows, Written(), 0, skipped)
    begun = min(case.begun for case in cases)
    unit, item = _unit_and_item(tenant, mapping, at)
    people = _People(tenant, unit, begun, at)
    for case in cases:
        for one in case.steps:
            people.of(one.resource)
    written = write_histories(
        tenant,
        [
            history_of(case, unit=unit, item=item, acceptance=mapping.acceptance, person=people.of)
            for case in cases
        ],
        via="import",
        until=at,
        recorded_at=at,
        progress=progress,
    )
    return LogReport(found.rows, written, people.made, skipped, dict(found.adjusted))


def _new_cases(tenant: Tenant, found: LogRead, item_code: str) -> tuple[list[Case], dict[str, int]]:
    known = set(
        Matter.objects.filter(tenant=tenant, external_ref__isnull=False).values_list(
            "external_ref", flat=True
        )
    )
    skipped: Counter[str] = Counter()
    cases = []
    for ref, case in found.cases.items():
        if ref in found.damaged:
            skipped[DAMAGED] += 1
        elif reference(item_code, case) in known:
            skipped[KNOWN] += 1
        else:
            cases.append(case)
    skipped[DAMAGED] += sum(ref not in found.cases for ref in found.damaged)
    return sorted(cases, key=lambda case: (case.begun, case.ref)), dict(+skipped)


def _unit_and_item(tenant: Tenant, mapping: LogMapping, at: datetime) -> tuple[Unit, ServiceItem]:
    by = organisation.OPERATOR
    unit = Unit.objects.filter(tenant=tenant, code=mapping.unit.code).first()
    if unit is None:
        unit = organisation.add_unit(tenant, code=mapping.unit.code, name=mapping.unit.name, by=by, at=at)
    item = ServiceItem.objects.filter(tenant=tenant, code=mapping.item.code).first()
    if item is not None:
        _refuse_unknown_papers(item)
        return unit, item
    position = _position(unit, f"{mapping.item.code}-IN", mapping.item.name, at)
    return unit, catalogue.add_item(
        position,
        code=mapping.item.code,
        name=mapping.item.name,
        statutory=mapping.item.statutory,
        committed=mapping.item.committed,
        legal_basis=mapping.item.legal_basis,
        conditions=mapping.item.conditions,
        procedure=mapping.item.procedure,
        by=by,
        at=at,
    )


def _refuse_unknown_papers(item: ServiceItem) -> None:
    """Nothing is taken on without its required papers (p4.one-time-notice.4), and a log tells of none."""
    papers = list(item.materials.filter(required=True).order_by("order").values_list("name", flat=True))
    if papers:
        raise Invalid(
            {"item.code": msg("事项 %(code)s 有必交材料（%(papers)s），办件记录里却没有材料的情况")},
            code="bad_mapping",
            params={"code": item.code, "papers": "、".join(papers)},
            remedy=msg("请在映射文件里为历史办件另写一个事项编码，导入时会新建这个事项。"),
        )


def _position(unit: Unit, code: str, title: str, at: datetime) -> Position:
    found = Position.objects.filter(tenant_id=unit.tenant_id, code=code).first()
    return found or organisation.add_position(
        unit, code=code, title=title, rank="clerk", by=organisation.OPERATOR, at=at
    )


class _People:
    """The people behind the log's resources, entered on first sight, each with a position."""

    def __init__(self, tenant: Tenant, unit: Unit, begun: datetime, at: datetime) -> None:
        self._tenant = tenant
        self._unit = unit
        self._since = (begun - timedelta(days=1)).astimezone(SHANGHAI).date()
        self._at = at
        here = list(Person.objects.filter(tenant=tenant))
        self._known = {p.name: p for p in here}
        self._taken = {p.staff_no.lower() for p in here}
        self.made = 0

    def of(self, resource: str) -> Person:
        """The person of a resource; rows that name nobody belong to one of that name."""
        name = resource or NOBODY
        if name not in self._known:
            self._known[name] = self._enter(name)
        return self._known[name]

    def _staff_no(self, name: str) -> str:
        """A staff number out of the resource's letters, unlike every other in any case."""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
        stem = plain.strip("-_")[:24] or NOBODY
        number = stem
        for ordinal in count(2):
            if number.lower() not in self._taken:
                break
            number = f"{stem}-{ordinal}"
        self._taken.add(number.lower())
        return number

    def _enter(self, name: str) -> Person:
        by, staff_no = organisation.OPERATOR, self._staff_no(name)
        person = organisation.hire(self._tenant, staff_no=staff_no, name=name, coded=True, by=by, at=self._at)
        position = _position(self._unit, f"{self._unit.code}-{staff_no}"[-32:], name, self._at)
        organisation.appoint(position, person, "A", since=self._since, by=by, at=self._at)
        self.made += 1
        return person
