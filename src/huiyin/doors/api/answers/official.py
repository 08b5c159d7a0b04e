"""Official documents: one as the registers have it, before whom it was put, its drafts, and the registers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from huiyin.doors.api.answers.parts import Moment, Staff, Word, maybe_staff, named, staff, word
from huiyin.matters import document_labels, labels, queries
from huiyin.rules.errors import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from huiyin.matters.models import DelayExplanation, Draft, OfficialDocument, Routing
    from huiyin.matters.models import Matter as MatterRow

_BOOKS = {**document_labels.DOCUMENT_BOOKS, "incoming": labels.KINDS["document_in"]}


class Laid(BaseModel):
    """One person it was put before; `ending` is empty while it waits for them, `done_for` who stood in."""

    role: Word
    person: Staff
    put_by: Staff | None
    put_at: Moment
    done_at: Moment | None
    done_for: Staff | None
    ending: Word | None
    opinion: str
    draft: Annotated[int | None, Field(description=msg("针对第几稿"))]


class DraftText(BaseModel):
    """One text of an outgoing document as it was put forward."""

    ordinal: int
    text: str
    written_by: Staff
    written_for: Staff | None
    written_at: Moment


class ExplainedDelay(BaseModel):
    """An explained delay; one that came late clears nothing."""

    explained_by: Staff
    explained_at: Moment
    reason: str
    assigner: str
    leader: Staff | None
    in_time: bool


class Entry(BaseModel):
    """What the registers say of an official document; `number` is its number there, "" before it has one."""

    number: str
    book: Word
    party: str
    copies_to: str
    their_number: str
    genre: Word | None
    secrecy: Word
    received_on: date | None
    pages: int | None
    drafted_by: Staff | None
    special: Annotated[str, Field(description=msg("办理时限比制度规定的长的，其特殊情况"))]
    dispatched: Word | None
    archive_number: str
    laid: Annotated[list[Laid], Field(description=msg("先后送给谁，批示、会签、传阅的结果和意见"))]
    drafts: Annotated[list[DraftText], Field(description=msg("各稿，最近的在前"))]
    delays: Annotated[list[ExplainedDelay], Field(description=msg("逾期前后的说明"))]


class DocumentLine(BaseModel):
    """One line of a register; `light` and `due_at` are those of its most pressing open duty."""

    number: str
    register_number: str
    title: str
    party: str
    their_number: str
    genre: Word | None
    secrecy: Word
    urgency: Word
    stage: Word
    received_on: date | None
    received_at: Moment
    handler: Annotated[str, Field(description=msg("签收的承办人；发文为拟稿人"))]
    light: Word
    due_at: Moment | None
    provisional: bool
    late: bool
    archive_number: str
    href: str


class DocumentList(BaseModel):
    """A page of a register, newest first."""

    rows: list[DocumentLine]
    more: bool


class LyingLine(BaseModel):
    """One document that waits for a person, and for what; `acting_for` names an absent colleague."""

    role: Word
    since: Moment
    put_by: str
    acting_for: str
    document: DocumentLine


class LyingList(BaseModel):
    """What waits for a person, longest waiting first."""

    rows: list[LyingLine]
    more: bool


def entry(row: MatterRow) -> Entry | None:
    """Return what the registers say of a matter; None for one that is no official document."""
    found = queries.of_matter(row)
    if found is None:
        return None
    return Entry(
        number=found.register_number,
        book=named(_BOOKS, found.book),
        party=found.party,
        copies_to=found.copies_to,
        their_number=found.their_number,
        genre=word(document_labels.GENRES, found.genre),
        secrecy=named(document_labels.SECRECY, found.secrecy),
        received_on=found.received_on,
        pages=found.pages,
        drafted_by=maybe_staff(found.drafted_by),
        special=found.special,
        dispatched=word(labels.DELIVERIES, found.dispatched_how),
        archive_number=found.archive_number,
        laid=[_laid(one) for one in queries.routings_of(row)],
        drafts=[_draft(one) for one in queries.drafts_of(row)],
        delays=[_delay(one) for one in queries.explanations_of(row)],
    )


def document_list(found: queries.Registered, base: str) -> DocumentList:
    """Return a page of a register; `base` is where matters live."""
    return DocumentList(rows=[_line(one, base) for one in found.rows], more=found.more)


def lying_list(rows: Iterable[queries.Lying], *, more: bool, base: str) -> LyingList:
    """Return what waits for a person."""
    return LyingList(
        rows=[
            LyingLine(
                role=named(document_labels.ROUTINGS, one.role),
                since=one.since,
                put_by=one.asked_by,
                acting_for=one.acting_for,
                document=_line(one.listed, base),
            )
            for one in rows
        ],
        more=more,
    )


def _laid(row: Routing) -> Laid:
    return Laid(
        role=named(document_labels.ROUTINGS, row.role),
        person=staff(row.person),
        put_by=maybe_staff(row.asked_by),
        put_at=row.asked_at,
        done_at=row.done_at,
        done_for=maybe_staff(row.done_for),
        ending=word(document_labels.ROUTING_ENDINGS, row.ending),
        opinion=row.opinion,
        draft=row.draft.ordinal if row.draft else None,
    )


def _draft(row: Draft) -> DraftText:
    return DraftText(
        ordinal=row.ordinal,
        text=row.text,
        written_by=staff(row.written_by),
        written_for=maybe_staff(row.done_for),
        written_at=row.written_at,
    )


def _delay(row: DelayExplanation) -> ExplainedDelay:
    return ExplainedDelay(
        explained_by=staff(row.explained_by),
        explained_at=row.explained_at,
        reason=row.reason,
        assigner=row.assigner,
        leader=maybe_staff(row.leader),
        in_time=row.in_time,
    )


def _line(found: queries.Listed, base: str) -> DocumentLine:
    document: OfficialDocument = found.document
    row = found.matter
    return DocumentLine(
        number=row.number,
        register_number=document.register_number,
        title=row.summary,
        party=document.party,
        their_number=document.their_number,
        genre=word(document_labels.GENRES, document.genre),
        secrecy=named(document_labels.SECRECY, document.secrecy),
        urgency=named(labels.URGENCIES, row.urgency),
        stage=named(labels.STAGES, row.stage),
        received_on=document.received_on,
        received_at=row.received_at,
        handler=found.handler,
        light=named(labels.LIGHTS, found.light.value),
        due_at=found.due_at,
        provisional=found.provisional,
        late=found.late,
        archive_number=document.archive_number,
        href=f"{base}/{row.number}",
    )
