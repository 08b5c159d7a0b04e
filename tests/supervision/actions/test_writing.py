"""The opinion book takes what people write, once, and keeps what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from huiyin.catalogue import actions as catalogue
from huiyin.ledger.models import LedgerEvent
from huiyin.rules.errors import Conflict, Invalid, NotFound, Unlawful
from huiyin.storage.crypto import digest
from huiyin.supervision import actions, queries
from huiyin.supervision.actions import Entered, Words
from huiyin.supervision.models import Opinion
from tests.factories import AT, Office, make_office

TEXT = "承诺当天答复，等了三天"
LATER = AT + timedelta(days=2)
PARTS = [
    "content",
    "procedure",
    "standards",
    "limits",
    "staff_standards",
    "phrases",
    "conduct",
    "reporting",
    "charges",
]
WHOLE = {
    **dict.fromkeys(PARTS, "当天答复"),
    "complaint_phone": "0571-88881111",
    "complaint_unit": "效能办",
}


def wrote(
    office: Office, *, key: str = "", unit: str = "MZ", kind: str = "not_kept", line: str = ""
) -> Entered:
    words = Words(
        kind=kind, text=TEXT, unit=office.units[unit], writer="王秀兰", phone="13812341234", line=line
    )
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


def test_rows_of_another_office_are_not_found(office: Office, other: Office) -> None:
    for words, by in (
        (Words(kind="praise", text="好", unit=other.units["MZ"]), None),
        (Words(kind="praise", text="好", against=other.people["clerk"]), None),
        (Words(kind="praise", text="好"), other.asker("clerk")),
    ):
        with pytest.raises(NotFound):
            actions.write_opinion(office.tenant, words, by=by, at=AT)


def test_a_line_that_is_cited_says_whose_promise_it_was(office: Office) -> None:
    by = office.asker("efficiency_office")
    row = catalogue.draft_commitment(office.tenant, office.units["MZ"], said=WHOLE, by=by, at=AT)
    catalogue.publish_commitment(row, by=by, at=AT)
    for wrong, unit in (("MZ/1/99", None), ("MZ/2/1", None), ("MZ/1/1", office.units["ZH"])):
        with pytest.raises(Invalid) as caught:
            actions.write_opinion(
                office.tenant, Words(kind="not_kept", text=TEXT, line=wrong, unit=unit), by=None, at=AT
            )
        assert set(caught.value.fields) == {"line"}
    actions.write_opinion(office.tenant, Words(kind="not_kept", text=TEXT, line="mz/1/4"), by=None, at=AT)
    found = Opinion.objects.get()
    assert (found.unit, found.commitment, found.line) == (office.units["MZ"], row, 4)
