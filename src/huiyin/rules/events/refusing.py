"""A refusal from the first thought of it to the last signature, and what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalProposed(Event):
    """The handler means to refuse: the filing form is begun, and its clock.

    `ground` and `importance` are words of the rulebook, "" where it asks for none;
    `lacking` is how many demanded papers were missing that moment; `has_power`
    whether the handler's position may refuse this item. `elsewhere` says that it is
    not the office's to do, `where_digest` is of the right office, its place and telephone.
    """

    kind: ClassVar[str] = "refusal.proposed"
    grounds_digest: str
    basis_digest: str
    ground: str = ""
    lacking: int = 0
    verification_digest: str = ""
    importance: str = ""
    importance_digest: str = ""
    opinion_digest: str = ""
    has_power: bool = True
    told_no: bool = False
    elsewhere: bool = False
    where_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFiled(Event):
    """The filing form is with the leader; `fell_back` when that leader stands in for another."""

    kind: ClassVar[str] = "refusal.filed"
    to: str
    level: str
    fell_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalApproved(Event):
    """The form is signed at one level; `final` at the last the rulebook names, else it goes to `next_to`.

    With `raised_digest` the signer finds the matter important, and says why. With
    `minute_digest` the leadership team decided together, and a minute shows it.
    """

    kind: ClassVar[str] = "refusal.approved"
    level: str
    final: bool
    opinion_digest: str = ""
    next_to: str = ""
    raised_digest: str = ""
    minute_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalOverturned(Event):
    """The leader finds the refusal wrong; the application returns to handling."""

    kind: ClassVar[str] = "refusal.overturned"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalCorrected(Event):
    """A refusal that was decided already is found wrong; the application returns to handling."""

    kind: ClassVar[str] = "refusal.corrected"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionAsked(Event):
    """The handler asks a leader whether to refuse, before filling in any form."""

    kind: ClassVar[str] = "instruction.asked"
    to: str
    question_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionGiven(Event):
    """The leader answers; with `allows` the handler may fill in the form for this matter."""

    kind: ClassVar[str] = "instruction.given"
    allows: bool
    answer_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAsked(Event):
    """The applicant wants the papers back."""

    kind: ClassVar[str] = "return.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsReturned(Event):
    """The papers are handed back against a proof of identity of the kind `identity` and a signature."""

    kind: ClassVar[str] = "return.done"
    number: str
    identity: str
    receiver_digest: str
    document_digest: str = ""
