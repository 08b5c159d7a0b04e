"""Tables of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.catalogue.terms import Category, CommitmentState, PostingKind
from huiyin.organisation.models import Person, Position, Tenant, Unit
from huiyin.storage.ids import new_id


class ServiceItem(models.Model):
    """Something people may ask the office for (政务服务事项).

    Limits are an amount and one of the units of `rules.vocabulary.Unit`, or
    empty; an `instant` item (即办件) is finished while the person waits.
    `bases` are the provisions that set its statutory limit, as
    `catalogue.bases` reads them; `steps` the steps it is done in, each with
    its own limit, as `catalogue.stages` does.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="items")
    # Codes are long composite strings; no meaning is derived from them.
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="items")
    category = models.CharField(max_length=12, choices=Category.choices, blank=True, default="")
    instant = models.BooleanField(default=False)
    statutory_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    statutory_unit = models.CharField(max_length=20, blank=True, default="")
    committed_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    committed_unit = models.CharField(max_length=20, blank=True, default="")
    legal_basis = models.TextField(blank=True, default="")
    bases = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    conditions = models.TextField(blank=True, default="")
    procedure = models.TextField(blank=True, default="")
    fee = models.CharField(max_length=200, blank=True, default="")
    open_to_public = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code"], name="item_code_once_per_tenant"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="item_category_known"),
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


class Commitment(models.Model):
    """What a unit, or the office as a whole (`unit` empty), promises in public (服务承诺).

    One row is one version. `said` holds its parts by name
    (`rules.regimes.service_commitment.FIELDS`) and the two lines about
    supervision. A draft is rewritten in place, `revision` counting each time;
    once published a row never changes but to end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="commitments")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=CommitmentState.choices, default=CommitmentState.DRAFT)
    said = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            # Databases take two empty units for different ones, so each rule stands twice.
            models.UniqueConstraint(
                fields=["tenant", "unit", "version"],
                condition=Q(unit__isnull=False),
                name="commitment_version_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "version"],
                condition=Q(unit__isnull=True),
                name="commitment_office_version_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "unit", "state"],
                condition=Q(unit__isnull=False, state__in=["draft", "published"]),
                name="commitment_open_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "state"],
                condition=Q(unit__isnull=True, state__in=["draft", "published"]),
                name="commitment_office_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.DRAFT, published_at__isnull=True)
                | (Q(state__in=["published", "superseded", "withdrawn"]) & Q(published_at__isnull=False)),
                name="commitment_published_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=["draft", "published"])
                | Q(ended_at__isnull=False, state__in=["superseded", "withdrawn"]),
                name="commitment_ended_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} v{self.version}"


class Posting(models.Model):
    """A printed board of a commitment, or the guide of an item, as it hangs in a place (上墙).

    `version` is that of what hangs there. `until` is the day it was taken down.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PostingKind.choices)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="postings")
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, null=True, related_name="postings")
    version = models.PositiveIntegerField()
    place = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=PostingKind.BOARD, commitment__isnull=False, item__isnull=True)
                | Q(kind=PostingKind.GUIDE, commitment__isnull=True, item__isnull=False),
                name="posting_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="posting_ends_after_start",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "until"], name="posting_hanging")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


class GuideGiven(models.Model):
    """A printed guide was handed over at the counter: which version, when, by whom, for which matter.

    `subject_id` and `number` name the matter it was about; both are empty for
    somebody who only took the guide along.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    subject_id = models.UUIDField(null=True)
    number = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenant", "-given_at"], name="guide_given_newest")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"
