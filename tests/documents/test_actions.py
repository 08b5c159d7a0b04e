"""A document is issued once, together with what it tells of, and says by whom and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from huiyin.documents import actions
from huiyin.documents.contents import TEMPLATE_VERSION, Kind
from huiyin.documents.models import Document
from huiyin.organisation.models import Person
from huiyin.rules.errors import Invalid
from huiyin.storage.crypto import digest
from huiyin.storage.transactions import write
from tests.documents import samples
from tests.documents.office import issue, office

pytestmark = pytest.mark.django_db


def test_kind_and_number_are_the_contents_and_the_rest_is_told() -> None:
    tenant, subject = office("a"), uuid4()
    person = Person.objects.create(tenant=tenant, staff_no="1001", name="解一鸣")
    at = samples.AT + timedelta(hours=1)
    with write():
        made = actions.issue(
            tenant_id=tenant.id,
            room="matters",
            subject_id=subject,
            content=samples.REPLY,
            issued_by=person.id,
            at=at,
            language="en",
        )
    kept = Document.objects.get()
    assert kept.id == made.id
    assert (kept.kind, kept.number) == (Kind.REPLY, samples.REPLY.number)
    assert (kept.room, kept.subject_id, kept.issued_by_id) == ("matters", subject, person.id)
    assert (kept.issued_at, kept.language, kept.template_version) == (at, "en", TEMPLATE_VERSION)


def test_the_digest_is_salted_so_that_equal_papers_look_unlike() -> None:
    first, second = issue(office("a"), samples.REPLY), issue(office("b"), samples.REPLY)
    assert first.content == second.content
    assert first.content_digest != second.content_digest
    # Negative control: one changed word and the digest no longer fits.
    assert digest(first.content, bytes(first.salt)) == first.content_digest
    assert digest(first.content.replace("需要", "不需"), bytes(first.salt)) != first.content_digest


def test_an_incomplete_document_never_gets_as_far() -> None:
    with pytest.raises(Invalid):
        issue(office("a"), replace(samples.REPLY, answer=" "))
    assert not Document.objects.exists()


def test_a_number_is_given_out_once_but_a_filing_form_is_printed_at_every_level() -> None:
    tenant = office("a")
    issue(tenant, samples.FILING)
    issue(tenant, samples.FILING)
    issue(tenant, samples.REPLY)
    issue(office("b"), samples.REPLY)
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(tenant, samples.REPLY)


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
