"""Number counters, numbers that were allotted and never used, wrong tries, and what texts are found by."""

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


class Gram(models.Model):
    """Two characters that stand together in a text: `key` hashes them with the office and the room.

    There may be many a text, so a row is two numbers and its own index, and
    has no relations: what is not found any more does no harm.
    """

    pk = models.CompositePrimaryKey("key", "subject_id")
    key = models.BigIntegerField()
    subject_id = models.UUIDField()

    class Meta:
        db_table = "storage_gram"

    def __str__(self) -> str:
        return f"{self.key} {self.subject_id}"


class Spelling(models.Model):
    """How a name sounds from one of its syllables on; `kind` says of what the subject is a row.

    `initials` are the first letters of the first two syllables. `readings` are syllables parted by
    blanks, the ways to read one by strokes: "jie/xie yi ming".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    initials = models.CharField(max_length=2)
    readings = models.CharField(max_length=300)
    begins = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "initials"], name="storage_spelling_initials"),
            models.Index(fields=["subject_id"], name="storage_spelling_subject"),
        ]

    def __str__(self) -> str:
        return self.readings
