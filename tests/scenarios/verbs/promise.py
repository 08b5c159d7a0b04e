"""What the office promises: commitments, items, guides, and what hangs on the wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from huiyin.catalogue import actions, queries
from huiyin.catalogue.bases import Basis
from huiyin.catalogue.models import Commitment, ServiceItem
from huiyin.catalogue.stages import Step
from huiyin.matters.models import Matter
from huiyin.matters.queries import law_for
from huiyin.organisation.models import Unit as Section
from huiyin.organisation.queries import book_of
from huiyin.reports.ledgers import steps
from huiyin.reports.ledgers.frame import Scope, all_lines
from huiyin.reports.ledgers.periods import Span, whole
from huiyin.reports.ratings import receptions, satisfaction
from huiyin.rules.regimes import service_commitment
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests.scenarios.story import Story

_OFFICE = "office"


def _now(running: Story) -> datetime:
    assert running.at is not None
    return running.at


def _section(running: Story, code: str) -> Section | None:
    return None if code == _OFFICE else running.office.units[code]


def _row(running: Story, code: str, state: str) -> Commitment:
    tenant, unit = running.office.tenant, _section(running, code)
    found = Commitment.objects.select_related("tenant", "unit").filter(tenant=tenant, unit=unit)
    row = found.filter(state=state).first()
    assert row is not None, f"{code} has no commitment that is {state}"
    return row


def _points(running: Story, _: Any) -> list[str]:
    """Which points a rating of the matter may say were not kept."""
    matter = Matter.objects.select_related("tenant").get(number=running.number)
    day = _now(running).astimezone(SHANGHAI).date()
    return list(service_commitment.not_kept_choices(law_for(matter).book, day))


def _missed(running: Story, _: Any) -> list[str]:
    found = Matter.objects.get(number=running.number).rating_missed
    return [str(one) for one in found]


def _satisfied(running: Story, _: Any) -> dict[str, list[float]] | None:
    """For each unit, how many rated and with how many stars on average."""
    day = _now(running).astimezone(SHANGHAI).date()
    found = satisfaction(running.office.tenant, day)
    return None if found is None else {one.code: [one.number, one.average] for one in found}


def _at_hand(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody who receives people has before them, for the words typed: kinds and titles."""
    asker = running.office.asker(expected["who"], _now(running))
    found = queries.at_hand(asker, expected.get("text", ""))
    canary = running.office.canary
    return {**expected, "shows": [f"{one.kind} {one.title.replace(canary, '')}" for one in found]}


def _receptions(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody sees of how people were received: ratings, stars on average, cold manner named."""
    asker = running.office.asker(expected["who"], _now(running))
    people = {person.staff_no: key for key, person in running.office.people.items()}
    found = {people[one.staff_no]: [one.number, one.average, one.cold] for one in receptions(asker) or ()}
    return {"who": expected["who"], "shows": found}


def _in_force(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Which version of an item was in force on a day, its procedure, and the clause that wants it shown."""
    at = _now(running)
    found = queries.version_on(
        running.office.asker("clerk", at), _item(running, expected["item"]).id, expected["day"]
    )
    book = book_of(running.office.tenant, at.astimezone(SHANGHAI).date())
    return {
        "item": expected["item"],
        "day": expected["day"],
        "version": found[1].version if found else 0,
        "procedure": found[1].procedure if found else "",
        "clause": book.cite(service_commitment.PROCEDURES),
    }


def _promises(running: Story, who: str, fields: dict[str, Any]) -> None:
    """Somebody writes what a unit promises; `said` names the parts."""
    unit = _section(running, fields["unit"])
    draft = Commitment.objects.filter(tenant=running.office.tenant, unit=unit, state="draft").first()
    actions.draft_commitment(
        running.office.tenant,
        unit,
        said=fields["said"],
        seen=draft.revision if draft else 0,
        by=running.office.asker(who, _now(running)),
        at=_now(running),
    )


def _publishes(running: Story, who: str, fields: dict[str, Any]) -> None:
    row = _row(running, fields["unit"], "draft")
    actions.publish_commitment(row, by=running.office.asker(who, _now(running)), at=_now(running))


def _withdraws_promise(running: Story, who: str, fields: dict[str, Any]) -> None:
    row = _row(running, fields["unit"], "published")
    by = running.office.asker(who, _now(running))
    actions.withdraw_commitment(row, why=fields["why"], by=by, at=_now(running))


def _posts_board(running: Story, who: str, fields: dict[str, Any]) -> None:
    row = _row(running, fields["unit"], "published")
    _hang(actions.post_board, row, running, who, fields)


def _posts_guide(running: Story, who: str, fields: dict[str, Any]) -> None:
    _hang(actions.post_guide, _item(running, fields["item"]), running, who, fields)


def _hang(hang: Any, what: object, running: Story, who: str, fields: dict[str, Any]) -> None:
    day = fields.get("day", _now(running).astimezone(SHANGHAI).date())
    hang(what, place=fields["place"], day=day, by=running.office.asker(who, _now(running)), at=_now(running))


def _gives_guide(running: Story, who: str, fields: dict[str, Any]) -> None:
    by = running.office.asker(who, _now(running))
    actions.give_guide(_item(running, fields["item"]), by=by, at=_now(running))


def _adds_item(running: Story, who: str, fields: dict[str, Any]) -> None:
    post = running.office.positions[fields.pop("position")]
    by = running.office.asker(who, _now(running))
    actions.add_item(post, by=by, at=_now(running), **_typed(fields))


def _changes_item(running: Story, who: str, fields: dict[str, Any]) -> None:
    item = _item(running, fields.pop("item"))
    actions.change_item(item, by=running.office.asker(who, _now(running)), at=_now(running), **_typed(fields))


def _item(running: Story, code: str) -> ServiceItem:
    return ServiceItem.objects.select_related("tenant", "unit").get(tenant=running.office.tenant, code=code)


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    for name in ("statutory", "committed"):
        if isinstance(fields.get(name), dict):
            fields[name] = Limit(fields[name]["calendar_days"], Unit.CALENDAR_DAY)
        elif fields.get(name) is not None:
            fields[name] = Limit(fields[name], Unit.WORKING_DAY)
    if "materials" in fields:
        fields["materials"] = [actions.PaperSpec(name) for name in fields["materials"]]
    if "bases" in fields:
        fields["bases"] = [_basis(**one) for one in fields["bases"]]
    if "steps" in fields:
        fields["steps"] = [
            Step(name, Limit(days, Unit.WORKING_DAY) if days else None, post)
            for name, (days, post) in _signed(fields["steps"])
        ]
    return fields


def _signed(steps: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Each step with its days and the post that signs it: days alone where the handler does."""
    for name, told in steps.items():
        yield name, (told["days"], told["post"]) if isinstance(told, dict) else (told, "")


def _basis(law: str, article: str, days: int, since: date, until: date | None = None) -> Basis:
    return Basis(law, article, Limit(days, Unit.WORKING_DAY), since, until)


def _gaps(running: Story, expected: object) -> list[str]:
    """Each gap as what is lacking and of whom: "commitment MZ", "guide DB-1"."""
    del expected
    codes = {unit.id: code for code, unit in running.office.units.items()}
    found = queries.gaps(running.office.tenant, _now(running).astimezone(SHANGHAI).date())
    return [f"{gap.what} {gap.code or (codes[gap.unit_id] if gap.unit_id else _OFFICE)}" for gap in found]


def _public(running: Story, expected: object) -> list[str]:
    """Whose commitments the public sees, and in which version: "MZ 1"."""
    del expected
    codes = {unit.id: code for code, unit in running.office.units.items()}
    rows = queries.published(running.office.tenant.id)
    return [f"{codes[row.unit_id] if row.unit_id else _OFFICE} {row.version}" for row in rows]


def _given(running: Story, expected: object) -> list[str]:
    """The guides handed over, newest first: item and version."""
    del expected
    asker = running.office.asker("clerk", _now(running))
    return [f"{row.item.code} {row.version}" for row in queries.guides_given(asker)]


def _late_steps(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The register of steps not signed in time as somebody has it: signer and step."""
    at, tenant = _now(running), running.office.tenant
    period = whole(Span.YEAR, at.astimezone(SHANGHAI).date())
    scope = Scope(tenant, running.office.asker(expected["who"], at), period, at)
    people = {person.name: key for key, person in running.office.people.items()}
    found = [f"{people[str(line[1])]} {line[4]}" for line in all_lines(steps.LEDGER, scope)]
    return {**expected, "shows": sorted(found)}


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "promises": _promises,
    "publishes": _publishes,
    "withdraws_promise": _withdraws_promise,
    "posts_board": _posts_board,
    "posts_guide": _posts_guide,
    "gives_guide": _gives_guide,
    "adds_item": _adds_item,
    "changes_item": _changes_item,
}

HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "points": _points,
    "in_force": _in_force,
    "missed": _missed,
    "satisfaction": _satisfied,
    "receptions": _receptions,
    "at_hand": _at_hand,
    "gaps": _gaps,
    "public_promises": _public,
    "guides_given": _given,
    "late_steps": _late_steps,
}
