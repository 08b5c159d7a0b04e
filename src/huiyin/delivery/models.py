"""The outbox: what is to be told, to whom, and how far it got."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.obligations.models import Reminder
from huiyin.organisation.models import Person, Tenant
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Channel(StrEnum):
    """How a message reaches its reader."""

    INAPP = "inapp"
    EMAIL = "email"


class Message(models.Model):
    """One message to one reader.

    The text is a template's name with its parameters, so it is read in the
    reader's language and can hold nothing personal. In-app messages are
    delivered by being stored. A letter is due at `next_try_at` until it has
    `sent_at`, `failed_at` or `moot_at`; while a worker holds it, `claim` names that
    worker's errand and `leased_until` says when it counts as abandoned. What
    a `reminder` says holds only while its duty stands as it did; nothing goes out after `not_after`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    address = EncryptedTextField(data_class="personal", blank=True, default="")
    channel = models.CharField(max_length=8)
    text = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=8, default="zh-hans")
    dedupe = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, null=True, related_name="+")
    not_before = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    moot_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "dedupe"], name="message_posted_once"),
            models.CheckConstraint(
                condition=Q(channel=Channel.INAPP.value, person__isnull=False)
                | Q(channel=Channel.EMAIL.value, next_try_at__isnull=False),
                name="message_has_a_way",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="message_sent_or_failed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="message_inbox"),
            models.Index(
                fields=["person"],
                name="message_unread",
                condition=Q(read_at__isnull=True, channel=Channel.INAPP.value),
            ),
            models.Index(
                fields=["next_try_at"],
                name="message_due",
                condition=Q(
                    sent_at__isnull=True,
                    failed_at__isnull=True,
                    moot_at__isnull=True,
                    channel=Channel.EMAIL.value,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}:{self.text}"


class Preference(models.Model):
    """How somebody wants to be told; without one each thing by itself, at the desk and by letter.

    At the desk everything is kept, whatever is chosen here.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    digest = models.BooleanField(default=False)
    mail = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"digest {self.digest}, mail {self.mail}"
