"""A refusal from the first thought of it to the last signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalProposed(Event):
    """The handler means to refuse: the filing form is begun, and its clock."""

    kind: ClassVar[str] = "refusal.proposed"
    grounds_digest: str
    basis_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFiled(Event):
    """The filing form is with the leader; `fell_back` when that leader stands in for another."""

    kind: ClassVar[str] = "refusal.filed"
    to: str
    level: str
    fell_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalApproved(Event):
    """A leader signs the filing form at one level; `final` at the last the rulebook names."""

    kind: ClassVar[str] = "refusal.approved"
    level: str
    final: bool
    opinion_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalOverturned(Event):
    """The leader finds the refusal wrong; the application returns to handling."""

    kind: ClassVar[str] = "refusal.overturned"
    reason_digest: str
