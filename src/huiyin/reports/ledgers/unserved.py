"""没有送达回证的文书: the papers that nothing shows to have reached anybody, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from huiyin.documents.contents import Kind
from huiyin.documents.models import Document
from huiyin.documents.queries import NAMES
from huiyin.matters import labels
from huiyin.matters.models import Matter
from huiyin.matters.queries import unserved_papers
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg

COLUMNS: Final = (
    Column(msg("文书"), 16),
    Column(msg("文书编号"), 20),
    Column(msg("出具时间"), 16),
    Column(msg("申请人"), 12),
    Column(msg("事项"), 24),
    Column(msg("编号"), 20),
    Column(msg("承办科室"), 14),
    Column(msg("责任人"), 10),
    Column(msg("环节"), 12),
)


def rows(scope: Scope) -> QuerySet[Document]:
    """Every such paper of the open matters that the reader may see; none without a reader."""
    return unserved_papers(scope.asker) if scope.asker else Document.objects.none()


def lines(found: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; one query for the matters of all of them."""
    known = Matter.objects.select_related("item", "unit", "custodian")
    matters = known.in_bulk({row.subject_id for row in found})
    for row in found:
        matter = matters[row.subject_id]
        yield (
            scope.say(NAMES[Kind(row.kind)]),
            row.number,
            row.issued_at,
            scope.name(matter),
            matter.item.name if matter.item else scope.text(matter, matter.summary),
            matter.number,
            matter.unit.name,
            matter.custodian.name,
            scope.say(labels.STAGES.get(matter.stage, matter.stage)),
            "",
        )


LEDGER: Final = Ledger(
    "unserved",
    msg("没有送达回证的文书"),
    msg("列出已经出具、还没有登记送达回证的每份文书。"),
    COLUMNS,
    rows,
    lines,
    dated=False,
)
