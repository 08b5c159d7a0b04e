"""Reads of duties: one subject's, one person's, and those that ran out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, IntegerField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from huiyin.obligations.models import Finding, Obligation, Recomputation, Reminder
from huiyin.rules import clocks, reminding
from huiyin.rules.docket import Owed
from huiyin.rules.recomputing import Moments
from huiyin.rules.vocabulary import Light, Limit, Outcome, Unit


class Stored(NamedTuple):
    """An open duty's clock in the database's own words: a million are read without a moment made of each."""

    subject_id: str
    started_at: str
    limit_amount: int
    limit_unit: str
    facts: str
    due_at: str
    yellow_at: str
    provisional: int

    @property
    def subject(self) -> UUID:
        """The subject's id."""
        return UUID(self.subject_id)

    @property
    def start(self) -> datetime:
        """When the clock started, aware."""
        return _as_moment(self.started_at)

    @property
    def moments(self) -> Moments:
        """What the clock gave when it was last reckoned."""
        return Moments(_as_moment(self.due_at), _as_moment(self.yellow_at), bool(self.provisional))


class Waiting(NamedTuple):
    """What waits to be told to one person: duties, those of them overdue, and whether any is another's."""

    owed: int
    overdue: int
    leads: bool


class Told(NamedTuple):
    """What one person was told today: reminders one by one, and whether this sitting had its digest."""

    single: int = 0
    digest: bool = False


_KINDS: Final = {"limit_amount": IntegerField, "provisional": IntegerField}


def of_subject(subject_id: UUID) -> list[Obligation]:
    """All duties of one subject, in the order they arose."""
    return sorted(Obligation.objects.filter(subject_id=subject_id), key=_order)


def of_subjects(subject_ids: Collection[UUID]) -> dict[UUID, list[Obligation]]:
    """Open duties by subject, soonest first, in one query."""
    rows = Obligation.objects.filter(subject_id__in=subject_ids, ended_at__isnull=True).order_by(
        "due_at", "key"
    )
    found: dict[UUID, list[Obligation]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return found


def borne(what: str, person_ids: Iterable[UUID]) -> QuerySet[Obligation, UUID]:
    """What one of these persons has or had a duty of this name on, as ids of the subjects."""
    found = Obligation.objects.filter(what=what, bearer__in=list(person_ids))
    return found.values_list("subject_id", flat=True)


def owed_by(person_ids: Iterable[UUID]) -> QuerySet[Obligation]:
    """Open duties of these persons, soonest due first."""
    return (
        Obligation.objects.filter(bearer_id__in=list(person_ids), ended_at__isnull=True)
        .select_related("bearer")
        .order_by("due_at", "subject_id", "key")
    )


def ran_out(at: datetime, limit: int, *, but: Collection[UUID] = ()) -> list[tuple[str, UUID]]:
    """Subjects with a duty that ran out before `at` and was not noted, but these: (room, id), by index."""
    rows = Obligation.objects.filter(
        ended_at__isnull=True, paused=False, overdue_noted=False, due_at__lt=at
    ).order_by("due_at")
    if but:
        rows = rows.exclude(subject_id__in=but)
    return list(dict.fromkeys(rows.values_list("room", "subject_id")[:limit]))


def to_remind(
    tenant_id: UUID, room: str, cutoffs: Mapping[str, datetime], at: datetime, limit: int
) -> QuerySet[Obligation]:
    """Up to `limit` open duties of an office that reached a stage nobody was reminded of; by index.

    `cutoffs` are those of `rules.reminding.reached`.
    """
    found: list[UUID] = []
    running = Obligation.objects.filter(tenant_id=tenant_id, room=room, ended_at__isnull=True, paused=False)
    for stage in range(len(reminding.STAGES)):
        later = [cutoffs[one] for one in reminding.STAGES[stage:] if one in cutoffs]
        if len(found) >= limit or (stage and not later):
            break
        reached = running.filter(reminded=stage)
        if stage:
            reached = reached.filter(due_at__lt=max(later)).order_by("due_at")
        else:
            reached = reached.filter(yellow_at__lte=at).order_by("yellow_at")
        found += reached.values_list("id", flat=True)[: limit - len(found)]
    return Obligation.objects.filter(id__in=found)


def still_so(reminder: Reminder) -> bool:
    """Whether what a reminder says of its duty still holds: it runs, to that moment, with that bearer."""
    duty = reminder.duty
    stands = duty.ended_at is None and not duty.paused
    return stands and (duty.due_at, duty.bearer_id) == (reminder.due_at, reminder.bearer_id)


def waiting_reminders(tenant_id: UUID) -> QuerySet[Reminder]:
    """Reminders of an office that nobody was told yet."""
    return Reminder.objects.filter(tenant_id=tenant_id, told_at__isnull=True, moot_at__isnull=True)


def reminders_by_person(tenant_id: UUID, at: datetime) -> dict[UUID, Waiting]:
    """How many reminders wait for each person of an office; one query."""
    line = Q(stage__in=reminding.LINE)
    rows = (
        waiting_reminders(tenant_id)
        .values_list("person_id")
        .annotate(
            owed=Count("duty", distinct=True),
            overdue=Count("duty", distinct=True, filter=Q(due_at__lt=at)),
            leads=Count("id", filter=line),
        )
        .order_by("person_id")
    )
    return {person: Waiting(owed, overdue, leads > 0) for person, owed, overdue, leads in rows}


def told_today(
    person_ids: Collection[UUID], day_began: datetime, sitting_began: datetime
) -> dict[UUID, Told]:
    """What these persons were told since the day and since the sitting began; one query."""
    rows = (
        Reminder.objects.filter(person__in=person_ids, told_at__gte=day_began)
        .exclude(stage=reminding.URGED)
        .values_list("person_id")
        .annotate(
            single=Count("id", filter=Q(digest=False)),
            digests=Count("id", filter=Q(digest=True, told_at__gte=sitting_began)),
        )
        .order_by("person_id")
    )
    return {person: Told(single, digests > 0) for person, single, digests in rows}


def reminders_of(subject_id: UUID) -> list[Reminder]:
    """Who was reminded of the duties of one subject, and when; newest first."""
    rows = Reminder.objects.filter(duty__subject_id=subject_id, told_at__isnull=False)
    return list(rows.select_related("duty", "person", "bearer").order_by("-told_at", "-id"))


def count_reminders(duty_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many reminders of each duty were told; one query."""
    rows = Reminder.objects.filter(duty__in=list(duty_ids), told_at__isnull=False)
    return dict(rows.values_list("duty_id").annotate(count=Count("id")).order_by("duty_id"))


def urged_since(subject_id: UUID, since: datetime) -> dict[UUID, datetime]:
    """When each duty of a subject was last urged, of those urged since a moment."""
    rows = Reminder.objects.filter(duty__subject_id=subject_id, stage=reminding.URGED, told_at__gte=since)
    found = rows.order_by("told_at").values_list("duty_id", "told_at")
    return {duty: told_at for duty, told_at in found if told_at is not None}


def subjects_showing(tenant_id: UUID, light: Light, at: datetime) -> QuerySet[Obligation, UUID]:
    """Subjects with an open duty that shows the light now, for use as a subquery."""
    rows = Obligation.objects.filter(tenant_id=tenant_id, ended_at__isnull=True)
    shown = {
        Light.BLUE: Q(paused=True),
        Light.RED: Q(paused=False, due_at__lt=at),
        Light.YELLOW: Q(paused=False, due_at__gte=at, yellow_at__lte=at),
        Light.GREEN: Q(paused=False, yellow_at__gt=at),
    }
    if light is Light.GREY:
        return (
            Obligation.objects.filter(tenant_id=tenant_id)
            .exclude(subject_id__in=rows.values("subject_id"))
            .values_list("subject_id", flat=True)
        )
    return rows.filter(shown[light]).values_list("subject_id", flat=True)


def open_rows(
    tenant_id: UUID, room: str, *, since: datetime | None = None, after: UUID | None = None
) -> QuerySet[Obligation]:
    """Open duties of an office's subjects after `after`, due at `since` or later, subject by subject."""
    rows = Obligation.objects.filter(tenant_id=tenant_id, room=room, ended_at__isnull=True)
    if since is not None:
        rows = rows.filter(due_at__gte=since)
    if after is not None:
        rows = rows.filter(subject_id__gt=after)
    return rows.order_by("subject_id", "key")


def stored_clocks(
    tenant_id: UUID, room: str, *, since: datetime | None, after: UUID | None, limit: int
) -> list[tuple[Any, ...]]:
    """The first `limit` of `open_rows`, as bare values of `Stored`: quick enough for a million."""
    # To make an object of every moment, identifier and yes takes the drivers longer than to read them.
    columns = [Cast(name, _KINDS.get(name, TextField)()) for name in Stored._fields]
    rows = open_rows(tenant_id, room, since=since, after=after).values_list(*columns)[:limit]
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def recomputations() -> dict[UUID, Recomputation]:
    """The newest recomputation of each office."""
    return {row.tenant_id: row for row in Recomputation.objects.filter(current=True)}


def recomputation_of(tenant_id: UUID) -> Recomputation | None:
    """The newest recomputation of one office, for pages and commands; None before the first."""
    return Recomputation.objects.filter(tenant_id=tenant_id, current=True).first()


def had_another_calendar(tenant_id: UUID) -> bool:
    """Whether an office's duties were reckoned under another calendar before the present one.

    The first recomputation of an office has no calendar to compare with, looks at
    everything once, and is no sign that anything changed.
    """
    return Recomputation.objects.filter(tenant_id=tenant_id, current=False).exists()


def findings_of(subject_id: UUID) -> list[Finding]:
    """Findings about one subject, oldest first."""
    return list(
        Finding.objects.filter(subject_id=subject_id).select_related("against").order_by("found_at", "id")
    )


def found_against(
    tenant_id: UUID, since: datetime, until: datetime, *, apart: QuerySet[Any]
) -> dict[UUID, list[tuple[datetime, str]]]:
    """Return what was found against each person of an office in a time, and when; in one query.

    What was lifted counts no longer, nor what was found on the subjects `apart`, a query for ids.
    """
    rows = (
        Finding.objects.filter(
            tenant_id=tenant_id,
            found_at__gte=since,
            found_at__lte=until,
            against__isnull=False,
            lifted_at__isnull=True,
        )
        .exclude(subject_id__in=apart)
        .order_by()
        .values_list("against_id", "found_at", "what")
    )
    found: dict[UUID, list[tuple[datetime, str]]] = {}
    for person_id, moment, what in rows:
        if person_id is not None:
            found.setdefault(person_id, []).append((moment, what))
    return found


def light_of(row: Obligation, at: datetime) -> Light:
    """The light of one duty at a moment."""
    return clocks.light(
        due=row.due_at,
        yellow_at=row.yellow_at,
        paused=row.paused,
        ended=row.ended_at is not None,
        at=at,
    )


def as_owed(row: Obligation) -> Owed:
    """The row as the rules know it."""
    return Owed(
        key=row.key,
        what=row.what,
        clause=row.clause,
        bearer=str(row.bearer_id),
        clock=clock_of(row),
        due=row.due_at,
        yellow=row.yellow_at,
        provisional=row.provisional,
        paused=row.paused,
        ended_at=row.ended_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        overdue_noted=row.overdue_noted,
    )


def clock_of(row: Obligation) -> clocks.Clock:
    """The row's clock: start, limit, and every fact since."""
    return clocks.Clock(
        row.started_at,
        Limit(row.limit_amount, Unit(row.limit_unit)),
        clocks.facts_from_json(row.facts),
    )


def _order(row: Obligation) -> tuple[datetime, str, int]:
    what, _, ordinal = row.key.rpartition("-")
    return row.started_at, what, int(ordinal)


def _as_moment(text: str) -> datetime:
    """A moment as a database writes it; SQLite keeps UTC without saying so."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
