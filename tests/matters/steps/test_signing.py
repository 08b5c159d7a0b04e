"""Signing for papers, in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.documents.models import Document
from huiyin.documents.queries import content_of
from huiyin.matters.steps import Paper
from huiyin.matters.steps.signing import signs_for
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid
from tests.factories import Office
from tests.matters.in_memory import Bench, bench


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


BOOK = Paper("居民户口簿", present=True, pages=4)
MISSING = Paper("收入证明", present=False, problem="没有带来")


@pytest.fixture
def called(office: Office, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """An application by telephone under a rulebook that has papers signed for."""
    monkeypatch.setattr(office.tenant, "rulebook", "commission")
    return bench(office, channel="phone")


class TestWhatComesLater:
    """Signed for like what is brought to the counter, where a clause says so."""

    def test_is_signed_for_once(self, called: Bench) -> None:
        one = called
        one.take("check", found=(BOOK, MISSING))
        one.take("check", found=(BOOK, MISSING))
        [event] = [one for one in one.dossier.events if isinstance(one, e.ReceiptIssued)]
        assert (event.materials, event.pages) == (1, 4)

    def test_needs_its_pages(self, called: Bench) -> None:
        one = called
        with pytest.raises(Invalid) as caught:
            one.take("check", found=(MISSING, Paper("居民户口簿", present=True)))
        assert (set(caught.value.fields), caught.value.clause) == (
            {"materials.1.pages"},
            "p3.time-limit.3.b",
        )

    def test_is_not_signed_for_where_no_clause_says_so(self, office: Office) -> None:
        one = bench(office)
        one.take("check", found=(BOOK, MISSING))
        one.take("notify", supplement_how="到窗口")
        one.take("supplement")
        assert "receipt.issued" not in one.kinds()

    @pytest.mark.parametrize("counted", [(), (Paper("房产证", present=True, pages=1),)])
    def test_of_a_supplement_all_that_was_asked_for_is_counted(
        self, called: Bench, counted: tuple[Paper, ...]
    ) -> None:
        called.take("check", found=(BOOK, MISSING))
        called.take("notify", supplement_how="到窗口")
        with pytest.raises(Invalid) as caught:
            called.take("supplement", counted=counted)
        assert set(caught.value.fields) == {"papers"}

    def test_with_a_supplement_is_counted_there(self, called: Bench) -> None:
        one = called
        one.take("check", found=(BOOK, MISSING))
        one.take("notify", supplement_how="到窗口")
        one.take("supplement", counted=(Paper("收入证明", present=True, copies=2, pages=3),))
        event = one.dossier.events[-1]
        assert isinstance(event, e.ReceiptIssued)
        assert (event.materials, event.pages) == (1, 6)

    def test_once_it_was_decided_only_completes_the_record(self, called: Bench) -> None:
        one = called
        assert signs_for(one.dossier)
        one.dossier.docket = replace(one.dossier.docket, state=replace(one.dossier.state, outcome="refused"))  # type: ignore[type-var]
        assert not signs_for(one.dossier)
