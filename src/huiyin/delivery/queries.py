"""Reading messages: a person sees their own and nobody else's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from huiyin.delivery.models import Channel, Message, Preference
from huiyin.delivery.texts import render
from huiyin.obligations import queries as duties
from huiyin.organisation.queries import Asker

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A message as its reader sees it, in the language of the moment.

    `moot` says that it reminds of something that has been done or moved since.
    """

    id: UUID
    subject: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None
    moot: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told: everything of a sitting in one message, and by letter besides."""

    digest: bool = False
    mail: bool = True


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A letter that was given up, and the last error; the address stays out of it."""

    id: UUID
    text: str
    created_at: datetime
    failed_at: datetime
    attempts: int
    last_error: str


def inbox(asker: Asker, *, unread_only: bool = False, limit: int = PAGE, offset: int = 0) -> list[InboxItem]:
    """The asker's messages, newest first, from the one after `offset` others."""
    found = own(asker).select_related("reminder__duty")
    if unread_only:
        found = found.filter(read_at=None)
    return [_item(message) for message in found.order_by("-created_at", "-id")[offset : offset + limit]]


def unread_count(asker: Asker) -> int:
    """How many of the asker's messages are unread and still say what is so."""
    unread = own(asker).filter(read_at=None)
    stands = Q(
        reminder__duty__ended_at=None,
        reminder__duty__paused=False,
        reminder__duty__due_at=F("reminder__due_at"),
        reminder__duty__bearer=F("reminder__bearer"),
    )
    return unread.filter(Q(reminder=None) | stands).count()


def wishes(person_ids: Collection[UUID]) -> dict[UUID, Wish]:
    """How these persons want to be told; one query."""
    rows = Preference.objects.filter(person__in=person_ids)
    said = {row.person_id: Wish(row.digest, row.mail) for row in rows}
    return {person_id: said.get(person_id, Wish()) for person_id in person_ids}


def wish_of(asker: Asker) -> Wish:
    """How the asker wants to be told."""
    return wishes([asker.person_id])[asker.person_id]


def dead_letters(tenant_id: UUID, *, limit: int = PAGE) -> list[DeadLetter]:
    """The office's letters that were given up, newest first."""
    found = Message.objects.filter(tenant_id=tenant_id, failed_at__isnull=False).order_by("-failed_at")
    return [
        DeadLetter(row.id, row.text, row.created_at, row.failed_at, row.attempts, row.last_error)
        for row in found.only("id", "text", "created_at", "failed_at", "attempts", "last_error")[:limit]
        if row.failed_at is not None
    ]


def own(asker: Asker) -> QuerySet[Message]:
    """The rows of the asker's inbox."""
    return Message.objects.filter(
        tenant_id=asker.tenant_id, person_id=asker.person_id, channel=Channel.INAPP.value
    )


def _item(message: Message) -> InboxItem:
    subject, body = render(message.text, message.params)
    return InboxItem(
        message.id,
        subject,
        body,
        message.link,
        message.created_at,
        message.read_at,
        moot=message.reminder is not None and not duties.still_so(message.reminder),
    )
