"""The one verb of this room: issue."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from huiyin.documents.contents import Content
from huiyin.documents.models import Document


def issue(
    *,
    tenant_id: UUID,
    room: str,
    subject_id: UUID,
    content: Content,
    issued_by: UUID | None,
    at: datetime,
    language: str = "zh-hans",
) -> Document:
    """Store a document in the caller's transaction; kind and number are the content's.

    The caller's ledger event carries `content_digest`. Raises `RuntimeError`
    outside a transaction and `IntegrityError` for a number already given out.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A document is issued together with what it tells of: open storage.write() first.")
    document = Document.prepare(
        tenant_id=tenant_id,
        room=room,
        subject_id=subject_id,
        content=content,
        issued_by=issued_by,
        at=at,
        language=language,
    )
    document.save(force_insert=True)
    return document
