"""The steps of an approval, signed one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegun(Event):
    """Step `number` of the approval, counted from 1, lies before `to`, to be signed within `limit`."""

    kind: ClassVar[str] = "signing.begun"
    number: int
    to: str
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSigned(Event):
    """Step `number` of the approval was signed."""

    kind: ClassVar[str] = "signing.done"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPassed(Event):
    """The post that signs step `number` has another holder: it lies before `to` now, on the same clock."""

    kind: ClassVar[str] = "signing.passed"
    number: int
    to: str
