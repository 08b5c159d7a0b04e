"""One matter, whole: where it stands, its clocks and why, custody, papers, and what may be done next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import BaseModel, Field

from huiyin.documents import queries as papers
from huiyin.documents.contents import Kind
from huiyin.doors import phrases
from huiyin.doors.api.answers.addresses import ADDRESSES
from huiyin.doors.api.answers.asked import Asked, asked
from huiyin.doors.api.answers.official import Entry, entry
from huiyin.doors.api.answers.parts import (
    Moment,
    Proof,
    Span,
    Staff,
    Word,
    maybe_staff,
    named,
    proof_of,
    span,
    staff,
    word,
)
from huiyin.matters import event_labels, labels, permissions, queries
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit, Unit

if TYPE_CHECKING:
    from huiyin.documents.models import Document
    from huiyin.matters.models import Handover
    from huiyin.matters.models import Matter as MatterRow


class Applicant(BaseModel):
    """The person served; in full only for those who deal with them."""

    name: str
    phone: str
    id_number: str
    email: str
    masked: bool


class ItemName(BaseModel):
    """An item of the catalogue, as the matter took it."""

    code: str
    name: str
    version: int


class Taken(BaseModel):
    """The working days that an ended duty took, and those it was allowed."""

    days: int
    allowed: int


class Clock(BaseModel):
    """One duty with its clock; minutes are working minutes, negative when overdue."""

    key: str
    duty: Word
    clause: str
    clause_text: str
    bearer: str
    started_at: Moment
    due_at: Moment
    provisional: Annotated[bool, Field(description=msg("所需年度的工作日安排尚未公布，到期时间为暂定"))]
    paused: bool
    awaits_event: Annotated[bool, Field(description=msg("到期时间取决于尚未确定的会议等活动，due_at 无意义"))]
    light: Word
    outcome: Word | None
    ended_at: Moment | None
    minutes_left: int
    why: Annotated[str, Field(description=msg("为什么是这一天"))]
    taken: Annotated[Taken | None, Field(description=msg("用时和期限；没有办结、制度没有要求的为空"))]


class Transfer(BaseModel):
    """One hand-over of custody: offered, and how it ended."""

    giver: Staff
    taker: Staff
    reason: str
    offered_at: Moment
    ended_at: Moment | None
    ending: str
    bounce_reason: str


class Material(BaseModel):
    """One paper of the item's list as last checked."""

    name: str
    required: bool
    original: bool
    present: bool
    copies: int
    pages: int | None
    problem: str
    returned_at: Annotated[datetime | None, Field(description=msg("已退还给申请人的时间"))]


class Paper(BaseModel):
    """A document that was issued."""

    id: UUID
    kind: Word
    number: str
    issued_at: Moment
    href: str
    proof: Annotated[Proof | None, Field(description=msg("送达回证；没有登记的为空"))]


class Action(BaseModel):
    """A verb that is lawful now. `acting_for` is the staff number to name in Huiyin-Acting-For."""

    verb: str
    label: str
    acting_for: str
    method: str
    href: str


class Matter(BaseModel):
    """A matter. `rulebook` is the version of the office's rules that binds it."""

    number: str
    version: int
    rulebook: str
    kind: Word
    channel: Word
    urgency: Word
    nature: Word
    important: bool
    record: Annotated[str, Field(description=msg("重大或重要事项的书面记录"))]
    source: Word | None
    origin: str
    assigner: Staff | None
    given: Span | None
    given_for: Moment | None
    anonymous: bool
    superior_answered_at: Moment | None
    summary: str
    details: str
    applicant: Applicant
    item: ItemName | None
    statutory: Span | None
    committed: Span | None
    unit: str
    stage: Word
    outcome: Word | None
    reply: str
    basis: Annotated[str, Field(description=msg("答复的依据：事项和政策"))]
    uncited: Annotated[bool, Field(description=msg("答复应当写依据而没有写"))]
    rating: int
    reception: Annotated[int, Field(description=msg("对首问责任人接待的评价，0为没有评"))]
    notices: int
    extensions: int
    external_ref: str
    received_at: Moment
    accepted_at: Moment | None
    deemed_at: Moment | None
    decided_at: Moment | None
    closed_at: Moment | None
    custodian: Staff
    first_responder: Staff
    offered_to: Staff | None
    clocks: list[Clock]
    custody: list[Transfer]
    materials: list[Material]
    documents: list[Paper]
    entry: Entry | None
    asked: Annotated[Asked, Field(description=msg("归属、会商、请示与代收"))]
    lawful: list[Action]


class Event(BaseModel):
    """One event of the ledger; names instead of ids, digests instead of what was typed."""

    seq: int
    kind: Word
    at: Moment
    actor: str
    acting_for: str
    body: dict[str, object]
    hash: str


class Timeline(BaseModel):
    """Everything that happened to a matter, oldest first."""

    number: str
    events: list[Event]


def matter(asker: Asker, row: MatterRow, at: datetime, address: str) -> Matter:
    """Return the whole matter as this person may see it; `address` is where it lives."""
    shown = queries.applicant_of(asker, row)
    return Matter(
        number=row.number,
        version=row.version,
        rulebook=queries.law_for(row, at).book.version,
        kind=named(labels.KINDS, row.kind),
        channel=named(labels.CHANNELS, row.channel),
        urgency=named(labels.URGENCIES, row.urgency),
        nature=named(labels.NATURES, row.nature),
        important=row.important,
        record=shown.record,
        source=word(labels.SOURCES, row.source),
        origin=row.origin,
        assigner=maybe_staff(row.assigner),
        given=_span(row.given_amount, row.given_unit),
        given_for=row.given_for,
        anonymous=row.anonymous,
        superior_answered_at=row.superior_answered_at,
        summary=shown.summary,
        details=shown.details,
        applicant=Applicant(
            name=shown.name,
            phone=shown.phone,
            id_number=shown.id_number,
            email=shown.email,
            masked=shown.masked,
        ),
        item=ItemName(code=row.item.code, name=row.item.name, version=row.item_version) if row.item else None,
        statutory=_span(row.statutory_amount, row.statutory_unit),
        committed=_span(row.committed_amount, row.committed_unit),
        unit=row.unit.name,
        stage=named(labels.STAGES, row.stage),
        outcome=word(labels.OUTCOMES, row.outcome),
        reply=shown.reply,
        basis=queries.basis_of(row),
        uncited=row.reply_basis == "none",
        rating=row.rating,
        reception=row.reception_rating,
        notices=row.notices,
        extensions=row.times_extended,
        external_ref=row.external_ref or "",
        received_at=row.received_at,
        accepted_at=row.accepted_at,
        deemed_at=row.deemed_at,
        decided_at=row.decided_at,
        closed_at=row.closed_at,
        custodian=staff(row.custodian),
        first_responder=staff(row.first_responder),
        offered_to=maybe_staff(row.offered_to),
        clocks=[clock(one) for one in queries.clocks_of(row, at, phrases.language())],
        custody=[transfer(one) for one in queries.handovers_of(row)],
        materials=[_material(one) for one in queries.materials_of(row)],
        documents=_papers(row, at, address, masked=shown.masked),
        entry=entry(row),
        asked=asked(asker, row, masked=shown.masked),
        lawful=_lawful(asker, row, at, address),
    )


def clock(found: queries.Clock) -> Clock:
    """Return one clock with its words."""
    return Clock(
        key=found.key,
        duty=named(labels.DUTIES, found.what),
        clause=found.clause,
        clause_text=found.clause_text,
        bearer=found.bearer,
        started_at=found.started_at,
        due_at=found.due_at,
        provisional=found.provisional,
        paused=found.paused,
        awaits_event=found.awaits_event,
        light=named(labels.LIGHTS, found.light.value),
        outcome=word(labels.PUNCTUALITY, found.outcome),
        ended_at=found.ended_at,
        minutes_left=found.minutes_left,
        why=found.why,
        taken=Taken(days=found.taken[0], allowed=found.taken[1]) if found.taken else None,
    )


def transfer(row: Handover) -> Transfer:
    """Return one hand-over."""
    return Transfer(
        giver=staff(row.giver),
        taker=staff(row.taker),
        reason=row.reason,
        offered_at=row.offered_at,
        ended_at=row.ended_at,
        ending=row.ending,
        bounce_reason=row.bounce_reason,
    )


def event(found: queries.Moment) -> Event:
    """Return one event with its word."""
    return Event(
        seq=found.seq,
        kind=named(event_labels.EVENTS, found.kind),
        at=found.at,
        actor=found.actor,
        acting_for=found.acting_for,
        body=found.body,
        hash=found.hash,
    )


def _material(row: queries.Checked) -> Material:
    return Material(
        name=row.name,
        required=row.required,
        original=row.original,
        present=row.present,
        copies=row.copies,
        pages=row.pages,
        problem=row.problem,
        returned_at=row.returned_at,
    )


def _papers(row: MatterRow, at: datetime, address: str, *, masked: bool) -> list[Paper]:
    issued = queries.documents_of(row)
    proofs = {one.document.id: one.proof for one in queries.services_of(row, issued, at)}
    return [_paper(one, address, proof_of(proofs.get(one.id), masked=masked)) for one in issued]


def _paper(row: Document, address: str, proof: Proof | None) -> Paper:
    name = papers.NAMES[Kind(row.kind)]
    return Paper(
        id=row.id,
        kind=Word(code=row.kind, label=gettext(name)),
        number=row.number,
        issued_at=row.issued_at,
        href=f"{address}/documents/{row.id}",
        proof=proof,
    )


def _lawful(asker: Asker, row: MatterRow, at: datetime, address: str) -> list[Action]:
    choices = permissions.lawful_verbs(asker, row, at)
    principals = {choice.acting_for for choice in choices if choice.acting_for is not None}
    numbers = organisation.staff_numbers(asker.tenant_id, principals) if principals else {}
    return [
        Action(
            verb=choice.verb,
            label=phrases.label(labels.verbs(row.kind), choice.verb),
            acting_for=numbers.get(choice.acting_for, "") if choice.acting_for else "",
            method="POST",
            href=f"{address}/{ADDRESSES[choice.verb]}",
        )
        for choice in choices
    ]


def _span(amount: int | None, unit: str) -> Span | None:
    return span(Limit(amount, Unit(unit))) if amount is not None and unit else None
