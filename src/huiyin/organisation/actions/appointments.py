"""Who holds which position, as A or as B."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet

from huiyin.organisation.actions.entry import gate
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Appointment, Competence, Person, Position
from huiyin.organisation.permissions import By, may_change_posts
from huiyin.organisation.queries import book_of, current_on
from huiyin.organisation.terms import Part
from huiyin.rules.errors import Conflict, Invalid, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes import post_substitution
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_LONGEST_REASON = 200


def appoint(
    position: Position,
    person: Person,
    part: str,
    *,
    since: date,
    by: By,
    at: datetime,
    reason: str = "",
) -> Appointment:
    """Appoint a person as A or B from a day on; whoever held that part until now ends the same day.

    Raises:
        Forbidden: the asker is no administrator, or appoints themselves.
        Invalid: no such part, a person who has left, or no reason for taking a part from somebody
            where the rulebook wants one (p2.post-substitution.6).
        Unlawful: A and B of one position would be the same person (p2.post-substitution.2.a), or a B
            whose competence for both posts is not on record (p2.post-substitution.2.b).
        NotFound: the position or the person is of another office.
    """
    gate(by, position.tenant, person)
    may_change_posts(by, person.id).require()
    if part not in Part.values or not person.active:
        field = "part" if part not in Part.values else "person"
        raise Invalid({field: msg("只能任命在职人员担任A岗或B岗")})
    with write():
        current = Appointment.objects.filter(current_on(since) | Q(since__gt=since), position=position)
        same = current.filter(part=part, person=person, until__isnull=True, since__lte=since).first()
        if same:
            return same
        book = book_of(position.tenant, at.astimezone(SHANGHAI).date())
        if current.exclude(part=part).filter(person=person).exists():
            raise Unlawful(
                msg("同一岗位的A岗和B岗不能是同一个人"),
                code="a_is_b",
                clause=book.cite(post_substitution.PAIR),
                remedy=msg("请另选一人。"),
            )
        if part == Part.B:
            _need_competence(position, person, book, since)
        why = checked_reason(reason, book, changes=current.filter(part=part).exists())
        end_appointments(current.filter(part=part), since)
        fresh = Appointment(
            tenant_id=position.tenant_id,
            position=position,
            person=person,
            part=part,
            since=since,
            reason=why,
        )
        appointment = _stored(fresh)
        body: dict[str, str | bool] = {
            "person": str(person.id),
            "part": part,
            "since": since.isoformat(),
            "reasoned": bool(why),
        }
        note("appointed", tenant_id=position.tenant_id, subject_id=position.id, by=by, at=at, body=body)
    return appointment


def end_appointment(
    appointment: Appointment, *, until: date, by: By, at: datetime, reason: str = ""
) -> Appointment:
    """End an appointment; `until` is the first day it no longer holds. Somebody else ends one's own.

    Raises Invalid without a reason where the rulebook wants one (p2.post-substitution.6).
    """
    tenant = appointment.position.tenant
    gate(by, tenant)
    may_change_posts(by, appointment.person_id).require()
    why = checked_reason(reason, book_of(tenant, at.astimezone(SHANGHAI).date()), changes=True)
    with write():
        end_appointments(Appointment.objects.filter(id=appointment.id), until)
        appointment.refresh_from_db()
        if why:
            Appointment.objects.filter(id=appointment.id).update(reason=why)
            appointment.reason = why
        body: dict[str, str | bool] = {
            "person": str(appointment.person_id),
            "part": appointment.part,
            "until": until.isoformat(),
            "reasoned": bool(why),
        }
        note(
            "appointment_ended",
            tenant_id=appointment.tenant_id,
            subject_id=appointment.position_id,
            by=by,
            at=at,
            body=body,
        )
    return appointment


def end_appointments(rows: QuerySet[Appointment], day: date) -> None:
    """Let these appointments end before `day`; one that would begin later never does."""
    running = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    running.filter(since__gt=day).update(until=F("since"))
    running.filter(since__lte=day).update(until=day)


def _stored(fresh: Appointment) -> Appointment:
    """Insert it; raises Conflict when somebody else was appointed in the same moment."""
    try:
        fresh.save(force_insert=True)
    except IntegrityError as fault:
        raise Conflict(msg("此岗位刚刚另有任命，请刷新后再办"), code="stale") from fault
    return fresh


def _need_competence(position: Position, person: Person, book: Rulebook, since: date) -> None:
    """B must be on record as able to do this post and their own, as many as the clause says."""
    if not book.has(post_substitution.COMPETENCE):
        return
    known = set(Competence.objects.filter(person=person).values_list("position_id", flat=True))
    own = Appointment.objects.filter(current_on(since), person=person, part=Part.A)
    wanted = {position.id, *own.values_list("position_id", flat=True)}
    least = int(book.value(post_substitution.COMPETENCE, "min_posts", since))
    if not wanted <= known or len(known) < least:
        raise Unlawful(
            msg("%(name)s能胜任本岗和所替岗位的情况还没有记载"),
            code="not_able",
            params={"name": person.name},
            clause=book.cite(post_substitution.COMPETENCE),
            remedy=msg("请先在岗位页记载其能胜任这两个岗位及依据，再任命为B岗。"),
        )


def checked_reason(reason: str, book: Rulebook, *, changes: bool) -> str:
    """The reason as kept; raises Invalid where the rulebook wants one for a change and there is none."""
    why = " ".join(strip_marks(reason).split())
    if len(why) > _LONGEST_REASON:
        raise Invalid({"reason": msg("理由不超过200字")})
    if changes and not why and book.has(post_substitution.STABLE):
        cited = book.cite(post_substitution.STABLE)
        raise Invalid({"reason": msg("A岗、B岗确定后一般不随便换，更换须写明理由")}, clause=cited)
    return why
