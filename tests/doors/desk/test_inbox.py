"""Messages to oneself."""

from __future__ import annotations

from uuid import uuid4

from huiyin.delivery.actions import Draft, post
from huiyin.delivery.models import Message
from huiyin.delivery.queries import PAGE, unread_count
from huiyin.matters import actions
from huiyin.storage.transactions import write
from tests.doors.desk.browser import Desk, enquiry, said, value_of
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


def test_older_messages_are_pages_away_and_all_are_read_at_once(clerk: Desk, office: Office) -> None:
    drafts = [
        Draft(
            tenant_id=office.tenant.id,
            text="matter_assigned",
            params={"number": f"N{count:03d}"},
            person_id=office.people["clerk"].id,
            dedupe=str(count),
        )
        for count in range(PAGE + 2)
    ]
    with write():
        post(drafts, at=office.at)
    first, second = clerk.get("inbox/"), clerk.get("inbox/", **{"from": str(PAGE)})
    assert (said(first).count("标为已读"), said(second).count("标为已读")) == (PAGE + 1, 3)
    assert 'href="?from=50"' in first.content.decode()
    assert 'href="?from=0"' in second.content.decode()
    assert "没有更早的消息" in said(clerk.get("inbox/", **{"from": "9000"}))
    (one,) = Message.objects.filter(params={"number": "N000"})
    answer = clerk.post("inbox/read/", id=str(one.id), **{"from": str(PAGE)})
    assert answer["Location"].endswith("/inbox/?from=50")
    clerk.post("inbox/read/", until="yesterday")
    assert unread_count(office.asker("clerk")) == PAGE + 1
    clerk.post("inbox/read/", until=value_of(first, "until"))
    assert unread_count(office.asker("clerk")) == 0


def test_nobody_marks_another_persons_messages(receptionist: Desk, clerk: Desk, office: Office) -> None:
    number = enquiry(receptionist).number
    actions.offer_handover(receptionist.by(), number, to=office.people["clerk"].id, reason="")
    (message,) = Message.objects.filter(person=office.people["clerk"], channel="inapp")
    receptionist.post("inbox/read/", id=[str(message.id), str(uuid4()), "nonsense"])
    message.refresh_from_db()
    assert message.read_at is None


def test_no_messages_says_what_will_come(clerk: Desk) -> None:
    assert "没有消息" in said(clerk.get("inbox/"))
