"""一次性告知台账: every notice, what it asked for, and whether it was the only one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from huiyin.documents import queries as documents
from huiyin.documents.contents import NOTICES, Kind, OneTimeNotice
from huiyin.documents.models import Document
from huiyin.matters.models import DeliveryProof, MaterialCheck, Notice
from huiyin.matters.notice_labels import WAYS
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_name, mask_phone

COLUMNS: Final = (
    Column(msg("告知编号"), 18),
    Column(msg("告知时间"), 16),
    Column(msg("申请人"), 12),
    Column(msg("事项"), 22),
    Column(msg("告知方式"), 10),
    Column(msg("需补正材料"), 36),
    Column(msg("告知人"), 10),
    Column(msg("签收"), 20),
    Column(msg("补齐时间"), 16),
    Column(msg("是否二次告知"), 8),
)
FORMS: Final = {"written": msg("书面"), "oral": msg("口头（电话）")}


def rows(scope: Scope) -> QuerySet[Notice]:
    """Every notice given in the period, in the order of giving."""
    found = Notice.objects.filter(scope.within("issued_at"), matter__in=scope.matters())
    lacking = MaterialCheck.objects.filter(present=False, required=True, returned_at=None).order_by("name")
    return (
        found.select_related("matter__item", "issued_by")
        .prefetch_related(Prefetch("matter__materials", lacking))
        .order_by("issued_at", "id")
    )


def lines(notices: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; one query for the papers of all of them."""
    said = papers_said(NOTICES, [row.number for row in notices], scope)
    proofs = served(scope, [row.number for row in notices])
    for row in notices:
        matter = row.matter
        paper = said.get(row.number)
        yield (
            row.number,
            row.issued_at,
            scope.name(matter),
            matter.item.name if matter.item else matter.summary,
            scope.say(FORMS.get(row.form, row.form)),
            _wanted(paper, matter.materials.all(), scope, matter),
            row.issued_by.name,
            _taken(row, proofs.get(row.number), scope),
            row.completed_at,
            scope.yes_no(row.ordinal > 1),
            matter.number,
        )


def _taken(row: Notice, proof: DeliveryProof | None, scope: Scope) -> str:
    """How it reached whom and when, "" for what nothing shows to have reached anybody.

    Of one given by telephone, whom was told and by which number; masked as the person served is.
    """
    if proof is not None:
        name = proof.receiver if scope.open_to(row.matter) else mask_name(proof.receiver)
        day = proof.served_at.astimezone(SHANGHAI).strftime("%Y-%m-%d")
        return " ".join(filter(None, (scope.say(WAYS.get(proof.how, proof.how)), name, day)))
    if not row.told_to:
        return ""
    whom, phone = row.told_to, row.told_phone
    if not scope.open_to(row.matter):
        whom, phone = mask_name(whom), mask_phone(phone)
    return scope.say(msg("电话告知%(name)s（%(phone)s）")) % {"name": whom, "phone": phone}


def served(scope: Scope, numbers: Sequence[str]) -> Mapping[str, DeliveryProof]:
    """Return the proofs of delivery of these notices by number; one query."""
    found = DeliveryProof.objects.filter(matter__tenant_id=scope.tenant.id, number__in=numbers)
    found = found.filter(document__kind=Kind.ONE_TIME_NOTICE.value)
    return {row.number: row for row in found}


def papers_said(kinds: Sequence[Kind], numbers: Sequence[str], scope: Scope) -> Mapping[str, Any]:
    """Return what the last paper of these kinds and each number says, by number; one query."""
    named = [kind.value for kind in kinds]
    found = Document.objects.filter(tenant_id=scope.tenant.id, kind__in=named, number__in=numbers)
    return {row.number: documents.content_of(row) for row in found.order_by("issued_at", "id")}


def _wanted(paper: OneTimeNotice | None, lacking: Sequence[MaterialCheck], scope: Scope, matter: Any) -> str:
    """What the notice asked for; of one given by word of mouth, what is missing still."""
    one = scope.say(msg("%(material)s：%(problem)s"))
    if paper is not None:
        found = [one % {"material": row.material, "problem": row.problem} for row in paper.defects]
    else:
        found = [one % {"material": row.name, "problem": row.problem} for row in lacking]
    return scope.text(matter, scope.say(msg("；")).join(found))


LEDGER: Final = Ledger(
    "one-time-notice",
    msg("一次性告知台账"),
    msg("按告知时间列出每一次告知。"),
    COLUMNS,
    rows,
    lines,
)
