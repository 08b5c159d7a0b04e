"""Reads of the opinion book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.catalogue import queries as catalogue
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker, book_of
from huiyin.organisation.terms import Duty, Rank
from huiyin.rules.errors import NotFound
from huiyin.rules.regimes.service_commitment import ANSWERED_TO, BROKEN, OPINIONS, Line
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import check_code
from huiyin.supervision.models import Breach, Opinion
from huiyin.supervision.terms import OpinionFinding, OpinionKind, OpinionSource, ToldHow

LOOKED_INTO: Final = frozenset({OpinionKind.COMPLAINT, OpinionKind.NOT_KEPT})
"""The kinds of entry that are true or not, and are not done with before that is known."""
_TRUE: Final = frozenset({OpinionFinding.CONFIRMED, OpinionFinding.PARTLY})


@dataclass(frozen=True, slots=True)
class Answered:
    """What number and code show to the writer: never their own words back."""

    number: str
    kind: str
    written_on: date
    finding: str
    result: str
    handled_at: datetime | None
    told_how: str
    told_on: date | None
    breach: bool
    disposition: str


def keeps_book(tenant: Tenant, at: datetime) -> bool:
    """Whether the office's rulebook asks for an opinion book; else there is none."""
    return book_of(tenant, at.astimezone(SHANGHAI).date()).has(OPINIONS)


def reads_book(asker: Asker) -> bool:
    """Whether somebody reads the book: the efficiency office and the main leader, at the desk."""
    leads = Duty.EFFICIENCY_OFFICE in asker.roles or Rank.MAIN_LEADER in asker.ranks
    return leads and asker.rights is None


def opinions(asker: Asker, *, waiting: bool | None = None) -> QuerySet[Opinion]:
    """Return the entries of the asker's office, newest first, but those about the asker.

    `waiting` picks those that are not done with, or are: without a result, or about a promise found broken
    of which nobody has said how it is dealt with. None for somebody who does not read the book.
    """
    if not reads_book(asker):
        return Opinion.objects.none()
    rows = Opinion.objects.filter(tenant_id=asker.tenant_id).exclude(against_id=asker.person_id)
    if waiting is not None:
        still = Q(handled_at__isnull=True) | Q(breach__isnull=False, breach__disposed_at__isnull=True)
        rows = rows.filter(still) if waiting else rows.exclude(still)
    return rows.select_related(
        "tenant",
        "unit",
        "against",
        "recorded_by",
        "handled_by",
        "commitment__unit",
        "commitment__tenant",
        "breach__disposed_by",
    ).order_by("-received_at", "-id")


def opinion(asker: Asker, opinion_id: UUID) -> Opinion:
    """Return one entry that the asker may read, or raise NotFound."""
    row = opinions(asker).filter(id=opinion_id).first()
    if row is None:
        raise NotFound
    return row


def answered(tenant: Tenant, number: str, code: str) -> Answered:
    """Return what came of an entry, for its number and code.

    Raises NotFound alike for a wrong number, a wrong code and another office; a
    code is checked in each case, so the answer takes as long.
    """
    row = Opinion.objects.select_related("breach").filter(tenant=tenant, number=number).first()
    if not check_code(code, row.code_hash if row else "") or row is None:
        raise NotFound
    breach = breach_of(row)
    return Answered(
        row.number,
        row.kind,
        row.written_on,
        row.finding,
        row.result,
        row.handled_at,
        row.told_how,
        row.told_on,
        breach is not None,
        breach.disposition if breach else "",
    )


def breach_of(row: Opinion) -> Breach | None:
    """Return the broken promise that looking into an entry found, if it did."""
    return getattr(row, "breach", None)


def line_of(row: Opinion) -> tuple[str, Line] | None:
    """Return the line of a commitment that an entry is about, with its reference; None for no line."""
    if row.commitment is None or row.line is None:
        return None
    return catalogue.reference(row.commitment, row.line), catalogue.line_at(row.commitment, row.line)


def breach_clause(row: Opinion, finding: str, on: date, *, named: bool) -> str:
    """Return the clause by which this finding opens a case of a broken promise; "" where it opens none.

    It does where the entry says that a promise was not kept, or complains of the line of one (`named`).
    """
    if finding not in _TRUE or row.kind not in LOOKED_INTO or not (row.kind == OpinionKind.NOT_KEPT or named):
        return ""
    book = book_of(row.tenant, on)
    return book.cite(BROKEN) if book.has(BROKEN) else ""


def feedback_clause(row: Opinion, finding: str, on: date) -> str:
    """Return the clause by which the writer hears of this finding before it ends the entry; "" if none.

    What was found true of a complaint is told to whoever complained; of praise and suggestions nothing is.
    """
    if row.kind not in LOOKED_INTO or finding not in _TRUE:
        return ""
    book = book_of(row.tenant, on)
    return book.cite(ANSWERED_TO) if book.has(ANSWERED_TO) else ""


def ways_to_tell(row: Opinion) -> list[ToldHow]:
    """Return how the writer of an entry can be told.

    A page that waits to be looked at tells nobody who left a phone; it is the way for those alone who
    can be reached by no other.
    """
    ways = [ToldHow.PHONE, ToldHow.IN_PERSON, ToldHow.LETTER]
    if not row.phone:
        ways[:1] = [ToldHow.PAGE if row.source == OpinionSource.PORTAL else ToldHow.BOOK]
    return ways
