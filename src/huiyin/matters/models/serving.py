"""How the papers of a matter reached the persons they are for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.documents.models import Document
from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Person
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class DeliveryProof(models.Model):
    """The proof that one paper was served (送达回证): how, when, who took it, and who saw it left behind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="proofs")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    how = models.CharField(max_length=12)
    served_at = models.DateTimeField()
    receiver = EncryptedTextField(data_class="personal", blank=True, default="")
    relation = models.CharField(max_length=12, blank=True, default="")
    tracking = EncryptedTextField(data_class="personal", blank=True, default="")
    place = EncryptedTextField(data_class="personal", blank=True, default="")
    reason = EncryptedTextField(data_class="personal", blank=True, default="")
    witness = EncryptedTextField(data_class="personal", blank=True, default="")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """A paper is served once, and not after that was written down."""

        db_table = "matter_delivery_proof"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(served_at__lte=models.F("recorded_at")), name="delivery_not_in_the_future"
            ),
        ]

    def __str__(self) -> str:
        """Show which paper."""
        return self.number
