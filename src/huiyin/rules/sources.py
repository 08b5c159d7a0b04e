"""Where work comes from that the office takes in itself: a closed list for each kind of matter.

Which of these a regulation knows is its own to say: one that prints a list is
bound to it, one that says no more than "all of these" takes every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from huiyin.rules.events import MatterKind


class Source(StrEnum):
    """Where it comes from. The codes of printed lists are those of the clause register."""

    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    CONSULTED = "consulted"
    SUPERVISED = "supervised"
    MEETING = "meeting_decision"
    LEADER = "leader_assignment"
    SUPERIOR = "superior_decision"
    FROM_BELOW = "request_from_below"
    OTHER = "other"
    MOTION = "people_congress_motion"
    PROPOSAL = "cppcc_proposal"
    DIRECT = "direct"
    HOTLINE = "hotline"


FROM_ABOVE: Final = frozenset({Source.SUPERVISED, Source.TRANSFERRED, Source.HOTLINE})
"""The sources of a petition that say it was sent from above, and not brought by the person."""

SOURCES: Final[Mapping[MatterKind, tuple[Source, ...]]] = {
    MatterKind.TASK: (
        Source.ASSIGNED,
        Source.TRANSFERRED,
        Source.CONSULTED,
        Source.SUPERVISED,
        Source.MEETING,
        Source.LEADER,
        Source.SUPERIOR,
        Source.FROM_BELOW,
        Source.OTHER,
    ),
    MatterKind.PROPOSAL: (Source.MOTION, Source.PROPOSAL),
    MatterKind.PETITION: (Source.DIRECT, Source.SUPERVISED, Source.TRANSFERRED, Source.HOTLINE),
}
"""What each kind may come from; a kind that is not here has no source."""

INSIDE: Final = frozenset({Source.ASSIGNED, Source.LEADER, Source.MEETING, Source.OTHER, Source.DIRECT})
"""The sources within the house, or a person who is answered as such: no other body waits for word."""
