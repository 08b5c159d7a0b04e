"""What a notice of missing papers says, put together from the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from huiyin.documents import contents as paper
from huiyin.documents import parts
from huiyin.matters import paper_parts
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import MaterialCheck
from huiyin.matters.queries.receipts import NOBODY
from huiyin.rules.errors import msg
from huiyin.rules.regimes import one_time_notice as one_time_notice_regime
from huiyin.rules.regimes import time_limit
from huiyin.rules.vocabulary import Limit, Unit


def one_time_notice(
    dossier: Dossier,
    hand: Hand,
    *,
    number: str,
    defects: Sequence[MaterialCheck],
    supplement_how: str,
    ordinal: int,
    told: tuple[str, ...] = (),
) -> paper.OneTimeNotice:
    """一次性告知书: everything missing, with basis, limit, procedure and all materials.

    口头告知记录 where `told` says to whom and over which telephone.
    """
    item, matter = dossier.guide(), dossier.matter
    basis = (item.legal_basis if item else "") or NOBODY
    state = dossier.state
    book = dossier.law.book
    general = (
        book.limit(time_limit.GENERAL_LIMIT, hand.on)
        if book.has_limit(time_limit.GENERAL_LIMIT, hand.on)
        else None
    )
    make: Callable[..., paper.OneTimeNotice] = paper.OneTimeNotice
    if told:
        teller = dossier.people(hand.actor).name
        make = partial(paper.OralNotice, told_by=teller, told_to=told[0], told_phone=told[1])
    return make(
        **paper_parts.common(dossier, number, hand),
        applicant=matter.applicant_name or NOBODY,
        received_at=matter.received_at,
        policy_basis=basis,
        conditions=item.conditions if item else "",
        procedure=(item.procedure if item else "") or NOBODY,
        statutory=state.statutory or (None if state.committed or state.instant else general),
        committed=Limit(0, Unit.AT_ONCE) if state.instant else state.committed,
        fee=item.fee if item else "",
        materials=paper_parts.whole_list(dossier),
        defects=tuple(_defect(dossier, row, basis) for row in defects),
        supplement_how=supplement_how,
        ordinal=ordinal,
        breach=ordinal > 1 and book.has(one_time_notice_regime.ONCE),
        deemed_since=state.accepted_at if state.deemed else None,
    )


def _defect(dossier: Dossier, row: MaterialCheck, basis: str) -> parts.Defect:
    wanted = (
        msg("补交原件%(copies)s份")
        if row.name in paper_parts.originals(dossier)
        else msg("补交复印件%(copies)s份")
    )
    return parts.Defect(
        material=row.name,
        problem=row.problem or msg("缺少该材料"),
        requirement=wanted % {"copies": row.copies},
        basis=basis,
        optional=not row.required,
    )
