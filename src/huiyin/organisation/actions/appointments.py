"""Who holds which position, as A or as B."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import F, Q, QuerySet

from huiyin.organisation.actions.entry import gate
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Appointment, Person, Position
from huiyin.organisation.permissions import By, may_change_posts
from huiyin.organisation.queries import current_on
from huiyin.organisation.terms import Part
from huiyin.rules.errors import Conflict, Invalid, Unlawful, msg
from huiyin.storage.transactions import write


def appoint(
    position: Position,
    person: Person,
    part: str,
    *,
    since: date,
    by: By,
    at: datetime,
) -> Appointment:
    """Appoint a person as A or B from a day on; whoever held that part until now ends the same day.

    Raises:
        Forbidden: the asker is no administrator, or appoints themselves.
        Invalid: no such part, or a person who has left.
        Unlawful: A and B of one position would be the same person (p2.post-substitution.2.a).
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
        if current.exclude(part=part).filter(person=person).exists():
            raise Unlawful(
                msg("同一岗位的A岗和B岗不能是同一个人"),
                code="a_is_b",
                clause="p2.post-substitution.2.a",
                remedy=msg("请另选一人。"),
            )
        end_appointments(current.filter(part=part), since)
        try:
            appointment = Appointment.objects.create(
                tenant_id=position.tenant_id, position=position, person=person, part=part, since=since
            )
        except IntegrityError as fault:
            raise Conflict(msg("此岗位刚刚另有任命，请刷新后再办"), code="stale") from fault
        body = {"person": str(person.id), "part": part, "since": since.isoformat()}
        note("appointed", tenant_id=position.tenant_id, subject_id=position.id, by=by, at=at, body=body)
    return appointment


def end_appointment(appointment: Appointment, *, until: date, by: By, at: datetime) -> Appointment:
    """End an appointment; `until` is the first day it no longer holds. Somebody else ends one's own."""
    gate(by, appointment.position.tenant)
    may_change_posts(by, appointment.person_id).require()
    with write():
        end_appointments(Appointment.objects.filter(id=appointment.id), until)
        appointment.refresh_from_db()
        body = {"person": str(appointment.person_id), "part": appointment.part, "until": until.isoformat()}
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
