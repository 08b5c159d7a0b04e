"""Official documents: what the registers say of one, whom it was put before, and explained delays."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Person, Tenant
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id

SECRECY = ("none", "internal")
"""What may be registered here; state secrets may not, in any system of this kind."""


class OfficialDocument(models.Model):
    """An incoming or outgoing document beside its matter; the matter's summary is its title.

    `book`, `year` and `serial` are its place in the register: of an incoming
    document from the first moment, of an outgoing one once it is numbered.
    `party` is whom it comes from, or whom it mainly goes to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="official_document")
    book = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    register_number = models.CharField(max_length=40, blank=True, default="")
    party = models.CharField(max_length=120)
    their_number = models.CharField(max_length=60, blank=True, default="")
    genre = models.CharField(max_length=20, blank=True, default="")
    secrecy = models.CharField(max_length=10, default="none")
    received_on = models.DateField(null=True)
    pages = models.PositiveIntegerField(null=True)
    copies_to = EncryptedTextField(data_class="personal", blank=True, default="")
    drafted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    special = EncryptedTextField(data_class="personal", blank=True, default="")
    dispatched_how = models.CharField(max_length=20, blank=True, default="")
    archive_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        """Every number stands once in its book and year; nothing secret is stored."""

        db_table = "matter_official_document"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "book", "year", "serial"], name="document_in_book_once"
            ),
            models.CheckConstraint(condition=Q(secrecy__in=SECRECY), name="document_no_state_secret"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "book", "year"], name="document_of_book")]

    def __str__(self) -> str:
        """Show the number in the register."""
        return self.register_number


class Draft(models.Model):
    """One text of an outgoing document as it was put forward; a returned one stays beside its successor.

    `written_by` answers for it; `done_for` is the stand-in who wrote it in their name.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="drafts")
    ordinal = models.PositiveSmallIntegerField()
    text = EncryptedTextField(data_class="personal")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        """Numbered from one in each matter."""

        db_table = "matter_draft"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "ordinal"], name="draft_in_matter_once")
        ]

    def __str__(self) -> str:
        """Show which draft it is."""
        return str(self.ordinal)


class Routing(models.Model):
    """One person a document was put before: in which `role`, since when, and what they wrote.

    `done_at` is empty while it waits for them. Whoever checks, countersigns or signs does so to
    one `draft`, and to no later one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="routings")
    role = models.CharField(max_length=16)
    draft = models.ForeignKey(Draft, null=True, on_delete=models.PROTECT, related_name="routings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ending = models.CharField(max_length=12, blank=True, default="")
    opinion = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """Read by matter and by person."""

        db_table = "matter_routing"
        indexes: ClassVar = [models.Index(fields=["person", "done_at"], name="routing_of_person")]

    def __str__(self) -> str:
        """Show the role."""
        return self.role


class DelayExplanation(models.Model):
    """Who was told before a document's limit why it takes longer (p2.time-limit.9.d)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="explanations")
    explained_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField()
    reason = EncryptedTextField(data_class="personal")
    assigner = models.CharField(max_length=120, blank=True, default="")
    leader = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    in_time = models.BooleanField()

    class Meta:
        """Read by matter."""

        db_table = "matter_delay_explanation"

    def __str__(self) -> str:
        """Say whether it came in time."""
        return "in time" if self.in_time else "late"
