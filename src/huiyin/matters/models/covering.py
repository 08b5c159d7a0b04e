"""What is written down when somebody stands in: hand-over sheets, and each act done for the absent one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.matters.models.matter import Matter
from huiyin.organisation.models import Absence, Person, Position, Tenant
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Briefing(models.Model):
    """A hand-over sheet (交接单) of an absence, for one position: A to B, or `back` from B to A.

    `things` are files, seals and keys; both texts may name people, so they are encrypted. It counts
    once the reader has acknowledged it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="briefings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    back = models.BooleanField(default=False)
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    things = EncryptedTextField(data_class="personal", blank=True, default="")
    notes = EncryptedTextField(data_class="personal", blank=True, default="")
    written_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        """One sheet each way for a position; nobody signs their own."""

        db_table = "briefing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["absence", "position", "back"], name="briefing_once_each_way"),
            models.CheckConstraint(condition=~Q(writer=F("reader")), name="briefing_to_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["reader", "acknowledged_at"], name="briefing_by_reader")]

    def __str__(self) -> str:
        """Name the absence and the way."""
        return f"{self.absence_id} {'back' if self.back else 'out'}"


class BriefingLine(models.Model):
    """One line of a hand-over sheet: an open matter with its next limit, or an act `done` meanwhile.

    `what` is the duty owed next or the kind of the act, `at` when it is due or was done.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    done = models.BooleanField(default=False)
    what = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=20)
    progress = EncryptedTextField(data_class="personal", blank=True, default="")

    class Meta:
        """In the order written."""

        db_table = "briefing_line"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["briefing", "place"], name="briefing_line_place_once"),
        ]

    def __str__(self) -> str:
        """Name the sheet and the place."""
        return f"{self.briefing_id} {self.place}"


class CoverAct(models.Model):
    """An act that a stand-in did for the absent colleague, who answers for it (p2.post-substitution.3.d)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        """Read by who acted for whom, and by matter."""

        db_table = "cover_act"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(actor=F("acting_for")), name="cover_act_for_another"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "acting_for", "at"], name="cover_act_by_hands"),
            models.Index(fields=["matter"], name="cover_act_by_matter"),
        ]

    def __str__(self) -> str:
        """Name the act."""
        return f"{self.matter_id} {self.kind}"
