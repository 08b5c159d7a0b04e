"""What only work that was given needs: which kinds the office knows, and who must hear why it is late."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.ledger import queries as ledger
from huiyin.matters.models import Matter
from huiyin.matters.queries.one import law_of
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import clocks
from huiyin.rules.docket import Law
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.events import MatterKind, ProgressReported
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.regimes.time_limit import assigned, parts
from huiyin.rules.sources import Source
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

KINDS = (MatterKind.TASK, MatterKind.PROPOSAL, MatterKind.PETITION, MatterKind.REPORT)


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be said of a kind when it is taken in, by the office's rulebook."""

    sources: tuple[str, ...]
    extra_urgent: bool
    takes_limit: bool
    studied: bool = False


def kinds_taken_in(tenant: Tenant, at: datetime) -> list[str]:
    """The kinds that the office's rulebook knows; what it does not regulate is off."""
    book, day = law_of(tenant, at).book, at.astimezone(SHANGHAI).date()
    return [one.value for one in KINDS if assigned.taken_in(one, book, day)]


def intake_choices(tenant: Tenant, kind: str, at: datetime) -> Choices:
    """The sources of a kind, whether it may be extra urgent, has a limit set, and is studied."""
    book, day = law_of(tenant, at).book, at.astimezone(SHANGHAI).date()
    legal = kind == MatterKind.PETITION and book.has(parts.PETITION_BY_LAW)
    return Choices(
        sources=tuple(assigned.sources(MatterKind(kind), book, day)),
        extra_urgent=kind == MatterKind.TASK and book.has(parts.URGENT_AT_ONCE),
        takes_limit=kind != MatterKind.REPORT and not legal,
        studied=kind == MatterKind.TASK and book.has(parts.SUPERIOR_STUDY),
    )


def told_of_lateness(matter: Matter, law: Law, at: datetime, hands: Collection[UUID] = ()) -> list[UUID]:
    """Who must be told how far an unfinished task is and why: by the rulebook, nobody where it names none.

    Of what a meeting decided it is the leader in charge (p2.time-limit.6.b), also while away: that
    the main leader takes their place then is for the rulebook to say. `hands` are whoever tells.

    Raises:
        Unlawful: those who handle it are the leaders who would be told.
    """
    if matter.source != Source.MEETING or not law.book.has(parts.UNFINISHED):
        return []
    day = at.astimezone(SHANGHAI).date()
    if law.book.value(parts.UNFINISHED, "report_to", day) == "leader_in_charge":
        return [needed_leader(matter, law, at, hands).id]
    return [organisation.main_leader(matter.tenant_id, at).id]


def told_of_progress(matter: Matter, law: Law, at: datetime, hands: Collection[UUID] = ()) -> list[UUID]:
    """To whom progress of a supervised item is reported: the leader responsible (p2.time-limit.8.a).

    Nobody where the rulebook does not ask for it. What a leader handles is reported one higher. What was
    not answered at once goes up step by step (p4.time-limit.5.b).
    """
    if reports_up(matter, law, at):
        return _next_level(matter, law, at)
    if matter.source != Source.SUPERVISED or not law.book.has(parts.REPORT_LEADER):
        return []
    leader = leader_above(matter, law, at, hands)
    return [leader.id] if leader else []


def needed_leader(matter: Matter, law: Law, at: datetime, hands: Collection[UUID] = ()) -> Person:
    """The leader who has to be told of a matter; raises Unlawful where the leaders handle it themselves."""
    leader = leader_above(matter, law, at, hands)
    if leader is None:
        raise Unlawful(
            msg("承办的人自己就是要告知的领导，不能自己告知自己"),
            code="nobody_above",
            remedy=msg("请先移交给另一位同事承办，再由其说明。"),
        )
    return leader


def leader_above(matter: Matter, law: Law, at: datetime, hands: Collection[UUID] = ()) -> Person | None:
    """The leader in charge of a matter's unit, or the main leader where that one handles it; None for both.

    Nobody is told by themselves: neither the custodian nor anybody in `hands`, who tell.
    """
    office, away = matter.tenant_id, law.book.has(refusal_filing.FALLBACK)
    leader, _ = organisation.leader_in_charge(matter.unit_id, at, tenant_id=office, if_away=away)
    if leader.id not in {matter.custodian_id, *hands}:
        return leader
    higher = (organisation.main_leader(office, at), organisation.main_leader_in_person(office, at))
    return next((one for one in higher if one.id not in {matter.custodian_id, *hands}), None)


def reports_up(matter: Matter, law: Law, at: datetime) -> bool:
    """Say whether it was not to be answered at once, and the rulebook has that explained and reported."""
    if not assigned.report_line(law.book, at.astimezone(SHANGHAI).date()):
        return False
    clause, main = law.book.cite(parts.ANSWER_BY_URGENCY), parts.MAIN[MatterKind(matter.kind)]
    return any(row.what == main and row.clause == clause for row in duties.of_subject(matter.id))


def unreported(matter: Matter, law: Law, at: datetime) -> bool:
    """Say whether the sitting it came in is over, and nobody above has heard that it takes longer.

    Whoever has nobody above them reports to nobody.
    """
    if matter.leader_told_at is not None or not reports_up(matter, law, at):
        return False
    sitting = law.reckon(clocks.Clock(matter.received_at, Limit(0, Unit.AT_ONCE)))
    return at > sitting.due and bool(_levels_above(matter, law, at))


def studies(matter: Matter) -> bool:
    """Say whether a superior's decision still has to be studied."""
    return any(row.what == parts.STUDY and row.ended_at is None for row in duties.of_subject(matter.id))


def _next_level(matter: Matter, law: Law, at: datetime) -> list[UUID]:
    """The lowest level above the custodian that has not heard yet; the highest once all have."""
    above = _levels_above(matter, law, at)
    told = ledger.events_of(matter.tenant_id, matter.id)
    reports = (json.loads(row.body)["to"] for row in told if row.kind == ProgressReported.kind)
    heard = {UUID(one) for to in reports for one in to}
    return [one for one in above if one not in heard][:1] or above[-1:]


def _levels_above(matter: Matter, law: Law, at: datetime) -> list[UUID]:
    """Who is over the custodian in the order of the rulebook's line: nobody reports to those below."""
    tenant_id, line = matter.tenant_id, assigned.report_line(law.book, at.astimezone(SHANGHAI).date())
    own = set(organisation.posts_of([matter.custodian_id], at).values_list("position__rank", flat=True))
    places = [place for place, rank in enumerate(line) if rank in own]
    people = []
    for rank in line[places[-1] + 1 :] if places else line:
        if rank == "leader_in_charge":
            leader, _ = organisation.leader_in_charge(matter.unit_id, at, tenant_id=tenant_id, if_away=False)
            people.append(leader.id)
        elif rank == "main_leader":
            people.append(organisation.main_leader(tenant_id, at).id)
        else:
            held = organisation.holders_of(tenant_id, rank, at).filter(position__unit_id=matter.unit_id)
            people += list(held.values_list("person_id", flat=True)[:1])
    return [one for one in dict.fromkeys(people) if one != matter.custodian_id]


def kept_out(matter: Matter) -> list[str]:
    """The names of those who stay out of a misconduct report, for whoever handles it."""
    ids = [UUID(one) for one in matter.accused.split()]
    return sorted(organisation.names(matter.tenant_id, ids).values()) if ids else []
