"""Issued documents are kept as they were issued."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from huiyin.documents import actions, queries
from huiyin.documents.contents import Content, Kind
from huiyin.documents.models import Document
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import NotFound
from huiyin.storage.crypto import digest, encrypt
from huiyin.storage.transactions import write
from tests.documents import samples

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_an_issued_document_says_what_was_issued(content: Content) -> None:
    tenant = office("a")
    document = queries.get(tenant.id, issue(tenant, content).id)
    assert queries.content_of(document) == content
    assert document.content_digest == digest(document.content, bytes(document.salt))
    assert document.issued_at == content.issued_at
    assert document.template_version == "1"


def test_the_page_is_drawn_from_the_row() -> None:
    tenant = office("a")
    document = issue(tenant, samples.RECEIPT)
    first = queries.page(document, query_code="AB2C-D3EF-GH")
    assert "AB2C-D3EF-GH" in PdfReader(io.BytesIO(first)).pages[0].extract_text()
    assert queries.page(document) == queries.page(queries.get(tenant.id, document.id))
    assert queries.file_name(document) == f"收件回执单-{samples.NUMBER}.pdf"


def test_another_office_finds_nothing() -> None:
    tenant, other = office("a"), office("b")
    subject = uuid4()
    document = issue(tenant, samples.REPLY, subject)
    for tenant_id, document_id in ((other.id, document.id), (tenant.id, uuid4())):
        with pytest.raises(NotFound):
            queries.get(tenant_id, document_id)
    assert queries.of_subject(other.id, subject) == []
    assert queries.latest(other.id, subject, Kind.REPLY) is None


def test_the_documents_of_a_subject_come_in_order() -> None:
    tenant, subject = office("a"), uuid4()
    for content in (samples.EXTENSION, samples.RECEIPT, samples.ACCEPTANCE):
        issue(tenant, content, subject)
    issue(tenant, samples.REPLY)
    kinds = [document.kind for document in queries.of_subject(tenant.id, subject)]
    assert kinds == ["receipt", "acceptance", "extension_notice"]
    newest = queries.latest(tenant.id, subject, Kind.EXTENSION_NOTICE)
    assert newest is not None
    assert newest.number == samples.EXTENSION.number


def test_a_number_is_given_out_once_but_a_filing_form_is_printed_at_every_level() -> None:
    tenant = office("a")
    issue(tenant, samples.FILING)
    issue(tenant, samples.FILING)
    issue(tenant, samples.REPLY)
    issue(office("b"), samples.REPLY)
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(tenant, samples.REPLY)


def test_the_content_is_not_readable_in_the_database() -> None:
    issue(office("a"), samples.REPLY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_document")
        row = b"".join(bytes(value) for value in cursor.fetchone() if isinstance(value, bytes | memoryview))
    assert samples.REPLY.answer.encode() not in row
    assert "李犇".encode() not in row


def test_changed_content_is_noticed() -> None:
    tenant = office("a")
    document = issue(tenant, samples.REPLY)
    other = issue(tenant, replace(samples.REPLY, number="青政复〔2026〕10号", answer="不需要申请。"))
    assert queries.content_of(document) == samples.REPLY
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET content = %s WHERE number = %s",
            [encrypt(other.content), document.number],
        )
    with pytest.raises(queries.Altered):
        queries.page(queries.get(tenant.id, document.id))


def test_a_document_is_undone_with_its_transaction() -> None:
    tenant = office("a")
    with write():
        issue(tenant, samples.REPLY)
        transaction.set_rollback(True)
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_issued() -> None:
    with pytest.raises(RuntimeError):
        actions.issue(
            tenant_id=uuid4(),
            room="matters",
            subject_id=uuid4(),
            content=samples.REPLY,
            issued_by=None,
            at=samples.AT,
        )
