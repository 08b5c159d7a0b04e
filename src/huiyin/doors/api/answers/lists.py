"""Lists: matters, duties, hand-overs and decisions; every applicant on a list is masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from huiyin.doors import phrases
from huiyin.doors.api.answers.parts import Moment, Staff, Word, named, staff, word
from huiyin.matters import labels, queries, refusal_labels
from huiyin.rules.errors import msg
from huiyin.storage.masking import mask_name, mask_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huiyin.matters.models import Handover
    from huiyin.matters.models import Matter as MatterRow


class MatterLine(BaseModel):
    """One matter of a list; `light` and `due_at` are those of its most pressing open duty."""

    number: str
    version: int
    kind: Word
    summary: str
    applicant: str
    item: str
    unit: str
    stage: Word
    outcome: Word | None
    uncited: Annotated[bool, Field(description=msg("答复应当写依据而没有写"))]
    custodian: Staff
    first_responder: Staff
    received_at: Moment
    closed_at: Moment | None
    light: Word | None
    due_at: Moment | None
    provisional: bool
    href: str


class MatterList(BaseModel):
    """A page of matters, newest first."""

    rows: list[MatterLine]
    more: bool


class OwedLine(BaseModel):
    """One duty; `minutes_left` are working minutes, negative when overdue."""

    number: str
    summary: str
    applicant: str
    duty: Word
    clause: str
    stage: Word
    due_at: Moment
    provisional: bool
    awaits_event: Annotated[bool, Field(description=msg("到期时间取决于尚未确定的会议等活动，due_at 无意义"))]
    light: Word
    minutes_left: int
    acting_for: Annotated[str, Field(description=msg("替谁顶岗；本人的为空"))]
    href: str


class OwedList(BaseModel):
    """What a person owes, least working time first; paused duties last."""

    staff: Staff
    rows: list[OwedLine]
    more: bool


class Waiting(BaseModel):
    """A hand-over that waits to be accepted or bounced."""

    number: str
    summary: str
    giver: Staff
    taker: Staff
    reason: str
    offered_at: Moment
    href: str


class WaitingList(BaseModel):
    """Hand-overs that wait, oldest first."""

    rows: list[Waiting]


class LegLine(BaseModel):
    """A level on a refusal filing's way: whether it has signed, or it is its turn now."""

    level: Word
    done: bool
    now: bool


class DecisionLine(BaseModel):
    """Something a leader has to decide; `own` marks what they asked for themselves and cannot decide.

    Of a refusal filing also its ground and weight, where the office's rulebook asks for them, and who
    signs it one after the other; `must_say` where agreeing takes an opinion too.
    """

    kind: Annotated[str, Field(description=msg("extension 为延期，refusal 为否定报备"))]
    number: str
    summary: str
    asked_by: str
    asked_at: Moment
    reason: str
    basis: str
    facts: str
    limit: str
    due_at: Moment | None
    provisional: bool
    fell_back: Annotated[bool, Field(description=msg("分管领导不在岗或应回避，改报主要领导"))]
    own: bool
    acting_for: str
    version: int
    ground: Word | None
    importance: Word | None
    importance_reason: str
    way: list[LegLine]
    must_say: bool
    href: str


class DecisionList(BaseModel):
    """What waits for a decision, longest waiting first."""

    rows: list[DecisionLine]


def matter_list(found: queries.Found, base: str) -> MatterList:
    """Return a page of matters; `base` is where matters live."""
    return MatterList(rows=[_line(found, row, base) for row in found.rows], more=found.more)


def owed_list(rows: Iterable[queries.Owed], *, of: Staff, more: bool, base: str) -> OwedList:
    """Return the duties of one person."""
    lines = [
        OwedLine(
            number=row.number,
            summary=mask_text(row.summary),
            applicant=row.applicant,
            duty=named(labels.DUTIES, row.what),
            clause=row.clause,
            stage=named(labels.STAGES, row.stage),
            due_at=row.due_at,
            provisional=row.provisional,
            awaits_event=row.awaits_event,
            light=named(labels.LIGHTS, row.light.value),
            minutes_left=row.minutes_left,
            acting_for=row.acting_for,
            href=f"{base}/{row.number}",
        )
        for row in rows
    ]
    return OwedList(staff=of, rows=lines, more=more)


def waiting_list(rows: Iterable[Handover], base: str) -> WaitingList:
    """Return hand-overs that wait."""
    return WaitingList(
        rows=[
            Waiting(
                number=row.matter.number,
                summary=mask_text(row.matter.summary),
                giver=staff(row.giver),
                taker=staff(row.taker),
                reason=row.reason,
                offered_at=row.offered_at,
                href=f"{base}/{row.matter.number}",
            )
            for row in rows
        ]
    )


def decision_list(rows: Iterable[queries.Decision], base: str) -> DecisionList:
    """Return what waits for a decision."""
    return DecisionList(
        rows=[
            DecisionLine(
                kind=row.kind,
                number=row.number,
                summary=mask_text(row.summary),
                asked_by=row.asked_by,
                asked_at=row.asked_at,
                reason=row.reason,
                basis=row.basis,
                facts=row.facts,
                limit=phrases.limit_of(row.amount, row.unit),
                due_at=row.due_at,
                provisional=row.provisional,
                fell_back=row.fell_back,
                own=row.own,
                acting_for=row.acting_for,
                version=row.version,
                ground=word(refusal_labels.GROUNDS, row.ground),
                importance=word(refusal_labels.IMPORTANCES, row.importance),
                importance_reason=row.importance_reason,
                way=[
                    LegLine(level=named(refusal_labels.LEVELS, leg.level), done=leg.done, now=leg.now)
                    for leg in row.way
                ],
                must_say=row.must_say,
                href=f"{base}/{row.number}",
            )
            for row in rows
        ]
    )


def _line(found: queries.Found, row: MatterRow, base: str) -> MatterLine:
    light, due_at, provisional = found.lights.get(_id(row), (None, None, False))
    return MatterLine(
        number=row.number,
        version=row.version,
        kind=named(labels.KINDS, row.kind),
        summary=mask_text(row.summary),
        applicant=mask_name(row.applicant_name),
        item=row.item.name if row.item else "",
        unit=row.unit.name,
        stage=named(labels.STAGES, row.stage),
        outcome=word(labels.OUTCOMES, row.outcome),
        uncited=row.reply_basis == "none",
        custodian=staff(row.custodian),
        first_responder=staff(row.first_responder),
        received_at=row.received_at,
        closed_at=row.closed_at,
        light=named(labels.LIGHTS, light.value) if light is not None else None,
        due_at=due_at,
        provisional=provisional,
        href=f"{base}/{row.number}",
    )


def _id(row: MatterRow) -> UUID:
    return row.id
