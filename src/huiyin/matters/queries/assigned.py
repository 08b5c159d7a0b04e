"""What only work that was given needs: who must hear why it is late."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.rules.docket import Law
from huiyin.rules.regimes.time_limit import parts
from huiyin.rules.sources import Source
from huiyin.rules.workdays import SHANGHAI


def told_of_lateness(matter: Matter, law: Law, at: datetime) -> list[UUID]:
    """Who must be told how far an unfinished task is and why: by the rulebook, nobody where it names none.

    Of what a meeting decided it is the leader in charge (p2.time-limit.6.b).
    """
    if matter.source != Source.MEETING or not law.book.has(parts.UNFINISHED):
        return []
    day = at.astimezone(SHANGHAI).date()
    if law.book.value(parts.UNFINISHED, "report_to", day) == "leader_in_charge":
        return [organisation.leader_in_charge(matter.unit_id, at, tenant_id=matter.tenant_id)[0].id]
    return [organisation.main_leader(matter.tenant_id, at).id]
