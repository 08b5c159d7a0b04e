"""Saying what came of an entry of the opinion book, and how a broken promise is dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huiyin.catalogue.models import Commitment
from huiyin.obligations.actions import Subject
from huiyin.obligations.actions import note as note_findings
from huiyin.organisation.queries import Asker, book_of
from huiyin.rules.errors import Conflict, Invalid, NotFound, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes.service_commitment import BROKEN
from huiyin.rules.vocabulary import Finding
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write
from huiyin.supervision.actions.record import LONGEST, ROOM, cited, note
from huiyin.supervision.models import Breach, Opinion
from huiyin.supervision.permissions import may_handle_opinion, may_read_opinions
from huiyin.supervision.queries import (
    LOOKED_INTO,
    breach_clause,
    breach_of,
    feedback_clause,
    ways_to_tell,
)
from huiyin.supervision.terms import Disposition, OpinionFinding, ToldHow


@dataclass(frozen=True, slots=True)
class Told:
    """How the writer heard what came of an entry, a code of `terms.ToldHow`, and on which day."""

    how: str = ""
    on: date | None = None


NOT_TOLD: Final = Told()


def handle_opinion(
    row: Opinion, *, finding: str, result: str, told: Told = NOT_TOLD, line: str = "", by: Asker, at: datetime
) -> Opinion:
    """Say what looking into an entry found and what was done; the writer can read it.

    `told` is how the writer heard of it: where the office's rulebook asks for that, a complaint found
    true does not end without. `line` names the line of a commitment that was not kept, where the writer
    named none or another. A promise found broken opens a case (`dispose_breach`) where the rulebook wants
    it dealt with, and the writer is then told at its end.

    Raises:
        NotFound: another office. Forbidden: it concerns whoever would decide.
        Invalid: no finding, no result, a complaint that is merely noted, or one found true whose
            writer was not told, with the clause that asks for it.
        Conflict: it was handled before.
    """
    if by.tenant_id != row.tenant_id:
        raise NotFound
    may_read_opinions(by).require()
    may_handle_opinion(by, row).require(code="concerned")
    text = strip_marks(result).strip()
    wrong = {}
    if finding not in OpinionFinding.values:
        wrong["finding"] = msg("请选择查处结论")
    elif row.kind in LOOKED_INTO and finding == OpinionFinding.NOTED:
        wrong["finding"] = msg("投诉须查明是否属实，不能只作留存")
    if not 0 < len(text) <= LONGEST:
        wrong["result"] = msg("请写明处理结果，不超过2000字")
    if wrong:
        raise Invalid(wrong)
    today = at.astimezone(SHANGHAI).date()
    commitment, number = _line(row, line, by)
    broken = breach_clause(row, finding, today, named=commitment is not None)
    told = _heard(row, told, today, owed="" if broken else feedback_clause(row, finding, today))
    with write():
        found = Opinion.objects.select_for_update(of=("self",)).select_related("tenant").get(id=row.id)
        if found.handled_at is not None:
            raise Conflict(msg("这条意见已经处理过"), code="handled")
        found.finding, found.result = finding, text
        found.unit, found.commitment, found.line = row.unit, commitment, number
        found.handled_by_id, found.handled_at = by.person_id, at
        found.told_how, found.told_on = told.how, told.on
        found.save(force_update=True)
        note("opinion_handled", found, by, at)
        if broken:
            Breach.objects.create(
                tenant=found.tenant, opinion=found, clause=broken, opened_at=at, opened_by_id=by.person_id
            )
            _find(found, broken, at)
            note("breach_opened", found, by, at)
    return found


def dispose_breach(
    row: Opinion, *, disposition: str, words: str, told: Told = NOT_TOLD, by: Asker, at: datetime
) -> Breach:
    """Say how a broken promise is dealt with, and with that close its case; the writer is told.

    Raises:
        NotFound: another office, or no case. Forbidden: it concerns whoever would decide.
        Invalid: no disposition, no words, or the writer was not told; with the clause that asks for it.
        Conflict: it was closed before.
    """
    breach = breach_of(row)
    if by.tenant_id != row.tenant_id or breach is None:
        raise NotFound
    may_read_opinions(by).require()
    may_handle_opinion(by, row).require(code="concerned")
    if disposition not in Disposition.values:
        raise Invalid(
            {"disposition": msg("请选择怎样处理，违诺的没有处理不能了结")},
            code="no_disposition",
            clause=breach.clause,
            remedy=msg("请按查明的情况选择处理，并写明依据和经过。"),
        )
    text = strip_marks(words).strip()
    if not 0 < len(text) <= LONGEST:
        raise Invalid({"words": msg("请写明处理的依据和经过，不超过2000字")}, clause=breach.clause)
    today = at.astimezone(SHANGHAI).date()
    told = _heard(row, told, today, owed=feedback_clause(row, row.finding, today))
    with write():
        found = Breach.objects.select_for_update(of=("self",)).select_related("opinion").get(id=breach.id)
        if found.disposed_at is not None:
            raise Conflict(msg("这件违诺已经处理过"), code="handled")
        found.disposition, found.words = disposition, text
        found.disposed_by_id, found.disposed_at = by.person_id, at
        found.save(force_update=True)
        if told.how:
            found.opinion.told_how, found.opinion.told_on = told.how, told.on
            found.opinion.save(force_update=True)
        note("breach_disposed", found.opinion, by, at, breach=found)
    return found


def _line(row: Opinion, named: str, by: Asker) -> tuple[Commitment | None, int | None]:
    """The line the entry is about: as whoever looked into it found, else as the writer said."""
    if not named.strip():
        return row.commitment, row.line
    commitment, number = cited(row.tenant, named)
    whose = commitment.unit if commitment else None
    if whose is not None and row.unit_id not in {None, whose.id}:
        raise Invalid({"line": msg("这是别的科室的承诺")})
    if whose is not None:
        row.unit = whose
        may_handle_opinion(by, row).require(code="concerned")
    return commitment, number


def _find(row: Opinion, clause: str, at: datetime) -> None:
    """Put it on record as a finding, against whom the entry names."""
    book = book_of(row.tenant, at.astimezone(SHANGHAI).date())
    subject = Subject(row.tenant_id, ROOM, row.id, book.version)
    note_findings(subject, [Finding(BROKEN, clause, at, str(row.against_id or ""))])


def _heard(row: Opinion, told: Told, today: date, *, owed: str) -> Told:
    """How the writer was told, checked; a page tells them the day the result stands on it."""
    clause = owed
    if not told.how:
        if clause:
            raise Invalid(
                {"told_how": msg("查实的投诉，要把处理结果告知投诉人后才能办结")},
                code="not_told",
                clause=clause,
                remedy=msg("请先告知写意见的人，再写明哪天以什么方式告知。"),
            )
        if told.on is not None:
            raise Invalid({"told_how": msg("请选择怎样告知的")})
        return NOT_TOLD
    if told.how not in ways_to_tell(row):
        raise Invalid({"told_how": msg("请从所列的告知方式中选择")}, clause=clause)
    on = today if told.how == ToldHow.PAGE else told.on
    if on is None:
        raise Invalid({"told_on": msg("请填写哪天告知的")}, clause=clause)
    if not row.written_on <= on <= today:
        raise Invalid({"told_on": msg("告知日期应在写意见那天之后，且不晚于今天")}, clause=clause)
    return Told(told.how, on)
