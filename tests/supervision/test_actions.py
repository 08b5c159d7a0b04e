"""The opinion book takes what people write, once, and keeps what came of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from huiyin.ledger.models import LedgerEvent
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound, Unlawful
from huiyin.storage.crypto import digest
from huiyin.supervision import actions, queries
from huiyin.supervision.actions import Entered, Told, Words
from huiyin.supervision.models import Opinion
from tests.factories import AT, Office, make_office

TEXT = "承诺当天答复，等了三天"
LATER = AT + timedelta(days=2)
TOLD = Told("phone", LATER.date())


def wrote(office: Office, *, key: str = "", unit: str = "MZ", kind: str = "not_kept") -> Entered:
    words = Words(kind=kind, text=TEXT, unit=office.units[unit], writer="王秀兰", phone="13812341234")
    return actions.write_opinion(office.tenant, words, by=None, at=AT, key=key)


def test_it_is_numbered_digested_and_encrypted(office: Office) -> None:
    first, second = wrote(office), wrote(office)
    assert [first.number, second.number] == ["YJ-2026-0001", "YJ-2026-0002"]
    row = Opinion.objects.get(number=first.number)
    assert (row.text, row.writer, row.source) == (TEXT, "王秀兰", "portal")
    [event] = LedgerEvent.objects.filter(subject_id=row.id)
    assert (event.kind, event.actor) == ("opinion_written", "applicant")
    assert TEXT not in str(event.body)
    assert digest(TEXT, bytes(row.salt)) in str(event.body)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, writer FROM supervision_opinion")
        assert not any(TEXT.encode() in bytes(text) for text, _writer in cursor.fetchall())


def test_the_same_form_counts_once_and_gives_its_code_again(office: Office) -> None:
    first = wrote(office, key="k")
    assert wrote(office, key="k") == first
    assert actions.is_repeated(office.tenant, "k")
    other = wrote(office, key="other")
    assert other.code != first.code
    assert Opinion.objects.count() == 2
    for one in (first, other):
        assert queries.answered(office.tenant, one.number, one.code).number == one.number
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supervision_opinion")
        assert first.code not in str(cursor.fetchall()), "no table keeps it"


def test_a_day_later_it_is_still_the_same_form(office: Office) -> None:
    words = Words(kind="praise", text=TEXT)
    first = actions.write_opinion(office.tenant, words, by=None, at=AT, key="k")
    assert actions.write_opinion(office.tenant, words, by=None, at=LATER, key="k") == first


def test_a_key_that_stands_for_something_else_opens_nothing(office: Office) -> None:
    wrote(office, key="k")
    with pytest.raises(Conflict):
        wrote(office, key="k", kind="praise")
    words = Words(kind="not_kept", text=TEXT, unit=office.units["MZ"], writer="王秀兰", phone="13812341234")
    with pytest.raises(Conflict):
        actions.write_opinion(office.tenant, words, by=office.asker("clerk"), at=AT, key="k")
    assert Opinion.objects.count() == 1


def test_without_a_key_each_is_an_entry_with_a_code_of_its_own(office: Office) -> None:
    assert wrote(office).code != wrote(office).code


@pytest.mark.parametrize("key", ["a\x00b", "k" * 81, "a\nb"])
def test_a_key_that_no_database_holds_is_refused_readably(office: Office, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        wrote(office, key=key)
    assert "key" in refused.value.fields


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words(kind="", text="有"), "kind"),
        (Words(kind="praise", text=" \n"), "text"),
        (Words(kind="praise", text="长" * 2001), "text"),
        (Words(kind="praise", text="有", phone="打我"), "phone"),
        (Words(kind="praise", text="有", written_on=LATER.date()), "written_on"),
    ],
)
def test_what_cannot_be_kept(office: Office, words: Words, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.write_opinion(office.tenant, words, by=None, at=AT)
    assert set(caught.value.fields) == {field}
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("rulebook", ["company", "headquarters", "township", "report"])
def test_only_who_must_keep_a_book_has_one(db: None, rulebook: str) -> None:
    office = make_office("zhaogong", rulebook=rulebook)
    with pytest.raises(Unlawful) as caught:
        wrote(office)
    assert caught.value.code == "not_regulated"


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
    wrote(office)
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


def test_rows_of_another_office_are_not_found(office: Office, other: Office) -> None:
    for words, by in (
        (Words(kind="praise", text="好", unit=other.units["MZ"]), None),
        (Words(kind="praise", text="好", against=other.people["clerk"]), None),
        (Words(kind="praise", text="好"), other.asker("clerk")),
    ):
        with pytest.raises(NotFound):
            actions.write_opinion(office.tenant, words, by=by, at=AT)
