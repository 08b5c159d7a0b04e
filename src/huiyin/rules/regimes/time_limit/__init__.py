"""Time limits (限时办结): every duty has its clock, and more time only before it runs out.

Which limit applies, most specific first: done at once where the item can be;
the item's committed limit; the item's statutory limit; the law's general one.
What the office was given to do has limits of its own (`assigned`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from huiyin.rules import events as e
from huiyin.rules import official_documents
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.regimes.time_limit import assigned, completing, more_time
from huiyin.rules.regimes.time_limit.parts import (
    ANSWER,
    ANSWER_AT_ONCE,
    ANSWER_BY_URGENCY,
    AT_ONCE,
    AWAITED,
    CLASSIFIED,
    COMMITTED_LIMIT,
    DECIDE,
    DELIVER,
    DELIVERY_LIMIT,
    END_PROCEDURE,
    EXTENSION,
    EXTENSION_CAP,
    FINISH,
    FINISHING,
    FLAGGED_ELSEWHERE,
    GENERAL_LIMIT,
    INCOMPLETE,
    INSIDE,
    ITEM_LIMIT,
    ITEM_LIMIT_BY_LAW,
    LEFT_OPEN,
    MADE_WHOLE,
    MAIN,
    MEETING,
    NO_DELAY,
    ONCE_WHOLE,
    OVERRUN,
    PROCEDURES,
    REASON,
    RECEIPT,
    RECEIPT_FIELDS,
    REVIEWED,
    STATUTORY_LIMIT,
    TELL,
    TELL_EXTENSION,
    signed_for,
)
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    Finding,
    Limit,
    PauseClock,
    Reopen,
    ResumeClock,
    Unit,
)
from huiyin.rules.workdays import SHANGHAI

__all__ = [
    "ANSWER",
    "ANSWER_AT_ONCE",
    "ANSWER_BY_URGENCY",
    "AT_ONCE",
    "AWAITED",
    "CLASSIFIED",
    "COMMITTED_LIMIT",
    "DECIDE",
    "DELIVER",
    "DELIVERY_LIMIT",
    "EXTENSION",
    "EXTENSION_CAP",
    "FINISHING",
    "GENERAL_LIMIT",
    "INSIDE",
    "ITEM_LIMIT",
    "LEFT_OPEN",
    "MAIN",
    "MEETING",
    "NO_DELAY",
    "OVERRUN",
    "PROCEDURES",
    "REASON",
    "RECEIPT",
    "RECEIPT_FIELDS",
    "REVIEWED",
    "STATUTORY_LIMIT",
    "TELL",
    "TELL_EXTENSION",
    "assigned",
    "consequences",
    "more_time",
    "objections",
    "promised",
    "signed_for",
    "wants_reason",
]

_SERVED: Final = frozenset({e.MatterKind.ENQUIRY, e.MatterKind.APPLICATION, e.MatterKind.PETITION})
"""What somebody outside asked for, and is told why it takes longer."""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Extensions need the leader the rulebook names; pauses need a procedure the law names."""
    yield from assigned.objections(before, event, book)
    yield from official_documents.objections(before, event, book)
    if before is not None:
        yield from more_time.objections(before, event, book)
    match event:
        case e.ApplicationAccepted() if before is not None and book.has(CLASSIFIED):
            yield from _unclassified(before, book)
        case e.SpecialProcedureStarted():
            yield from _no_pause(before, event, book)
        case e.SentToMeeting() if not book.has(MEETING):
            yield Unlawful(msg("本单位的制度没有规定提交会议研究怎么告知"), code="not_regulated")


def _no_pause(before: State | None, event: e.SpecialProcedureStarted, book: Rulebook) -> Iterator[Unlawful]:
    if before is not None and before.instant and book.has(AT_ONCE):
        # What can be done at once waits for nothing but an approved extension.
        yield Unlawful(
            msg("即办件不能以特别程序推迟"),
            code="instant_no_pause",
            clause=book.cite(AT_ONCE),
            remedy=msg("确需推迟的，请在时限内申请延期。"),
        )
    if not book.has(PROCEDURES):
        yield Unlawful(msg("本单位的制度没有规定可以不计入时限的特别程序"), code="not_regulated")
    elif event.procedure not in book.value(PROCEDURES, "procedures", event.on):
        yield Unlawful(
            msg("只有法律列明的特别程序可以不计入时限"),
            code="no_such_procedure",
            clause=book.cite(PROCEDURES),
        )


def _unclassified(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if not before.instant and before.committed is None and before.statutory is None:
        yield Unlawful(
            msg("这个事项既不是即办件，也没有办理时限，不能受理"),
            code="unclassified",
            clause=book.cite(CLASSIFIED),
            remedy=msg("请先在事项目录中把它定为即办件，或填写办理时限。"),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start, stop, pause, extend and end the clocks of answering, deciding and delivering."""
    yield from assigned.consequences(event, after, book)
    yield from completing.consequences(event, after, book, _deciding_limit(event.on, after, book))
    match event:
        case e.Registered() if after.kind is e.MatterKind.ENQUIRY:
            yield from _answer(event, after, book)
        case e.ApplicationAccepted() | e.DeemedAccepted() if before is None or before.accepted_at is None:
            yield from _taken_on(event, after, book)
        case e.RefusalOverturned() | e.RefusalCorrected():
            yield from _again(before, event, after, book)
        case e.SpecialProcedureStarted():
            yield PauseClock(DECIDE, event.procedure, event.at, event.planned_days)
            yield from _as_long_as_told(event, after, book)
        case e.SpecialProcedureEnded():
            yield ResumeClock(DECIDE, event.at)
            yield Discharge(END_PROCEDURE, event.at)
        case e.ExtensionApproved():
            yield from more_time.consequences(event, after, book)
        case e.LimitPassed():
            yield from _passed(event, after, book)
        case _:
            yield from _endings(event, after, book)
    yield from official_documents.consequences(before, event, after, book)


def _as_long_as_told(event: e.SpecialProcedureStarted, after: State, book: Rulebook) -> Iterator[Duty]:
    """It ends by when the applicant was told in writing: a clock that stands still is no way to run late."""
    limit = Limit(event.planned_days, Unit.WORKING_DAY)
    yield Duty(END_PROCEDURE, book.cite(PROCEDURES), after.custodian, event.at, limit)


def _answer(event: e.Registered, after: State, book: Rulebook) -> Iterator[Consequence]:
    day = event.on
    clause = ANSWER_AT_ONCE if event.answer_at_once else ANSWER_BY_URGENCY
    if book.has(clause):
        limit = book.limit(clause, day, urgency=event.urgency.value)
        yield Duty(ANSWER, book.cite(clause), after.custodian, event.at, limit)


def _taken_on(
    event: e.ApplicationAccepted | e.DeemedAccepted, after: State, book: Rulebook
) -> Iterator[Consequence]:
    if isinstance(event, e.DeemedAccepted):
        # What silence took on counts from the day its papers came in, however long ago.
        yield from _decide(event.since, after, book, cited=event.clause)
    else:
        yield from _decide(event.at, after, book)


def _decide(start: datetime, after: State, book: Rulebook, *, cited: str = "") -> Iterator[Consequence]:
    """Begin the clock of deciding, cited by its limit's clause; by the law's own where that set it going."""
    chosen = _deciding_limit(start.astimezone(SHANGHAI).date(), after, book)
    if chosen is not None:
        part, limit = chosen
        # Where the file's being whole began it, neither acceptance nor silence begins anything: it runs,
        # or has run out, since that day.
        clause = cited or book.cite(part)
        yield Duty(DECIDE, clause, after.custodian, start, limit, once=True)


def _again(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """A refusal found wrong: nothing of it is delivered any more, and what was accepted is decided anew.

    Where papers that came in had begun the clock before anybody took the application on, it was the
    refusal that ended it, and it goes on from the day of those papers (p4.service-commitment.5.b).
    """
    if isinstance(event, e.RefusalCorrected):
        yield Discharge(DELIVER, event.at, waived=True)
        if before is not None and after.stage is Stage.RECEIVED:
            yield Reopen(DECIDE, after.custodian, ended_at=before.decided_at)
    if after.stage is Stage.IN_HAND:
        yield Discharge(DECIDE, event.at, waived=True)
        yield from _decide(event.at, after, book)


def promised(state: State, book: Rulebook, day: date) -> Limit | None:
    """How long an application takes from the day it is accepted; None where nothing sets a limit."""
    chosen = _deciding_limit(day, state, book)
    return chosen[1] if chosen else None


def _deciding_limit(day: date, after: State, book: Rulebook) -> tuple[str, Limit] | None:
    if after.instant and book.has(AT_ONCE):
        return AT_ONCE, book.limit(AT_ONCE, day)
    own = after.committed or after.statutory
    for part in (ITEM_LIMIT, ITEM_LIMIT_BY_LAW):
        if own is not None and book.has(part):
            return part, own
    if after.committed is not None and book.has(COMMITTED_LIMIT):
        return COMMITTED_LIMIT, after.committed
    if after.statutory is not None and book.has(STATUTORY_LIMIT):
        return STATUTORY_LIMIT, after.statutory
    if own is not None and book.has(ONCE_WHOLE):
        return ONCE_WHOLE, own
    if book.has(GENERAL_LIMIT):
        return GENERAL_LIMIT, book.limit(GENERAL_LIMIT, day)
    return None


def explained(case: str, book: Rulebook, day: date) -> str:
    """The part by which a `case` is not left unexplained: `incomplete` papers, or an `ineligible` person.

    The clause of meetings may speak of both, or of meetings alone (p1.time-limit.1.c); another
    of papers only (p1.service-commitment.5.b). "" where nothing asks for a word.
    """
    if book.has(MEETING) and case in book.clause(MEETING).on(day).get("cases", ()):
        return MEETING
    of_papers = (INCOMPLETE, MADE_WHOLE) if case == "incomplete" else ()
    return next((part for part in of_papers if book.has(part)), "")


def wants_reason(kind: e.MatterKind, book: Rulebook) -> str:
    """The part by which the person served is told why a limit is not met; "" where nothing asks for it.

    The regulation's own asks for it before the limit passes, the law's once it has; the law's is about
    services, not about petitions (law.business.36).
    """
    if kind not in _SERVED:
        return ""
    asking = (REASON,) if kind is e.MatterKind.PETITION else (REASON, OVERRUN)
    return next((part for part in asking if book.has(part)), "")


def _passed(event: e.LimitPassed, after: State, book: Rulebook) -> Iterator[Consequence]:
    if event.what == TELL_EXTENSION:
        yield from more_time.told_late(event, book)
    elif after.instant and event.what in {DECIDE, FINISH} and book.has(LEFT_OPEN):
        yield Finding("left_open", book.cite(LEFT_OPEN), event.at, event.against)
    elif event.what not in FLAGGED_ELSEWHERE and book.has(NO_DELAY):
        # Whether a reason told in time was a good one is for people to say: the limit alone is cited then.
        told = after.delay_explained and event.what in FINISHING and book.has(REASON)
        yield Finding("overdue", event.clause if told else book.cite(NO_DELAY), event.at, event.against)
    # What is not finished in time, and not what anybody else owes on the way (p2.time-limit.3.c).
    unfinished = after.kind in _SERVED and event.what in FINISHING
    if unfinished and book.has(REASON) and not after.delay_explained:
        yield Finding(official_documents.UNEXPLAINED, book.cite(REASON), event.at, event.against)


def _endings(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    match event:
        case e.Answered():
            yield Discharge(ANSWER, event.at)
        case e.Granted() | e.Refused():
            yield Discharge(DECIDE, event.at)
            if book.has(DELIVERY_LIMIT):
                limit = book.limit(DELIVERY_LIMIT, event.on)
                yield Duty(DELIVER, book.cite(DELIVERY_LIMIT), after.custodian, event.at, limit)
        case e.ExtensionTold():
            yield Discharge(TELL_EXTENSION, event.at)
        case e.Delivered():
            yield Discharge(DELIVER, event.at)
        case e.Withdrawn():
            for what in (ANSWER, DECIDE, TELL_EXTENSION, END_PROCEDURE):
                yield Discharge(what, event.at, waived=True)
