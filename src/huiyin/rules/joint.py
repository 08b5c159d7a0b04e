"""Joint matters: what several units have to do with is asked of them first, so that one notice says it all.

Only where a clause speaks of matters shared between bodies. Each unit that is
asked owes an answer on its own clock, which ends while there is time to tell
before the matter's own does; until all have answered, or their time is over,
nobody is told, accepted or refused. Silence is found against who owed the
answer, and the lead unit goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding
from huiyin.rules.workdays import SHANGHAI, Calendar

CONSULT: Final = "consult"
SHARED: Final = "route_shared"
"""The part of the clause about matters shared between bodies, whoever reads it."""
LIMIT: Final = "consult_limit"

VERDICTS: Final = ("none", "missing", "opinion")
TELLING: Final = (e.NoticeIssued, e.ApplicationAccepted, e.Answered, e.RefusalProposed)
"""What waits until all who were asked have answered or kept silent."""
_OVER: Final = (e.Answered, e.Granted, e.Refused, e.Withdrawn, e.Closed)


def key_of(ordinal: int) -> str:
    """The key of the duty to answer question `ordinal`."""
    return f"{CONSULT}-{ordinal}"


def cap(ends: Iterable[datetime], at: datetime, book: Rulebook, calendar: Calendar) -> datetime | None:
    """Until when whoever was asked at `at` must answer, so that time to tell is left before any of `ends`.

    An end that has passed already bounds nothing; None where nothing does. A moment that is not
    later than `at` says that nobody can be asked any more.
    """
    on = at.astimezone(SHANGHAI).date()
    if not regulated(book, on):
        return None
    leave = int(book.clause(LIMIT).on(on).get("leave_minutes", 0))
    return min((calendar.add_minutes(end, -leave) for end in ends if end >= at), default=None)


def objections(event: e.Event, book: Rulebook, *, waiting: int, until: datetime | None) -> Iterator[Unlawful]:
    """Nobody is asked where no clause speaks of it, nor too late for an answer.

    Nobody is told while `waiting` answers may still come; `until` is when the latest of them must.
    """
    if isinstance(event, e.UnitConsulted):
        yield from _not_asked(event, book, until)
    if isinstance(event, TELLING) and waiting:
        yield Unlawful(
            msg("还有%(count)s个单位没有答复会商，不能先行告知、受理或者答复"),
            code="consult_pending",
            params={"count": waiting},
            clause=book.cite(SHARED),
            remedy=msg("请等全部答复，一次讲清；期限过了仍不答复的，可以继续办理。"),
        )


def _not_asked(event: e.UnitConsulted, book: Rulebook, until: datetime | None) -> Iterator[Unlawful]:
    if not regulated(book, event.on):
        yield Unlawful(msg("本单位的制度没有规定与其他科室会商"), code="not_regulated")
    elif until is not None and until <= event.at:
        yield Unlawful(
            msg("办理时限快到了，已经没有会商的时间"),
            code="no_time_to_consult",
            clause=book.cite(LIMIT),
            remedy=msg("请按已经知道的，在时限内一次讲清；也可以当面或者电话问清所涉科室。"),
        )


def regulated(book: Rulebook, on: date) -> bool:
    """Whether a clause speaks of matters that several bodies have to do with."""
    return book.has(SHARED) and book.has_limit(LIMIT, on)


def consequences(event: e.Event, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the clock of each unit that was asked; find silence."""
    if isinstance(event, e.UnitConsulted):
        yield Duty(CONSULT, book.cite(LIMIT), event.to, event.at, book.limit(LIMIT, event.on))
    elif isinstance(event, e.UnitAnswered):
        yield Discharge(CONSULT, event.at, key=key_of(event.ordinal))
    elif isinstance(event, e.LimitPassed) and event.what == CONSULT:
        yield Finding("consult_silent", book.cite(SHARED), event.at, event.against)
    elif isinstance(event, _OVER):
        # What the lead unit went on without is not asked for any more.
        yield Discharge(CONSULT, event.at, waived=True)
