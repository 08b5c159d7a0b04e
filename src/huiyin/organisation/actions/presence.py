"""Being away, and being back."""

from __future__ import annotations

from datetime import datetime

from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Absence, Person
from huiyin.organisation.permissions import By, may_record_absence, same_office
from huiyin.organisation.terms import AbsenceKind
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.storage.transactions import write


def record_absence(
    person: Person,
    *,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    by: By,
    at: datetime,
) -> Absence:
    """Record that somebody is away from `starts_at` up to `ends_at`; `kind` is one of `terms.AbsenceKind`.

    Raises:
        NotFound: a person of another office.
        Forbidden: neither oneself, nor the own head, nor an administrator.
        Invalid: it ends before it starts or is already over, or the kind is unknown.
        Unlawful: an absence of the same person already covers part of that time.
    """
    same_office(by, person.tenant_id)
    may_record_absence(by, person.id).require()
    faults = {}
    if ends_at <= starts_at:
        faults["ends_at"] = msg("结束时间须晚于开始时间")
    elif ends_at <= at:
        # A stand-in cannot have acted on what nobody knew then.
        faults["ends_at"] = msg("结束时间已过；离岗须在结束之前登记，不能事后补登")
    if kind not in AbsenceKind.values:
        faults["kind"] = msg("请选择离岗事由")
    if faults:
        raise Invalid(faults)
    with write():
        # Whoever else records for this person waits, and then finds this absence.
        Person.objects.select_for_update(no_key=True).only("id").get(id=person.id)
        overlapping = Absence.objects.filter(
            person=person, cancelled_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        if overlapping.exists():
            raise Unlawful(
                msg("这段时间已登记过离岗"),
                code="absence_overlaps",
                remedy=msg("请先撤销原登记，或改填其余时间。"),
            )
        absence = Absence.objects.create(
            tenant_id=person.tenant_id, person=person, starts_at=starts_at, ends_at=ends_at, kind=kind
        )
        body = {
            "absence": str(absence.id),
            "starts_at": starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            "reason": kind,
        }
        note("absence_recorded", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at, body=body)
    return absence


def cancel_absence(absence: Absence, *, by: By, at: datetime) -> Absence:
    """End an absence now, or call it off before it begins; what was true until now stays true.

    Raises:
        NotFound: an absence of another office.
        Forbidden: neither oneself, nor the own head, nor an administrator.
        Unlawful: it is over or was already cancelled.
    """
    same_office(by, absence.tenant_id)
    may_record_absence(by, absence.person_id).require()
    with write():
        ended = Absence.objects.filter(id=absence.id, cancelled_at__isnull=True, ends_at__gt=at).update(
            cancelled_at=at
        )
        if not ended:
            raise Unlawful(msg("这次离岗已经结束或已撤销"), code="absence_over")
        absence.cancelled_at = at
        body = {"absence": str(absence.id)}
        note(
            "absence_cancelled",
            tenant_id=absence.tenant_id,
            subject_id=absence.person_id,
            by=by,
            at=at,
            body=body,
        )
    return absence
