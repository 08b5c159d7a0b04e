"""The way to a lawful refusal: propose, file, sign level by level, then decide in writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Final
from uuid import UUID

from huiyin.documents import queries as documents
from huiyin.documents.contents import REFUSALS, Kind
from huiyin.documents.models import Document
from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import RefusalFiling, RefusalOpinion
from huiyin.matters.steps import filling
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.matters.steps.stepping import begin_next
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.regimes import first_responder, one_time_notice, refusal_filing, time_limit
from huiyin.rules.workdays import SHANGHAI

LONGEST_NUMBER: Final = 60


def propose(
    dossier: Dossier,
    hand: Hand,
    *,
    has_power: bool = True,
    told_no: bool = False,
    elsewhere: bool = False,
    **written: str,
) -> RefusalFiling:
    """Begin the filing form; raises Invalid while a part that the regulation asks for is empty.

    `written` are the parts of `filling.Form`; `has_power` says whether the handler may refuse the item,
    `told_no` that a leader was asked and said no, `elsewhere` that it is not the office's to do.
    """
    form = filling.Form(**written)
    # Whoever may not fill it in is told so before what is missing in it.
    if has_power or not refusal_filing.power_part(dossier.law.book) or dossier.state.refusal_allowed:
        filling.check(dossier, hand, form, elsewhere=elsewhere)
    dossier.record(
        e.RefusalProposed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            grounds_digest=dossier.digest(f"{form.facts}\n{form.reasons}"),
            basis_digest=dossier.digest(form.legal_basis),
            ground=form.ground,
            lacking=filling.lacking(dossier),
            verification_digest=dossier.digest(form.verification),
            importance=form.importance,
            importance_digest=dossier.digest(form.importance_reason),
            opinion_digest=dossier.digest(form.opinion),
            has_power=has_power,
            told_no=told_no,
            elsewhere=elsewhere,
            where_digest=dossier.digest(form.where),
        )
    )
    return dossier.add(
        RefusalFiling(
            matter=dossier.matter,
            proposed_by_id=UUID(hand.actor),
            proposed_at=hand.at,
            number=dossier.numbers("filing"),
            elsewhere=elsewhere,
            **asdict(form),
        )
    )


def file(dossier: Dossier, hand: Hand, *, to: str, fell_back: bool = False) -> RefusalFiling:
    """Put the form before the leader of the next level, or the one who stands in.

    A form that lies with a leader who has gone may be put before another, also by itself
    (`hand` is nobody's then); raises Unlawful when it lies with that leader already.
    """
    level = next_level(dossier, hand)
    row = dossier.open_filing()
    if row.filed_to_id == UUID(to):
        raise already_filed(dossier)
    dossier.record(
        e.RefusalFiled(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            level=level,
            fell_back=fell_back,
        )
    )
    row.filed_at = row.filed_at or hand.at
    row.filed_to_id = UUID(to)
    row.level = level
    row.fell_back = fell_back
    return dossier.touch(row)


def already_filed(dossier: Dossier) -> Unlawful:
    """What is said of a form that lies with a leader who signs it, and what follows when that one goes."""
    by_itself = dossier.law.book.has(refusal_filing.FALLBACK)
    return Unlawful(
        msg("报备表已经报给领导，等待审批"),
        code="already_filed",
        remedy=msg("请等待领导审批；分管领导不在岗时，报备表自动改报主要领导。")
        if by_itself
        else msg("请等待领导审批；领导不在岗时，由其顶岗人审批。"),
    )


def approve(
    dossier: Dossier, hand: Hand, *, opinion: str = "", next_to: str = "", raise_because: str = ""
) -> RefusalOpinion:
    """Sign the form at its level; at the last level the refusal may be decided.

    With `raise_because` the signer finds the matter important, and it goes a level further.
    """
    if "leader_opinion" in refusal_filing.fields(dossier.law.book, hand.on) and not opinion.strip():
        raise Invalid({"opinion": msg("请写明领导意见")}, clause=dossier.cite(refusal_filing.FIELDS))
    row = dossier.open_filing()
    following = following_level(dossier, hand, important=bool(raise_because.strip()))
    dossier.record(
        e.RefusalApproved(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            level=row.level,
            final=not following,
            opinion_digest=dossier.digest(opinion),
            next_to=next_to if following else "",
            raised_digest=dossier.digest(raise_because.strip()),
        )
    )
    signed = _sign(dossier, hand, row, approved=True, opinion=opinion)
    if raise_because.strip():
        row.importance, row.importance_reason = refusal_filing.IMPORTANT, raise_because
    if following:
        row.level = following
        row.filed_to_id = UUID(next_to) if next_to else None
        dossier.touch(row)
    else:
        _approved(dossier, hand, row, signed)
    return signed


def decide_together(
    dossier: Dossier, hand: Hand, *, minute_number: str, minute_day: date, present: str, text: str
) -> RefusalOpinion:
    """The leadership team decides an important matter together; the minute stands for the last signature.

    Raises Invalid while a part of the minute is empty or its day has not come.
    """
    given = {"minute_number": minute_number, "present": present, "text": text}
    wrong = {name: msg("此项必填") for name, words in given.items() if not words.strip()}
    if len(minute_number) > LONGEST_NUMBER:
        wrong["minute_number"] = msg("文号不超过60字")
    if minute_day > hand.on:
        wrong["minute_day"] = msg("会议日期不能晚于今天")
    row = dossier.open_filing()
    if minute_day < row.proposed_at.astimezone(SHANGHAI).date():
        wrong["minute_day"] = msg("会议应在提出否定以后召开")
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(refusal_filing.IMPORTANT_LEVELS))
    dossier.record(
        e.RefusalApproved(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            level=refusal_filing.TEAM,
            final=True,
            opinion_digest=dossier.digest(text),
            minute_digest=dossier.digest(f"{minute_number}\n{minute_day}\n{present}\n{text}"),
        )
    )
    row.level = refusal_filing.TEAM
    signed = _sign(dossier, hand, row, approved=True, opinion=text)
    signed.minute_number, signed.minute_day, signed.minute_present = minute_number, minute_day, present
    _approved(dossier, hand, row, signed)
    return signed


def _approved(dossier: Dossier, hand: Hand, row: RefusalFiling, signed: RefusalOpinion) -> None:
    row.ended_at = hand.at
    row.ending = "approved"
    dossier.matter.refusal_approved_at = hand.at
    dossier.touch(row)
    _keep_form(dossier, hand, row, [signed])


def overturn(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Find the refusal wrong: the application goes on with a new clock."""
    if not opinion.strip():
        raise Invalid({"opinion": msg("纠正否定须写明意见")}, clause=dossier.cite("filing_corrected"))
    row = dossier.open_filing()
    dossier.record(
        e.RefusalOverturned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(opinion),
        )
    )
    signed = _sign(dossier, hand, row, approved=False, opinion=opinion)
    row.ended_at = hand.at
    row.ending = "overturned"
    dossier.touch(row)
    _keep_form(dossier, hand, row, [signed])
    begin_next(dossier, hand)


def correct(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Find a refusal wrong that was decided already: the application goes on with a new clock.

    The applicant gets it in writing.
    """
    if not opinion.strip():
        raise Invalid(
            {"opinion": msg("请写明错在哪里、怎样纠正")}, clause=dossier.cite(refusal_filing.CORRECTED)
        )
    dossier.record(
        e.RefusalCorrected(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(opinion),
        )
    )
    row = dossier.approved_filing()
    row.ending = "corrected"
    row.corrected_at, row.corrected_by_id, row.correction = hand.at, UUID(hand.actor), opinion
    dossier.touch(row)
    # What was approved once is no approval of a refusal to come.
    dossier.matter.refusal_approved_at = None
    dossier.matter.reply = ""
    _keep_form(dossier, hand, row, [])
    notice = papers.correction_notice(
        dossier,
        hand,
        number=dossier.numbers("correction"),
        decision_number=_decision_number(dossier),
        correction=opinion,
    )
    dossier.issue(notice, hand)
    begin_next(dossier, hand)


def _decision_number(dossier: Dossier) -> str:
    """The number of the decision that refused the matter; empty where none was drawn here."""
    drawn = [row for row in dossier.fresh if isinstance(row, Document) and row.kind in REFUSALS]
    if drawn:
        return drawn[-1].number
    row = documents.latest(dossier.tenant.id, dossier.matter.id, *REFUSALS) if dossier.stored else None
    return row.number if row else ""


def refuse(dossier: Dossier, hand: Hand, *, explanation: str, has_power: bool = True) -> None:
    """Decide not to grant, in writing, with reasons, basis, approvals and remedies.

    `has_power` says whether whoever enters it may refuse the item.
    """
    if not explanation.strip():
        raise Invalid({"explanation": msg("请写明向当事人解释的内容")}, clause=_must_explain(dossier, hand))
    refuse_banned(dossier, hand, explanation=explanation)
    number = document_digest = ""
    filing = dossier.approved_filing() if dossier.state.refusal_approved else None
    # Without an approval the regime objects below; no paper is drawn and no number spent.
    if filing is not None:
        number = dossier.numbers("refusal")
        filing.explanation = explanation
        dossier.touch(filing)
        _keep_form(dossier, hand, filing, [], reply_number=number)
        content = papers.refusal_decision(dossier, hand, number=number, filing=filing)
        document_digest = dossier.issue(content, hand).content_digest
    dossier.record(
        e.Refused(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=number,
            document_digest=document_digest,
            explanation_digest=dossier.digest(explanation),
            has_power=has_power,
        )
    )
    dossier.matter.reply, dossier.matter.decided_by_id = explanation, UUID(hand.actor)


def _must_explain(dossier: Dossier, hand: Hand) -> str:
    """The clause that asks for reasons: who is not taken on is told why, too.

    A regulation may say so of applications (p4.one-time-notice.3.a), or of all that
    people come for (p2.first-responder.4.c); else of whoever does not meet the conditions.
    """
    before = (one_time_notice.EXPLAINED, first_responder.ROUTES[e.Route.BARRED])
    asks = [one for one in before if dossier.state.accepted_at is None and dossier.law.book.has(one)]
    part = asks[0] if asks else refusal_filing.WRITTEN
    return dossier.cite(part) or dossier.cite(time_limit.explained("ineligible", dossier.law.book, hand.on))


def check_archive(dossier: Dossier) -> None:
    """Refuse to end a refused matter whose file lacks the signed form or the record of the papers.

    Only where the regulation wants both kept together (p3.refusal-filing.3.3.b).
    """
    if dossier.state.outcome != "refused" or not dossier.law.book.has(refusal_filing.ARCHIVED):
        return
    clause = dossier.cite(refusal_filing.ARCHIVED)
    if not _has_form(dossier):
        raise Unlawful(
            msg("档案里没有签批的否定报备表，不能归结"), code="archive_without_form", clause=clause
        )
    if dossier.listed() and not dossier.materials():
        raise Unlawful(
            msg("档案里没有申请材料的记录，不能归结"),
            code="archive_without_materials",
            clause=clause,
            remedy=msg("请先核对并登记申请人交来的材料。"),
        )


def _has_form(dossier: Dossier) -> bool:
    kind = Kind.REFUSAL_FILING_FORM
    if any(isinstance(row, Document) and row.kind == kind for row in dossier.fresh):
        return True
    return dossier.stored and documents.latest(dossier.tenant.id, dossier.matter.id, kind) is not None


def next_level(dossier: Dossier, hand: Hand) -> str:
    """The level whose turn it is by the rulebook."""
    wanted = _levels(dossier, hand)
    return wanted[min(len(dossier.state.refusal_levels), len(wanted) - 1)]


def following_level(dossier: Dossier, hand: Hand, *, important: bool = False) -> str:
    """The level after the one whose turn it is; empty after the last. `important`: as if it were."""
    wanted = _levels(dossier, hand, important=important)
    place = len(dossier.state.refusal_levels) + 1
    return wanted[place] if place < len(wanted) else ""


def _levels(dossier: Dossier, hand: Hand, *, important: bool = False) -> tuple[str, ...]:
    importance = refusal_filing.IMPORTANT if important else dossier.state.refusal_importance
    return refusal_filing.levels(dossier.law.book, hand.on, importance)


def _sign(
    dossier: Dossier, hand: Hand, row: RefusalFiling, *, approved: bool, opinion: str
) -> RefusalOpinion:
    return dossier.add(
        RefusalOpinion(
            filing=row,
            level=row.level,
            signed_by_id=UUID(hand.actor),
            signed_at=hand.at,
            approved=approved,
            opinion=opinion,
        )
    )


def _opinions(dossier: Dossier, filing: RefusalFiling) -> list[RefusalOpinion]:
    made = [row for row in dossier.fresh if isinstance(row, RefusalOpinion) and row.filing_id == filing.id]
    if not dossier.stored:
        return made
    return [*RefusalOpinion.objects.filter(filing=filing).order_by("signed_at", "id"), *made]


def _keep_form(
    dossier: Dossier,
    hand: Hand,
    row: RefusalFiling,
    latest: Sequence[RefusalOpinion],
    *,
    reply_number: str = "",
) -> None:
    """The signed form is kept where the regulation says so.

    Alone (p4.refusal-filing.2.3.b) or with the application (p3.refusal-filing.3.3.b).
    """
    book = dossier.law.book
    if not book.has(refusal_filing.KEPT) and not book.has(refusal_filing.ARCHIVED):
        return
    earlier = [one for one in _opinions(dossier, row) if one not in latest]
    content = papers.filing_form(
        dossier, hand, filing=row, opinions=[*earlier, *latest], reply_number=reply_number
    )
    dossier.issue(content, hand)
