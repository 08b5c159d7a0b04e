"""Time that does not count, and more time asked for before the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import ExtensionRequest, Pause
from huiyin.matters.steps.deciding import check_how
from huiyin.rules import clocks
from huiyin.rules import events as e
from huiyin.rules.docket import reckoned
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import one_time_notice, time_limit
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

MOST_DAYS: Final = 999


def pause(dossier: Dossier, hand: Hand, *, procedure: str, planned_days: int, basis: str) -> Pause:
    """Stop the deciding clock for a special procedure, and tell the applicant how long and why."""
    if not 1 <= planned_days <= MOST_DAYS:
        raise Invalid({"planned_days": msg("请填写预计所需的工作日数，至少1天，至多999天")})
    if not basis.strip():
        raise Invalid(
            {"basis": msg("请写明特别程序的依据和理由")}, clause=dossier.cite(time_limit.PROCEDURES)
        )
    number = dossier.numbers("pause")
    dossier.record(
        e.SpecialProcedureStarted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            procedure=procedure,
            planned_days=planned_days,
            number=number,
            basis_digest=dossier.digest(basis),
        )
    )
    planned = Limit(planned_days, Unit.WORKING_DAY)
    dossier.issue(
        papers.pause_notice(dossier, hand, number=number, procedure=procedure, planned=planned, reason=basis),
        hand,
    )
    return dossier.add(
        Pause(
            matter=dossier.matter,
            procedure=procedure,
            basis=basis,
            planned_days=planned_days,
            number=number,
            started_at=hand.at,
        )
    )


def resume(dossier: Dossier, hand: Hand) -> None:
    """The special procedure is over; the clock runs again."""
    dossier.record(e.SpecialProcedureEnded(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    row = dossier.running_pause()
    row.ended_at = hand.at
    dossier.touch(row)


def ask_more_time(dossier: Dossier, hand: Hand, *, limit: Limit, reason: str) -> ExtensionRequest:
    """Ask for an extension; raises Invalid without a reason, Unlawful after the limit."""
    if not reason.strip():
        # Who cannot be in time says why (p4.one-time-notice.2.b); elsewhere nobody delays without reason.
        part = (
            one_time_notice.DEFERRED
            if dossier.law.book.has(one_time_notice.DEFERRED)
            else time_limit.NO_DELAY
        )
        raise Invalid({"reason": msg("延期必须写明理由")}, clause=dossier.cite(part))
    dossier.record(
        e.ExtensionRequested(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            limit=limit,
            reason_digest=dossier.digest(reason),
        )
    )
    return dossier.add(
        ExtensionRequest(
            matter=dossier.matter,
            requested_by_id=UUID(hand.actor),
            requested_at=hand.at,
            amount=limit.amount,
            unit=limit.unit.value,
            reason=reason,
        )
    )


def ask_no_more_time(dossier: Dossier, hand: Hand) -> None:
    """Take back the waiting request; raises Unlawful where none waits."""
    row = dossier.waiting_extension()
    dossier.record(e.ExtensionWithdrawn(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    row.withdrawn_at = hand.at
    dossier.touch(row)


def give_more_time(dossier: Dossier, hand: Hand, *, level: str, opinion: str = "") -> None:
    """Approve the waiting extension, as the leader of `level`."""
    row = dossier.waiting_extension()
    running = dossier.open_duty(time_limit.MAIN[dossier.state.kind])
    dossier.record(
        e.ExtensionApproved(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            limit=Limit(row.amount, Unit(row.unit)),
            level=level,
            reason_digest=dossier.digest(row.reason),
            # In the office's own time, as every moment of an event is.
            due_before=running.due.astimezone(SHANGHAI) if running else None,
        )
    )
    _decide(dossier, hand, row, granted=True, opinion=opinion)


def deny_more_time(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Do not grant the waiting extension; raises Invalid without an opinion."""
    if not opinion.strip():
        raise Invalid({"opinion": msg("不同意延期须写明意见")})
    row = dossier.waiting_extension()
    dossier.record(
        e.ExtensionRefused(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(opinion),
        )
    )
    _decide(dossier, hand, row, granted=False, opinion=opinion)


def tell_more_time(dossier: Dossier, hand: Hand, *, how: str) -> None:
    """Tell the applicant of the extension and its reason, in writing."""
    check_how(how)
    row = dossier.untold_extension()
    number = dossier.numbers("extension")
    limit = Limit(row.amount, Unit(row.unit))
    content = papers.extension_notice(
        dossier,
        hand,
        number=number,
        previous_due=_due_before(dossier),
        approved_at=row.decided_at or hand.at,
        limit=limit,
        reason=row.reason,
    )
    document = dossier.issue(content, hand)
    dossier.record(
        e.ExtensionTold(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            how=how,
            number=number,
            document_digest=document.content_digest,
        )
    )
    row.told_at = hand.at
    row.told_how = how
    dossier.touch(row)


def _decide(dossier: Dossier, hand: Hand, row: ExtensionRequest, *, granted: bool, opinion: str) -> None:
    row.decided_by_id = UUID(hand.actor)
    row.decided_at = hand.at
    row.granted = granted
    row.opinion = opinion
    dossier.touch(row)


def _due_before(dossier: Dossier) -> datetime:
    """When the matter's own duty was due before the latest extension."""
    owed = dossier.last_duty(time_limit.MAIN[dossier.state.kind])
    if owed is None:
        raise LookupError("an extension without a clock that it extends")
    facts = list(owed.clock.facts)
    last = max(i for i, fact in enumerate(facts) if isinstance(fact, clocks.Extended))
    del facts[last]
    before = replace(owed, clock=replace(owed.clock, facts=tuple(facts)))
    return reckoned(before, dossier.law).due
