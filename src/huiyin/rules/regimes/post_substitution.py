"""Stand-ins (同岗替代制, A and B posts): while A is away B does the work, with A's powers.

An office whose rulebook has no such regime still has its A and B; what this regime adds is off there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Finding, Gap

COVER: Final = "cover"
PAIR: Final = "pair"
COMPETENCE: Final = "pair_competence"
BRIEFING: Final = "briefing"
STEPPING_IN: Final = "stepping_in"
POWERS: Final = "cover_powers"
LIABILITY: Final = "cover_liability"
RETURNING: Final = "cover_return"
LATE_COVER: Final = "late_cover"
SHOWN: Final = "pair_shown"
STABLE: Final = "pair_stable"

SHIRKED: Final = "shirked"
UNBRIEFED: Final = "unbriefed"


class Post(Protocol):
    """What of a position this regime looks at; `rules.posts.Post` tells what each is."""

    @property
    def a(self) -> str:
        """Its holder."""

    @property
    def b(self) -> str:
        """Its stand-in."""

    @property
    def duties(self) -> bool:
        """Whether duties are written down."""

    @property
    def able(self) -> bool:
        """Whether B's competence is on record."""

    @property
    def uncovered(self) -> bool:
        """Whether A is away and nobody is in charge for them."""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nothing: who may act for whom is a permission, for every profile alike."""
    del before, event, book
    yield from ()


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """A matter that goes back and forth between A and B too often is flagged (p2.post-substitution.4.a).

    `returns` of the event counts how often it has, this time included, and is 0 between others than
    A and B; the finding is against whoever sent it back this time.
    """
    del after
    if not isinstance(event, e.HandoverAccepted | e.HandoverBounced) or not book.has(RETURNING):
        return
    if before is not None and event.returns > book.value(RETURNING, "most_returns", event.on):
        sent_back = event.principal if isinstance(event, e.HandoverBounced) else before.custodian
        yield Finding(SHIRKED, book.cite(RETURNING), event.at, sent_back)


def gaps(post: Post, book: Rulebook) -> Iterator[Gap]:
    """A position without A, B or duties, whose B is not known to be able, or with both away."""
    if book.has(PAIR):
        missing = (("no_holder", post.a), ("no_stand_in", post.b), ("no_duties", post.duties))
        for what, there in missing:
            if not there:
                yield Gap(what, book.cite(PAIR))
    if book.has(COMPETENCE) and post.b and not post.able:
        yield Gap("not_able", book.cite(COMPETENCE))
    if book.has(LATE_COVER) and post.uncovered:
        yield Gap("uncovered", book.cite(LATE_COVER))
