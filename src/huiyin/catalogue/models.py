"""Tables of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.organisation.models import Position, Tenant, Unit
from huiyin.storage.ids import new_id


class ServiceItem(models.Model):
    """Something people may ask the office for (政务服务事项).

    Limits are an amount and one of the units of `rules.vocabulary.Unit`, or
    empty; an `instant` item (即办件) is finished while the person waits.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="items")
    # Codes are long composite strings; no meaning is derived from them.
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="items")
    instant = models.BooleanField(default=False)
    statutory_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    statutory_unit = models.CharField(max_length=20, blank=True, default="")
    committed_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    committed_unit = models.CharField(max_length=20, blank=True, default="")
    legal_basis = models.TextField(blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    procedure = models.TextField(blank=True, default="")
    fee = models.CharField(max_length=200, blank=True, default="")
    open_to_public = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code"], name="item_code_once_per_tenant"),
            models.CheckConstraint(
                condition=Q(statutory_amount__isnull=True, statutory_unit="")
                | (Q(statutory_amount__gte=1) & ~Q(statutory_unit="")),
                name="item_statutory_limit_whole",
            ),
            models.CheckConstraint(
                condition=Q(committed_amount__isnull=True, committed_unit="")
                | (Q(committed_amount__gte=1) & ~Q(committed_unit="")),
                name="item_committed_limit_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "name"], name="item_by_name")]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """A paper the applicant brings; `required=False` may be handed in later (容缺)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="materials")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    copies = models.PositiveSmallIntegerField(default=1)
    original = models.BooleanField(default=False)
    required = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "name"], name="material_once_per_item"),
        ]

    def __str__(self) -> str:
        return self.name


class ItemVersion(models.Model):
    """An item and its materials as they stood from `since` on; written once, never changed.

    Papers may leave the item later, so a matter keeps (item, version) and
    reads its papers here, not a foreign key to `Material`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "version"], name="item_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"
