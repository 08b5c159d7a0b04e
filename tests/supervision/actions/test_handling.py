"""An entry ends with what came of it: told to its writer, and dealt with where a promise was broken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.catalogue import actions as catalogue
from huiyin.ledger.models import LedgerEvent
from huiyin.obligations.models import Finding
from huiyin.organisation.queries import rulebooks as books_of_offices
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound
from huiyin.rules.rulebook import load
from huiyin.supervision import actions, queries
from huiyin.supervision.actions import Told, Words
from huiyin.supervision.models import Breach, Opinion
from tests.factories import AT, Office
from tests.supervision.actions.test_writing import LATER, TEXT, WHOLE, wrote

TOLD = Told("phone", LATER.date())


def promised(office: Office, unit: str) -> str:
    """Publish what a unit promises, and return the reference of its fourth line."""
    by = office.asker("efficiency_office")
    row = catalogue.draft_commitment(office.tenant, office.units[unit], said=WHOLE, by=by, at=AT)
    catalogue.publish_commitment(row, by=by, at=AT)
    return f"{unit}/1/4"


def broken(office: Office) -> Opinion:
    """An entry about a line that was found not kept."""
    wrote(office)
    by = office.asker("main_leader", LATER)
    row = actions.handle_opinion(
        Opinion.objects.get(), finding="confirmed", result="确实没有", by=by, at=LATER
    )
    return queries.opinion(by, row.id)


def test_nobody_handles_what_concerns_them(office: Office, other: Office) -> None:
    wrote(office, unit="ZH", kind="complaint")
    row = Opinion.objects.get()
    done: Any = {"finding": "confirmed", "result": "已改正", "told": TOLD}
    with pytest.raises(Forbidden) as caught:
        actions.handle_opinion(row, by=office.asker("efficiency_office"), at=LATER, **done)
    assert caught.value.code == "concerned"
    for key in ("clerk", "head", "administrator", "leader_in_charge"):
        with pytest.raises(Forbidden):
            actions.handle_opinion(row, by=office.asker(key), at=LATER, **done)
    with pytest.raises(NotFound):
        actions.handle_opinion(row, by=other.asker("main_leader"), at=LATER, **done)
    with pytest.raises(Invalid):
        actions.handle_opinion(
            row, by=office.asker("main_leader"), at=LATER, finding="noted", result="知道了"
        )
    with pytest.raises(Invalid):
        actions.handle_opinion(row, by=office.asker("main_leader"), at=LATER, finding="confirmed", result=" ")
    actions.handle_opinion(row, by=office.asker("main_leader"), at=LATER, **done)
    with pytest.raises(Conflict):
        actions.handle_opinion(row, by=office.asker("main_leader"), at=LATER, **done)


def test_what_was_found_true_ends_once_the_writer_was_told(office: Office) -> None:
    wrote(office, kind="complaint")
    row = Opinion.objects.get()
    by = office.asker("main_leader", LATER)
    for told, field in (
        (Told(), "told_how"),
        (Told("", LATER.date()), "told_how"),
        (Told("page", LATER.date()), "told_how"),
        (Told("rumour", LATER.date()), "told_how"),
        (Told("phone"), "told_on"),
        (Told("phone", AT.date() - timedelta(days=1)), "told_on"),
        (Told("phone", LATER.date() + timedelta(days=1)), "told_on"),
    ):
        for finding in ("confirmed", "partly"):
            with pytest.raises(Invalid) as caught:
                actions.handle_opinion(row, finding=finding, result="已改", told=told, by=by, at=LATER)
            assert set(caught.value.fields) == {field}
            assert caught.value.clause == "p3.service-commitment.3.c"
    actions.handle_opinion(row, finding="confirmed", result="已改", told=TOLD, by=by, at=LATER)
    row.refresh_from_db()
    assert (row.told_how, row.told_on) == ("phone", LATER.date())
    body = json.loads(LedgerEvent.objects.get(subject_id=row.id, kind="opinion_handled").body)
    assert (body["told"], body["told_on"]) == ("phone", LATER.date().isoformat())


@pytest.mark.parametrize("kind", ["suggestion", "praise", "complaint"])
def test_of_what_is_no_true_complaint_nobody_must_be_told(office: Office, kind: str) -> None:
    wrote(office, kind=kind)
    by = office.asker("main_leader", LATER)
    actions.handle_opinion(Opinion.objects.get(), finding="unfounded", result="查无此事", by=by, at=LATER)
    assert Opinion.objects.get().told_how == ""


@pytest.mark.parametrize(("copied", "way"), [(False, "page"), (True, "book")])
def test_who_left_no_phone_is_told_where_they_wrote(office: Office, copied: bool, way: str) -> None:
    by = office.asker("receptionist") if copied else None
    actions.write_opinion(office.tenant, Words(kind="complaint", text=TEXT), by=by, at=AT)
    row, leader = Opinion.objects.get(), office.asker("main_leader", LATER)
    other = "page" if copied else "book"
    for wrong in ("phone", other):
        with pytest.raises(Invalid):
            actions.handle_opinion(
                row, finding="partly", result="已改", told=Told(wrong, LATER.date()), by=leader, at=LATER
            )
    actions.handle_opinion(
        row, finding="partly", result="已改", told=Told(way, LATER.date()), by=leader, at=LATER
    )
    row.refresh_from_db()
    assert (row.told_how, row.told_on) == (way, date(2026, 1, 7))


def test_whom_it_names_neither_sees_nor_handles_it(office: Office) -> None:
    leader = office.people["main_leader"]
    words = Words(kind="complaint", text=TEXT, against=leader)
    actions.write_opinion(office.tenant, words, by=office.asker("receptionist"), at=AT)
    row = Opinion.objects.get()
    assert not queries.opinions(office.asker("main_leader")).exists()
    with pytest.raises(Forbidden):
        actions.handle_opinion(
            row, by=office.asker("main_leader"), at=LATER, finding="unfounded", result="没有的事"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(id=row.id).update(handled_by=leader, handled_at=LATER, finding="unfounded")
    assert queries.opinions(office.asker("efficiency_office")).count() == 1


def test_a_promise_found_broken_opens_a_case_and_a_finding(office: Office) -> None:
    named = promised(office, "MZ")
    wrote(office, line=named)
    row, by = Opinion.objects.get(), office.asker("main_leader", LATER)
    assert queries.line_of(row) is not None
    actions.handle_opinion(row, finding="partly", result="确实没有", by=by, at=LATER)
    breach = Breach.objects.get(opinion=row)
    assert (breach.clause, breach.disposed_at) == ("p3.service-commitment.3.d", None)
    found = Finding.objects.get(subject_id=row.id)
    assert (found.room, found.what, found.clause) == ("supervision", "promise_broken", breach.clause)
    assert queries.opinions(by, waiting=True).count() == 1
    kinds = LedgerEvent.objects.filter(subject_id=row.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["opinion_written", "opinion_handled", "breach_opened"]


@pytest.mark.parametrize(
    ("kind", "finding"), [("not_kept", "unfounded"), ("praise", "noted"), ("complaint", "partly")]
)
def test_nothing_else_opens_a_case(office: Office, kind: str, finding: str) -> None:
    wrote(office, kind=kind)
    by = office.asker("main_leader", LATER)
    actions.handle_opinion(Opinion.objects.get(), finding=finding, result="已办", told=TOLD, by=by, at=LATER)
    assert not Breach.objects.exists()
    assert not queries.opinions(by, waiting=True).exists()


def test_whoever_looks_into_it_may_name_the_line_but_not_of_their_own_unit(office: Office) -> None:
    ours, theirs = promised(office, "ZH"), promised(office, "MZ")
    words = Words(kind="complaint", text=TEXT, phone="13812341234")
    actions.write_opinion(office.tenant, words, by=None, at=AT)
    row, by = Opinion.objects.get(), office.asker("efficiency_office", LATER)
    said: Any = {"finding": "confirmed", "result": "确实没有", "by": by, "at": LATER}
    with pytest.raises(Forbidden) as caught:
        actions.handle_opinion(row, line=ours, **said)
    assert caught.value.code == "concerned"
    row = Opinion.objects.get()
    with pytest.raises(Invalid):
        actions.handle_opinion(row, line="MZ/1/99", **said)
    actions.handle_opinion(row, line=theirs, **said)
    row.refresh_from_db()
    assert (row.unit, row.line) == (office.units["MZ"], 4)
    assert Breach.objects.filter(opinion=row).exists()


def test_a_case_ends_with_a_disposition_and_only_once(office: Office, other: Office) -> None:
    row, by = broken(office), office.asker("main_leader", LATER)
    done: Any = {"disposition": "dealt_with", "words": "批评教育", "told": TOLD}
    for wrong, field, clause in (
        ({"disposition": ""}, "disposition", "p3.service-commitment.3.d"),
        ({"disposition": "forgotten"}, "disposition", "p3.service-commitment.3.d"),
        ({"words": " "}, "words", "p3.service-commitment.3.d"),
        ({"told": Told()}, "told_how", "p3.service-commitment.3.c"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.dispose_breach(row, **{**done, **wrong}, by=by, at=LATER)
        assert set(caught.value.fields) == {field}
        assert caught.value.clause == clause
    for key in ("head", "clerk", "administrator", "leader_in_charge"):
        with pytest.raises(Forbidden):
            actions.dispose_breach(row, **done, by=office.asker(key), at=LATER)
    concerned = replace(by, overseen_unit_ids=frozenset({office.units["MZ"].id}))
    with pytest.raises(Forbidden):
        actions.dispose_breach(row, **done, by=concerned, at=LATER)
    with pytest.raises(NotFound):
        actions.dispose_breach(row, **done, by=other.asker("main_leader"), at=LATER)
    actions.dispose_breach(row, **done, by=by, at=LATER)
    breach = Breach.objects.get()
    assert (breach.disposition, breach.words, breach.disposed_by_id) == (
        "dealt_with",
        "批评教育",
        by.person_id,
    )
    row.refresh_from_db()
    assert row.told_how == "phone"
    with pytest.raises(Conflict):
        actions.dispose_breach(row, **done, by=by, at=LATER)
    event = LedgerEvent.objects.get(subject_id=row.id, kind="breach_disposed")
    assert json.loads(event.body)["disposition"] == "dealt_with"
    assert "批评教育" not in str(event.body)


def test_what_opened_no_case_has_none_to_close(office: Office) -> None:
    wrote(office, kind="complaint")
    row, by = Opinion.objects.get(), office.asker("main_leader", LATER)
    with pytest.raises(NotFound):
        actions.dispose_breach(row, disposition="none", words="没有", told=TOLD, by=by, at=LATER)


def test_a_book_without_the_clause_opens_no_case(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    book = load("commission")
    left = {key: one for key, one in book.clauses.items() if key != "p3.service-commitment.3.d"}
    monkeypatch.setattr(books_of_offices, "load", lambda _: replace(book, clauses=left))
    monkeypatch.setattr(books_of_offices, "_books", {})
    wrote(office)
    by = office.asker("main_leader", LATER)
    actions.handle_opinion(
        Opinion.objects.get(), finding="confirmed", result="确实没有", told=TOLD, by=by, at=LATER
    )
    assert not Breach.objects.exists()
