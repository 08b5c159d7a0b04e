"""Issued documents are kept as they were issued."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from pypdf import PdfReader

from huiyin.documents import queries
from huiyin.documents.contents import Content, Kind
from huiyin.rules.errors import NotFound
from huiyin.storage.crypto import digest, encrypt
from tests.documents import samples
from tests.documents.office import issue, office

pytestmark = pytest.mark.django_db


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


def test_a_paper_issued_anew_under_its_number_replaces_the_one_before() -> None:
    tenant, subject = office("a"), uuid4()
    first = issue(tenant, samples.FILING, subject)
    later = replace(samples.FILING, issued_at=samples.FILING.issued_at + timedelta(days=1))
    second, receipt = issue(tenant, later, subject), issue(tenant, samples.RECEIPT, subject)
    assert queries.replaced(queries.of_subject(tenant.id, subject)) == {first.id}
    assert queries.replaced([second, receipt]) == set()
