"""否定报备台账: every refusal that was proposed, who was asked for an opinion, and what they said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from huiyin.documents.contents import Kind
from huiyin.documents.parts import Importance
from huiyin.matters.models import MaterialReturn, RefusalFiling, RefusalOpinion
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.reports.ledgers.notices import papers_said
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_name

COLUMNS: Final = (
    Column(msg("报备编号"), 18),
    Column(msg("申报人/单位"), 12),
    Column(msg("电话"), 14),
    Column(msg("申报事项"), 22),
    Column(msg("一般/重要"), 8),
    Column(msg("否定理由"), 28),
    Column(msg("依据条款"), 20),
    Column(msg("经办人意见"), 18),
    Column(msg("分管领导意见"), 18),
    Column(msg("主要领导（集体研究）意见"), 18),
    Column(msg("报备时间"), 16),
    Column(msg("批复时间"), 16),
    Column(msg("书面答复时间"), 16),
    Column(msg("材料退还签收"), 24),
    Column(msg("是否纠正"), 8),
)
WEIGHTS: Final = {Importance.ORDINARY: msg("一般"), Importance.IMPORTANT: msg("重要")}
_DECIDED: Final = ("approved", "overturned", "corrected")


def rows(scope: Scope) -> QuerySet[RefusalFiling]:
    """Every filing proposed in the period, in that order."""
    found = RefusalFiling.objects.filter(scope.within("proposed_at"), matter__in=scope.matters())
    returns = MaterialReturn.objects.order_by("asked_at", "id")
    opinions = RefusalOpinion.objects.select_related("signed_by").order_by("signed_at", "id")
    return (
        found.select_related("matter__item", "proposed_by")
        .prefetch_related(Prefetch("opinions", opinions), Prefetch("matter__returns", returns))
        .order_by("proposed_at", "id")
    )


def lines(filings: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; one query for the forms of all of them."""
    said = papers_said((Kind.REFUSAL_FILING_FORM,), [row.number for row in filings if row.number], scope)
    for row in filings:
        matter = row.matter
        form = said.get(row.number)
        by_level = _opinions(row, scope)
        yield (
            row.number,
            scope.name(matter),
            scope.phone(matter),
            matter.item.name if matter.item else matter.summary,
            _weight(row, form, scope),
            scope.text(matter, row.reasons),
            scope.text(matter, row.legal_basis),
            _handlers_opinion(row, scope),
            by_level.get("leader_in_charge", ""),
            by_level.get("main_leader", "") or by_level.get("leadership_team", ""),
            row.filed_at,
            row.ended_at if row.ending in _DECIDED else None,
            matter.decided_at if matter.outcome == "refused" and row.ending == "approved" else None,
            _returned(row, scope),
            scope.yes_no(row.ending in {"overturned", "corrected"} if row.ended_at else None),
            matter.number,
        )


def _weight(row: Any, form: Any, scope: Scope) -> str:
    """Ordinary or important, as the form said; nothing before anything was said or signed."""
    said = row.importance or (form.importance.value if form else "")
    return scope.say(WEIGHTS[Importance(said)]) if said else ""


def _handlers_opinion(row: Any, scope: Scope) -> str:
    if not row.opinion:
        return scope.say(msg("拟不予办理（%(name)s）")) % {"name": row.proposed_by.name}
    words = {"opinion": scope.text(row.matter, row.opinion), "name": row.proposed_by.name}
    return scope.say(msg("%(opinion)s（%(name)s）")) % words


def _returned(row: Any, scope: Scope) -> str:
    """Who signed for the papers of this refusal, when, and on which slip."""
    slips = [one for one in row.matter.returns.all() if one.returned_at and one.returned_at > row.proposed_at]
    if not slips:
        return ""
    last = slips[-1]
    receiver = last.receiver if scope.open_to(row.matter) else mask_name(last.receiver)
    day = last.returned_at.astimezone(SHANGHAI).date().isoformat()
    return " ".join(one for one in (receiver, day, last.number) if one)


def _opinions(filing: Any, scope: Scope) -> Mapping[str, str]:
    """What each level said, with who and whether they agreed."""
    whole = scope.say(msg("%(verdict)s：%(opinion)s（%(name)s）"))
    short = scope.say(msg("%(verdict)s（%(name)s）"))
    return {
        one.level: (whole if one.opinion else short)
        % {
            "verdict": scope.say(msg("同意") if one.approved else msg("不同意")),
            "opinion": scope.text(filing.matter, one.opinion),
            "name": one.signed_by.name,
        }
        for one in filing.opinions.all()
    }


LEDGER: Final = Ledger(
    "refusal-filing",
    msg("否定报备台账"),
    msg("按拟否定的时间列出每一次报备。"),
    COLUMNS,
    rows,
    lines,
)
