"""Work that was given to the office or inside it: how it goes, how it ends, and who says that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(Event):
    """Whoever handles it tells those it was given by how far it is; no clock changes.

    `to` are the leaders to whom the rulebook has it reported besides; `how` says how the person
    served was told that it takes longer, `studied` that this is what came of studying it.
    """

    kind: ClassVar[str] = "task.progress"
    words_digest: str
    to: tuple[str, ...] = ()
    how: str = ""
    studied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorAnswered(Event):
    """The superior body, the deputies or whoever sent it have their answer, and how it went to them.

    `verdict` says of a request from below what the answer is, in a word of the rulebook's.
    """

    kind: ClassVar[str] = "task.superior_answered"
    how: str
    words_digest: str
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Event):
    """Whoever handles it says that it is done, and with what result."""

    kind: ClassVar[str] = "task.finished"
    result_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Event):
    """Whoever gave it finds that it is not done; its clock goes on from where it began."""

    kind: ClassVar[str] = "task.sent_back"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff(Event):
    """Whoever gave it agrees that it is done: it is struck off, and ends."""

    kind: ClassVar[str] = "task.signed_off"
    opinion_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatenessExplained(Event):
    """Those the rulebook names have been told how far it is and why it is not done."""

    kind: ClassVar[str] = "task.lateness_explained"
    to: tuple[str, ...]
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded(Event):
    """A misconduct report was looked into; `outcome` is one of `lifecycle.CONCLUSIONS`."""

    kind: ClassVar[str] = "report.concluded"
    outcome: str
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusedNamed(Event):
    """It turns out whom a misconduct report is against; from now on they see nothing of it."""

    kind: ClassVar[str] = "report.accused_named"
    accused: tuple[str, ...]
