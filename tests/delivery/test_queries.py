"""A person reads their own messages and nobody else's; an office sees its own dead letters."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from huiyin.delivery import actions, queries
from huiyin.delivery.models import Message
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
    older = queries.inbox(asker(office.person), limit=3, offset=3)
    assert [item.created_at.minute for item in older] == [0]


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


def test_reading_all_reads_what_there_was_by_then() -> None:
    office = open_office()
    for minute in range(3):
        post(office.draft(str(minute)), at=AT + timedelta(minutes=minute))
    post(office.draft("theirs", person_id=office.colleague.id))
    assert actions.mark_all_read(asker(office.person), AT + timedelta(minutes=1), AT) == 2
    assert actions.mark_all_read(asker(office.person), AT + timedelta(minutes=1), AT) == 0
    assert queries.unread_count(asker(office.person)) == 1
    assert queries.unread_count(asker(office.colleague)) == 1


def test_a_letter_is_no_message_at_the_desk() -> None:
    office = open_office()
    post(office.letter())
    assert queries.inbox(asker(office.person)) == []
    assert queries.unread_count(asker(office.person)) == 0


def test_dead_letters_are_the_offices_own_newest_first_and_only_the_given_up() -> None:
    office, other = open_office(), open_office("other")
    post(*(office.letter(str(place)) for place in range(3)))
    post(other.letter())
    for place, row in enumerate(Message.objects.filter(tenant=office.tenant).order_by("dedupe")[:2]):
        row.failed_at, row.last_error = AT + timedelta(hours=place), f"error {place}"
        row.save()
    assert [dead.last_error for dead in queries.dead_letters(office.tenant.id)] == ["error 1", "error 0"]
    assert [dead.last_error for dead in queries.dead_letters(office.tenant.id, limit=1)] == ["error 1"]
    assert queries.dead_letters(other.tenant.id) == []


def test_everybody_is_told_each_thing_by_letter_too_until_they_say_otherwise() -> None:
    office = open_office()
    me, other = asker(office.person), asker(office.colleague)
    assert queries.wish_of(me) == queries.Wish(digest=False, mail=True)
    actions.prefer(me, queries.Wish(digest=True, mail=False), AT)
    assert queries.wishes([me.person_id, other.person_id]) == {
        me.person_id: queries.Wish(digest=True, mail=False),
        other.person_id: queries.Wish(),
    }
