"""Notices on file, and what the person said, proved by the ledger."""

from __future__ import annotations

from huiyin.documents.models import Document
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from tests.factories import Office, make_office

LACKING = (Paper("居民户口簿", present=True, pages=4), Paper("收入证明", present=False, problem="没有盖章"))


def told(office: Office) -> Matter:
    by = [By(office.asker("clerk"), office.at, key) for key in "12"]
    asked = Request(
        kind="application", channel="counter", item="DB-1", applicant_name="王小明", materials=LACKING
    )
    number = actions.register(by[0], asked).number
    actions.issue_notice(by[1], number, supplement_how="到窗口")
    return Matter.objects.select_related("tenant").get(number=number)


def test_a_notice_is_on_file_as_it_was_issued(db: None) -> None:
    matter = told(make_office())
    (kept,) = queries.archived_notices(matter)
    row = Document.objects.get(subject_id=matter.id)
    assert (kept.document_id, kept.number, kept.ordinal, kept.unaltered) == (row.id, row.number, 1, True)


def test_a_changed_word_a_swapped_paper_and_a_lost_one_show(db: None) -> None:
    matter = told(make_office())
    row = Document.objects.get(subject_id=matter.id)
    row.content = row.content.replace("没有盖章", "没有签字")
    row.save()
    assert [one.unaltered for one in queries.archived_notices(matter)] == [False]
    row.content_digest = "0" * 64
    row.save()
    assert [one.unaltered for one in queries.archived_notices(matter)] == [False]
    row.delete()
    assert [(one.document_id, one.unaltered) for one in queries.archived_notices(matter)] == [(None, False)]


def test_an_office_whose_rulebook_asks_for_no_file_has_none(db: None) -> None:
    assert queries.archived_notices(told(make_office(rulebook="headquarters"))) == []


def test_what_was_said_is_compared_with_what_was_written_down(db: None) -> None:
    matter = told(make_office())
    assert queries.original_unaltered(matter)
    matter.details = "没有的事"
    assert not queries.original_unaltered(matter)
