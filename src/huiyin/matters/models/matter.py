"""The matter: one row, one custodian."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.catalogue.models import ServiceItem
from huiyin.organisation.models import Person, Tenant, Unit
from huiyin.rules.events import Channel, MatterKind, Nature, Urgency
from huiyin.rules.lifecycle import Stage
from huiyin.storage.crypto import new_salt
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Matter(models.Model):
    """Somebody's request, and where it stands.

    `custodian` is one column that cannot be empty: two custodians, or none,
    cannot be stored. The columns from `stage` on mirror `rules.lifecycle.State`
    and are written from it alone. Whatever names the person served is
    encrypted; events hold digests salted with `salt`, so that clearing the
    text and the salt leaves the chain whole.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    external_ref = models.CharField(max_length=160, null=True)  # noqa: DJ001 (unique when set)
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=10)
    urgency = models.CharField(max_length=12)
    # What lists show and search looks into, masked; the words themselves stand in `question`. Of a
    # misconduct report it says no more than what it is.
    summary = models.CharField(max_length=200)
    question = EncryptedTextField(data_class="personal", blank=True, default="")
    details = EncryptedTextField(data_class="personal", blank=True, default="")
    nature = models.CharField(max_length=12, default=Nature.BUSINESS.value)
    # Weighty enough for a written record, which is kept apart from what was asked.
    important = models.BooleanField(default=False)
    record = EncryptedTextField(data_class="personal", blank=True, default="")
    route = models.CharField(max_length=10, blank=True, default="")
    papers_for = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ServiceItem, null=True, on_delete=models.PROTECT, related_name="+")
    item_version = models.PositiveIntegerField(default=0)
    instant = models.BooleanField(default=False)
    approval = models.BooleanField(default=False)
    statutory_amount = models.PositiveIntegerField(null=True)
    statutory_unit = models.CharField(max_length=20, blank=True, default="")
    committed_amount = models.PositiveIntegerField(null=True)
    committed_unit = models.CharField(max_length=20, blank=True, default="")
    grade = models.CharField(max_length=20, blank=True, default="")
    allotted_amount = models.PositiveIntegerField(null=True)
    allotted_unit = models.CharField(max_length=20, blank=True, default="")
    delay_explained = models.BooleanField(default=False)

    applicant_name = EncryptedTextField(data_class="personal", blank=True, default="")
    applicant_phone = EncryptedTextField(data_class="personal", blank=True, default="")
    applicant_id_number = EncryptedTextField(data_class="sensitive", blank=True, default="")
    applicant_email = EncryptedTextField(data_class="personal", blank=True, default="")
    salt = models.BinaryField(default=new_salt)
    code_hash = models.CharField(max_length=200, blank=True, default="")
    reply = EncryptedTextField(data_class="personal", blank=True, default="")
    rating_comment = EncryptedTextField(data_class="personal", blank=True, default="")

    stage = models.CharField(max_length=20)
    custodian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first_responder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    deemed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    notices = models.PositiveSmallIntegerField(default=0)
    extension_by = models.JSONField(default=list)
    extension_amount = models.PositiveIntegerField(null=True)
    extension_unit = models.CharField(max_length=20, blank=True, default="")
    extension_untold = models.BooleanField(default=False)
    times_extended = models.PositiveSmallIntegerField(default=0)
    refusal_by = models.JSONField(default=list)
    refusal_from = models.CharField(max_length=20, blank=True, default="")
    refusal_levels = models.JSONField(default=list)
    refusal_signers = models.JSONField(default=list)
    refusal_approved_at = models.DateTimeField(null=True)
    refusal_importance = models.CharField(max_length=12, blank=True, default="")
    refusal_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    instruction_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # How far it is with what the handler was not sure of: flagged, referred, instructed, told.
    uncertain = models.CharField(max_length=10, blank=True, default="")
    refusal_allowed = models.BooleanField(default=False)
    return_asked = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    papers_out = models.BooleanField(default=False)
    # What an answer rests on: "cited", or "none" where it should have named something; "" where nothing asks.
    reply_basis = models.CharField(max_length=6, blank=True, default="")
    reply_item = models.ForeignKey(ServiceItem, null=True, on_delete=models.PROTECT, related_name="+")
    reply_policy = EncryptedTextField(data_class="personal", blank=True, default="")
    rating = models.PositiveSmallIntegerField(default=0)
    rating_missed = models.JSONField(default=list)
    # How whoever was asked first received the person, who stays the first responder.
    reception_rating = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=24, blank=True, default="")
    given_amount = models.PositiveIntegerField(null=True)
    given_unit = models.CharField(max_length=20, blank=True, default="")
    given_for = models.DateTimeField(null=True)
    assigner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    anonymous = models.BooleanField(default=False)
    # The ids of those a misconduct report is against, one after the other, so that both databases can look.
    accused = models.TextField(blank=True, default="")
    superior_answered_at = models.DateTimeField(null=True)
    leader_told_at = models.DateTimeField(null=True)
    finished_by = models.JSONField(default=list)
    drafted_by = models.JSONField(default=list)
    # Who sent it and under which number: a body and its letter, never a person served.
    origin = models.CharField(max_length=120, blank=True, default="")

    version = models.PositiveIntegerField(default=0)

    class Meta:
        """What the database itself refuses, and the indexes that lists run on."""

        db_table = "matter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "number"], name="matter_number"),
            models.UniqueConstraint(fields=["tenant", "external_ref"], name="matter_external_ref"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in MatterKind])
                & Q(channel__in=[c.value for c in Channel])
                & Q(urgency__in=[u.value for u in Urgency])
                & Q(stage__in=[s.value for s in Stage]),
                name="matter_words",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (Q(stage=Stage.CLOSED) & ~Q(outcome="")),
                name="matter_closed_has_outcome",
            ),
            # p4.refusal-filing.1.a: below every program that may forget it.
            models.CheckConstraint(
                condition=(~Q(outcome="refused") & ~Q(stage=Stage.REFUSED))
                | Q(refusal_approved_at__isnull=False),
                name="matter_refused_only_on_approval",
            ),
            models.CheckConstraint(
                condition=Q(offered_to__isnull=True) | ~Q(offered_to=F("custodian")),
                name="matter_not_offered_to_custodian",
            ),
            models.CheckConstraint(condition=Q(rating__lte=5), name="matter_rating_scale"),
            models.CheckConstraint(condition=Q(reception_rating__lte=5), name="matter_reception_scale"),
            models.CheckConstraint(
                condition=Q(nature__in=[n.value for n in Nature]), name="matter_nature_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-received_at"], name="matter_newest"),
            models.Index(fields=["unit", "-received_at"], name="matter_of_unit"),
            models.Index(fields=["custodian", "-received_at"], name="matter_of_custodian"),
            models.Index(fields=["first_responder", "-received_at"], name="matter_of_responder"),
            models.Index(fields=["offered_to"], name="matter_offered_to"),
            models.Index(fields=["assigner", "-received_at"], name="matter_of_assigner"),
        ]

    def __str__(self) -> str:
        """Show the number, which names nobody."""
        return self.number
