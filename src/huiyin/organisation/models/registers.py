"""The registers of an office: units, positions, people, accounts, calendars and rules of its own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from huiyin.organisation.terms import AbsenceKind, ChangeKind, ChangeState, Duty, Part, Rank
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Tenant(models.Model):
    """One office (单位). `rulebook` names the profile it is bound by.

    `review_body` is where its decisions are taken to administrative
    reconsideration, usually the government above it.
    `calendar_digest` stands for the calendar years it confirmed itself, "" for none: whoever has
    the office at hand knows without asking whether the calendar in memory is still the right one.
    `rulebook_digest` is the same for its own changes to the rulebook.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True, default="")
    rulebook = models.CharField(max_length=40)
    receipt_prefix = models.CharField(max_length=4)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    complaint_phone = models.CharField(max_length=40, blank=True, default="")
    review_body = models.CharField(max_length=100, blank=True, default="")
    calendar_digest = models.CharField(max_length=32, blank=True, default="")
    rulebook_digest = models.CharField(max_length=32, blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A section or department (科室). `overseer` is the position of its leader in charge."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    overseer = models.ForeignKey(
        "Position", on_delete=models.PROTECT, null=True, blank=True, related_name="overseen_units"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code"], name="unit_code_once_per_tenant"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A post (岗位) with its duties; people come and go through appointments.

    A `secret` one is shown to nobody outside, for the reason kept beside it
    (p3.post-responsibility.4.a).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    code = models.CharField(max_length=32)
    title = models.CharField(max_length=100)
    rank = models.CharField(max_length=20, choices=Rank.choices)
    duties = models.TextField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    place = models.CharField(max_length=100, blank=True, default="")
    reception = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)
    secret_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code"], name="position_code_once_per_tenant"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="position_rank_known"),
            models.CheckConstraint(
                condition=Q(secret=False) | ~Q(secret_reason=""), name="position_secret_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "rank"], name="position_by_rank"),
        ]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """A member of staff. `active` turns false when they leave; the row stays for the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="people")
    staff_no = models.CharField(max_length=32)
    name = models.CharField(max_length=50)
    office_phone = models.CharField(max_length=40, blank=True, default="")
    email = EncryptedTextField(data_class="personal", blank=True, default="")
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "staff_no"], name="staff_no_once_per_tenant"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "name"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Who holds a position, as A or as B. `until` is the first day it is no longer held.

    `reason` is why it was changed to this one, "" for the first (p2.post-substitution.6).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    part = models.CharField(max_length=1, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["position", "part"],
                condition=Q(until__isnull=True),
                name="one_open_appointment_per_part",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="appointment_part_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "since"], name="appointment_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.position_id} {self.person_id}"


class Absence(models.Model):
    """Somebody is away from `starts_at` up to, not including, `ends_at`.

    `cancelled_at` ends it early: before that moment they were away all the
    same, so a question about an earlier moment keeps its answer.
    One that is `held` does not begin before `released_at`: whoever goes on a plan first hands
    over (p2.post-substitution.3.a). `unbriefed` says that there was no time for it. `why_unbriefed` says
    why, as whoever recorded it told. `recorded_at` is when it became known, empty for what was
    recorded before that was kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=AbsenceKind.choices)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    unbriefed = models.BooleanField(default=False)
    why_unbriefed = EncryptedTextField(data_class="personal", blank=True, default="")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "starts_at", "ends_at"], name="absence_by_person"),
            models.Index(fields=["tenant", "ends_at"], name="absence_by_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%Y-%m-%d}"


class Role(models.Model):
    """A function a person has besides positions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Duty.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "role"], name="role_once_per_person"),
            models.CheckConstraint(condition=Q(role__in=Duty.values), name="role_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "role"], name="role_by_tenant")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class AccountManager(BaseUserManager["Account"]):
    """Only what signing in needs; accounts are made by `organisation.actions`."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find by the full sign-in name, e.g. `1001@zhaogong`, in any case."""
        return self.select_related("person", "tenant").get(login=(username or "").lower())


class Account(AbstractBaseUser):
    """A way to sign in: no groups, no superuser; what it may do follows from the person."""

    # Django would write this at every sign-in behind our back; `last_seen` is written on purpose.
    last_login = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="accounts")
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    login = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    # A temporary password works only until then (ASVS 6.4.1).
    password_until = models.DateTimeField(null=True, blank=True)
    # And once: the first sign-in uses it up.
    password_used_at = models.DateTimeField(null=True, blank=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    last_seen = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.login


class Integration(models.Model):
    """A program that acts as a person with a subset of rights; only the token's digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="integrations")
    name = models.CharField(max_length=100)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="integrations")
    token_digest = models.CharField(max_length=64, unique=True)
    rights = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class CalendarChange(models.Model):
    """A year's schedule, or a change to one, proposed by one person and decided by another.

    `text` is a year file for the kind "year", else one entry of its
    `amendments`. What one proposal does to two years are two rows of one
    `bundle`. `version` counts within the year. A proposal made on the machine
    itself has no `proposed_by`. Rows are never deleted: they are the history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    bundle = models.UUIDField()
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True, default="")
    issued = models.DateField()
    reason = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=200, blank=True, default="")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "year", "version"], name="calendar_version_once"),
            models.UniqueConstraint(
                fields=["tenant", "year"],
                condition=Q(kind=ChangeKind.YEAR, state=ChangeState.CONFIRMED),
                name="calendar_year_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "year"],
                condition=Q(kind=ChangeKind.YEAR, state=ChangeState.PROPOSED),
                name="calendar_year_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values, state__in=ChangeState.values),
                name="calendar_words_known",
            ),
            # Nobody confirms their own, whatever program asks.
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.CONFIRMED, ChangeState.SUPERSEDED])
                | (
                    Q(decided_by__isnull=False)
                    & (Q(proposed_by__isnull=True) | ~Q(decided_by=F("proposed_by")))
                ),
                name="calendar_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=ChangeState.PROPOSED) & Q(decided_at__isnull=False)),
                name="calendar_decided_has_moment",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "state"], name="calendar_by_state")]

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.version}"


class RulebookChange(models.Model):
    """What the office's rulebook says from a day on, proposed by one person and decided by another.

    `text` is an overlay on `base` that begins on `since`; `clauses` are the ids it changes. A row
    with `replaces` takes that change back before its day has come. `number` counts within the
    office. Rows are never deleted: they are the history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    base = models.CharField(max_length=40)
    since = models.DateField()
    running = models.BooleanField(default=False)
    clauses = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    text = models.TextField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "number"], name="rulebook_change_number_once"),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="rulebook_state_known"),
            # Nobody confirms their own, whatever program asks.
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.CONFIRMED, ChangeState.SUPERSEDED])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="rulebook_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=ChangeState.PROPOSED) & Q(decided_at__isnull=False)),
                name="rulebook_decided_has_moment",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "state"], name="rulebook_change_by_state")]

    def __str__(self) -> str:
        return f"{self.base} {self.number}"
