"""Urging whoever bears a duty: at most once a working day; and explaining an overrun to the person served."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Channel
from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.obligations.models import Obligation, Reminder
from huiyin.organisation import queries as organisation
from huiyin.rules import reminding
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.workdays import SHANGHAI


@command("urge")
def urge(session: Session, number: str, *, words: str = "") -> Receipt:
    """Urge whoever bears what runs on a matter; they hear of it at once, at the desk and by letter.

    Raises Forbidden for who is not over the work, Unlawful where nothing runs that is another's
    or all of it was urged on this working day.
    """
    dossier = open_dossier(session, number)
    by = session.by
    power = power_of(by)
    permissions.may_urge(by.asker, power, dossier.matter).require()
    found = queries.to_urge(dossier.matter, {by.asker.person_id, power.person_id}, by.at)
    line = _line(dossier, found.rows, by.at)
    if found.rows and not any(_is_there(line, row, dossier.matter) for row in found.rows):
        raise Unlawful(
            msg("经办人已经离岗，没有人能收到催办"),
            code="nobody_hears",
            remedy=msg("请先指定接手的人。"),
        )
    if found.rows:
        steps.urge(dossier, hand_of(by), keys=[row.key for row in found.rows], words=words)
    elif found.urged:
        raise Unlawful(
            msg("今天已经催办过"),
            code="urged_today",
            remedy=msg("每件事每个工作日只催办一次；仍不办理的，可以指出问题。"),
        )
    else:
        raise Unlawful(msg("没有正在计时、可以催办的事"), code="nothing_owed")
    receipt = save(session, dossier)
    _tell(dossier, line, found.rows, by.at)
    return receipt


@command("explain_overrun")
def explain_overrun(session: Session, number: str, *, reason: str) -> Receipt:
    """Tell the person served why a limit was overrun; they read it where they follow the matter."""
    dossier, hand = handled(session, number)
    steps.explain(dossier, hand, reason=reason)
    return save(session, dossier)


def _line(dossier: Dossier, rows: list[Obligation], at: datetime) -> organisation.Lines:
    bearers = {row.bearer_id for row in rows}
    return organisation.lines(dossier.tenant.id, at, bearers, [dossier.matter.unit_id])


def _is_there(line: organisation.Lines, row: Obligation, matter: Matter) -> bool:
    """Whether there is somebody who bears a duty, or has the post of who did."""
    return bool(line.hearers(row.bearer_id) or line.after(row.bearer_id, matter.unit_id))


def _hearers(line: organisation.Lines, row: Obligation, matter: Matter) -> list[UUID]:
    """Who bears a duty, or who stands in; of who has gone whoever has the post now, but of no report.

    Whom a misconduct report is against hears nothing of it, standing in or not.
    """
    report = matter.kind == MatterKind.REPORT
    found = line.hearers(row.bearer_id, at_first_post=report)
    if not found and not report:
        found = line.after(row.bearer_id, matter.unit_id)
    return [one for one in found if str(one) not in matter.accused]


def _tell(dossier: Dossier, line: organisation.Lines, rows: list[Obligation], at: datetime) -> None:
    matter, tenant = dossier.matter, dossier.tenant
    told = [(row, person) for row in rows for person in _hearers(line, row, matter)]
    reminders = [_reminder(row, person, at) for row, person in told]
    obligations.remind(reminders)
    reachable = organisation.with_address(tenant.id, {person for _, person in told})
    opens = organisation.calendar_of(tenant).received(at)
    drafts = [
        delivery.Draft(
            tenant_id=tenant.id,
            text="urged",
            params={"number": matter.number, "day": one.due_at.astimezone(SHANGHAI).date().isoformat()},
            dedupe=f"urged:{one.id}:{channel}",
            person_id=one.person_id,
            channel=channel,
            link=f"/desk/matters/{matter.number}/",
            reminder_id=one.id,
            not_before=opens if channel is Channel.EMAIL and opens > at else None,
        )
        for one in reminders
        for channel in ([Channel.INAPP, Channel.EMAIL] if one.person_id in reachable else [Channel.INAPP])
    ]
    delivery.post(drafts, at=at)


def _reminder(row: Obligation, person_id: UUID, at: datetime) -> Reminder:
    return Reminder(
        tenant_id=row.tenant_id,
        duty_id=row.id,
        due_at=row.due_at,
        stage=reminding.URGED,
        bearer_id=row.bearer_id,
        person_id=person_id,
        found_at=at,
        told_at=at,
    )
