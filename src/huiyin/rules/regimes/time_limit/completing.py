"""What begins once an application's papers are complete: the sitting's duty, or the item's own time.

What can be done at once is owed by the end of the sitting, accepted or not. Where the rulebook
says that a file made whole is finished promptly, and names no other limit, the time recorded
with the item runs from the day the file is whole: from the check that found it so, or from the
papers that were missing. Another may have the time of deciding, whoever set it, count from
those papers alone (p4.service-commitment.5.b).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.regimes.time_limit.parts import (
    AT_ONCE,
    COMPLETE_AT_ONCE,
    DECIDE,
    FINISH,
    MADE_WHOLE,
    ONCE_WHOLE,
)
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Limit

_NOT_TAKEN_ON: Final = frozenset({Stage.RECEIVED, Stage.AWAITING_SUPPLEMENT})
"""A check after the decision is for the file alone and sets no clock."""


def consequences(
    event: e.Event, after: State, book: Rulebook, own: tuple[str, Limit] | None
) -> Iterator[Consequence]:
    """Begin and end what is owed from the moment a file is whole; `own` is the part and limit of deciding."""
    if after.kind is not e.MatterKind.APPLICATION:
        return
    sitting = next((part for part in (COMPLETE_AT_ONCE, AT_ONCE) if book.has(part)), "")
    if after.instant and sitting:
        yield from _by_the_end_of_the_sitting(event, after, sitting, book)
    elif own is not None and own[0] == ONCE_WHOLE:
        yield from _in_its_own_time(event, after, own[1], book)
    elif own is not None and book.has(MADE_WHOLE):
        yield from _made_whole(event, after, own, book)


def _by_the_end_of_the_sitting(
    event: e.Event, after: State, part: str, book: Rulebook
) -> Iterator[Consequence]:
    match event:
        case e.MaterialsChecked() if event.complete and after.stage in _NOT_TAKEN_ON:
            limit = book.limit(part, event.on)
            yield Duty(FINISH, book.cite(part), after.custodian, event.at, limit, once=True)
        case e.SupplementReceived() if after.stage in _NOT_TAKEN_ON:
            limit = book.limit(part, event.on)
            yield Duty(FINISH, book.cite(part), after.custodian, event.at, limit, once=True)
        case e.MaterialsChecked() | e.Withdrawn():
            yield Discharge(FINISH, event.at, waived=True)
        case e.ApplicationAccepted() | e.DeemedAccepted() | e.Refused():
            # From acceptance on its deciding clock says the same.
            yield Discharge(FINISH, event.at)


def _in_its_own_time(event: e.Event, after: State, limit: Limit, book: Rulebook) -> Iterator[Consequence]:
    """The clock of deciding, which acceptance does not begin a second time."""
    waits = after.stage in _NOT_TAKEN_ON
    match event:
        case e.MaterialsChecked() if event.complete and waits:
            yield Duty(DECIDE, book.cite(ONCE_WHOLE), after.custodian, event.at, limit, once=True)
        case e.MaterialsChecked() | e.NoticeIssued() if waits and _first_asking(event, after):
            yield Discharge(DECIDE, event.at, waived=True)
        case e.SupplementReceived() if waits:
            yield Discharge(DECIDE, event.at, waived=True)
            yield Duty(DECIDE, book.cite(ONCE_WHOLE), after.custodian, event.at, limit)


def _made_whole(
    event: e.Event, after: State, own: tuple[str, Limit], book: Rulebook
) -> Iterator[Consequence]:
    """What was missing came in: the clock of deciding counts from that day, whenever it is taken on.

    It comes in once: whoever is asked a second time keeps the clock that runs.
    """
    if isinstance(event, e.SupplementReceived) and after.stage in _NOT_TAKEN_ON:
        part, limit = own
        yield Duty(DECIDE, book.cite(part), after.custodian, event.at, limit)


def _first_asking(event: e.Event, after: State) -> bool:
    """Whether papers are found missing for the first time: asking again costs the applicant no time."""
    return after.notices == (1 if isinstance(event, e.NoticeIssued) else 0)
