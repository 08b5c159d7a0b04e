"""Decisions, answers and endings, and what is noted beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Event):
    """The application is granted."""

    kind: ClassVar[str] = "decision.granted"
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """The application is refused in writing, on an approved filing, and explained to the applicant.

    `has_power` says whether whoever enters it may refuse this item.
    """

    kind: ClassVar[str] = "decision.refused"
    number: str
    document_digest: str
    explanation_digest: str = ""
    has_power: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """The enquiry has its answer; `ending` is the way, where it ended as one of `guiding.ENDINGS`.

    `item` is the item of the catalogue that the answer rests on, `policy_digest` of the policy;
    `handled` that answering was the way it took.
    """

    kind: ClassVar[str] = "enquiry.answered"
    reply_digest: str
    ending: str = ""
    item: str = ""
    policy_digest: str = ""
    handled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The decision reached the applicant."""

    kind: ClassVar[str] = "decision.delivered"
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """The person served says how it was, from 1 to 5, once, and which points were not kept towards them.

    `reception` says from 1 to 5 how the `responder` received them, who was asked first; 0 for nothing said.
    """

    kind: ClassVar[str] = "matter.rated"
    score: int
    comment_digest: str = ""
    missed: tuple[str, ...] = ()
    reception: int = 0
    responder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The applicant takes the matter back.

    `by_digest` is of who said so, `relation` what they are to the applicant, `how` one of the ways that
    people reach the office, `declared_at` when they said it; empty of work that was given, and where a
    history brought in from elsewhere does not know.
    """

    kind: ClassVar[str] = "matter.withdrawn"
    reason_digest: str = ""
    by_digest: str = ""
    relation: str = ""
    how: str = ""
    declared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The matter has its outcome and its reply, and ends."""

    kind: ClassVar[str] = "matter.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecorded(Event):
    """A step of the work was noted; it changes neither custody nor any clock."""

    kind: ClassVar[str] = "step.recorded"
    step_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReissued(Event):
    """A new query code was handed out; the old one no longer opens the matter."""

    kind: ClassVar[str] = "code.reissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseInvoked(Event):
    """Somebody over the work points out that `clause` was not kept, and by whom; it stops no clock.

    `duty_line` names the line of a duty sheet that was not kept: position, version, line; `promise_line` that
    of a commitment: whose, version, line. `measure` is what is proposed and `gravity` how grave it is, in
    words of the clause. `verified_digest` is of how it was complained of and found true, `effect_digest` of
    the harm it did.
    """

    kind: ClassVar[str] = "clause.invoked"
    clause: str
    against: str
    facts_digest: str
    duty_line: str = ""
    promise_line: str = ""
    measure: str = ""
    gravity: str = ""
    verified_digest: str = ""
    effect_digest: str = ""
