"""Who answers for a matter, and how that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffered(Event):
    """The custodian asks a colleague to take over; custody does not move yet."""

    kind: ClassVar[str] = "custody.offered"
    to: str
    reason_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAccepted(Event):
    """The colleague takes over; custody moves at this moment.

    `returns`: how often it has now gone back between the A and the B of one position. `keeps` are the duties
    of whoever gave it that stay with them: theirs by a post they hold, and not by having the matter.
    """

    kind: ClassVar[str] = "custody.accepted"
    returns: int = 0
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverBounced(Event):
    """The colleague declines with a reason; custody never moved. `returns` as for `HandoverAccepted`."""

    kind: ClassVar[str] = "custody.bounced"
    reason_digest: str
    returns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverWithdrawn(Event):
    """The custodian takes the offer back before anybody accepted it."""

    kind: ClassVar[str] = "custody.offer_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readdressed(Event):
    """What waited for somebody who has gone waits for another: papers, or a draft to check or sign."""

    kind: ClassVar[str] = "custody.readdressed"
    whose: str
    to: str
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyAssigned(Event):
    """The custodian has gone; who is over the work names another. Custody moves at this moment.

    `keeps` as for `HandoverAccepted`.
    """

    kind: ClassVar[str] = "custody.assigned"
    to: str
    reason_digest: str = ""
    keeps: tuple[str, ...] = ()
