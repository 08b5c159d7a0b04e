"""Who holds each position as A and B, and since when the public is shown the pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from huiyin.ledger.models import LedgerEvent
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Appointment, Position, Tenant
from huiyin.rules.workdays import SHANGHAI

_APPOINTED = "appointed"


@dataclass(frozen=True, slots=True)
class Pair:
    """The appointments of a position on a day, by part.

    `shown_on` is the day from which the public page shows exactly this pair: the later of the day it
    holds from and the day it was entered; None where nothing is shown. `changed_at` is when the last of
    it was entered.
    """

    held: Mapping[str, Appointment] = field(default_factory=dict)
    shown_on: date | None = None
    changed_at: datetime | None = None

    def holder(self, part: str) -> str:
        """Return who holds a part, "" for nobody."""
        return self.held[part].person.name if part in self.held else ""

    @property
    def reason(self) -> str:
        """Why the last change was made, "" for none."""
        changes = sorted(self.held.values(), key=lambda one: (one.since, one.part))
        return changes[-1].reason if changes else ""


def pairs_of(tenant: Tenant, positions: Iterable[Position], at: datetime) -> dict[UUID, Pair]:
    """Return the pair of each position on the day of `at`; a few queries whatever their number."""
    found = list(positions)
    ids = [one.id for one in found]
    held: dict[UUID, dict[str, Appointment]] = {}
    day = at.astimezone(SHANGHAI).date()
    rows = Appointment.objects.filter(organisation.current_on(day), position__in=ids)
    for row in rows.select_related("person"):
        held.setdefault(row.position_id, {})[row.part] = row
    entered = _entered(tenant, ids, at)
    shows = bool(organisation.shown_by(tenant, at))
    return {one.id: _pair(one, held.get(one.id, {}), entered.get(one.id), shows=shows) for one in found}


def _pair(
    position: Position, held: Mapping[str, Appointment], changed: datetime | None, *, shows: bool
) -> Pair:
    if not held or not shows or position.secret:
        return Pair(held, None, changed)
    since = max(one.since for one in held.values())
    return Pair(held, max(since, changed.astimezone(SHANGHAI).date()) if changed else since, changed)


def _entered(tenant: Tenant, ids: Iterable[UUID], at: datetime) -> dict[UUID, datetime]:
    """When the last appointment to each position was entered."""
    events = LedgerEvent.objects.filter(
        tenant_id=tenant.id, subject_id__in=list(ids), kind=_APPOINTED, at__lte=at
    )
    return dict(events.order_by("seq").values_list("subject_id", "at"))
