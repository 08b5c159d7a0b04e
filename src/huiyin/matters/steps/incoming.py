"""An incoming document from the register to the archive: whom it was put before, and who signed for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from huiyin.matters import rows
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import DelayExplanation, Draft, OfficialDocument, Routing
from huiyin.rules import events as e
from huiyin.rules import official_documents as regime
from huiyin.rules.errors import Conflict, Invalid, msg
from huiyin.rules.lifecycle import Stage
from huiyin.rules.vocabulary import Limit

MAIN_LEADER: Final = "main_leader"
LEADER: Final = "leader"
PROPOSAL: Final = "proposal"
READER: Final = "reader"
HANDLER: Final = "handler"
LONGEST_OPINION: Final = 2000
ASSIGNER: Final = "assigning_department"
IN_CHARGE: Final = "leader_in_charge"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a register: the printed number, the book, its year and the running number there."""

    number: str
    book: str
    year: int
    serial: int


def enter(dossier: Dossier, hand: Hand, *, place: Place, row: OfficialDocument) -> None:
    """Enter a document that came in; the dossier's new row says what it is about."""
    row.register_number, row.book, row.year, row.serial = place.number, place.book, place.year, place.serial
    begin(dossier, hand, row=row)


def begin(dossier: Dossier, hand: Hand, *, row: OfficialDocument) -> None:
    """Register the matter of an official document, with the limit that came with it."""
    matter = dossier.matter
    dossier.record(
        e.Registered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            matter_kind=e.MatterKind(matter.kind),
            number=matter.number,
            channel=e.Channel(matter.channel),
            custodian=str(matter.first_responder_id),
            urgency=e.Urgency(matter.urgency),
            given=_given(dossier),
            given_for=matter.given_for,
            assigner=str(matter.assigner_id or ""),
            grade=matter.grade,
            request_digest=dossier.digest(f"{matter.question}\n{matter.details}"),
        )
    )
    dossier.add(row)


def _given(dossier: Dossier) -> Limit | None:
    return rows.limit_from(dossier.matter.given_amount, dossier.matter.given_unit)


def present(dossier: Dossier, hand: Hand, *, to: str, level: str) -> None:
    """Put the document before a leader; `level` is "main_leader" or "leader"."""
    kind = e.PresentedToMainLeader if level == MAIN_LEADER else e.PresentedToLeader
    dossier.record(kind(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, to=to))
    route(dossier, hand, role=level, to=to)


def write_opinion(dossier: Dossier, hand: Hand, *, role: str, opinion: str) -> None:
    """Write what should be done: the proposal of whoever keeps the register, or a leader's instruction."""
    text = needed_opinion(opinion)
    dossier.record(
        e.OpinionWritten(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            role=role,
            opinion_digest=dossier.digest(text),
        )
    )
    row = waiting(dossier, {role}, hand.principal) or route(dossier, hand, role=role, to=hand.principal)
    done(dossier, row, hand, opinion=text)


def circulate(dossier: Dossier, hand: Hand, *, to: Sequence[str]) -> None:
    """Put colleagues on the reading list; raises Conflict for one who is on it already."""
    already = {str(row.person_id) for row in all_waiting(dossier, {READER})}
    for reader in to:
        if reader in already:
            raise Conflict(msg("这位同事已在传阅名单上，还没有阅"), code="already_circulated")
        dossier.record(e.Circulated(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, to=reader))
        route(dossier, hand, role=READER, to=reader)


def note_read(dossier: Dossier, hand: Hand) -> None:
    """Say that one has read it."""
    dossier.record(e.DocumentRead(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    row = waiting(dossier, {READER}, hand.principal)
    if row is not None:
        done(dossier, row, hand)


def send(dossier: Dossier, hand: Hand, *, to: str, limit: Limit | None = None, special: str = "") -> None:
    """Send it to whoever is to handle it; who it was sent to before and has not signed is passed over."""
    again = dossier.state.stage is Stage.SENT
    dossier.record(
        e.DocumentSent(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            limit=limit,
            special_digest=dossier.digest(special.strip()),
        )
    )
    before = waiting(dossier, {HANDLER}) if again else None
    if before is not None:
        done(dossier, before, hand, ending="passed_over")
    route(dossier, hand, role=HANDLER, to=to)
    document = dossier.official()
    document.special = special.strip()
    dossier.touch(document)


def take_document(dossier: Dossier, hand: Hand) -> None:
    """Take the document over, to handle it."""
    dossier.record(e.DocumentSignedFor(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    row = waiting(dossier, {HANDLER})
    if row is not None:
        done(dossier, row, hand, ending="signed_for")


def return_to_keeper(dossier: Dossier, hand: Hand, *, reason: str) -> None:
    """Decline with a reason; whoever keeps the register sends it elsewhere."""
    if not reason.strip():
        raise Invalid({"reason": msg("退回必须写明理由")})
    dossier.record(
        e.DocumentReturned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(reason),
        )
    )
    row = waiting(dossier, {HANDLER})
    if row is not None:
        done(dossier, row, hand, ending="returned", opinion=reason)


def explain_delay(
    dossier: Dossier, hand: Hand, *, reason: str, assigner: str, leader: UUID | None
) -> DelayExplanation:
    """Record that both who assigned it and the leader in charge were told why it takes longer.

    Before the limit only does it count; afterwards it is recorded and clears nothing.
    """
    if not reason.strip():
        raise Invalid({"reason": msg("请写明不能按期办结的原因")}, clause=dossier.cite(regime.EXPLAIN))
    told = {ASSIGNER: bool(assigner.strip()), IN_CHARGE: leader is not None}
    dossier.record(
        e.DelayExplained(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            addressees=tuple(name for name, was in told.items() if was),
            reason_digest=dossier.digest(reason),
        )
    )
    owed = dossier.open_duty(regime.COMPLETE)
    return dossier.add(
        DelayExplanation(
            matter=dossier.matter,
            explained_by_id=UUID(hand.principal),
            explained_at=hand.at,
            reason=reason.strip(),
            assigner=assigner.strip()[:120],
            leader_id=leader,
            in_time=owed is None or hand.at <= owed.due,
        )
    )


def complete(dossier: Dossier, hand: Hand, *, result: str) -> None:
    """Finish what the document asked for, and say how."""
    if not result.strip():
        raise Invalid({"result": msg("请写明办理结果")})
    dossier.record(
        e.DocumentCompleted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            result_digest=dossier.digest(result),
        )
    )
    dossier.matter.reply = result.strip()


def needed_opinion(opinion: str) -> str:
    """The opinion without loose ends; raises Invalid for none, or one too long."""
    text = opinion.strip()
    if not text:
        raise Invalid({"opinion": msg("请写明意见")})
    if len(text) > LONGEST_OPINION:
        raise Invalid({"opinion": msg("意见请不超过2000字")})
    return text


def route(dossier: Dossier, hand: Hand, *, role: str, to: str, draft: Draft | None = None) -> Routing:
    """Note that the document, or one draft of it, lies before somebody from now on."""
    return dossier.add(
        Routing(
            matter=dossier.matter,
            role=role,
            draft=draft,
            person_id=UUID(to),
            asked_by_id=UUID(hand.actor),
            asked_at=hand.at,
        )
    )


def waiting(dossier: Dossier, roles: Collection[str], person: str = "") -> Routing | None:
    """The newest place where it waits for somebody in one of these roles, or for this person."""
    rows = [row for row in all_waiting(dossier, roles) if not person or str(row.person_id) == person]
    return rows[-1] if rows else None


def all_waiting(dossier: Dossier, roles: Collection[str]) -> list[Routing]:
    """Every place where it waits for somebody in one of these roles, oldest first."""
    return [row for row in dossier.routings() if row.done_at is None and row.role in roles]


def done(dossier: Dossier, row: Routing, hand: Hand, *, ending: str = "done", opinion: str = "") -> None:
    """Note what came of it there."""
    row.done_at = hand.at
    row.ending = ending
    row.opinion = opinion
    row.done_for_id = UUID(hand.actor) if hand.acting_for else None
    dossier.touch(row)
