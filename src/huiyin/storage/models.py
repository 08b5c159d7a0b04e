"""Number counters, the record of numbers that were allotted and never used, and wrong tries."""

from django.db import models

from huiyin.storage.ids import new_id


class Counter(models.Model):
    """The next number of one book (for example receipts) of one office in one year.

    `book` names what is numbered, `year` is 0 for books that never restart.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    book = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    next = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "book", "year"], name="storage_counter_book"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.year}: {self.next}"


class Void(models.Model):
    """A number that was allotted to a command that failed; it is explained instead of used again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    book = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "book", "year", "number"], name="storage_void_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.year}/{self.number}: {self.reason}"


class Attempt(models.Model):
    """One wrong try at something that strangers may try; kept for as long as a limit looks back.

    `address` and `target` are keyed digests: who tried, and what was tried.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=20)
    address = models.CharField(max_length=64)
    target = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["purpose", "address", "at"], name="storage_attempt_address"),
            models.Index(fields=["purpose", "target", "at"], name="storage_attempt_target"),
            models.Index(fields=["at"], name="storage_attempt_age"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d %H:%M}"
