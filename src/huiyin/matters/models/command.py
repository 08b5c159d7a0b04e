"""Commands already carried out, so that repeating one gives the same receipt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.organisation.models import Tenant
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Command(models.Model):
    """One idempotency key of one actor, what was asked, and the receipt it got.

    The receipt is encrypted, because a registration's holds the query code;
    it is kept for a week. `repeats` is written on every repetition: a replay
    commits a write of its own before it answers.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=50)
    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    receipt = EncryptedTextField(data_class="sensitive", blank=True, default="")
    at = models.DateTimeField()
    repeats = models.PositiveIntegerField(default=0)
    repeated_at = models.DateTimeField(null=True)

    class Meta:
        """A key is an actor's own."""

        db_table = "matter_command"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "actor", "key"], name="command_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="command_age")]

    def __str__(self) -> str:
        """Show the verb."""
        return self.verb
