"""What happened around a matter that people read again: transfers, papers, requests, opinions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Person
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Handover(models.Model):
    """An offer to take a matter over, and what became of it; at most one is pending."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(data_class="personal", blank=True, default="")
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, blank=True, default="")
    bounce_reason = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """One pending offer a matter; every ended one says how."""

        db_table = "matter_handover"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at__isnull=True), name="handover_one_pending"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_to_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["accepted", "bounced", "withdrawn"]),
                name="handover_ending",
            ),
        ]

    def __str__(self) -> str:
        """Show how it ended."""
        return self.ending or "pending"


class MaterialCheck(models.Model):
    """One paper of the item's list as last checked; `returned_at` while the applicant has it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="materials")
    name = models.CharField(max_length=200)
    required = models.BooleanField(default=True)
    present = models.BooleanField(default=False)
    copies = models.PositiveSmallIntegerField(default=1)
    pages = models.PositiveSmallIntegerField(null=True)
    problem = EncryptedTextField(data_class="personal", blank=True, default="")
    returned_at = models.DateTimeField(null=True)

    class Meta:
        """Each paper stands once, and is here or with the applicant."""

        db_table = "matter_material"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "name"], name="material_check_once"),
            models.CheckConstraint(
                condition=Q(present=False) | Q(returned_at__isnull=True), name="material_here_or_returned"
            ),
        ]

    def __str__(self) -> str:
        """Show the paper's name."""
        return self.name


class Notice(models.Model):
    """A one-time notice as issued; the paper itself is the document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="notice_rows")
    ordinal = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    form = models.CharField(max_length=10)
    missing = models.PositiveSmallIntegerField()
    # The papers it asks for, by name: what is handed in later is these and no others.
    named = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Of one given by word of mouth: to whom, and over which telephone.
    told_to = EncryptedTextField(data_class="personal", blank=True, default="")
    told_phone = EncryptedTextField(data_class="personal", blank=True, default="")
    completed_at = models.DateTimeField(null=True)

    class Meta:
        """Counted, so that a second one is seen."""

        db_table = "matter_notice"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "ordinal"], name="notice_ordinal"),
        ]

    def __str__(self) -> str:
        """Show the notice's number."""
        return self.number


class Pause(models.Model):
    """A special procedure whose time does not count, with its length told in writing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="pauses")
    procedure = models.CharField(max_length=20)
    basis = EncryptedTextField(data_class="personal", blank=True, default="")
    planned_days = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Read by matter."""

        db_table = "matter_pause"

    def __str__(self) -> str:
        """Show the procedure."""
        return self.procedure


class ExtensionRequest(models.Model):
    """A request for more time and the leader's answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="extensions")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    reason = EncryptedTextField(data_class="personal")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    # Taken back before anybody decided: it waits no longer, and nobody refused it.
    withdrawn_at = models.DateTimeField(null=True)
    opinion = EncryptedTextField(data_class="personal", blank=True, default="")
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        """At most one waits; nobody decides on their own."""

        db_table = "matter_extension"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(granted__isnull=True, withdrawn_at__isnull=True),
                name="extension_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="extension_not_own",
            ),
        ]

    def __str__(self) -> str:
        """Show amount and unit."""
        return f"{self.amount} {self.unit}"


class RefusalFiling(models.Model):
    """The refusal filing form: facts, reasons, basis, to whom it went and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="filings")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    facts = EncryptedTextField(data_class="personal")
    reasons = EncryptedTextField(data_class="personal")
    legal_basis = EncryptedTextField(data_class="personal")
    # What only some rulebooks ask for stays empty under the others.
    applicant = EncryptedTextField(data_class="personal", blank=True, default="")
    phone = EncryptedTextField(data_class="personal", blank=True, default="")
    business = EncryptedTextField(data_class="personal", blank=True, default="")
    ground = models.CharField(max_length=40, blank=True, default="")
    verification = EncryptedTextField(data_class="personal", blank=True, default="")
    importance = models.CharField(max_length=12, blank=True, default="")
    importance_reason = EncryptedTextField(data_class="personal", blank=True, default="")
    opinion = EncryptedTextField(data_class="personal", blank=True, default="")
    # Not the office's to do: whose it is instead, as far as that is known.
    elsewhere = models.BooleanField(default=False)
    right_office = EncryptedTextField(data_class="personal", blank=True, default="")
    right_place = EncryptedTextField(data_class="personal", blank=True, default="")
    right_phone = EncryptedTextField(data_class="personal", blank=True, default="")
    number = models.CharField(max_length=40, blank=True, default="")
    filed_at = models.DateTimeField(null=True)
    filed_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, blank=True, default="")
    fell_back = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, blank=True, default="")
    explanation = EncryptedTextField(data_class="personal", blank=True, default="")
    corrected_at = models.DateTimeField(null=True)
    corrected_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    correction = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """At most one under way; none lies with who proposed it."""

        db_table = "matter_refusal_filing"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at__isnull=True), name="filing_one_open"
            ),
            models.CheckConstraint(
                condition=Q(filed_to__isnull=True) | ~Q(filed_to=F("proposed_by")),
                name="filing_not_to_author",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["filed_to"], name="filing_waiting")]

    def __str__(self) -> str:
        """Show its ending."""
        return self.ending or "open"


class RefusalOpinion(models.Model):
    """One leader's signed opinion on a filing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    filing = models.ForeignKey(RefusalFiling, on_delete=models.PROTECT, related_name="opinions")
    level = models.CharField(max_length=20)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    approved = models.BooleanField()
    opinion = EncryptedTextField(data_class="personal", blank=True, default="")
    minute_number = models.CharField(max_length=60, blank=True, default="")
    minute_day = models.DateField(null=True)
    minute_present = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """One opinion a level."""

        db_table = "matter_refusal_opinion"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "level"], name="opinion_once_a_level"),
        ]

    def __str__(self) -> str:
        """Show level and verdict."""
        return f"{self.level}: {self.approved}"


class StepNote(models.Model):
    """The words of a step of the work, by the place of its event in the chain, which holds their digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="step_notes")
    seq = models.PositiveIntegerField()
    text = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """One for each such event."""

        db_table = "matter_step_note"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="step_note_once"),
        ]

    def __str__(self) -> str:
        """Show which event it belongs to."""
        return str(self.seq)
