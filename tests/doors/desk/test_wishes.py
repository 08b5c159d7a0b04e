"""A person says how they want to be told, and what was said of something done is marked so."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.delivery import queries as delivery
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions
from huiyin.rules.workdays import load_calendar
from tests.doors.desk.browser import Desk, enquiry, said
from tests.factories import AT, Office


def test_a_digest_and_no_letters_are_chosen_and_taken_back(
    clerk: Desk, receptionist: Desk, office: Office
) -> None:
    page = said(clerk.get("inbox/wishes/"))
    assert "怎样提醒您" in page
    assert "提醒方式" in said(clerk.get("inbox/"))
    assert clerk.post("inbox/wishes/", digest="on").status_code == 302
    assert delivery.wish_of(office.asker("clerk")) == delivery.Wish(digest=True, mail=False)
    assert delivery.wish_of(office.asker("receptionist")) == delivery.Wish()
    clerk.post("inbox/wishes/", digest="on")
    clerk.post("inbox/wishes/", mail="on")
    assert delivery.wish_of(office.asker("clerk")) == delivery.Wish()
    noted = LedgerEvent.objects.filter(kind="person.told_otherwise", tenant_id=office.tenant.id)
    assert noted.count() == 2


def test_who_was_reminded_when_stands_on_the_matter_and_the_message_ages(
    clerk: Desk, receptionist: Desk, office: Office, now: mock.Mock
) -> None:
    number = enquiry(receptionist).number
    late = load_calendar().add_minutes(AT + timedelta(days=20), 60)
    now.return_value = late
    actions.note_limits_passed(late)
    actions.remind(late)
    receptionist = Desk(office, "receptionist")  # the session has ended long since
    page = said(receptionist.get(f"matters/{number}/"))
    assert "提醒记录" in page
    assert "已超期" in page
    assert "已不适用" not in said(receptionist.get("inbox/"))
    actions.answer(receptionist.by(), number, reply="请到三楼。")
    assert "已不适用" in said(receptionist.get("inbox/"))
