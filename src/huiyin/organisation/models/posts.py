"""What an office writes about its positions: charges, duty sheets, competence, the targets of a year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.organisation.models.registers import Person, Position, Tenant, Unit
from huiyin.organisation.terms import Element
from huiyin.storage.ids import new_id


class Charge(models.Model):
    """What the office as a whole, or one of its units, is there for; the newest version counts.

    `unit` is empty for the office itself. Rows are never changed: they are the history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="charges")
    version = models.PositiveIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "version"], name="charge_of_unit_version_once"),
            models.UniqueConstraint(
                fields=["tenant", "version"],
                condition=Q(unit__isnull=True),
                name="charge_of_office_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or self.tenant_id} {self.version}"


class DutySheet(models.Model):
    """One version of a position's duty sheet (岗位责任书). Its lines are never changed.

    It is a draft until `issued_at`; from `since` on it counts, until a later version does. So a
    line of it, named by version and number, says the same for ever.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["position", "version"], name="duty_sheet_version_once"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, since__isnull=True)
                | Q(issued_at__isnull=False, since__isnull=False),
                name="duty_sheet_issued_has_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "since"], name="duty_sheet_by_day")]

    def __str__(self) -> str:
        return f"{self.position_id} {self.version}"


class DutyLine(models.Model):
    """One line of a duty sheet: which element it is, and what it says.

    `measure` is how an assessment scores it, "" for what is not scored (p4.post-responsibility.2).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sheet = models.ForeignKey(DutySheet, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    element = models.CharField(max_length=20, choices=Element.choices)
    text = models.TextField()
    measure = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number"], name="duty_line_number_once"),
            models.CheckConstraint(condition=Q(element__in=Element.values), name="duty_line_element_known"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.number}"


class Competence(models.Model):
    """Somebody can do the work of a position, and on what it rests (p2.post-substitution.2.b)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="competences")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="competences")
    basis = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "position"], name="competence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.position_id}"


class YearTarget(models.Model):
    """A target of the office's year (工作目标), with the measure it is scored by."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "year", "code"], name="year_target_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"


class TargetPost(models.Model):
    """A position that a year's target falls to (p4.post-responsibility.4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    target = models.ForeignKey(YearTarget, on_delete=models.PROTECT, related_name="posts")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="targets")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "position"], name="target_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.position_id}"
