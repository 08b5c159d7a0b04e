"""Signing for papers as they come in: counted on the spot, with a receipt that says when to come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import MaterialCheck
from huiyin.rules import clocks
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import time_limit
from huiyin.rules.vocabulary import Limit


def sign_for(dossier: Dossier, hand: Hand) -> None:
    """Issue 收件回执单 for what is on the table.

    Raises Invalid where nothing was counted, and for every paper without its pages: a receipt
    with an empty field cannot be issued (p3.time-limit.3.b).
    """
    received = [row for row in dossier.materials() if row.present]
    if not received:
        raise Invalid(
            {"materials": msg("限时办理的申请须当场核对材料并开收件回执单，请记下收到的材料")},
            clause=dossier.cite(time_limit.RECEIPT),
        )
    if dossier.law.book.has(time_limit.RECEIPT_FIELDS):
        _counted(dossier, [(place, one) for place, one in enumerate(dossier.materials()) if one.present])
    limit = _promised(dossier, hand)
    ready = dossier.law.reckon(clocks.Clock(hand.at, limit))
    _issue(dossier, hand, received, since=dossier.matter.received_at, limit=limit, ready=ready)


def signs_for(dossier: Dossier) -> bool:
    """Whether papers that come in after registration are signed for like those at the counter.

    Online, by post and after a call they come later; the clause speaks of what was handed in, not of where.
    What was decided already waits for nothing more: a check then only completes its record.
    """
    matter = dossier.matter
    return not dossier.state.outcome and time_limit.signed_for(
        matter.kind, instant=matter.instant, book=dossier.law.book
    )


def sign_for_later(
    dossier: Dossier, hand: Hand, received: Sequence[tuple[int | None, MaterialCheck]]
) -> None:
    """Issue 收件回执单 for papers that come in later, or that had gone back and are here again.

    `received` has each paper with its place on the checklist, None where there is none. Once taken on, the
    application is due when its clock says, not anew; raises Invalid as `sign_for` does for a paper without
    its pages.
    """
    if dossier.law.book.has(time_limit.RECEIPT_FIELDS):
        _counted(dossier, received)
    duty = dossier.open_duty(time_limit.DECIDE)
    limit = duty.clock.limit if duty else _promised(dossier, hand)
    clock = duty.clock if duty else clocks.Clock(hand.at, limit)
    here = [row for _, row in received]
    _issue(dossier, hand, here, since=hand.at, limit=limit, ready=dossier.law.reckon(clock))


def _issue(
    dossier: Dossier,
    hand: Hand,
    received: Sequence[MaterialCheck],
    *,
    since: datetime,
    limit: Limit,
    ready: clocks.Reckoning,
) -> None:
    content = papers.intake_receipt(
        dossier,
        hand,
        received,
        received_at=since,
        limit=limit,
        collect_at=ready.due,
        provisional=ready.provisional,
    )
    document = dossier.issue(content, hand)
    dossier.record(
        e.ReceiptIssued(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            materials=len(received),
            pages=sum(row.copies * (row.pages or 0) for row in received),
            collect_at=ready.due,
            document_digest=document.content_digest,
        )
    )


def _counted(dossier: Dossier, received: Iterable[tuple[int | None, MaterialCheck]]) -> None:
    without = [(place, one) for place, one in received if not one.pages]
    wrong = {
        "papers" if place is None else f"materials.{place}.pages": msg("回执单须写明每份材料的页数")
        for place, _ in without
    }
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(time_limit.RECEIPT_FIELDS))


def _promised(dossier: Dossier, hand: Hand) -> Limit:
    """How long the item takes once it is taken on; raises Invalid where nothing says."""
    limit = time_limit.promised(dossier.state, dossier.law.book, hand.on)
    if limit is None:
        raise Invalid(
            {"item": msg("这个事项没有办理时限，回执单写不出取件时间")},
            clause=dossier.cite(time_limit.RECEIPT_FIELDS),
        )
    return limit
