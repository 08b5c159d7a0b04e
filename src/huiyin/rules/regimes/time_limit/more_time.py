"""More time (延期): by which clause, by whose word, how much and how often, and that the person is told.

A petition that follows the law follows it here too: its article says who may give
more time, how much, and once. Everything else has the regulation's own clause, and
decisions on applications the law's cap besides. What no regulation caps, the house does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from huiyin.rules import events as e
from huiyin.rules.clocks import Clock, workdays_taken
from huiyin.rules.comparing import outlasts
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import State
from huiyin.rules.regimes.time_limit import parts
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Duty,
    ExtendClock,
    Finding,
    Limit,
    ScheduleEvent,
    Unit,
)
from huiyin.rules.workdays import SHANGHAI, Calendar


def part_of(kind: e.MatterKind, book: Rulebook) -> str:
    """The part that says who gives more time to matters of this kind; it may be one that nothing plays."""
    by_law = kind is e.MatterKind.PETITION and book.has(parts.PETITION_BY_LAW)
    return parts.PETITION_EXTENSION if by_law else parts.EXTENSION


def approver(kind: e.MatterKind, book: Rulebook, on: date) -> str:
    """The rank of whoever gives more time to matters of this kind on that day; "" where nobody does."""
    part = part_of(kind, book)
    return str(book.value(part, "approver", on)) if book.has(part) else ""


def cap_of(kind: e.MatterKind, book: Rulebook) -> str:
    """The part that says how much more time there may be, and how often; "" where nothing does."""
    # The law caps the time of decisions on applications and of petitions, and of nothing else.
    part = parts.EXTENSION_CAP if kind is e.MatterKind.APPLICATION else part_of(kind, book)
    caps = (part if part != parts.EXTENSION else "", parts.HOUSE_CAP)
    return next((one for one in caps if one and book.has(one)), "")


def most(kind: e.MatterKind, book: Rulebook, on: date) -> Limit | None:
    """How much more time there may be at most; None where nothing says."""
    part = cap_of(kind, book)
    return book.limit(part, on) if part else None


def how_often(kind: e.MatterKind, book: Rulebook, on: date) -> int:
    """How often there may be more time, where something caps it."""
    return int(book.value(cap_of(kind, book), "times", on))


def used_up(state: State, book: Rulebook, on: date) -> bool:
    """Whether there was more time as often as there may be."""
    return bool(cap_of(state.kind, book)) and state.times_extended >= how_often(state.kind, book, on)


def time_used(
    clock: Clock, ended_at: datetime | None, due: datetime, book: Rulebook, calendar: Calendar
) -> tuple[int, int] | None:
    """The working days that an ended clock took and was allowed; None where no clause has them shown."""
    if ended_at is None or not _times_shown(book, ended_at.astimezone(SHANGHAI).date()):
        return None
    return workdays_taken(clock, ended_at, calendar), workdays_taken(clock, due, calendar)


def _times_shown(book: Rulebook, on: date) -> bool:
    """Whether a clause has both times shown: one of its own, or that of doing things sooner (p2…3.b)."""
    sooner = book.clause(parts.LEFT_OPEN).on(on) if book.has(parts.LEFT_OPEN) else {}
    return book.has(parts.TIME_USED) or "times" in sooner.get("shows", ())


def objections(before: State, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """More than there may be, somebody who may not give it, and an end that the person was not told of."""
    match event:
        case e.ExtensionRequested():
            yield from _beyond_cap(before, event, book)
            if before.extension_untold:
                # One notice tells of one extension: what was given first is told before more is asked for.
                yield _untold(msg("上次延期尚未告知当事人，不能再申请延期"), before, book)
        case e.ExtensionApproved():
            yield from _wrong_approver(before, event, book)
        case e.Closed() if before.extension_untold:
            yield _untold(msg("延期尚未告知当事人，不能归结"), before, book)


def _untold(message: str, before: State, book: Rulebook) -> Unlawful:
    told = parts.TELL if book.has(parts.TELL) else part_of(before.kind, book)
    return Unlawful(
        message,
        code="extension_untold",
        clause=book.cite(told),
        remedy=msg("请先告知当事人延期和理由。"),
    )


def _beyond_cap(before: State, event: e.ExtensionRequested, book: Rulebook) -> Iterator[Unlawful]:
    cap, clause = most(before.kind, book, event.on), book.cite(cap_of(before.kind, book))
    if used_up(before, book, event.on):
        once = before.times_extended == 1
        yield Unlawful(
            msg("已经延期过一次，不能再次延期") if once else msg("已经延期过%(times)s次，不能再次延期"),
            code="extended",
            params={} if once else {"times": before.times_extended},
            clause=clause,
        )
    if cap is not None and _is_more(event.limit, cap, whole=cap_of(before.kind, book) != parts.HOUSE_CAP):
        by_workdays = cap.unit is Unit.WORKING_DAY
        yield Unlawful(
            msg("延期最多%(amount)s个工作日") if by_workdays else msg("延期最多%(amount)s日（自然日）"),
            code="extension_too_long",
            params={"amount": cap.amount},
            clause=clause,
        )


def _is_more(asked: Limit, cap: Limit, *, whole: bool) -> bool:
    """Whether it is more than the cap: `whole` counts in the cap's own unit, as the law does."""
    if asked.unit is cap.unit:
        return asked.amount > cap.amount
    return whole or outlasts(asked, cap)


def _wrong_approver(before: State, event: e.ExtensionApproved, book: Rulebook) -> Iterator[Unlawful]:
    level = approver(before.kind, book, event.on)
    if level and event.level != level:
        yield Unlawful(
            msg("延期应由%(level)s批准"),
            code="wrong_approver",
            params={"level": level},
            clause=book.cite(part_of(before.kind, book)),
        )


def consequences(event: e.ExtensionApproved, after: State, book: Rulebook) -> Iterator[Consequence]:
    """The matter's own duty gets the time; telling the person is a duty where a clause says by when.

    Where none does, the matter cannot end before the person was told, and that is all.
    """
    yield ExtendClock(parts.MAIN[after.kind], event.limit, event.at, event.reason_digest)
    if after.kind is e.MatterKind.PROPOSAL:
        # The answer to deputies and members is due on the day that the work is (p2.time-limit.5).
        yield ExtendClock(parts.ANSWER_SUPERIOR, event.limit, event.at, event.reason_digest)
    if book.has(parts.TELL) and event.due_before is not None and _told_before_due(book, event.on):
        clause, waits = book.cite(parts.TELL), Limit(0, Unit.BEFORE_EVENT)
        yield Duty(parts.TELL_EXTENSION, clause, after.custodian, event.at, waits)
        yield ScheduleEvent(parts.TELL_EXTENSION, event.due_before, event.at)


def told_late(event: e.LimitPassed, book: Rulebook) -> Iterator[Consequence]:
    """The person was not told before the limit that was extended: found under the clause that wants it."""
    yield Finding("extension_told_late", book.cite(parts.TELL), event.at, event.against)


def _told_before_due(book: Rulebook, on: date) -> bool:
    return book.clause(parts.TELL).on(on).get("before") == "due_date"
