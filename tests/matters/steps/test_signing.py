"""Signing for papers, in memory."""

from __future__ import annotations

import pytest

from huiyin.documents.models import Document
from huiyin.documents.queries import content_of
from huiyin.matters.steps import Paper
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid
from tests.factories import Office
from tests.matters.in_memory import bench


def test_what_was_counted_stands_on_paper_and_in_the_ledger(office: Office) -> None:
    one = bench(office)
    one.take(
        "check",
        found=(Paper("居民户口簿", present=True, copies=2, pages=4), Paper("收入证明", present=False)),
    )
    one.take("sign_for")
    event = one.dossier.events[-1]
    assert isinstance(event, e.ReceiptIssued)
    (paper,) = one.fresh(Document)
    assert (event.materials, event.pages, event.document_digest) == (1, 8, paper.content_digest)
    said = content_of(paper)
    assert [(line.name, line.copies, line.pages) for line in said.materials] == [("居民户口簿", 2, 4)]  # type: ignore[attr-defined]
    assert said.collect_at == event.collect_at  # type: ignore[attr-defined]


def test_nothing_is_signed_for_that_was_not_counted(office: Office) -> None:
    one = bench(office)
    with pytest.raises(Invalid) as caught:
        one.take("sign_for")
    assert set(caught.value.fields) == {"materials"}
    assert one.fresh(Document) == []
