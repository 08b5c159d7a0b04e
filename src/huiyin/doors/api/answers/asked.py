"""What was asked of colleagues about a matter: the way it was led, other units, leaders; and papers kept.

What somebody served has said stays masked for those who do not deal with them, as on the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from huiyin.doors.api.answers.parts import Moment, Staff, Word, maybe_staff, named, staff, word
from huiyin.matters import labels, notice_labels, queries
from huiyin.rules.errors import msg

if TYPE_CHECKING:
    from huiyin.matters.models import Consultation, Deposit, Guidance, Instruction
    from huiyin.matters.models import Matter as MatterRow
    from huiyin.organisation.queries import Asker


class Led(BaseModel):
    """One choice of the way, with what was said; of an unclear one also what the leader answered."""

    way: Word
    to: Staff | None
    chosen_by: Staff
    chosen_at: Moment
    words: str
    department: str
    place: str
    phone: str
    unknown: str
    items: str
    advice: str
    answer: str
    answered_at: Moment | None


class Consulted(BaseModel):
    """What a unit was asked; `verdict` is empty until it answered."""

    unit: str
    asked_of: Staff
    asked_by: Staff
    asked_at: Moment
    question: str
    verdict: Word | None
    words: str
    answered_by: Staff | None
    answered_at: Moment | None


class AskedLeader(BaseModel):
    """What a leader was asked about refusing, or about whether it can be done; the latest question."""

    asked_of: Staff
    asked_by: Staff
    asked_at: Moment
    question: str
    allows: Annotated[bool | None, Field(description=msg("true 为可以否定、填表报备；没答复的为空"))]
    answer: str
    answered_by: Staff | None
    answered_at: Moment | None


class PaperKept(BaseModel):
    """One kind of paper that was taken in."""

    name: str
    copies: int
    pages: int | None


class KeptFor(BaseModel):
    """Papers that were taken in for a colleague."""

    to: Staff
    kept_by: Staff
    kept_at: Moment
    papers: list[PaperKept]
    taken_at: Moment | None


class Asked(BaseModel):
    """All of it, oldest first."""

    led: list[Led]
    consulted: list[Consulted]
    question: AskedLeader | None
    kept: list[KeptFor]


def asked(asker: Asker, row: MatterRow, *, masked: bool) -> Asked:
    """Return what was asked of colleagues; of a unit in full to whoever was asked."""
    question = queries.pending_of(row).instruction
    return Asked(
        led=[_led(one, masked=masked) for one in queries.guidance_of(row)],
        consulted=[
            _consulted(one, masked=masked and not queries.was_asked(asker, one))
            for one in queries.consultations_of(row)
        ],
        question=_question(question) if question else None,
        kept=[_kept(one) for one in queries.deposits_of(row)],
    )


def _led(row: Guidance, *, masked: bool) -> Led:
    said = {
        name: "" if masked else getattr(row, name)
        for name in ("words", "department", "place", "phone", "unknown", "items", "advice", "answer")
    }
    return Led(
        way=named(labels.ROUTES, row.route),
        to=maybe_staff(row.to),
        chosen_by=staff(row.chosen_by),
        chosen_at=row.chosen_at,
        answered_at=row.answered_at,
        **said,
    )


def _consulted(row: Consultation, *, masked: bool) -> Consulted:
    return Consulted(
        unit=row.unit_name,
        asked_of=staff(row.asked_of),
        asked_by=staff(row.asked_by),
        asked_at=row.asked_at,
        question="" if masked else row.question,
        verdict=word(notice_labels.CONSULTED, row.verdict),
        words="" if masked else row.words,
        answered_by=maybe_staff(row.answered_by),
        answered_at=row.answered_at,
    )


def _question(row: Instruction) -> AskedLeader:
    return AskedLeader(
        asked_of=staff(row.asked_of),
        asked_by=staff(row.asked_by),
        asked_at=row.asked_at,
        question=row.question,
        allows=row.allows if row.answered_at else None,
        answer=row.answer,
        answered_by=maybe_staff(row.answered_by),
        answered_at=row.answered_at,
    )


def _kept(row: Deposit) -> KeptFor:
    papers = [PaperKept(name=one["name"], copies=one["copies"], pages=one.get("pages")) for one in row.papers]
    return KeptFor(
        to=staff(row.to),
        kept_by=staff(row.kept_by),
        kept_at=row.kept_at,
        papers=papers,
        taken_at=row.taken_at,
    )
