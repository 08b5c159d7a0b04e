"""What a handler is not sure of: referred at the first moment, and the result told with its reason.

Only where a clause says so of applications. The question and the answer are those of asking a leader
before a refusal, or of asking another unit; nothing is decided before there is a word, and nothing ends
before the applicant was told. Of an enquiry the answer says all that, once the leader who was asked
has said how to go on (`regimes.first_responder`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import State
from huiyin.rules.lifecycle.states import CANNOT, UNANSWERED, WORDS
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding

REFER: Final = "refer"
UNSURE: Final = "uncertain_referred"

_DECIDING: Final = (e.Granted, e.RefusalProposed)


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nobody decides what they are not sure of, nor ends it without telling."""
    if before is None:
        return
    if isinstance(event, e.FlaggedUncertain) and not book.has(UNSURE):
        yield Unlawful(msg("本单位的制度没有规定把握不准的事项要请示"), code="not_regulated")
    elif isinstance(event, _DECIDING) and waits(before):
        yield Unlawful(
            msg("这件事标为把握不准，请示有答复之前不能作出决定"),
            code="instruction_pending",
            clause=book.cite(UNSURE),
            remedy=msg("请马上向领导请示；领导答复以后再决定。"),
        )
    elif isinstance(event, e.ResultTold):
        yield from _against_the_word(before, event, book)
    elif isinstance(event, e.Closed) and untold(before):
        yield Unlawful(
            msg("还没有把能否办理和原因告诉申请人，不能归结"),
            code="result_untold",
            clause=book.cite(UNSURE),
            remedy=msg("请先告诉申请人能不能办、为什么，再归结。"),
        )


def _against_the_word(before: State, event: e.ResultTold, book: Rulebook) -> Iterator[Unlawful]:
    """Nobody is told no without the leader's, which still takes the form; nor yes against it.

    A unit's answer is no refusal. What was decided meanwhile may be told.
    """
    if not event.can and before.uncertain in WORDS - {CANNOT} and not _refused(before):
        yield Unlawful(
            msg("领导没有说不能办理，不能告诉申请人办不了"),
            code="against_the_word",
            clause=book.cite(UNSURE),
            remedy=msg("认为不能办的，请再向领导请示，并照否定报备的规定办。"),
        )
    elif event.can and before.uncertain == CANNOT and before.outcome != "granted":
        yield Unlawful(
            msg("领导答复不能办理，不能告诉申请人可以办"),
            code="against_the_word",
            clause=book.cite(UNSURE),
            remedy=msg("认为能办的，请再向领导请示。"),
        )


def _refused(state: State) -> bool:
    return state.refusal_approved or state.outcome == "refused"


def waits(state: State) -> bool:
    """Whether nobody who can say how to go on has said it yet."""
    return state.uncertain in UNANSWERED


def untold(state: State) -> bool:
    """Whether the applicant was not told what came of it; what was taken back needs no result."""
    return state.uncertain in UNANSWERED | WORDS and state.outcome != "withdrawn"


def consequences(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Begin and end the moment in which somebody must be asked; find that nobody was."""
    match event:
        case e.FlaggedUncertain() if waits(after) and book.has(UNSURE):
            limit = book.limit(UNSURE, event.on)
            yield Duty(REFER, book.cite(UNSURE), after.custodian, event.at, limit, once=True)
        case e.InstructionAsked() | e.UnitConsulted():
            yield Discharge(REFER, event.at)
        case e.Withdrawn() | e.FlagTakenBack():
            yield Discharge(REFER, event.at, waived=True)
        case e.LimitPassed() if event.what == REFER:
            yield Finding("referred_late", event.clause, event.at, event.against)
