"""Telling those who keep the calendar that a duty reaches into a year without a schedule: once a year."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Channel
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.permissions import KEEPERS
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write


def warn_of_missing_years(at: datetime) -> int:
    """Post a message for each year that an open duty needs and nobody published; returns how many.

    The same year is never told to the same person twice.
    """
    latest = dict(
        Obligation.objects.filter(ended_at__isnull=True, provisional=True)
        .values_list("tenant_id")
        .annotate(last=Max("due_at"))
    )
    return sum(
        _warn(tenant, latest[tenant.id], at) for tenant in organisation.tenants() if tenant.id in latest
    )


def _warn(tenant: Tenant, last: datetime, at: datetime) -> int:
    calendar = organisation.calendar_of(tenant)
    years = range(at.astimezone(SHANGHAI).year, last.astimezone(SHANGHAI).year + 1)
    missing = [year for year in years if not calendar.is_official(year)]
    people = {person.id for role in KEEPERS for person in organisation.people_with_role(tenant.id, role)}
    drafts = [
        delivery.Draft(
            tenant_id=tenant.id,
            text="calendar_missing",
            params={"day": f"{year}-01-01"},
            dedupe=f"calendar_missing:{year}:{person_id}",
            person_id=person_id,
            channel=Channel.INAPP,
            link="/desk/calendar/",
        )
        for year in missing
        for person_id in sorted(people)
    ]
    if not drafts:
        return 0
    with write():
        delivery.post(drafts, at=at)
    return len(drafts)
