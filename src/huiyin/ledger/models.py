"""Events and the heads of their chains. No relation leads in or out: only ids."""

from django.db import models

from huiyin.storage.ids import new_id


class LedgerEvent(models.Model):
    """Something that happened to one subject; triggers of the database refuse to change or delete it.

    `seq` counts from 1 without gaps within a subject. `at` is when it
    happened, `recorded_at` when it was written down, never earlier than the
    event before. `body` is canonical JSON text without personal data. `prev`
    is the hash of the event before (empty for the first).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    room = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=50)
    acting_for = models.CharField(max_length=50)
    via = models.CharField(max_length=20)
    body = models.TextField()
    algorithm = models.CharField(max_length=10)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_event"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "subject_id", "seq"], name="ledger_event_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="ledger_event_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.subject_id} {self.seq} {self.kind}"


class Head(models.Model):
    """Where the chain of one subject ends, so that a cut tail is seen; it only ever moves forward."""

    subject_id = models.UUIDField(primary_key=True)
    tenant_id = models.UUIDField()
    room = models.CharField(max_length=20)
    seq = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_head"

    def __str__(self) -> str:
        return f"{self.room} {self.subject_id} {self.seq}"
