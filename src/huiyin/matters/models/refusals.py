"""Around a refusal: instructions asked for, papers given back, and who may not refuse without asking."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.catalogue.models import ServiceItem
from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Person, Position, Tenant
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Instruction(models.Model):
    """A handler's question to a leader whether to refuse, and the answer (请示)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="instructions")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = EncryptedTextField(data_class="personal")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    allows = models.BooleanField(null=True)
    answer = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """Nobody asks themselves; an answer says yes or no."""

        db_table = "matter_instruction"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="instruction_of_another"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, allows__isnull=True)
                | Q(answered_at__isnull=False, allows__isnull=False),
                name="instruction_answer",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["asked_of"], name="instruction_waiting")]

    def __str__(self) -> str:
        """Show whether it was answered."""
        return "open" if self.answered_at is None else f"allows: {self.allows}"


class MaterialReturn(models.Model):
    """Papers wanted back after a refusal, and how they were handed over (p3.refusal-filing.5)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="returns")
    asked_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True, default="")
    identity = models.CharField(max_length=24, blank=True, default="")
    receiver = EncryptedTextField(data_class="personal", blank=True, default="")
    signed = models.BooleanField(default=False)

    class Meta:
        """What was returned was returned against a proof of identity and a signature."""

        db_table = "matter_return"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(returned_at__isnull=True), name="return_one_open"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | (Q(signed=True) & ~Q(identity="")),
                name="return_against_identity_and_signature",
            ),
        ]

    def __str__(self) -> str:
        """Show the number of the slip."""
        return self.number or "open"


class RefusalRestriction(models.Model):
    """A position, an item, or both together, without the power to refuse (p4.refusal-filing.2.2.a)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ServiceItem, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """It names a position, an item or both; the same stands once."""

        db_table = "matter_refusal_restriction"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(position__isnull=False) | Q(item__isnull=False), name="restriction_of_something"
            ),
            models.UniqueConstraint(
                fields=["tenant", "position", "item"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="restriction_once",
            ),
        ]

    def __str__(self) -> str:
        """Show whether it holds."""
        return "ended" if self.ended_at else "in force"
