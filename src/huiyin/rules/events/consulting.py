"""Other units are asked what they want before the applicant is told, once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConsulted(Event):
    """The unit `unit` was asked, `to` being who answers for it; `ordinal` numbers the matter's questions."""

    kind: ClassVar[str] = "unit.consulted"
    ordinal: int
    unit: str
    to: str
    question_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswered(Event):
    """The unit answered question `ordinal`: one of `joint.VERDICTS`; `missing` counts papers."""

    kind: ClassVar[str] = "unit.answered"
    ordinal: int
    unit: str
    verdict: str
    missing: int = 0
    words_digest: str = ""
