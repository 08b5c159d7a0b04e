"""What each paper says, put together from the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.documents import contents as paper
from huiyin.documents import parts
from huiyin.matters import paper_parts
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import MaterialCheck, RefusalFiling, RefusalOpinion
from huiyin.matters.queries.receipts import NOBODY
from huiyin.matters.refusal_labels import ADDRESSEES, GROUNDS, LEVELS
from huiyin.rules import clocks
from huiyin.rules.docket import Owed
from huiyin.rules.errors import msg
from huiyin.rules.regimes import one_time_notice as one_time_notice_regime
from huiyin.rules.regimes import refusal_filing, time_limit
from huiyin.rules.vocabulary import Limit
from huiyin.storage.masking import mask_name


def intake_receipt(
    dossier: Dossier,
    hand: Hand,
    received: Sequence[MaterialCheck],
    *,
    received_at: datetime,
    limit: Limit,
    collect_at: datetime,
    provisional: bool,
) -> paper.Receipt:
    """收件回执单: materials, copies, pages, when received, when to collect, by whom; without an address.

    The first has the matter's number; a later one, for papers that come in again, its own behind it.
    """
    so_far = dossier.papers_of(paper.Kind.RECEIPT)
    number = f"{dossier.matter.number}-{so_far + 1}" if so_far else dossier.matter.number
    return paper.Receipt(
        **paper_parts.common(dossier, number, hand),
        applicant_masked=mask_name(dossier.matter.applicant_name) or NOBODY,
        received_at=received_at,
        track_url="",
        materials=paper_parts.lines(dossier, received),
        limit=limit,
        collect_at=collect_at,
        provisional=provisional,
    )


def acceptance(dossier: Dossier, hand: Hand, *, number: str, due: Owed) -> paper.Acceptance:
    """受理通知书: taken on, and due when."""
    return paper.Acceptance(
        **paper_parts.common(dossier, number, hand),
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        accepted_at=hand.at,
        basis=(dossier.item.legal_basis if dossier.item else "") or NOBODY,
        due_at=due.due,
        limit=due.clock.limit,
        provisional=due.provisional,
    )


def pause_notice(
    dossier: Dossier, hand: Hand, *, number: str, procedure: str, planned: Limit, reason: str
) -> paper.PauseNotice:
    """特别程序告知书: the clock stands still, and for how long."""
    return paper.PauseNotice(
        **paper_parts.common(dossier, number, hand),
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        procedure=parts.Procedure(procedure),
        basis=paper_parts.cited(dossier, time_limit.PROCEDURES),
        reason=reason,
        starts_at=hand.at,
        planned=planned,
    )


def extension_notice(
    dossier: Dossier,
    hand: Hand,
    *,
    number: str,
    previous_due: datetime,
    approved_at: datetime,
    limit: Limit,
    reason: str,
) -> paper.ExtensionNotice:
    """延期告知书: how much longer, and why."""
    due = dossier.last_duty(time_limit.MAIN[dossier.state.kind])
    return paper.ExtensionNotice(
        **paper_parts.common(dossier, number, hand),
        applicant=_waiting(dossier),
        received_at=dossier.matter.received_at,
        previous_due_at=previous_due,
        extension=limit,
        due_at=due.due if due else previous_due,
        provisional=due.provisional if due else False,
        reason=reason,
        basis=paper_parts.cited(dossier, time_limit.more_time.part_of(dossier.state.kind, dossier.law.book)),
        approved_at=approved_at,
        # A pause that outlasts its plan puts off the old limit with it.
        stood_still=due is not None and clocks.stands_still(due.clock, approved_at),
    )


def grant_decision(dossier: Dossier, hand: Hand, *, number: str, result: str) -> paper.GrantDecision:
    """准予办理决定书: what is granted, and where and when to collect it."""
    common = paper_parts.common(dossier, number, hand)
    return paper.GrantDecision(
        **common,
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        accepted_at=dossier.state.accepted_at,
        basis=(dossier.item.legal_basis if dossier.item else "") or NOBODY,
        result=result,
        hours=_hours(dossier),
        collect_at=common["handler"].window or dossier.tenant.address,
    )


def refusal_decision(
    dossier: Dossier,
    hand: Hand,
    *,
    number: str,
    filing: RefusalFiling,
) -> paper.RefusalDecision:
    """不予办理决定书: why, on what basis, and where to turn.

    不予受理决定书 where it was not taken on because it is another office's (law.licensing.32.2).
    """
    referral = _referral(filing)
    declined = referral is not None and dossier.state.accepted_at is None
    kind = paper.Declination if declined else paper.RefusalDecision
    return kind(
        **paper_parts.common(dossier, number, hand),
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        facts=filing.facts,
        reasons=filing.reasons,
        legal_basis=filing.legal_basis,
        remedies=_remedies(dossier, hand),
        returned=_held(dossier) if dossier.law.book.has(refusal_filing.RETURN) else (),
        referral=referral,
    )


def _referral(filing: RefusalFiling) -> parts.Referral | None:
    """Whose it is instead, where the form says so."""
    if not filing.right_office.strip():
        return None
    return parts.Referral(name=filing.right_office, place=filing.right_place, phone=filing.right_phone)


def correction_notice(
    dossier: Dossier, hand: Hand, *, number: str, decision_number: str, correction: str
) -> paper.CorrectionNotice:
    """纠正告知书: a refusal was wrong, by when it is decided now, and which papers that takes again."""
    running = [dossier.last_duty(what) for what in (time_limit.DECIDE, one_time_notice_regime.REVIEW)]
    due = next((one for one in running if one is not None and one.ended_at is None), None)
    common = paper_parts.common(dossier, number, hand)
    return paper.CorrectionNotice(
        **common,
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        decision_number=decision_number,
        correction=correction,
        corrected_at=hand.at,
        due_at=due.due if due else None,
        provisional=due.provisional if due else False,
        basis=dossier.law.book.reference(refusal_filing.CORRECTED),
        wanted=paper_parts.lines(
            dossier, (row for row in dossier.materials() if row.returned_at and row.required)
        ),
        bring_to=common["handler"].window or dossier.tenant.address,
    )


def return_slip(
    dossier: Dossier, hand: Hand, *, number: str, identity: str, receiver: str
) -> paper.ReturnSlip:
    """材料退还签收单: what was handed back, and against what."""
    return paper.ReturnSlip(
        **paper_parts.common(dossier, number, hand),
        applicant=dossier.matter.applicant_name or NOBODY,
        materials=_held(dossier),
        identity=identity,
        receiver=receiver,
        returned_at=hand.at,
        basis=dossier.law.book.reference(refusal_filing.RETURN),
    )


def _held(dossier: Dossier) -> tuple[parts.MaterialLine, ...]:
    """The papers that the applicant handed in, as last checked."""
    return paper_parts.lines(dossier, (row for row in dossier.materials() if row.present))


def filing_form(
    dossier: Dossier,
    hand: Hand,
    *,
    filing: RefusalFiling,
    opinions: Sequence[RefusalOpinion],
    reply_number: str = "",
) -> paper.RefusalFilingForm:
    """否定报备表, by the name that the regulation gives it, as it stands after this step."""
    proposer = dossier.people(str(filing.proposed_by_id))
    proposal = parts.Approval(
        level=msg("经办人"),
        name=proposer.name,
        verdict=parts.Verdict.PROPOSED,
        at=filing.proposed_at,
        opinion=filing.opinion or filing.reasons,
    )
    return paper.RefusalFilingForm(
        **paper_parts.common(dossier, filing.number, hand),
        applicant=filing.applicant or dossier.matter.applicant_name or NOBODY,
        applicant_phone=filing.phone or dossier.matter.applicant_phone or NOBODY,
        received_at=dossier.matter.received_at,
        proposed_at=filing.proposed_at,
        facts=filing.facts,
        reasons=filing.reasons,
        legal_basis=filing.legal_basis,
        importance=parts.Importance(filing.importance or "ordinary"),
        approvals=(proposal, *_approvals(dossier, opinions)),
        filed_at=filing.filed_at,
        decided_at=filing.ended_at,
        overturned=filing.ending in {"overturned", "corrected"},
        reply_number=reply_number,
        ground=GROUNDS.get(filing.ground, filing.ground),
        verification=filing.verification,
        importance_reason=filing.importance_reason,
        referral=_referral(filing),
        title=refusal_filing.form(dossier.law.book, hand.on),
    )


def reply(dossier: Dossier, hand: Hand, *, number: str, answer: str) -> paper.Reply:
    """答复: the written answer."""
    return paper.Reply(
        **paper_parts.common(dossier, number, hand),
        applicant=dossier.matter.applicant_name or NOBODY,
        received_at=dossier.matter.received_at,
        request=dossier.matter.question,
        answer=answer,
    )


def _waiting(dossier: Dossier) -> str:
    """Who waits for it and is told of a delay: the person served, or whoever gave the work."""
    assigner = dossier.state.assigner
    return dossier.matter.applicant_name or (dossier.people(assigner).name if assigner else NOBODY)


def _hours(dossier: Dossier) -> str:
    """The sittings of a working day."""
    sessions = dossier.law.calendar.hours.sessions
    return msg("、").join(f"{opens:%H:%M}—{closes:%H:%M}" for opens, closes in sessions)


def _approvals(dossier: Dossier, opinions: Sequence[RefusalOpinion]) -> tuple[parts.Approval, ...]:
    return tuple(
        parts.Approval(
            level=LEVELS.get(row.level, row.level),
            name=dossier.people(str(row.signed_by_id)).name,
            verdict=parts.Verdict.AGREED if row.approved else parts.Verdict.DISAGREED,
            at=row.signed_at,
            opinion=_said(row),
        )
        for row in opinions
    )


def _said(row: RefusalOpinion) -> str:
    """The opinion; of a decision taken together, the minute that shows it."""
    if not row.minute_number or row.minute_day is None:
        return row.opinion
    named = {"number": row.minute_number, "day": row.minute_day.isoformat(), "present": row.minute_present}
    return "\n".join((msg("会议纪要%(number)s（%(day)s），参加人：%(present)s") % named, row.opinion))


def _remedies(dossier: Dossier, hand: Hand) -> tuple[parts.Remedy, ...]:
    """Where to turn: what the law grants that day, and always a complaint to the office."""
    tenant = dossier.tenant
    bodies = (
        (
            parts.RemedyKind.REVIEW,
            "administrative_review",
            tenant.review_body or msg("有管辖权的行政复议机关"),
        ),
        (parts.RemedyKind.LITIGATION, "litigation", msg("有管辖权的人民法院")),
    )
    book = dossier.law.book
    granted = tuple(
        parts.Remedy(kind=kind, body=body, limit=book.limit(part, hand.on), basis=book.reference(part))
        for kind, part, body in bodies
        if book.has_limit(part, hand.on)
    )
    # Where the regulation names whom to complain to, the paper does (p4.refusal-filing.4).
    named = book.has(refusal_filing.COMPLAINT)
    addressee = str(book.value(refusal_filing.COMPLAINT, "addressee", hand.on)) if named else ""
    complaint = parts.Remedy(
        kind=parts.RemedyKind.COMPLAINT,
        body=ADDRESSEES[addressee] % {"office": tenant.name} if addressee in ADDRESSEES else tenant.name,
        address=tenant.address,
        phone=tenant.complaint_phone,
        basis=book.reference(refusal_filing.COMPLAINT) if named else "",
    )
    return (*granted, complaint)
