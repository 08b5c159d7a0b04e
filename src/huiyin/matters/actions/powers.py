"""Which positions may not refuse which items without asking: a register that the office keeps.

It counts where the rulebook makes the power to refuse a condition (p4.refusal-filing.2.2.a).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.matters import permissions, queries
from huiyin.matters.models import RefusalRestriction
from huiyin.organisation import queries as organisation
from huiyin.organisation.actions.record import note
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Conflict, Invalid, msg
from huiyin.storage.transactions import write

ROOM = "powers"


def restrict_refusal(
    asker: Asker, *, position: UUID | None, item: UUID | None, at: datetime
) -> RefusalRestriction:
    """Take the power to refuse from a position, for an item, or from a position for one item.

    Raises Invalid when neither is named, Conflict when the same holds already, NotFound
    for what is not of this office, Forbidden for whoever does not keep this register.
    """
    permissions.may_keep_powers(asker).require()
    if position is None and item is None:
        raise Invalid({"position": msg("请选择岗位、事项，或者两样都选")})
    if position is not None:
        organisation.position(asker, position)
    if item is not None:
        catalogue.item_by_id(asker, item)
    with write():
        known = RefusalRestriction.objects.filter(
            tenant_id=asker.tenant_id, position=position, item=item, ended_at__isnull=True
        )
        if known.exists():
            raise Conflict(msg("已经登记过这一项"), code="already_restricted")
        row = RefusalRestriction.objects.create(
            tenant_id=asker.tenant_id, position_id=position, item_id=item, set_at=at
        )
        _record(asker, row, "refusal_power.taken", at, new=True)
    return row


def lift_restriction(asker: Asker, restriction: UUID, *, at: datetime) -> RefusalRestriction:
    """Give the power back; raises NotFound for what does not hold any more or is not of this office."""
    permissions.may_keep_powers(asker).require()
    with write():
        row = queries.restriction(asker, restriction)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _record(asker, row, "refusal_power.given", at, new=False)
    return row


def _record(asker: Asker, row: RefusalRestriction, kind: str, at: datetime, *, new: bool) -> None:
    note(
        kind,
        tenant_id=row.tenant_id,
        subject_id=row.id,
        by=asker,
        at=at,
        body={"position": str(row.position_id or ""), "item": str(row.item_id or "")},
        new=new,
        room=ROOM,
    )
