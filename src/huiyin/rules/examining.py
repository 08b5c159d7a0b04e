"""Looking through what is brought, and telling what it lacks: in the same sitting, where a clause says so.

Whoever brings papers to the counter stands there meanwhile; what came by post or online was brought
by nobody who could wait for it. For telling what that lacks the clock of the review runs already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding

EXAMINE: Final = "examine"
NOTIFY: Final = "notify"
ON_THE_SPOT: Final = "examined_on_the_spot"
INCOMPLETE: Final = "incomplete_told"

_LOOKED: Final = (e.MaterialsChecked, e.NoticeIssued, e.ApplicationAccepted, e.RefusalProposed, e.Granted)
"""What nobody does who has not looked at the papers. Silence looks at nothing."""


def consequences(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Begin and end the sitting in which the papers are looked through and what they lack is told."""
    yield from _looked_through(event, after, book)
    yield from _told(event, after, book)


def _looked_through(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    if isinstance(event, e.Registered):
        if _brought(after) and book.has(ON_THE_SPOT):
            limit = book.limit(ON_THE_SPOT, event.on)
            yield Duty(EXAMINE, book.cite(ON_THE_SPOT), after.custodian, event.at, limit)
    elif isinstance(event, _LOOKED):
        yield Discharge(EXAMINE, event.at)
    elif isinstance(event, e.Withdrawn):
        yield Discharge(EXAMINE, event.at, waived=True)
    elif isinstance(event, e.LimitPassed) and event.what == EXAMINE:
        yield Finding("examined_late", event.clause, event.at, event.against)


def _told(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Papers found incomplete open the one-time notice, owed until it is issued or they are whole."""
    match event:
        case e.MaterialsChecked() if _lacking(event, after) and book.has(INCOMPLETE):
            yield from _to_tell(event, after, book)
        case e.NoticeIssued():
            yield Discharge(NOTIFY, event.at)
        case e.MaterialsChecked() | e.ApplicationAccepted() | e.RefusalProposed() | e.Withdrawn():
            yield Discharge(NOTIFY, event.at, waived=True)
        case e.LimitPassed() if event.what == NOTIFY:
            yield Finding("untold", event.clause, event.at, event.against)


def _to_tell(event: e.MaterialsChecked, after: State, book: Rulebook) -> Iterator[Duty]:
    if _brought(after) and book.has_limit(ON_THE_SPOT, event.on):
        limit = book.limit(ON_THE_SPOT, event.on)
        yield Duty(NOTIFY, book.cite(INCOMPLETE), after.custodian, event.at, limit, once=True)


def _lacking(event: e.MaterialsChecked, after: State) -> bool:
    """Whether papers are found missing before anybody was told of any, or took the application on."""
    return not event.complete and after.stage is Stage.RECEIVED and not after.notices


def _brought(state: State) -> bool:
    return state.kind is e.MatterKind.APPLICATION and state.channel is e.Channel.COUNTER
