"""The way to a lawful refusal: propose, file, sign level by level, then decide in writing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import RefusalFiling, RefusalOpinion
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.regimes import refusal_filing


def propose(dossier: Dossier, hand: Hand, *, facts: str, reasons: str, legal_basis: str) -> RefusalFiling:
    """Begin the filing form; raises Invalid while one of its three parts is empty."""
    given = {"facts": facts, "reasons": reasons, "legal_basis": legal_basis}
    empty = {name: msg("此项必填") for name, text in given.items() if not text.strip()}
    if empty:
        raise Invalid(empty, clause=dossier.cite("filing_fields"))
    dossier.record(
        e.RefusalProposed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            grounds_digest=dossier.digest(f"{facts}\n{reasons}"),
            basis_digest=dossier.digest(legal_basis),
        )
    )
    return dossier.add(
        RefusalFiling(
            matter=dossier.matter,
            proposed_by_id=UUID(hand.actor),
            proposed_at=hand.at,
            number=dossier.numbers("filing"),
            **given,
        )
    )


def file(dossier: Dossier, hand: Hand, *, to: str, fell_back: bool = False) -> RefusalFiling:
    """Put the form before the leader of the next level, or the one who stands in.

    A form that lies with a leader who has gone may be put before another;
    raises Unlawful when it lies with that leader already.
    """
    level = next_level(dossier, hand)
    row = dossier.open_filing()
    if row.filed_to_id == UUID(to):
        raise Unlawful(
            msg("报备表已经报给这位领导"),
            code="already_filed",
            remedy=msg("请等待领导审批；领导不在岗时可以改报。"),
        )
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


def approve(dossier: Dossier, hand: Hand, *, opinion: str = "", next_to: str = "") -> RefusalOpinion:
    """Sign the form at its level; at the last level the refusal may be decided."""
    row = dossier.open_filing()
    levels = refusal_filing.levels(dossier.law.book, hand.on)
    done = len(dossier.state.refusal_levels)
    final = done + 1 >= len(levels)
    dossier.record(
        e.RefusalApproved(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            level=row.level,
            final=final,
            opinion_digest=dossier.digest(opinion),
        )
    )
    signed = _sign(dossier, hand, row, approved=True, opinion=opinion)
    if final:
        row.ended_at = hand.at
        row.ending = "approved"
        dossier.matter.refusal_approved_at = hand.at
        _keep_form(dossier, hand, row, [signed])
    else:
        row.level = levels[done + 1]
        row.filed_to_id = UUID(next_to)
    dossier.touch(row)
    return signed


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


def refuse(dossier: Dossier, hand: Hand, *, explanation: str) -> None:
    """Decide not to grant, in writing, with reasons, basis, approvals and remedies."""
    if not explanation.strip():
        raise Invalid(
            {"explanation": msg("请写明向当事人解释的内容")},
            clause=dossier.cite("refusal_in_writing"),
        )
    number = document_digest = ""
    # Without an approval the regime objects below; no paper is drawn and no number spent.
    if dossier.state.refusal_approved:
        number = dossier.numbers("refusal")
        filing = dossier.approved_filing()
        content = papers.refusal_decision(dossier, hand, number=number, filing=filing)
        document_digest = dossier.issue(content, hand).content_digest
    dossier.record(
        e.Refused(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=number,
            document_digest=document_digest,
        )
    )
    dossier.matter.reply = explanation


def next_level(dossier: Dossier, hand: Hand) -> str:
    """The level whose turn it is by the rulebook."""
    levels = refusal_filing.levels(dossier.law.book, hand.on)
    return levels[min(len(dossier.state.refusal_levels), len(levels) - 1)]


def following_level(dossier: Dossier, hand: Hand) -> str:
    """The level after the one whose turn it is; empty after the last."""
    levels = refusal_filing.levels(dossier.law.book, hand.on)
    place = len(dossier.state.refusal_levels) + 1
    return levels[place] if place < len(levels) else ""


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
    if made or not dossier.stored:
        return made
    return list(RefusalOpinion.objects.filter(filing=filing).order_by("signed_at"))


def _keep_form(dossier: Dossier, hand: Hand, row: RefusalFiling, latest: Sequence[RefusalOpinion]) -> None:
    """The signed form is kept (p4.refusal-filing.2.3.b)."""
    earlier = [one for one in _opinions(dossier, row) if one not in latest]
    content = papers.filing_form(dossier, hand, filing=row, opinions=[*earlier, *latest])
    dossier.issue(content, hand)
