"""First responder (首问负责): whoever was asked answers until somebody else has accepted.

Custody itself is the matter's state; this regime moves the open obligations
with it, and no earlier than the acceptance.
"""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Transfer


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nothing: custody's guards stand in the transition table, for every profile alike."""
    del before, event, book
    yield from ()


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Open obligations pass to the new custodian with their clocks unchanged."""
    del before, book
    if isinstance(event, e.HandoverAccepted | e.CustodyAssigned):
        yield Transfer(bearer=after.custodian)
