"""Which way an enquiry was led, papers taken in for a colleague, and what other units were asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Person, Unit
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Guidance(models.Model):
    """One choice of the way: what was said to the person, and what the leader who was asked answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="guidance")
    route = models.CharField(max_length=10)
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(data_class="personal", blank=True, default="")
    department = EncryptedTextField(data_class="personal", blank=True, default="")
    place = EncryptedTextField(data_class="personal", blank=True, default="")
    phone = EncryptedTextField(data_class="personal", blank=True, default="")
    # What to bring, one paper a line; and why where to turn could not be told in full.
    items = EncryptedTextField(data_class="personal", blank=True, default="")
    unknown = EncryptedTextField(data_class="personal", blank=True, default="")
    # What to do instead, where nobody here has an answer.
    advice = EncryptedTextField(data_class="personal", blank=True, default="")
    answer = EncryptedTextField(data_class="personal", blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Found by whom it waits for."""

        db_table = "matter_guidance"
        indexes: ClassVar = [models.Index(fields=["to", "answered_at"], name="guidance_waiting")]

    def __str__(self) -> str:
        """Show the way."""
        return self.route


class Deposit(models.Model):
    """Papers taken in for a colleague, listed with copies and pages; passed on once that one took them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="deposits")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    contact = EncryptedTextField(data_class="personal", blank=True, default="")
    papers = models.JSONField()
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        """One batch at a time for each colleague; whoever took it is known with the moment."""

        db_table = "matter_deposit"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "to"], condition=Q(taken_at__isnull=True), name="deposit_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="deposit_taken_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to", "taken_at"], name="deposit_waiting")]

    def __str__(self) -> str:
        """Show whether it was passed on."""
        return "taken" if self.taken_at else "kept"


class Consultation(models.Model):
    """What a unit was asked before the notice and what it answered; `verdict` is "" until it did."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="consultations")
    ordinal = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # As it was called when it was asked.
    unit_name = models.CharField(max_length=100)
    asked_of = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    question = EncryptedTextField(data_class="personal")
    verdict = models.CharField(max_length=10, blank=True, default="")
    words = EncryptedTextField(data_class="personal", blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Each unit is asked once; who answered is known with the moment."""

        db_table = "matter_consultation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "unit"], name="consultation_once"),
            models.UniqueConstraint(fields=["matter", "ordinal"], name="consultation_ordinal"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, verdict="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(verdict="")),
                name="consultation_answered_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["asked_of", "answered_at"], name="consultation_waiting")]

    def __str__(self) -> str:
        """Show which unit was asked."""
        return self.unit_name
