"""What the office has promised in public, as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from huiyin.catalogue import labels
from huiyin.catalogue import queries as catalogue
from huiyin.doors.api.answers.parts import Moment, Word, named
from huiyin.rules.errors import msg
from huiyin.rules.regimes.service_commitment import FIELDS, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huiyin.catalogue.models import Commitment


class NumberedLine(BaseModel):
    """One line of a commitment, by its number in that version; `reference` names it for ever."""

    number: int
    text: str
    reference: str


class Part(BaseModel):
    """One part of a commitment: which, what it says, and its lines."""

    part: Word
    text: str
    lines: list[NumberedLine]


class Promise(BaseModel):
    """A published commitment; `unit` is empty for that of the office as a whole."""

    unit: Annotated[str, Field(description=msg("科室；全单位的承诺为空"))]
    unit_code: str
    version: int
    published_at: Moment
    parts: list[Part]
    complaint_phone: str
    complaint_unit: str


class CommitmentList(BaseModel):
    """What is published now: that of the office first, then by unit."""

    rows: list[Promise]


def commitment_list(rows: Iterable[Commitment]) -> CommitmentList:
    """Return published commitments."""
    return CommitmentList(rows=[_commitment(row) for row in rows])


def _commitment(row: Commitment) -> Promise:
    assert row.published_at is not None  # noqa: S101 - the database keeps state and moment together
    told = lines(row.said)
    return Promise(
        unit=row.unit.name if row.unit else "",
        unit_code=row.unit.code if row.unit else "",
        version=row.version,
        published_at=row.published_at,
        parts=[
            Part(
                part=named(labels.PARTS, name),
                text=row.said[name],
                lines=[
                    NumberedLine(
                        number=one.number, text=one.text, reference=catalogue.reference(row, one.number)
                    )
                    for one in told
                    if one.part == name
                ],
            )
            for name in FIELDS
            if row.said.get(name)
        ],
        complaint_phone=row.said.get("complaint_phone") or row.tenant.complaint_phone,
        complaint_unit=row.said.get("complaint_unit", ""),
    )
