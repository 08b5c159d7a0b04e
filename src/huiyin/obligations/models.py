"""Tables of duties and of findings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.organisation.models import Person, Tenant
from huiyin.rules.reminding import TO_BEARER
from huiyin.rules.vocabulary import Outcome, Unit
from huiyin.storage.ids import new_id

_UNITS = [unit.value for unit in Unit]
_OUTCOMES = ["", *(outcome.value for outcome in Outcome)]


class Obligation(models.Model):
    """One duty on one clock. `room` and `subject_id` name what it is about.

    `due_at`, `yellow_at` and `provisional` are what `rules.clocks.reckon` gives
    for the start, the limit and the facts; they stand here for the index only.
    `reminded` is how far up `rules.reminding.STAGES` somebody was reminded of it,
    0 for not at all; it begins anew with another due moment or another bearer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=30)
    clause = models.CharField(max_length=60)
    rulebook = models.CharField(max_length=60)
    bearer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    limit_amount = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=20)
    facts = models.JSONField(default=list)
    due_at = models.DateTimeField()
    yellow_at = models.DateTimeField()
    provisional = models.BooleanField()
    paused = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    overdue_noted = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Uniqueness within the subject; the sweep's and the desk's indexes."""

        db_table = "obligation"
        constraints = (
            models.UniqueConstraint(fields=("subject_id", "key"), name="obligation_key"),
            models.CheckConstraint(
                condition=Q(limit_unit__in=_UNITS) & Q(outcome__in=_OUTCOMES),
                name="obligation_words",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="obligation_ended_has_outcome",
            ),
        )
        indexes = (
            models.Index(
                fields=("bearer", "due_at"),
                name="obligation_owed",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=("due_at",),
                name="obligation_sweep",
                condition=Q(ended_at__isnull=True, paused=False, overdue_noted=False),
            ),
            models.Index(
                fields=("tenant", "reminded", "yellow_at"),
                name="obligation_turns",
                condition=Q(ended_at__isnull=True, paused=False),
            ),
            models.Index(
                fields=("tenant", "reminded", "due_at"),
                name="obligation_climbs",
                condition=Q(ended_at__isnull=True, paused=False),
            ),
        )

    def __str__(self) -> str:
        """Name the duty and its clause."""
        return f"{self.what} ({self.clause})"


class Reminder(models.Model):
    """Somebody is to be reminded of a duty: at which stage, and of which due moment.

    `bearer` bore it then; another `person` stands in for them or is over them.
    It is told when `told_at` is set, by itself or in a digest (`digest`). What is no longer
    true when its turn comes is not told and has `moot_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    due_at = models.DateTimeField()
    stage = models.CharField(max_length=20)
    bearer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    digest = models.BooleanField(default=False)
    moot_at = models.DateTimeField(null=True)

    class Meta:
        """Never twice for one duty, stage and due moment; urging is held apart by the day."""

        db_table = "reminder"
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "stage", "due_at", "person"),
                condition=~Q(stage="urged"),
                name="reminder_once",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(moot_at__isnull=True), name="reminder_told_or_moot"
            ),
        )
        indexes = (
            models.Index(
                fields=("tenant", "person"),
                name="reminder_waiting",
                condition=Q(told_at__isnull=True, moot_at__isnull=True),
            ),
            models.Index(fields=("person", "told_at"), name="reminder_told"),
        )

    def __str__(self) -> str:
        """Name the stage."""
        return self.stage

    @property
    def covering(self) -> bool:
        """Whether somebody else was reminded in the place of whoever bore it."""
        return self.stage in TO_BEARER and self.person_id != self.bearer_id


class Finding(models.Model):
    """A breach that a rule noticed: what, by which clause, when, and against whom.

    `lifted_at` is set when the calendar, as it was published afterwards, shows that the limit had
    not passed: the finding stays on record and counts no longer. `measure` and `gravity` are what
    whoever pointed it out proposed and how grave they found it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    what = models.CharField(max_length=30)
    clause = models.CharField(max_length=60)
    found_at = models.DateTimeField()
    against = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    measure = models.CharField(max_length=60, blank=True, default="")
    gravity = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        """Read by subject, and by office over time."""

        db_table = "finding"
        indexes = (
            models.Index(fields=("subject_id",), name="finding_subject"),
            models.Index(fields=("tenant", "found_at"), name="finding_office"),
        )

    def __str__(self) -> str:
        """Name the breach and its clause."""
        return f"{self.what} ({self.clause})"


class Recomputation(models.Model):
    """How far the duties of an office have been reckoned anew under its present calendar.

    `calendar` is that calendar's version and `marks` what stands for its years
    (`rules.recomputing.marks`). Only duties due on `since` or later can be
    touched; None means any. `cursor` is the last subject that is done.
    `current` is the office's newest row; older ones tell what was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    calendar = models.CharField(max_length=20)
    marks = models.JSONField()
    since = models.DateField(null=True)
    current = models.BooleanField(default=True)
    begun_at = models.DateTimeField()
    pass_begun_at = models.DateTimeField()
    cursor = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """One newest row for each office."""

        db_table = "recomputation"
        constraints = (
            models.UniqueConstraint(
                fields=("tenant",), condition=Q(current=True), name="recomputation_current_once"
            ),
        )

    def __str__(self) -> str:
        """Name the calendar and how many moved."""
        return f"{self.calendar} {self.moved}"
