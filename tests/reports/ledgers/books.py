"""Read registers back as people see them: by the words of the header."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook

from huiyin.matters.models import Briefing
from huiyin.organisation.models import Absence, Position
from huiyin.organisation.queries import Asker
from huiyin.reports.ledgers import frame, workbook
from huiyin.reports.ledgers.frame import Cell, Ledger, Scope
from huiyin.reports.ledgers.periods import Period
from tests.matters.handling import Desk

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def scope_of(desk: Desk, asker: Asker | None, period: Period = YEAR) -> Scope:
    return Scope(desk.office.tenant, asker, period, desk.at)


def as_people(ledger: Ledger, scope: Scope) -> list[dict[str, Cell]]:
    """The lines, each by the titles of its columns."""
    titles = [column.title for column in ledger.all_columns]
    return [dict(zip(titles, line, strict=True)) for line in frame.all_lines(ledger, scope)]


def written(ledger: Ledger, scope: Scope) -> bytes:
    out = io.BytesIO()
    workbook.write(out, ledger, scope, made_by="卫经办")
    return out.getvalue()


def briefed(desk: Desk, absence: Absence, writer: str, reader: str, **told: Any) -> Briefing:
    """A hand-over sheet of an absence, for the writer's first position unless told otherwise."""
    people = desk.office.people
    held = Position.objects.filter(appointments__person=people[writer]).order_by("code").first()
    return Briefing.objects.create(
        **{
            "tenant": desk.office.tenant,
            "absence": absence,
            "position": held,
            "writer": people[writer],
            "reader": people[reader],
            "written_at": desk.at,
            **told,
        }
    )


def cells_of(data: bytes, sheet: int = 0) -> list[list[Any]]:
    found = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet)
    return [list(row) for row in found.to_python(skip_empty_area=False)]
