"""The opinion book: somebody writes, somebody not concerned says what came of it, the writer reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.obligations.models import Finding
from huiyin.reports.clauses import figures
from huiyin.supervision import actions, queries
from huiyin.supervision.models import Opinion
from tests.scenarios.story import Story


def _now(running: Story) -> datetime:
    assert running.at is not None
    return running.at


def _writes(running: Story, who: str, fields: dict[str, Any]) -> None:
    office = running.office
    unit = office.units[fields.pop("unit")] if "unit" in fields else None
    by = None if who == "applicant" else office.asker(who, _now(running))
    words = actions.Words(unit=unit, **fields)
    entered = actions.write_opinion(office.tenant, words, by=by, at=_now(running))
    if who == "applicant":
        running.number, running.code = entered.number, entered.code


def _handles(running: Story, who: str, fields: dict[str, Any]) -> None:
    row = Opinion.objects.filter(tenant=running.office.tenant).order_by("received_at")[fields.pop("nth") - 1]
    if "told" in fields:
        fields["told"] = actions.Told(fields["told"]["how"], fields["told"].get("day"))
    actions.handle_opinion(row, by=running.office.asker(who, _now(running)), at=_now(running), **fields)


def _disposes(running: Story, who: str, fields: dict[str, Any]) -> None:
    by = running.office.asker(who, _now(running))
    nth = fields.pop("nth")
    rows = queries.opinions(running.office.asker("main_leader", _now(running))).order_by("received_at")
    if "told" in fields:
        fields["told"] = actions.Told(fields["told"]["how"], fields["told"].get("day"))
    actions.dispose_breach(rows[nth - 1], by=by, at=_now(running), **fields)


def _open_breaches(running: Story, expected: object) -> list[str]:
    """The lines of which somebody found that they were not kept, and nobody said how that is dealt with."""
    del expected
    rows = queries.opinions(running.office.asker("main_leader", _now(running)), waiting=True)
    cited = [queries.line_of(row) for row in rows if queries.breach_of(row)]
    return [one[0] if one else "" for one in cited]


def _found(running: Story, expected: object) -> list[str]:
    """What was put on record about entries of the book, and how often each clause counts it."""
    del expected
    asker = running.office.asker("main_leader", _now(running))
    counted = figures(asker)
    rows = Finding.objects.filter(tenant=running.office.tenant, room="supervision").order_by("found_at")
    return [f"{one.what} {one.clause} {counted[one.clause].findings}" for one in rows]


def _waiting(running: Story, expected: object) -> int:
    del expected
    asker = running.office.asker("main_leader", _now(running))
    return queries.opinions(asker, waiting=True).count()


def _result(running: Story, expected: object) -> str:
    del expected
    return queries.answered(running.office.tenant, running.number, running.code).result


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "writes_opinion": _writes,
    "handles_opinion": _handles,
    "disposes_breach": _disposes,
}

HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "opinions_waiting": _waiting,
    "opinion_result": _result,
    "open_breaches": _open_breaches,
    "promises_found_broken": _found,
}
