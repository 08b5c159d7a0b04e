"""An outgoing document from the order to the archive: drafted, checked, signed, numbered, sent."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.labels import DELIVERIES
from huiyin.matters.models import Draft, StepNote
from huiyin.matters.steps import incoming
from huiyin.matters.steps.incoming import Place
from huiyin.rules import events as e
from huiyin.rules import identifiers
from huiyin.rules.errors import Conflict, Invalid, Unlawful, msg

CHECKER: Final = "checker"
COUNTERSIGNER: Final = "countersigner"
SIGNER: Final = "signer"
SUPERSEDED: Final = "superseded"
LONGEST_DRAFT: Final = 20_000
LONGEST_ARCHIVE_NUMBER: Final = 40
LONGEST_REASON: Final = 500


def draft(dossier: Dossier, hand: Hand, *, text: str, to: str) -> None:
    """Put the draft before whoever checks it, and again before those who had countersigned the last one."""
    if not text.strip() or len(text) > LONGEST_DRAFT:
        raise Invalid({"text": msg("请写出稿件内容，不超过20000字")})
    dossier.record(
        e.Drafted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            draft_digest=dossier.digest(text),
        )
    )
    before = dossier.drafts()
    made = dossier.add(
        Draft(
            matter=dossier.matter,
            ordinal=before[-1].ordinal + 1 if before else 1,
            text=text,
            written_by_id=UUID(hand.principal),
            done_for_id=UUID(hand.actor) if hand.acting_for else None,
            written_at=hand.at,
        )
    )
    incoming.route(dossier, hand, role=CHECKER, to=to, draft=made)
    for who in _countersigned(dossier, before[-1]) if before else ():
        ask_countersign(dossier, hand, to=who)


def check_draft(dossier: Dossier, hand: Hand, *, opinion: str, to: str) -> None:
    """Find the draft in order and put it before the leader who signs."""
    _not_own_draft(dossier, hand)
    dossier.record(e.DraftChecked(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, to=to))
    _end(dossier, hand, CHECKER, "agreed", opinion)
    incoming.route(dossier, hand, role=SIGNER, to=to, draft=_current(dossier))


def return_draft(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Give the draft back to be written anew, with what is wrong with it."""
    text = incoming.needed_opinion(opinion)
    _not_own_draft(dossier, hand)
    dossier.record(
        e.DraftReturned(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, reason_digest=dossier.digest(text)
        )
    )
    for role in (CHECKER, SIGNER):
        _end(dossier, hand, role, "returned", text)
    while row := incoming.waiting(dossier, {COUNTERSIGNER}):
        incoming.done(dossier, row, hand, ending="passed_over")
    # Whoever agreed, agreed to this draft: what is written next has nobody's word yet.
    for row in dossier.routings():
        if row.role in {CHECKER, COUNTERSIGNER} and row.ending == "agreed":
            row.ending = SUPERSEDED
            dossier.touch(row)


def ask_countersign(dossier: Dossier, hand: Hand, *, to: str) -> None:
    """Ask a colleague to countersign; raises Conflict for one who is asked already."""
    if incoming.waiting(dossier, {COUNTERSIGNER}, to):
        raise Conflict(msg("已请这位同事会签，还没有签"), code="already_asked")
    dossier.record(e.CountersignAsked(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, to=to))
    incoming.route(dossier, hand, role=COUNTERSIGNER, to=to, draft=_current(dossier))


def countersign(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Countersign, with an opinion or without."""
    _not_own_draft(dossier, hand)
    dossier.record(
        e.Countersigned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            opinion_digest=dossier.digest(opinion.strip()),
        )
    )
    row = incoming.waiting(dossier, {COUNTERSIGNER}, hand.principal)
    if row is not None:
        incoming.done(dossier, row, hand, ending="agreed", opinion=opinion.strip())


def sign(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Sign it to be issued; raises Unlawful while somebody has not countersigned."""
    if incoming.waiting(dossier, {COUNTERSIGNER}):
        raise Unlawful(
            msg("还有人没有会签，不能签发"),
            code="countersign_pending",
            remedy=msg("请等会签完成；不需要会签的，退回重拟。"),
        )
    _not_own_draft(dossier, hand)
    dossier.record(
        e.DocumentSigned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            opinion_digest=dossier.digest(opinion.strip()),
        )
    )
    _end(dossier, hand, SIGNER, "agreed", opinion.strip())


def number(dossier: Dossier, hand: Hand, *, place: Place) -> None:
    """Give it its number in the office's book of the year."""
    dossier.record(
        e.DocumentNumbered(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, document_number=place.number
        )
    )
    row = dossier.official()
    row.register_number, row.year, row.serial = place.number, place.year, place.serial
    dossier.touch(row)


def dispatch(dossier: Dossier, hand: Hand, *, how: str) -> None:
    """Say that it has gone out, and how: one of `labels.DELIVERIES`."""
    if how not in DELIVERIES:
        raise Invalid({"how": msg("请选择送达或告知的方式")})
    dossier.record(e.DocumentDispatched(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, how=how))
    row = dossier.official()
    row.dispatched_how = how
    dossier.touch(row)
    dossier.matter.reply = row.register_number


def void(dossier: Dossier, hand: Hand, *, reason: str) -> None:
    """Declare that it should never have been entered, and why; nothing waits for anybody any more."""
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise Invalid({"reason": msg("请写明作废的原因，不超过500字")})
    dossier.record(
        e.DocumentVoided(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, reason_digest=dossier.digest(why)
        )
    )
    for row in dossier.routings():
        if row.done_at is None:
            incoming.done(dossier, row, hand, ending="passed_over")
    # As many events as the version says: this one is the latest of them.
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=why))


def archive(dossier: Dossier, hand: Hand, *, archive_number: str) -> None:
    """File the document under its number in the archive, which ends the matter."""
    if not archive_number.strip() or len(archive_number.strip()) > LONGEST_ARCHIVE_NUMBER:
        raise Invalid({"archive_number": msg("请填写归档号，不超过40字")})
    filed, fault = identifiers.archive_number(archive_number, longest=LONGEST_ARCHIVE_NUMBER)
    if fault:
        raise Invalid({"archive_number": fault})
    dossier.record(
        e.DocumentArchived(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, archive_number=filed)
    )
    dossier.record(e.Closed(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    row = dossier.official()
    row.archive_number = filed
    dossier.touch(row)


def authors(dossier: Dossier) -> frozenset[str]:
    """Who judges no draft of it.

    Who was to write it, whoever wrote a draft or had it written in their name, and who answers for it now.
    """
    state = dossier.state
    return frozenset({str(dossier.official().drafted_by_id), *state.drafted_by, state.custodian})


def _not_own_draft(dossier: Dossier, hand: Hand) -> None:
    """Nobody checks, countersigns or signs what they drafted."""
    if not authors(dossier).isdisjoint({hand.actor, hand.acting_for}):
        raise Unlawful(msg("不能核稿、会签、签发自己拟的文件"), code="own_matter")


def _current(dossier: Dossier) -> Draft | None:
    """The draft under judgement; None of a document drafted before drafts were kept apart."""
    return next(reversed(dossier.drafts()), None)


def _countersigned(dossier: Dossier, draft: Draft) -> list[str]:
    """Who had countersigned a draft that was returned, without whom it is no longer to judge."""
    rows = (one for one in dossier.routings() if one.role == COUNTERSIGNER and one.ending == SUPERSEDED)
    found = dict.fromkeys(str(one.person_id) for one in rows if one.draft_id == draft.id)
    return [who for who in found if who not in authors(dossier)]


def _end(dossier: Dossier, hand: Hand, role: str, ending: str, opinion: str) -> None:
    row = incoming.waiting(dossier, {role})
    if row is not None:
        incoming.done(dossier, row, hand, ending=ending, opinion=opinion)
