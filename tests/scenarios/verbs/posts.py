"""Positions and stand-ins: appointing, duty sheets, going away and coming back, and what the public sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.delivery.models import Message
from huiyin.matters import actions, queries
from huiyin.matters.models import CoverAct, Matter
from huiyin.organisation import actions as organisation
from huiyin.organisation import queries as people
from huiyin.organisation.models import DutySheet, Person, Position
from huiyin.organisation.permissions import OPERATOR, By
from huiyin.reports.post_responsibility import assessed
from huiyin.rules.workdays import SHANGHAI
from tests.scenarios.story import Story, moment


def _now(running: Story) -> datetime:
    assert running.at is not None
    return running.at


def _by(running: Story, who: str) -> By:
    return running.office.asker(who, _now(running)) if who else OPERATOR


def _person(running: Story, key: str) -> Person:
    """As stored: another story may have left the one in hand as somebody who has gone."""
    return Person.objects.select_related("tenant").get(id=running.office.people[key].id)


def _post(running: Story, code: str) -> Position:
    return Position.objects.select_related("tenant", "unit").get(tenant=running.office.tenant, code=code)


def _appoint(running: Story, who: str, fields: dict[str, Any]) -> None:
    at = _now(running)
    organisation.appoint(
        _post(running, fields["post"]),
        _person(running, fields["person"]),
        fields["part"],
        since=at.astimezone(SHANGHAI).date(),
        by=_by(running, who),
        at=at,
        reason=fields.get("reason", ""),
    )


def _able(running: Story, who: str, fields: dict[str, Any]) -> None:
    organisation.record_competence(
        _post(running, fields["post"]),
        _person(running, fields["person"]),
        basis=fields["basis"],
        by=_by(running, who),
        at=_now(running),
    )


def _writes_sheet(running: Story, who: str, fields: dict[str, Any]) -> None:
    lines = [organisation.Line(**one) for one in fields["lines"]]
    post = _post(running, fields["post"])
    organisation.write_sheet(post, lines, by=_by(running, who), at=_now(running))


def _issues_sheet(running: Story, who: str, fields: dict[str, Any]) -> None:
    at = _now(running)
    rows = DutySheet.objects.select_related("position__tenant").filter(
        position=_post(running, fields["post"])
    )
    since = at.astimezone(SHANGHAI).date()
    organisation.issue_sheet(rows.order_by("version").last(), since=since, by=_by(running, who), at=at)  # type: ignore[arg-type]


def _charges(running: Story, who: str, fields: dict[str, Any]) -> None:
    unit = running.office.units[fields["unit"]] if fields.get("unit") else None
    organisation.describe_charge(
        running.office.tenant, unit, fields["text"], by=_by(running, who), at=_now(running)
    )


def _secret(running: Story, who: str, fields: dict[str, Any]) -> None:
    organisation.mark_secret(
        _post(running, fields["post"]),
        secret=True,
        reason=fields["reason"],
        by=_by(running, who),
        at=_now(running),
    )


def _target(running: Story, who: str, fields: dict[str, Any]) -> None:
    organisation.set_target(
        running.office.tenant,
        year=fields["year"],
        code=fields["code"],
        title=fields["title"],
        measure=fields.get("measure", ""),
        positions=[_post(running, code) for code in fields["posts"]],
        by=_by(running, who),
        at=_now(running),
    )


def _goes_away(running: Story, who: str, fields: dict[str, Any]) -> None:
    at = _now(running)
    starts = moment(fields["from"]) if "from" in fields else at
    actions.go_away(
        _person(running, who),
        starts_at=starts,
        ends_at=starts + timedelta(hours=fields["hours"]),
        kind=fields.get("kind", "meeting"),
        by=_by(running, who),
        at=at,
        head_covers=bool(fields.get("head_covers")),
        why_unbriefed=fields.get("why", "临时有事"),
    )


def _hands_over(running: Story, who: str, fields: dict[str, Any]) -> None:
    """The first sheet that this person has to write."""
    at = _now(running)
    asker = running.office.asker(who, at)
    back = bool(fields.get("back"))
    task = next(iter(one for one in queries.tasks_of(asker, at) if one.back is back), None)
    assert task is not None, f"{who} has no sheet to write"
    actions.write_briefing(
        task.absence,
        task.position,
        things=fields.get("things", ""),
        notes=fields.get("notes", ""),
        back=back,
        by=asker,
        at=at,
    )


def _signs(running: Story, who: str, fields: dict[str, Any]) -> None:
    at = _now(running)
    asker = running.office.asker(who, at)
    sheet = queries.briefings_of(asker).filter(acknowledged_at__isnull=True).first()
    assert sheet is not None, "no sheet waits"
    actions.acknowledge_briefing(sheet, by=asker, at=at)


def _steps_in(running: Story, who: str, fields: dict[str, Any]) -> None:
    at = _now(running)
    away = running.office.people[fields["for"]]
    absence = people.waiting_absences([away.id], at)[0]
    actions.step_in(absence, by=running.office.asker(who, at), at=at)


def _gaps(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each position asked after, what is missing of it, as `what` or `what:about`, each by its clause."""
    wanted = expected.keys()
    found = {one.held.position.code: one for one in people.records(running.office.tenant, _now(running))}
    return {
        code: sorted(
            f"{gap.what}:{gap.about} {gap.clause}" if gap.about else f"{gap.what} {gap.clause}"
            for gap in found[code].gaps
        )
        for code in wanted
    }


def _lacks_target(running: Story, expected: Mapping[str, Any]) -> dict[str, str]:
    """For each position asked after, the clause by which it lacks a target of the year, "" if it has one."""
    found = {one.held.position.code: one for one in people.records(running.office.tenant, _now(running))}
    return {
        code: next((gap.clause for gap in found[code].gaps if gap.what == "no_target"), "")
        for code in expected
    }


def _unlisted(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each position asked after, what the public page cannot say of it."""
    return {
        code: [row for row in rows if row.startswith("not_listed")]
        for code, rows in _gaps(running, expected).items()
    }


def _assessed(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the assessment on post responsibility, for the positions asked after."""
    names = {person.id: key for key, person in running.office.people.items()}
    _, found = assessed(running.office.tenant, _now(running))
    rows = {
        one.record.held.position.code: {
            "holder": names[one.record.held.a.id] if one.record.held.a else "",
            "overdue": one.overdue,
            "pointed_out": one.pointed_out,
            "targets": len(one.record.targets),
        }
        for one in found
    }
    return {code: rows.get(code) for code in expected}


def _public(running: Story, expected: Any) -> Any:
    """The public page: per position asked after its A, B and duties; None where there is no page."""
    found = people.public_posts(running.office.tenant, _now(running))
    if found is None or expected is None:
        return None if found is None else "a page"
    names = {person.id: key for key, person in running.office.people.items()}
    rows = {
        one.held.position.code: {
            "a": names[one.held.a.id] if one.held.a else "",
            "b": names[one.held.b.id] if one.held.b else "",
            "duties": [text.replace(running.office.canary, "") for text in one.duties],
        }
        for one in found
    }
    return {code: rows.get(code) for code in expected}


def _levels(running: Story, _: Any) -> dict[str, bool]:
    book = people.responsibility_book(running.office.tenant, _now(running))
    return {one.code: one.complete for one in book.levels}


def _cover(running: Story, _: Any) -> dict[str, Any] | None:
    matter = Matter.objects.select_related("tenant").get(number=running.number)
    names = {person.id: key for key, person in running.office.people.items()}
    found = queries.cover_of(matter, _now(running))
    if found is None:
        return None
    return {
        "by": names[found.by.id] if found.by else "",
        "reason": found.absence.kind,
        "clause": found.clause,
        "unbriefed": found.unbriefed,
    }


def _acts(running: Story, _: Any) -> list[list[str]]:
    names = {person.id: key for key, person in running.office.people.items()}
    rows = CoverAct.objects.filter(matter__number=running.number).order_by("at", "id")
    return [[names[one.actor_id], names[one.acting_for_id], one.kind, one.clause] for one in rows]


def _covers(running: Story, expected: Mapping[str, Any]) -> dict[str, int]:
    """How many open matters of absent colleagues each of these people has in their list."""
    at = _now(running)
    return {who: len(queries.covered(running.office.asker(who, at))) for who in expected}


def _told_of(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        who: list(
            Message.objects.filter(person=running.office.people[who], text__in=_TEXTS)
            .order_by("created_at", "id")
            .values_list("text", flat=True)
        )
        for who in expected
    }


_TEXTS = ("cover_begins", "briefing_waits", "post_uncovered", "post_left", "return_due")


def _history(running: Story, expected: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    """Who held a position, the latest first: part, who, since, until, why."""
    names = {person.id: key for key, person in running.office.people.items()}
    return {
        code: [
            [one.part, names[one.person_id], _day(one.since), _day(one.until), one.reason]
            for one in people.appointments_of(_post(running, code))
        ]
        for code in expected
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sheet_lines(running: Story, _: Any) -> list[list[str]]:
    """The lines of the last hand-over sheet: done or open, and what."""
    sheet = queries.briefings_of(running.office.asker("main_leader", _now(running))).first()
    assert sheet is not None
    return [["done" if one.done else "open", one.what] for one in queries.lines_of(sheet)]


def _invocable(running: Story, expected: Mapping[str, Any]) -> dict[str, bool]:
    matter = Matter.objects.select_related("tenant").get(number=running.number)
    found = {one.id for one in queries.invocable(matter, _now(running))}
    return {clause: clause in found for clause in expected}


def _warns(running: Story, who: str, fields: dict[str, Any]) -> None:
    """The worker comes by and tells of what nobody covers."""
    del who, fields
    actions.warn_of_uncovered(_now(running))


def _asks_for_returns(running: Story, who: str, fields: dict[str, Any]) -> None:
    """The worker comes by and asks for what was not handed back."""
    del who, fields
    actions.ask_for_returns(_now(running))


def _returns_missing(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each reader, which positions were not handed back yet."""
    at = _now(running)
    return {
        who: [one.position.code for one in queries.returns_missing_for(running.office.asker(who, at), at)]
        for who in expected
    }


def _unbriefed(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each reader, why people they are over left without handing over, as told."""
    at = _now(running)
    return {
        who: [one.why_unbriefed for one in people.unbriefed_this_year(running.office.asker(who, at), at)]
        for who in expected
    }


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "warns_of_uncovered": _warns,
    "asks_for_returns": _asks_for_returns,
    "appoints": _appoint,
    "records_competence": _able,
    "writes_sheet": _writes_sheet,
    "issues_sheet": _issues_sheet,
    "describes_charge": _charges,
    "keeps_secret": _secret,
    "sets_target": _target,
    "goes_away": _goes_away,
    "hands_over": _hands_over,
    "signs": _signs,
    "steps_in": _steps_in,
}

HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "post_gaps": _gaps,
    "posts_shown": _public,
    "levels": _levels,
    "cover": _cover,
    "cover_acts": _acts,
    "covers": _covers,
    "told_of": _told_of,
    "history": _history,
    "sheet_lines": _sheet_lines,
    "lacks_target": _lacks_target,
    "unlisted": _unlisted,
    "assessed": _assessed,
    "invocable": _invocable,
    "returns_missing": _returns_missing,
    "unbriefed": _unbriefed,
}
