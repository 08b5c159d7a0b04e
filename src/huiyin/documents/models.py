"""The table of issued documents: evidence, written once."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from huiyin.documents.contents import TEMPLATE_VERSION, Content, Kind
from huiyin.documents.serialise import canonical
from huiyin.organisation.models import Person, Tenant
from huiyin.storage.crypto import digest, new_salt
from huiyin.storage.fields import EncryptedTextField
from huiyin.storage.ids import new_id


class Document(models.Model):
    """One issued document: what it said, in full and unaltered.

    `content` is the canonical JSON of a `Content`; `content_digest` is its
    salted digest, which the ledger repeats, so a changed row shows. The page is
    not stored: it is drawn from the content with the templates of
    `template_version`. `issued_by` is empty when the system issued it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in Kind])
    number = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8, default="zh-hans")
    content = EncryptedTextField(data_class="personal")
    salt = models.BinaryField(max_length=16)
    content_digest = models.CharField(max_length=64)
    template_version = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            # A filing form is printed anew at every level, under the number of its filing.
            models.UniqueConstraint(
                fields=["tenant", "kind", "number"],
                condition=~Q(kind=Kind.REFUSAL_FILING_FORM.value),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="document_kind_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "subject_id", "issued_at"], name="document_of_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def prepare(
        cls,
        *,
        tenant_id: UUID,
        room: str,
        subject_id: UUID,
        content: Content,
        issued_by: UUID | None,
        at: datetime,
        language: str = "zh-hans",
    ) -> Document:
        """An unsaved row that holds the content, for those who insert many at once."""
        text = canonical(content)
        salt = new_salt()
        return cls(
            tenant_id=tenant_id,
            room=room,
            subject_id=subject_id,
            kind=content.kind.value,
            number=content.number,
            issued_at=at,
            issued_by_id=issued_by,
            language=language,
            content=text,
            salt=salt,
            content_digest=digest(text, salt),
            template_version=TEMPLATE_VERSION,
        )
