"""First responder (首问负责): whoever was asked answers until somebody else has accepted.

Custody itself is the matter's state; this regime moves the open obligations
with it, and no earlier than the acceptance. Nothing ends unanswered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Transfer

NO_IGNORING: Final = "no_ignoring"
REPLY: Final = "reply"


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """What was asked cannot be closed without an answer, nor anything without an outcome."""
    if before is not None and isinstance(event, e.Closed) and not before.outcome:
        yield from _not_ended(before, book)


def _not_ended(before: State, book: Rulebook) -> Iterator[Unlawful]:
    # A report of misconduct is looked into before anybody can be answered.
    asked = before.stage is Stage.OPEN and before.kind is not e.MatterKind.REPORT
    if asked and book.has(NO_IGNORING):
        yield Unlawful(
            msg("还没有答复，不能归结"),
            code="unanswered",
            clause=book.cite(NO_IGNORING),
            remedy=msg("请先答复来人；不归本单位办的，请说明并告知去处。"),
        )
    if book.has(REPLY):
        yield Unlawful(
            msg("还没有结果，不能归结"),
            code="no_outcome",
            clause=book.cite(REPLY),
            remedy=msg("件件要有结果、有回复：请先办出结果并答复。"),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Open obligations pass to the new custodian with their clocks unchanged."""
    del before, book
    if isinstance(event, e.HandoverAccepted | e.CustodyAssigned):
        yield Transfer(bearer=after.custodian)
