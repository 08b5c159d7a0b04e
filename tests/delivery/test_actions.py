"""What is posted is posted once; letters leave after the commit, at least once, and are never lost."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from huiyin.delivery import actions, queries
from huiyin.delivery.actions import Delivered, deliver_due
from huiyin.delivery.models import Channel, Message
from huiyin.storage.transactions import write
from tests.delivery.office import AT, NUMBER, asker, open_office, post

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


class Killed(BaseException):
    """What a worker process feels when somebody pulls the plug."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What the mail server does with the next letters, in turn; then it takes them."""
    script: list[Callable[[], None]] = []
    accept = EmailBackend.send_messages

    def send_messages(self: EmailBackend, messages: Sequence[EmailMessage]) -> int:
        if script:
            script.pop(0)()
        return accept(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return script


def fails_with(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def sent() -> list[EmailMessage]:
    return list(outgoing.outbox)


def message_id(letter: EmailMessage) -> str:
    return str(letter.message()["Message-ID"])


def test_nothing_personal_is_stored() -> None:
    office = open_office()
    post(office.draft(), office.letter("2"))
    for row in Message.objects.values("text", "params", "link", "dedupe"):
        assert row["params"] == {"number": NUMBER}
        assert office.person.name not in str(row)


def test_an_occasion_is_told_once_in_each_office() -> None:
    office, other = open_office(), open_office("other")
    post(office.draft(), office.draft())
    post(office.draft(text="extension_wanted"))
    post(other.draft())
    assert [item.subject for item in queries.inbox(asker(office.person))] == ["您有1件新的待办"]
    assert queries.unread_count(asker(other.person)) == 1


def test_a_message_of_a_rolled_back_transaction_never_was() -> None:
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


def test_a_letter_says_that_something_waits_and_where() -> None:
    office = open_office()
    post(office.letter())
    assert deliver_due(AT) == Delivered(sent=1)
    (letter,) = sent()
    assert letter.to == ["1001@qinghe.example"]
    assert letter.subject == "您有1件新的待办"
    assert f"/desk/matters/{NUMBER}" in str(letter.body)
    assert office.person.name not in letter.message().as_string() + str(letter.body)
    assert message_id(letter).startswith(f"<{Message.objects.get().id}@")
    assert deliver_due(LATER) == Delivered()


def test_a_letter_to_an_address_outside() -> None:
    office = open_office()
    post(office.letter(person_id=None, address="li@somewhere.example", text="matter_decided"))
    assert deliver_due(AT).sent == 1
    assert sent()[0].to == ["li@somewhere.example"]


def test_a_rolled_back_transaction_sends_nothing() -> None:
    office = open_office()
    with write():
        actions.post([office.letter()], at=AT)
        transaction.set_rollback(True)
    assert deliver_due(LATER) == Delivered()
    assert sent() == []
    post(office.letter())
    assert deliver_due(LATER) == Delivered(sent=1)


def test_a_letter_waits_for_its_time() -> None:
    office = open_office()
    post(office.letter(not_before=LATER))
    assert deliver_due(LATER - timedelta(seconds=1)) == Delivered()
    assert deliver_due(LATER) == Delivered(sent=1)


def test_in_app_messages_are_not_sent() -> None:
    office = open_office()
    post(office.draft())
    assert deliver_due(LATER) == Delivered()
    assert sent() == []


def test_only_as_many_as_asked_for_oldest_first() -> None:
    office = open_office()
    for place in range(3):
        post(office.letter(str(place)), at=AT + timedelta(minutes=place))
    assert deliver_due(LATER, limit=2) == Delivered(sent=2)
    assert deliver_due(LATER, limit=2) == Delivered(sent=1)
    ids = [str(row) for row in Message.objects.order_by("created_at").values_list("id", flat=True)]
    assert [message_id(letter)[1:37] for letter in sent()] == ids


def test_a_worker_killed_before_sending_loses_nothing(server: list[Callable[[], None]]) -> None:
    office = open_office()
    post(office.letter("1"), office.letter("2"))
    server.append(fails_with(Killed()))
    with pytest.raises(Killed):
        deliver_due(AT)
    assert sent() == []
    # While the dead worker's lease runs nobody else takes its letters; then they go, once.
    assert deliver_due(AT + timedelta(seconds=5)) == Delivered()
    assert deliver_due(LATER) == Delivered(sent=2)
    assert deliver_due(LATER + timedelta(days=1)) == Delivered()
    assert len(sent()) == 2
    assert set(Message.objects.values_list("attempts", flat=True)) == {2}


def test_a_worker_killed_after_sending_repeats_under_the_same_id(monkeypatch: pytest.MonkeyPatch) -> None:
    office = open_office()
    post(office.letter())
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_note", lambda *_args, **_result: fails_with(Killed())())
        with pytest.raises(Killed):
            deliver_due(AT)
    assert deliver_due(LATER) == Delivered(sent=1)
    first, second = sent()
    assert message_id(first) == message_id(second)


def test_one_bad_letter_does_not_hold_up_the_next(server: list[Callable[[], None]]) -> None:
    office = open_office()
    post(office.letter("1"), office.letter("2"))
    server.append(fails_with(TypeError("a fault of ours")))
    assert deliver_due(AT) == Delivered(sent=1, retried=1)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("nobody listens"),
        TimeoutError("timed out"),
        smtplib.SMTPConnectError(421, b"too busy"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
    ],
)
def test_a_dead_server_is_asked_once_and_costs_the_other_letters_no_try(
    server: list[Callable[[], None]], error: Exception
) -> None:
    office = open_office()
    post(office.letter("1"), office.letter("2"), office.letter("3"))
    server.append(fails_with(error))
    assert deliver_due(AT) == Delivered(retried=1, unreachable=True)
    assert sorted(Message.objects.values_list("attempts", "claim", "leased_until")) == [
        (0, None, None),
        (0, None, None),
        (1, None, None),
    ]
    assert deliver_due(AT) == Delivered(sent=2)


def test_failures_wait_longer_and_longer_and_then_end(server: list[Callable[[], None]]) -> None:
    office = open_office()
    post(office.letter())
    at, waits = AT, []
    for _ in range(actions.MOST_ATTEMPTS - 1):
        server.append(fails_with(ConnectionRefusedError("no route to 1001@qinghe.example")))
        assert deliver_due(at) == Delivered(retried=1, unreachable=True)
        following = Message.objects.get().next_try_at
        assert following is not None
        waits.append(following - at)
        assert deliver_due(following - timedelta(seconds=1)) == Delivered()
        at = following
    assert [wait // timedelta(minutes=1) for wait in waits] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    server.append(fails_with(ConnectionRefusedError("no route to 1001@qinghe.example")))
    assert deliver_due(at) == Delivered(failed=1, unreachable=True)
    assert deliver_due(at + timedelta(days=30)) == Delivered()
    (dead,) = queries.dead_letters(office.tenant.id)
    assert dead.attempts == actions.MOST_ATTEMPTS
    assert dead.last_error == "ConnectionRefusedError: no route to …"
    assert queries.dead_letters(open_office("other").tenant.id) == []


def test_a_given_up_letter_can_be_tried_again(server: list[Callable[[], None]]) -> None:
    office, other = open_office(), open_office("other")
    post(office.letter())
    server.append(fails_with(smtplib.SMTPRecipientsRefused({"x@y.example": (550, b"unknown")})))
    assert deliver_due(AT) == Delivered(failed=1)
    ids = [dead.id for dead in queries.dead_letters(office.tenant.id)]
    assert actions.try_again(other.tenant.id, ids, LATER) == 0
    assert actions.try_again(office.tenant.id, ids, LATER) == 1
    assert deliver_due(LATER) == Delivered(sent=1)


def test_the_wait_has_a_cap() -> None:
    assert actions._wait(30) == actions.LONGEST_WAIT


@pytest.mark.parametrize(
    ("error", "ends"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"busy")}), False),
        (smtplib.SMTPSenderRefused(553, b"no", "c@d.example"), True),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError("slow"), False),
    ],
)
def test_only_a_final_no_ends_at_once(server: list[Callable[[], None]], error: Exception, ends: bool) -> None:
    office = open_office()
    post(office.letter())
    server.append(fails_with(error))
    done = deliver_due(AT)
    assert (done.failed, done.retried) == ((1, 0) if ends else (0, 1))
    stored = Message.objects.get().last_error
    assert type(error).__name__ in stored
    assert "@" not in stored


def test_a_reader_without_address_or_who_left_ends_at_once() -> None:
    office = open_office()
    type(office.person).objects.filter(id=office.person.id).update(active=False)
    type(office.colleague).objects.filter(id=office.colleague.id).update(email="")
    post(office.letter("1"), office.letter("2", person_id=office.colleague.id))
    assert deliver_due(AT) == Delivered(failed=2)


def test_a_letter_that_kills_every_worker_is_given_up(server: list[Callable[[], None]]) -> None:
    office = open_office()
    post(office.letter())
    at = AT
    for _ in range(actions.MOST_ATTEMPTS):
        server.append(fails_with(Killed()))
        with pytest.raises(Killed):
            deliver_due(at)
        at += timedelta(hours=1)
    assert deliver_due(at) == Delivered(failed=1)
    assert queries.dead_letters(office.tenant.id)[0].last_error == actions.ABANDONED


def test_a_worker_whose_lease_ran_out_does_not_overwrite_the_next(server: list[Callable[[], None]]) -> None:
    office = open_office()
    post(office.letter())

    def slow() -> None:
        assert deliver_due(LATER) == Delivered(sent=1)
        raise TimeoutError("so slow that somebody else took over")

    server.append(slow)
    deliver_due(AT)
    row = Message.objects.get()
    assert row.sent_at == LATER
    assert row.last_error == ""
    assert len(sent()) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_letter_once() -> None:
    office = open_office()
    post(*(office.letter(str(place)) for place in range(24)))

    def work(_: int) -> int:
        count = 0
        while (done := deliver_due(AT, limit=3)).sent:
            count += done.sent
        connection.close()
        return count

    with ThreadPoolExecutor(max_workers=3) as workers:
        counts = list(workers.map(work, range(3)))
    # A worker may find every row taken and go home early; the next errand takes the rest.
    rest = deliver_due(AT).sent
    assert sum(counts) + rest == 24
    assert len({message_id(letter) for letter in sent()}) == len(sent()) == 24


def test_who_wants_no_letters_gets_none_and_whoever_has_no_account_does() -> None:
    office = open_office()
    actions.prefer(asker(office.person), queries.Wish(mail=False), AT)
    post(office.letter("1"), office.letter("2", person_id=None, address="wang@citizens.example"))
    assert deliver_due(AT) == Delivered(sent=1, moot=1)
    assert deliver_due(LATER) == Delivered()
    assert [one.to for one in sent()] == [["wang@citizens.example"]]


def test_a_letter_that_comes_too_late_is_not_sent() -> None:
    office = open_office()
    post(office.letter("1", not_after=AT), office.letter("2", not_after=LATER))
    assert deliver_due(AT + timedelta(seconds=1)) == Delivered(sent=1, moot=1)


def test_only_letters_can_come_too_late() -> None:
    office = open_office()
    with pytest.raises(ValueError, match="at once"):
        post(office.draft(not_after=LATER))
