"""Looking through what is brought: in the same sitting, while whoever brought it stands there.

Only where a clause says so, and only of applications handed in at the counter: what came by post
or online was brought by nobody who could wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding

EXAMINE: Final = "examine"
ON_THE_SPOT: Final = "examined_on_the_spot"

_LOOKED: Final = (e.MaterialsChecked, e.NoticeIssued, e.ApplicationAccepted, e.RefusalProposed, e.Granted)
"""What nobody does who has not looked at the papers. Silence looks at nothing."""


def consequences(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Begin and end the sitting in which the papers are looked through; find that they were not."""
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


def _brought(state: State) -> bool:
    return state.kind is e.MatterKind.APPLICATION and state.channel is e.Channel.COUNTER
