"""Signing an approval step by step: each step has its own clock, and whoever signs it bears it.

Only where a clause asks for the time of each step (p3.service-commitment.2.2.b). The steps are signed one
after the other while the application is in hand; what was signed stays signed, also after a decision that
was taken back. A clause that sets times sets no order of deciding: with the decision the rest is not owed
any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    Finding,
    Outcome,
    PauseClock,
    ResumeClock,
    Transfer,
)

SIGN: Final = "sign_step"
STEPS: Final = "step_limits"
"""The part of the clause that wants a time for each step of an approval."""
UNSIGNED: Final = "step_unsigned"

_SIGNED: Final = frozenset({Outcome.EARLY, Outcome.ON_TIME, Outcome.LATE})
_NO_MORE: Final = (e.NoticeIssued, e.RefusalProposed, e.Granted, e.Refused, e.Withdrawn, e.Closed)
"""What leaves nothing to sign; after a supplement, or a refusal that was wrong, the rest begins anew."""


class Signable(Protocol):
    """What is owed, as far as counting the steps needs it; `outcome` is empty while it is open."""

    @property
    def key(self) -> str:
        """Its key within the matter."""

    @property
    def what(self) -> str:
        """The name of the duty."""

    @property
    def outcome(self) -> str | None:
        """How it ended."""


class Numbered(NamedTuple):
    """The duty of that key is to sign the step `number`, counted from 1."""

    key: str
    number: int


def numbered(owed: Iterable[Signable]) -> list[Numbered]:
    """Return which step each duty to sign is about; `owed` are a matter's duties in the order they arose."""
    found: list[Numbered] = []
    signed = 0
    for one in owed:
        if one.what == SIGN:
            found.append(Numbered(one.key, signed + 1))
            signed += one.outcome in _SIGNED
    return found


def following(owed: Iterable[Signable]) -> int:
    """Return the number of the first step that was not signed, counted from 1."""
    return 1 + sum(one.what == SIGN and one.outcome in _SIGNED for one in owed)


def objections(event: e.Event, waiting: Sequence[Signable], book: Rulebook) -> Iterator[Unlawful]:
    """Nobody is asked where no clause speaks of it, nor signs what does not wait; `waiting` is open."""
    if isinstance(event, e.StepBegun) and not book.has(STEPS):
        yield Unlawful(msg("本单位的制度没有规定审批环节的签批时间"), code="not_regulated")
    if isinstance(event, e.StepSigned | e.StepPassed) and not any(one.what == SIGN for one in waiting):
        yield Unlawful(
            msg("没有等待签批的环节"),
            code="nothing_to_sign",
            clause=book.cite(STEPS),
            remedy=msg("请刷新页面，看看现在到了哪个环节。"),
        )


def consequences(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start, pause and end the clock of each step; find one that was not signed in time."""
    match event:
        case e.NoticeIssued() if after.stage is Stage.IN_HAND:
            # What is told too late of what silence took on stops no clock, nor the signing.
            return
        case e.StepBegun() if book.has(STEPS):
            yield Duty(SIGN, book.cite(STEPS), event.to, event.at, event.limit)
        case e.StepPassed():
            yield Transfer(bearer=event.to, only=SIGN)
        case e.StepSigned():
            yield Discharge(SIGN, event.at)
        case e.SpecialProcedureStarted() | e.SpecialProcedureEnded():
            yield _standing_still(event)
        case e.LimitPassed() if event.what == SIGN:
            yield Finding(UNSIGNED, event.clause, event.at, event.against)
        case _ if isinstance(event, _NO_MORE):
            yield Discharge(SIGN, event.at, waived=True)


def _standing_still(event: e.SpecialProcedureStarted | e.SpecialProcedureEnded) -> Consequence:
    if isinstance(event, e.SpecialProcedureEnded):
        return ResumeClock(SIGN, event.at)
    return PauseClock(SIGN, event.procedure, event.at, event.planned_days)
