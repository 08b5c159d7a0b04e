"""The regimes, in the order of the clause register.

Each is a short module with two functions over what happened and the rulebook
in force that day: `objections` yields what makes an act impossible, and
`consequences` yields the obligations and findings that follow. They never
import one another; what one needs from another is in the matter's state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from huiyin.rules.errors import Unlawful
from huiyin.rules.events import Event
from huiyin.rules.lifecycle import State
from huiyin.rules.regimes import (
    first_responder,
    one_time_notice,
    post_responsibility,
    post_substitution,
    refusal_filing,
    service_commitment,
    time_limit,
)
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence


class Regime(Protocol):
    """What every regime module offers."""

    def objections(self, before: State | None, event: Event, book: Rulebook) -> Iterator[Unlawful]:
        """Why this act is impossible now; nothing when it is lawful."""

    def consequences(
        self, before: State | None, event: Event, after: State, book: Rulebook
    ) -> Iterator[Consequence]:
        """What follows from the event."""


REGIMES: Final[tuple[Regime, ...]] = (
    post_responsibility,
    first_responder,
    one_time_notice,
    time_limit,
    service_commitment,
    refusal_filing,
    post_substitution,
)
