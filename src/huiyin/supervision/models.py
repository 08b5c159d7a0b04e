"""Tables of supervision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.catalogue.models import Commitment
from huiyin.organisation.models import Person, Tenant, Unit
from huiyin.storage.crypto import new_salt
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id
from huiyin.supervision.terms import Disposition, OpinionFinding, OpinionKind, OpinionSource, ToldHow


class Opinion(models.Model):
    """One entry of the opinion book (意见簿), and what came of it.

    `unit` and `against` are whom it is about, as far as the writer said, `commitment` and
    `line` the version and the number of the line that was not kept;
    `recorded_by` is who copied it from the paper book. Who wrote it is
    encrypted and shown to those alone who handle entries. `told_how` and
    `told_on` are how and on which day the writer heard what came of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    code_hash = models.CharField(max_length=200)
    key = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(max_length=12, choices=OpinionKind.choices)
    source = models.CharField(max_length=8, choices=OpinionSource.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    against = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.PositiveIntegerField(null=True)
    text = EncryptedTextField(data_class="personal")
    writer = EncryptedTextField(data_class="personal", blank=True, default="")
    phone = EncryptedTextField(data_class="personal", blank=True, default="")
    salt = models.BinaryField(default=new_salt)
    written_on = models.DateField()
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=12, choices=OpinionFinding.choices, blank=True, default="")
    result = EncryptedTextField(data_class="personal", blank=True, default="")
    handled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=12, choices=ToldHow.choices, blank=True, default="")
    told_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "number"], name="opinion_number"),
            models.UniqueConstraint(fields=["tenant", "key"], condition=~Q(key=""), name="opinion_once"),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True, finding="")
                | (Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(finding="")),
                name="opinion_handled_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_how="", told_on__isnull=True)
                | (~Q(told_how="") & Q(told_on__isnull=False, handled_at__isnull=False)),
                name="opinion_told_whole",
            ),
            models.CheckConstraint(
                condition=Q(commitment__isnull=True, line__isnull=True)
                | Q(commitment__isnull=False, line__gte=1),
                name="opinion_line_of_a_version",
            ),
            # Nobody decides on themselves, whatever program asks.
            models.CheckConstraint(
                condition=Q(against__isnull=True) | Q(handled_by__isnull=True) | ~Q(handled_by=F("against")),
                name="opinion_not_handled_by_whom_it_is_about",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "-received_at"], name="opinion_newest")]

    def __str__(self) -> str:
        return self.number


class Breach(models.Model):
    """A promise that was broken, as looking into an entry found; open until it is said how it is dealt with.

    `clause` is the one that asks for that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="breach")
    clause = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    disposition = models.CharField(max_length=12, choices=Disposition.choices, blank=True, default="")
    words = EncryptedTextField(data_class="personal", blank=True, default="")
    disposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True, disposed_by__isnull=True, disposition="")
                | (Q(disposed_at__isnull=False, disposed_by__isnull=False) & ~Q(disposition="")),
                name="breach_disposed_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "opened_at"], name="breach_open", condition=Q(disposed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} ({self.clause})"
