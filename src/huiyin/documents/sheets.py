"""Sheets for everybody: the board that hangs on the wall, the guide to take along.

They are drawn from what holds today and are kept nowhere: a sheet is no
evidence, and names nobody who is served.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from huiyin.documents.parts import MaterialLine, Office, Part
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit


class Paper(StrEnum):
    """The paper a board is printed on."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Part):
    """One part of a commitment: `name` is one of `rules.regimes.service_commitment.FIELDS`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedItem(Part):
    """An item and how long it takes, by the law and as promised; `instant` ones are done at once."""

    name: str
    instant: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStep(Part):
    """One step of an item and how long it takes."""

    name: str
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Part):
    """What every sheet says: whose it is, its number, and from when on it holds."""

    template: ClassVar[str]

    number: str
    office: Office
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Sheet):
    """承诺公示牌: what a unit, or with `unit` "" the whole office, promises."""

    template: ClassVar[str] = "board"

    sections: tuple[Section, ...]
    unit: str = ""
    items: tuple[PromisedItem, ...] = ()
    complaint_unit: str = ""
    paper: Paper = Paper.A4


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSheet(Sheet):
    """服务指南: everything somebody has to know and bring to have an item done."""

    template: ClassVar[str] = "guide"

    item: str
    unit: str
    materials: tuple[MaterialLine, ...] = ()
    conditions: str = ""
    procedure: str = ""
    steps: tuple[SheetStep, ...] = ()
    fee: str = ""
    basis: str = ""
    instant: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None
    place: str = ""
    phone: str = ""

    def problems(self) -> dict[str, str]:
        """Nobody can come without knowing what to bring or how long it takes."""
        if not (self.instant or self.statutory or self.committed):
            return {"committed": msg("指南须写明办理时限")}
        return {}
