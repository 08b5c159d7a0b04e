"""Messages at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.translation import override

from huiyin.delivery import actions, queries
from huiyin.delivery.models import Channel, Message
from huiyin.storage.transactions import write
from tests.delivery.office import AT, NUMBER, asker, open_office, post

pytestmark = pytest.mark.django_db


def test_a_message_is_there_at_once_for_its_reader_alone() -> None:
    office, other = open_office(), open_office("other")
    post(office.draft())
    (item,) = queries.inbox(asker(office.person))
    assert item.subject == "您有1件新的待办"
    assert NUMBER in item.body
    assert item.link == f"/desk/matters/{NUMBER}"
    assert item.created_at == AT
    assert item.read_at is None
    for stranger in (office.colleague, other.person):
        assert queries.inbox(asker(stranger)) == []
        assert queries.unread_count(asker(stranger)) == 0


def test_nothing_personal_is_stored() -> None:
    office = open_office()
    post(office.draft(), office.letter("2"))
    for row in Message.objects.values("text", "params", "link", "dedupe"):
        assert row["params"] == {"number": NUMBER}
        assert office.person.name not in str(row)


def test_the_reader_chooses_the_language() -> None:
    office = open_office()
    post(office.draft(text="waiting", params={"count": 3, "overdue": 1}))
    with override("zh-hans"):
        assert queries.inbox(asker(office.person))[0].subject == "您有3件待办"


def test_newest_first_and_no_more_than_asked_for() -> None:
    office = open_office()
    for minute in range(4):
        post(office.draft(str(minute)), at=AT + timedelta(minutes=minute))
    found = queries.inbox(asker(office.person), limit=3)
    assert [item.created_at.minute for item in found] == [3, 2, 1]


def test_an_occasion_is_told_once_in_each_office() -> None:
    office, other = open_office(), open_office("other")
    post(office.draft(), office.draft())
    post(office.draft(text="decision_wanted"))
    post(other.draft())
    assert [item.subject for item in queries.inbox(asker(office.person))] == ["您有1件新的待办"]
    assert queries.unread_count(asker(other.person)) == 1


def test_reading() -> None:
    office = open_office()
    post(office.draft("1"), office.draft("2"))
    first, second = queries.inbox(asker(office.person))
    assert actions.mark_read(asker(office.colleague), [first.id], AT) == 0
    assert actions.mark_read(asker(office.person), [first.id, uuid4()], AT) == 1
    assert actions.mark_read(asker(office.person), [first.id], AT + timedelta(days=1)) == 0
    assert queries.unread_count(asker(office.person)) == 1
    assert [item.id for item in queries.inbox(asker(office.person), unread_only=True)] == [second.id]
    assert {item.read_at for item in queries.inbox(asker(office.person))} == {AT, None}


def test_a_rolled_back_message_never_was() -> None:
    office = open_office()
    with write():
        actions.post([office.draft()], at=AT)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"link": "https://evil.example/"},
        {"link": "//evil.example/"},
        {"link": "/t/QH1?code=7K3M"},
        {"link": "/t/QH1#x"},
        {"link": "/t/QH1\r\nX: y"},
        {"person_id": None},
        {"person_id": None, "channel": Channel.EMAIL},
        {"address": "a@b.example"},
        {"address": "a@b.example\r\nBcc: c@d.example", "channel": Channel.EMAIL},
        {"address": "a@b.example, c@d.example", "channel": Channel.EMAIL},
        {"not_before": AT},
        {"text": "love_letter"},
        {"params": {"number": "张三"}},
    ],
)
def test_a_draft_that_could_go_astray_is_refused(change: dict[str, Any]) -> None:
    office = open_office()
    with pytest.raises(ValueError, match=r"."):
        post(office.draft(**change))
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_posted() -> None:
    office = open_office()
    with pytest.raises(RuntimeError):
        actions.post([office.draft()], at=AT)
