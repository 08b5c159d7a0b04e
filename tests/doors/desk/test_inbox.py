"""Messages to oneself."""

from __future__ import annotations

from uuid import uuid4

from huiyin.delivery.models import Message
from huiyin.matters import actions
from tests.doors.desk.browser import Desk, enquiry, said
from tests.factories import Office


def test_messages_are_read_one_by_one_or_all_at_once(receptionist: Desk, clerk: Desk, office: Office) -> None:
    for _ in range(2):
        number = enquiry(receptionist).number
        actions.offer_handover(receptionist.by(), number, to=office.people["clerk"].id, reason="")
    unread = Message.objects.filter(person=office.people["clerk"], channel="inapp", read_at=None)
    first = unread.first()
    assert first is not None
    assert "未读" in said(clerk.get("inbox/"))
    assert clerk.post("inbox/read/", id=str(first.id)).status_code == 302
    assert unread.count() == 1
    clerk.post("inbox/read/", id=[str(one.id) for one in Message.objects.all()])
    assert unread.count() == 0
    assert "未读" not in said(clerk.get("inbox/"))


def test_nobody_marks_another_persons_messages(receptionist: Desk, clerk: Desk, office: Office) -> None:
    number = enquiry(receptionist).number
    actions.offer_handover(receptionist.by(), number, to=office.people["clerk"].id, reason="")
    (message,) = Message.objects.filter(person=office.people["clerk"], channel="inapp")
    receptionist.post("inbox/read/", id=[str(message.id), str(uuid4()), "nonsense"])
    message.refresh_from_db()
    assert message.read_at is None


def test_no_messages_says_what_will_come(clerk: Desk) -> None:
    assert "没有消息" in said(clerk.get("inbox/"))
