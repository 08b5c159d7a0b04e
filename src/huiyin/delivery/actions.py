"""Posting, delivering and reading messages.

A message is posted in the transaction that makes it true, so none is sent for
what never happened. Delivery is at least once: a worker claims letters under a
lease, sends them outside any transaction, and notes each result by itself. A
worker that dies leaves its claim to run out; the letter then goes again, under
the same Message-ID.
"""

from __future__ import annotations

import smtplib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import F, Q, QuerySet

from huiyin.delivery import mail, queries, texts
from huiyin.delivery.models import Channel, Message, Preference
from huiyin.ledger import actions as ledger
from huiyin.obligations import queries as duties
from huiyin.organisation.queries import Asker
from huiyin.rules.vocabulary import JSONValue
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import insert_each
from huiyin.storage.transactions import write

MOST_ATTEMPTS: Final = 10
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
LEASE_EACH: Final = timedelta(seconds=30)
"""Twice and more what the mail server's time-out (10 s) lets one letter take."""

_PERMANENT: Final = range(500, 600)
_NO_SERVER: Final = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
ABANDONED: Final = "the worker stopped while sending, every time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to post: a template of `texts`, its parameters, a reader, and a key that is used once.

    `dedupe` names the occasion within the office, e.g. `"<event id>:handover_offered"`:
    a second draft with the same key changes nothing. In-app messages need a
    person; letters a person with an address or an address. `link` is a bare
    path of this site. `not_before` and `not_after` hold back letters only; a letter of a
    `reminder` is not sent once the duty is done or has moved.
    """

    tenant_id: UUID
    text: str
    dedupe: str
    params: texts.Params = field(default_factory=dict)
    person_id: UUID | None = None
    address: str = ""
    channel: Channel = Channel.INAPP
    link: str = ""
    language: str = "zh-hans"
    not_before: datetime | None = None
    not_after: datetime | None = None
    reminder_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one errand of the worker did: sent, given up, left for a later try, and not wanted any more.

    `unreachable` says that the mail server did not answer; the letters after that one were not tried.
    """

    sent: int = 0
    failed: int = 0
    retried: int = 0
    moot: int = 0
    unreachable: bool = False


def post(drafts: Sequence[Draft], *, at: datetime) -> None:
    """Store messages in the caller's transaction; nothing leaves before it commits.

    Raises `RuntimeError` outside a transaction and `ValueError` for a draft that
    could not be delivered or could carry personal data.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A message is posted together with what it tells of: open storage.write() first.")
    insert_each([_row(draft, at) for draft in drafts], ignore_conflicts=True)


def deliver_due(at: datetime, limit: int = 50) -> Delivered:
    """Send up to `limit` letters that are due; safe to run in many workers at once.

    A failed letter waits 1, 2, 4 … minutes, at most 6 hours, and is given up
    after 10 tries or at once when the other side says that trying is useless. Once
    the server cannot be reached the others are handed back as they were.
    """
    given_up = _give_up_abandoned(at)
    claim, letters = _claim(at, limit)
    # Opened and closed for each letter: a refused one must not spoil the session for the next.
    link = get_connection()
    silent = {who for who, wish in queries.wishes(_readers(letters)).items() if not wish.mail}
    results: list[str] = []
    unreachable = False
    for message in letters:
        result, unreachable = _send_one(message, claim, at, link, silent)
        results.append(result)
        if unreachable:
            _hand_back(claim)
            break
    return Delivered(
        sent=results.count("sent"),
        failed=given_up + results.count("failed"),
        retried=results.count("retried"),
        moot=results.count("moot"),
        unreachable=unreachable,
    )


def prefer(asker: Asker, wish: queries.Wish, at: datetime) -> None:
    """Note how the asker wants to be told; where nothing changes, nothing is recorded."""
    with write():
        if queries.wish_of(asker) == wish:
            return
        Preference.objects.update_or_create(
            person_id=asker.person_id,
            defaults={"tenant_id": asker.tenant_id, "digest": wish.digest, "mail": wish.mail},
        )
        chosen: dict[str, JSONValue] = {"digest": wish.digest, "mail": wish.mail}
        entry = ledger.Entry(
            kind="person.told_otherwise",
            at=at,
            actor=f"person:{asker.person_id}",
            acting_for="",
            via=asker.via,
            body=chosen,
        )
        ledger.append(
            tenant_id=asker.tenant_id,
            room="organisation",
            subject_id=asker.person_id,
            entries=[entry],
            recorded_at=at,
            new=False,
        )


def mark_read(asker: Asker, ids: Iterable[UUID], at: datetime) -> int:
    """Mark the asker's own messages as read and return how many were unread until now."""
    with write():
        return queries.own(asker).filter(id__in=list(ids), read_at=None).update(read_at=at)


def mark_all_read(asker: Asker, until: datetime, at: datetime) -> int:
    """Mark whatever the asker had been told by `until` as read and return how many were unread until now."""
    with write():
        return queries.own(asker).filter(created_at__lte=until, read_at=None).update(read_at=at)


def try_again(tenant_id: UUID, ids: Iterable[UUID], at: datetime) -> int:
    """Take given-up letters of an office out of the dead-letter list and start over."""
    dead = Message.objects.filter(tenant_id=tenant_id, id__in=list(ids), failed_at__isnull=False)
    with write():
        return dead.update(failed_at=None, attempts=0, next_try_at=at, claim=None, leased_until=None)


def _row(draft: Draft, at: datetime) -> Message:
    """Check a draft and make its row."""
    texts.check(draft.text, draft.params)
    by_mail = draft.channel is Channel.EMAIL
    if not mail.is_link(draft.link):
        raise ValueError("a link is a bare path of this site")
    if draft.person_id is None and not (by_mail and draft.address):
        raise ValueError("a message needs a reader")
    if draft.address and not (by_mail and mail.is_address(draft.address)):
        raise ValueError("only letters have an address, and it must be one")
    if (draft.not_before or draft.not_after) and not by_mail:
        raise ValueError("an in-app message is there at once")
    return Message(
        tenant_id=draft.tenant_id,
        person_id=draft.person_id,
        address=draft.address,
        channel=draft.channel.value,
        text=draft.text,
        params=dict(draft.params),
        link=draft.link,
        language=draft.language,
        dedupe=draft.dedupe,
        created_at=at,
        not_before=draft.not_before,
        not_after=draft.not_after,
        reminder_id=draft.reminder_id,
        next_try_at=(draft.not_before or at) if by_mail else None,
    )


def _due(at: datetime) -> QuerySet[Message]:
    """Letters to be sent now that no living worker holds."""
    return Message.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at),
        channel=Channel.EMAIL.value,
        sent_at=None,
        failed_at=None,
        moot_at=None,
        next_try_at__lte=at,
    )


def _give_up_abandoned(at: datetime) -> int:
    """Letters that took a worker down with them on every try are not tried for ever."""
    spent = _due(at).filter(attempts__gte=MOST_ATTEMPTS)
    if not spent.exists():
        return 0
    with write():
        return spent.update(failed_at=at, last_error=ABANDONED, claim=None, leased_until=None)


def _claim(at: datetime, limit: int) -> tuple[UUID, list[Message]]:
    """Take letters under a fresh claim; the attempt counts from here, so that a crash counts too."""
    claim = new_id()
    due = _due(at).filter(attempts__lt=MOST_ATTEMPTS)
    if not due.exists():
        # Workers ask often: an empty outbox must not cost the write lock.
        return claim, []
    with write():
        ids = list(
            due.order_by("next_try_at", "id")
            .select_for_update(skip_locked=True)
            .values_list("id", flat=True)[:limit]
        )
        due.filter(id__in=ids).update(
            claim=claim, leased_until=at + LEASE_EACH * max(len(ids), 1), attempts=F("attempts") + 1
        )
    mine = Message.objects.filter(claim=claim).select_related("tenant", "person", "reminder__duty")
    return claim, list(mine.order_by("next_try_at", "id"))


def _readers(letters: Sequence[Message]) -> set[UUID]:
    return {one.person_id for one in letters if one.person_id}


def _send_one(
    message: Message, claim: UUID, at: datetime, link: BaseEmailBackend, silent: Collection[UUID]
) -> tuple[str, bool]:
    """Send a letter and note what came of it: "sent", "failed", "retried" or "moot".

    The second part says whether the server could not be reached.
    """
    if message.person_id in silent or _is_moot(message, at):
        _note(message, claim, moot_at=at)
        return "moot", False
    try:
        mail.letter(message, link).send()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter must not hold up the others
        return _note_failure(message, claim, at, error), _is_unreachable(error)
    _note(message, claim, sent_at=at, last_error="")
    return "sent", False


def _is_moot(message: Message, at: datetime) -> bool:
    """Whether what the letter says is not so any more; it may have waited for hours."""
    if message.not_after is not None and message.not_after < at:
        return True
    return message.reminder is not None and not duties.still_so(message.reminder)


def _note_failure(message: Message, claim: UUID, at: datetime, error: Exception) -> str:
    words = mail.without_addresses(error)
    if message.attempts >= MOST_ATTEMPTS or _is_permanent(error):
        _note(message, claim, failed_at=at, last_error=words)
        return "failed"
    _note(message, claim, next_try_at=at + _wait(message.attempts), last_error=words)
    return "retried"


def _hand_back(claim: UUID) -> None:
    """Let go of letters that were claimed and not tried; the attempt does not count."""
    with write():
        Message.objects.filter(claim=claim).update(claim=None, leased_until=None, attempts=F("attempts") - 1)


def _note(message: Message, claim: UUID, **result: object) -> None:
    """Write the result, unless the lease ran out meanwhile and the letter is somebody else's now."""
    with write():
        Message.objects.filter(id=message.id, claim=claim).update(claim=None, leased_until=None, **result)


def _is_permanent(error: Exception) -> bool:
    """Whether the letter itself is wrong, or the other side said no for good."""
    if isinstance(error, mail.Undeliverable):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in _PERMANENT for code, _ in error.recipients.values())
    # A refused sign-in is the installation's fault, not the letter's: it may be repaired.
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in _PERMANENT


def _is_unreachable(error: Exception) -> bool:
    """Whether the mail server does not answer, or does not let this installation in, whatever the letter."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, _NO_SERVER)
    return isinstance(error, OSError)


def _wait(attempts: int) -> timedelta:
    """Twice as long after every failure, up to the cap."""
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)
