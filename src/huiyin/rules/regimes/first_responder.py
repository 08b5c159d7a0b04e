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

ON_DUTY: Final = "first_responder"
REGISTER: Final = "unsettled_registered"
MAJOR: Final = "major_recorded"
TRANSFER: Final = "opinion_transfer"
NO_IGNORING: Final = "no_ignoring"
REPLY: Final = "reply"


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nothing closes unanswered; opinions and complaints are answered by whoever they belong to."""
    match event:
        case e.Registered() if event.important and not book.has(MAJOR):
            yield Unlawful(msg("本单位的制度没有规定重大事项另作记录"), code="not_regulated")
        case e.Answered() if before is not None and book.has(TRANSFER):
            yield from _not_transferred(before, book)
        case e.Closed() if before is not None and not before.outcome:
            yield from _not_ended(before, book)


def _not_transferred(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if before.nature is not e.Nature.BUSINESS and before.custodian == before.first_responder:
        yield Unlawful(
            msg("意见、建议和投诉举报须移交有关部门，由接收的部门答复"),
            code="not_transferred",
            clause=book.cite(TRANSFER),
            remedy=msg("请移交给有职责的部门，对方接收后由其办理。"),
        )


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
