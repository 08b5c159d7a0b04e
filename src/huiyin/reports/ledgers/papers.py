"""收文台账, 发文台账 and 归档目录: official documents as they came in, went out and were filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.matters import labels
from huiyin.matters.document_labels import GENRES, SECRECY
from huiyin.matters.models import OfficialDocument, Routing
from huiyin.matters.queries import visible_to
from huiyin.obligations.models import Obligation
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules import official_documents as regime
from huiyin.rules.errors import msg
from huiyin.rules.events import MatterKind
from huiyin.rules.lifecycle import VOIDED
from huiyin.rules.vocabulary import Outcome

IN: Final = (
    Column(msg("收文号"), 14),
    Column(msg("收文日期"), 16),
    Column(msg("来文单位"), 16),
    Column(msg("来文字号"), 16),
    Column(msg("标题"), 34),
    Column(msg("密级"), 6),
    Column(msg("紧急程度"), 8),
    Column(msg("办理时限"), 16),
    Column(msg("拟办"), 22),
    Column(msg("批示"), 22),
    Column(msg("承办"), 14),
    Column(msg("承办完成日期"), 16),
    Column(msg("是否超期"), 8),
    Column(msg("归档号"), 14),
)
OUT: Final = (
    Column(msg("发文字号"), 16),
    Column(msg("起草日期"), 16),
    Column(msg("主送单位"), 16),
    Column(msg("文种"), 8),
    Column(msg("标题"), 34),
    Column(msg("密级"), 6),
    Column(msg("紧急程度"), 8),
    Column(msg("办理时限"), 16),
    Column(msg("拟稿人"), 10),
    Column(msg("核稿"), 14),
    Column(msg("会签"), 14),
    Column(msg("签发"), 14),
    Column(msg("印发日期"), 16),
    Column(msg("是否超期"), 8),
    Column(msg("归档号"), 14),
)
FILED: Final = (
    Column(msg("归档号"), 18),
    Column(msg("归档日期"), 16),
    Column(msg("收发文字号"), 16),
    Column(msg("标题"), 34),
    Column(msg("来文或主送单位"), 18),
    Column(msg("来文字号"), 16),
    Column(msg("密级"), 6),
    Column(msg("页数"), 6),
    Column(msg("承办或拟稿"), 12),
)
_NOT_DONE: Final = frozenset({"returned", "passed_over", "superseded"})
_ENDS: Final = (regime.COMPLETE, regime.DISPATCH)


def _rows(kind: MatterKind, scope: Scope) -> QuerySet[OfficialDocument]:
    """The documents of one register that came in during the period; everybody has those they may see."""
    found = OfficialDocument.objects.filter(
        scope.within("matter__received_at"), tenant_id=scope.tenant.id, matter__kind=kind
    )
    if scope.asker is not None:
        found = found.filter(matter__in=visible_to(scope.asker))
    return found.select_related("matter__custodian", "matter__first_responder", "drafted_by").order_by(
        "matter__received_at", "id"
    )


def incoming(scope: Scope) -> QuerySet[OfficialDocument]:
    """Every incoming document, in the order it came."""
    return _rows(MatterKind.DOCUMENT_IN, scope)


def outgoing(scope: Scope) -> QuerySet[OfficialDocument]:
    """Every outgoing document, in the order it was begun."""
    return _rows(MatterKind.DOCUMENT_OUT, scope)


def filed(scope: Scope) -> QuerySet[OfficialDocument]:
    """Every document that was filed in the period, both ways, by its number in the archive."""
    found = OfficialDocument.objects.filter(
        scope.within("matter__closed_at"), tenant_id=scope.tenant.id
    ).exclude(archive_number="")
    if scope.asker is not None:
        found = found.filter(matter__in=visible_to(scope.asker))
    return found.select_related("matter__custodian", "drafted_by").order_by("archive_number", "id")


def filed_lines(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; no query besides that for the rows."""
    for row in rows:
        yield (
            row.archive_number,
            row.matter.closed_at,
            row.register_number,
            scope.text(row.matter, row.matter.question) or row.matter.summary,
            row.party,
            row.their_number,
            scope.say(SECRECY.get(row.secrecy, "")),
            row.pages,
            (row.drafted_by or row.matter.custodian).name,
            row.matter.number,
        )


def incoming_lines(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; two queries for what was written on all of them and for their clocks."""
    for row, said, clock, late in _with_all(rows):
        yield (
            row.register_number,
            # The day it came, which may be before the one it was entered on.
            row.received_on or row.matter.received_at,
            row.party,
            row.their_number,
            scope.text(row.matter, row.matter.question) or row.matter.summary,
            scope.say(SECRECY.get(row.secrecy, "")),
            scope.say(labels.URGENCIES.get(row.matter.urgency, "")),
            clock.due_at if clock else None,
            said("proposal"),
            said("main_leader", "leader"),
            said.names("handler", scope) or row.matter.custodian.name,
            clock.ended_at if clock else row.matter.closed_at,
            scope.yes_no(late),
            _filed(row, scope),
            row.matter.number,
        )


def outgoing_lines(rows: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; two queries for what was written on all of them and for their clocks."""
    for row, said, clock, late in _with_all(rows):
        yield (
            row.register_number,
            row.matter.received_at,
            row.party,
            scope.say(GENRES.get(row.genre, "")),
            scope.text(row.matter, row.matter.question) or row.matter.summary,
            scope.say(SECRECY.get(row.secrecy, "")),
            scope.say(labels.URGENCIES.get(row.matter.urgency, "")),
            clock.due_at if clock else None,
            row.drafted_by.name if row.drafted_by else "",
            said.names("checker", scope),
            said.names("countersigner", scope),
            said.names("signer", scope),
            clock.ended_at if clock else None,
            scope.yes_no(late),
            _filed(row, scope),
            row.matter.number,
        )


def _filed(row: OfficialDocument, scope: Scope) -> str:
    """Where it lies in the archive; of one that is void, that it is, for its number stays used."""
    voided = row.matter.outcome == VOIDED
    return scope.say(labels.OUTCOMES[VOIDED]) if voided else row.archive_number


class _Said:
    """What was written on one document, by role."""

    def __init__(self, routings: Sequence[Routing]) -> None:
        self._routings = routings

    def __call__(self, *roles: str) -> str:
        """Return the opinions of these roles, each with its writer."""
        rows = [one for one in self._routings if one.role in roles and one.opinion]
        return "\n".join(f"{one.person.name} {one.opinion}" for one in rows)

    def names(self, role: str, scope: Scope) -> str:
        """Return who did it in this role: not who declined, nor who agreed to a draft that was returned."""
        rows = (one for one in self._routings if one.role == role and one.done_at)
        found = [one.person.name for one in rows if one.ending not in _NOT_DONE]
        return scope.say(msg("、")).join(dict.fromkeys(found))


def _with_all(rows: Sequence[Any]) -> Iterator[tuple[Any, _Said, Obligation | None, bool]]:
    """Each document with what was written, the clock of its last stage, and whether any limit was missed."""
    ids = [row.matter_id for row in rows]
    routed: dict[UUID, list[Routing]] = {}
    for one in Routing.objects.filter(matter__in=ids).select_related("person").order_by("asked_at", "id"):
        routed.setdefault(one.matter_id, []).append(one)
    owed: dict[UUID, list[Obligation]] = {}
    for duty in Obligation.objects.filter(subject_id__in=ids).order_by("started_at", "key"):
        owed.setdefault(duty.subject_id, []).append(duty)
    for row in rows:
        duties = owed.get(row.matter_id, [])
        clock = next((duty for duty in reversed(duties) if duty.what in _ENDS), None)
        late = any(duty.overdue_noted or duty.outcome == Outcome.LATE for duty in duties)
        late = late and row.matter.outcome != VOIDED
        yield row, _Said(routed.get(row.matter_id, ())), clock, late


INCOMING: Final = Ledger(
    "incoming",
    msg("收文台账"),
    msg("按登记日期列出您可以看到的每一件来文。"),
    IN,
    incoming,
    incoming_lines,
)
OUTGOING: Final = Ledger(
    "outgoing",
    msg("发文台账"),
    msg("按起草日期列出您可以看到的每一件发文。"),
    OUT,
    outgoing,
    outgoing_lines,
)
ARCHIVE: Final = Ledger(
    "archive",
    msg("公文归档目录"),
    msg("按归档日期列出您可以看到的、已归档的来文和发文，依归档号排列。"),
    FILED,
    filed,
    filed_lines,
)
