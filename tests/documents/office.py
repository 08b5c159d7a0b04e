"""An office, and documents issued in it."""

from __future__ import annotations

from uuid import UUID, uuid4

from huiyin.documents import actions
from huiyin.documents.contents import Content
from huiyin.documents.models import Document
from huiyin.organisation.models import Tenant
from huiyin.storage.transactions import write
from tests.documents import samples


def office(slug: str) -> Tenant:
    return Tenant.objects.create(
        slug=slug, name="青禾镇人民政府", rulebook="township", receipt_prefix="QH", created_at=samples.AT
    )


def issue(tenant: Tenant, content: Content, subject: UUID | None = None) -> Document:
    with write():
        return actions.issue(
            tenant_id=tenant.id,
            room="matters",
            subject_id=subject or uuid4(),
            content=content,
            issued_by=None,
            at=content.issued_at,
        )
