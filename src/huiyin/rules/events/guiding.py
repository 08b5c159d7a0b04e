"""Which way an enquiry takes from whoever was asked first, and papers taken in for a colleague."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from huiyin.rules.events.base import Event
from huiyin.rules.vocabulary import Limit


class Route(StrEnum):
    """Whose it is: one's own, a colleague's, shared with other bodies, another office's, or not clear.

    Or that it cannot be done at all, by the rules; or that nobody here has an answer to it.
    """

    OWN = "own"
    COLLEAGUE = "colleague"
    SHARED = "shared"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"
    BARRED = "barred"
    UNABLE = "unable"


ENDINGS: Final = frozenset({Route.BARRED, Route.UNABLE})
"""The ways that end as such: the outcome has the name of the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Event):
    """The way was chosen: `to` is the colleague named or the leader asked, `named` that a phone was given.

    `words_digest` is of what the person was told, `where_digest` of the department, place and phone;
    `bodies` counts those that a shared matter is dealt with together with, `items` the papers to bring;
    `given` names what was told of where to turn, `excused` that a reason stands for what was not;
    `advice_digest` is of what the person was advised to do instead of an answer.
    """

    kind: ClassVar[str] = "contact.routed"
    route: Route
    to: str = ""
    named: bool = False
    limit: Limit | None = None
    words_digest: str = ""
    where_digest: str = ""
    bodies: int = 0
    items: int = 0
    given: tuple[str, ...] = ()
    excused: bool = False
    advice_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructed(Event):
    """The leader who was asked said how to go on."""

    kind: ClassVar[str] = "contact.instructed"
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedUncertain(Event):
    """Whoever handles an application is not sure of it, or it is a special case: a leader has to be asked."""

    kind: ClassVar[str] = "matter.uncertain"
    why_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagTakenBack(Event):
    """The flag was a slip: whoever handles the application is sure of it, and nobody was asked yet."""

    kind: ClassVar[str] = "uncertain.taken_back"
    why_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTold(Event):
    """The applicant was told whether what was not clear can be done, and why."""

    kind: ClassVar[str] = "result.told"
    can: bool
    how: str
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersKept(Event):
    """Papers were taken in for the colleague `to`: how many, and whether the person can be reached."""

    kind: ClassVar[str] = "papers.kept"
    to: str
    count: int
    reachable: bool
    contact_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersTaken(Event):
    """The colleague took the papers over, counted: only now are they passed on."""

    kind: ClassVar[str] = "papers.taken"
    count: int
