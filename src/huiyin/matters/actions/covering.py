"""Going away and coming back: the hand-over sheets between A and B, and who is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Channel
from huiyin.matters import queries
from huiyin.matters.actions import rerouting
from huiyin.matters.models import Briefing, BriefingLine, Matter
from huiyin.matters.queries import covering
from huiyin.obligations import queries as duties
from huiyin.organisation import actions as organisation
from huiyin.organisation import queries as people
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Absence, Person, Position
from huiyin.organisation.permissions import By, may_record_absence
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes import post_substitution
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_LONGEST: Final = 2000
_BATCH: Final = 500


def go_away(
    person: Person,
    *,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    by: By,
    at: datetime,
    head_covers: bool = False,
    why_unbriefed: str = "",
) -> Absence:
    """Record an absence, and tell whoever stands in (p2.post-substitution.1).

    Refusal filings that lie with a leader who is away from now on go before the main leader
    (p4.refusal-filing.2.1.c); those of one who goes later, when the worker comes by then.
    Raises what `organisation.actions.record_absence` raises.
    """
    with write():
        absence = organisation.record_absence(
            person,
            starts_at=starts_at,
            ends_at=ends_at,
            kind=kind,
            by=by,
            at=at,
            head_covers=head_covers,
            why_unbriefed=why_unbriefed,
        )
        if not absence.held:
            _tell_stand_ins(absence, at)
    rerouting.put_before_main_leader(at, leader=person.id)
    return absence


def step_in(absence: Absence, *, by: Asker, at: datetime) -> Absence:
    """Take over without a hand-over: B on their own initiative, once A has gone (p2.post-substitution.3.b).

    Raises:
        NotFound: another office.
        Forbidden: neither B of one of the positions nor whoever may record the absence.
        Unlawful: it does not wait for a hand-over, has not come yet, or every B is away as well.
    """
    if absence.tenant_id != by.tenant_id:
        raise NotFound
    here = [one.id for _, one, present in people.stand_ins(absence.person_id, at) if present]
    if by.person_id not in here and not may_record_absence(by, absence.person_id):
        raise Forbidden(msg("只有B岗或可以登记这次离岗的人能声明顶岗"), code="forbidden")
    if absence.starts_at > at:
        raise Unlawful(
            msg("离岗时间未到，请先由A岗交接"),
            code="not_begun",
            clause=queries.book_now(by.tenant_id, at).cite(post_substitution.BRIEFING),
        )
    if not here:
        raise Unlawful(
            msg("B岗现在也不在岗，不能顶岗"),
            code="nobody_here",
            clause=queries.book_now(by.tenant_id, at).cite(post_substitution.STEPPING_IN),
            remedy=msg("请科室负责人接手，或指定一位同事。"),
        )
    with write():
        released = organisation.release_absence(absence, by=by, at=at, briefed=False)
        _tell_stand_ins(released, at)
    rerouting.put_before_main_leader(at, leader=absence.person_id)
    return released


def write_briefing(
    absence: Absence,
    position: Position,
    *,
    things: str = "",
    notes: str = "",
    progress: Mapping[str, str] | None = None,
    back: bool = False,
    by: Asker,
    at: datetime,
) -> Briefing:
    """Write the hand-over sheet of a position: A before going, or with `back` B after standing in.

    The open matters are listed with their next limit; `progress` holds what is said of each, by its
    number. A sheet back also lists what B did meanwhile. Nothing counts before it is acknowledged.

    Raises:
        NotFound: another office, or no such task of this person's.
        Unlawful: the rulebook wants no such sheet. Invalid: a text that is too long.
    """
    book = queries.book_now(by.tenant_id, at)
    part = post_substitution.RETURNING if back else post_substitution.BRIEFING
    if not book.has(part):
        raise Unlawful(msg("本单位的制度没有规定这种交接单"), code="no_briefing")
    open_tasks = queries.tasks_of(by, at)
    task = next((t for t in open_tasks if (t.absence, t.position, t.back) == (absence, position, back)), None)
    if task is None:
        raise NotFound
    kept = _texts(
        {"things": things, "notes": notes, **{f"progress.{k}": v for k, v in (progress or {}).items()}}
    )
    with write():
        sheet = Briefing.objects.create(
            tenant_id=by.tenant_id,
            absence=absence,
            position=position,
            back=back,
            writer_id=by.person_id,
            reader=task.reader,
            things=kept["things"],
            notes=kept["notes"],
            written_at=at,
        )
        done = _done(sheet, absence, at) if back else []
        lines = [*done, *_open(sheet, absence.person_id, position, kept)]
        for place, line in enumerate(lines, start=1):
            line.place = place
        BriefingLine.objects.bulk_create(lines, batch_size=_BATCH)
        body: dict[str, str | int | bool | None] = {
            "briefing": str(sheet.id),
            "back": back,
            "lines": len(lines),
            "clause": book.cite(part),
        }
        _note("briefing_written", absence, by, at, body)
        _post(
            [_draft(sheet.reader, "briefing_waits", f"{sheet.id}", link=f"/desk/handovers/{sheet.id}/")], at
        )
    return sheet


def acknowledge_briefing(sheet: Briefing, *, by: Asker, at: datetime) -> Briefing:
    """Sign a hand-over sheet as the one it is for; with the last one signed the absence may begin.

    Raises:
        NotFound: another office. Forbidden: it is not for this person.
        Unlawful: it was signed already.
    """
    if sheet.tenant_id != by.tenant_id:
        raise NotFound
    if sheet.reader_id != by.person_id:
        raise Forbidden(msg("这份交接单不是交给您的"), code="forbidden")
    with write():
        fresh = Briefing.objects.filter(id=sheet.id, acknowledged_at__isnull=True).update(acknowledged_at=at)
        if not fresh:
            raise Unlawful(msg("这份交接单已经确认过了"), code="briefing_signed")
        sheet.acknowledged_at = at
        absence = sheet.absence
        _note("briefing_acknowledged", absence, by, at, {"briefing": str(sheet.id), "back": sheet.back})
        waits = absence.held and absence.released_at is None and absence.cancelled_at is None
        if not sheet.back and waits and not queries.unsigned(absence, at):
            released = organisation.release_absence(absence, by=by, at=at, briefed=True)
            _tell_stand_ins(released, at)
    return sheet


def warn_of_uncovered(at: datetime) -> int:
    """Tell the efficiency office and the head of each position that nobody covers; returns how many messages.

    Once for each absence (p2.post-substitution.4.b). B too where A went without handing over: the
    work is theirs to take up (p2.post-substitution.3.b).
    """
    told = 0
    for tenant in covering.covering_offices(people.tenants(), at):
        for one in people.uncovered(tenant.id, at):
            readers = list(people.people_with_role(tenant.id, "efficiency_office"))
            if one.head is not None:
                readers.append(one.head)
            if one.unbriefed and one.b is not None:
                readers.append(one.b)
            drafts = [
                _draft(
                    reader,
                    "post_left" if one.unbriefed else "post_uncovered",
                    f"{one.position.id}:{one.since.isoformat()}",
                    link="/desk/handovers/" if reader == one.b else "/desk/positions/",
                    day=one.since.astimezone(SHANGHAI).date().isoformat(),
                )
                for reader in dict.fromkeys(readers)
            ]
            if drafts:
                with write():
                    _post(drafts, at)
                told += len(drafts)
    return told


def ask_for_returns(at: datetime) -> int:
    """Tell everybody who stood in and has not handed back yet; returns how many messages.

    Once for each absence and position (p2.post-substitution.4.a).
    """
    told = 0
    for tenant in people.tenants():
        drafts = [
            _draft(
                one.writer,
                "return_due",
                f"{one.absence.id}:{one.position.id}",
                link="/desk/handovers/",
                day=(one.absence.cancelled_at or one.absence.ends_at).astimezone(SHANGHAI).date().isoformat(),
            )
            for one in covering.missing_returns(tenant.id, at)
        ]
        if drafts:
            with write():
                _post(drafts, at)
        told += len(drafts)
    return told


def _open(
    sheet: Briefing, person_id: UUID, position: Position, kept: Mapping[str, str]
) -> list[BriefingLine]:
    every = Matter.objects.filter(tenant_id=sheet.tenant_id)
    rows = covering.to_hand_over(every, person_id, position, sheet.absence.starts_at)
    found = list(rows.order_by("received_at", "id"))
    owed = duties.of_subjects([one.id for one in found])
    lines = []
    for matter in found:
        next_duty = next(iter(owed.get(matter.id, ())), None)
        lines.append(
            BriefingLine(
                briefing=sheet,
                matter=matter,
                what=next_duty.what if next_duty else "",
                at=next_duty.due_at if next_duty else None,
                stage=matter.stage,
                progress=kept.get(f"progress.{matter.number}", ""),
            )
        )
    return lines


def _done(sheet: Briefing, absence: Absence, at: datetime) -> list[BriefingLine]:
    acts = queries.acts_between(sheet.writer_id, absence.person_id, absence.starts_at, at)
    return [
        BriefingLine(
            briefing=sheet, matter=one.matter, done=True, what=one.kind, at=one.at, stage=one.matter.stage
        )
        for one in acts
    ]


def _texts(typed: Mapping[str, str]) -> dict[str, str]:
    kept = {name: strip_marks(text).strip() for name, text in typed.items()}
    wrong = {name: msg("不超过2000字") for name, text in kept.items() if len(text) > _LONGEST}
    if wrong:
        raise Invalid(wrong)
    return kept


def _tell_stand_ins(absence: Absence, at: datetime) -> None:
    """Tell each B from when on they stand in, where the rulebook puts them in charge."""
    if not queries.book_now(absence.tenant_id, at).has(post_substitution.COVER):
        return
    begins = max(absence.starts_at, absence.released_at or absence.starts_at)
    day = begins.astimezone(SHANGHAI).date().isoformat()
    pairs = people.stand_ins(absence.person_id, begins)
    readers = dict.fromkeys(person for _, person, _ in pairs)
    _post(
        [_draft(one, "cover_begins", str(absence.id), link="/desk/handovers/", day=day) for one in readers],
        at,
    )


def _draft(person: Person, text: str, occasion: str, *, link: str, **params: str) -> delivery.Draft:
    return delivery.Draft(
        tenant_id=person.tenant_id,
        text=text,
        params=params,
        dedupe=f"{text}:{occasion}:{person.id}",
        person_id=person.id,
        channel=Channel.INAPP,
        link=link,
    )


def _post(drafts: Sequence[delivery.Draft], at: datetime) -> None:
    if drafts:
        delivery.post(drafts, at=at)


def _note(
    kind: str, absence: Absence, by: Asker, at: datetime, body: Mapping[str, str | int | bool | None]
) -> None:
    note(
        kind,
        tenant_id=absence.tenant_id,
        subject_id=absence.person_id,
        by=by,
        at=at,
        body={"absence": str(absence.id), **body},
    )
