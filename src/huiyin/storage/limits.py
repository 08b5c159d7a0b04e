"""Limits on wrong tries, counted in the database: they hold across processes and survive a restart.

Two things are counted: how often one address was wrong, and how often one
target (a receipt number, say) was tried wrongly by anybody. Neither locks out
the person it belongs to: an address waits a minute, and a target that many
strangers tried is still looked at once from each address that did not.
Whether a target exists makes no difference. Submissions of strangers are counted
the same way, by address and by phone, though nothing is wrong with them.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from huiyin.storage.crypto import lookup_digest
from huiyin.storage.models import Attempt
from huiyin.storage.transactions import write


class Rule(NamedTuple):
    """At most so many wrong tries within so long."""

    most: int
    within: timedelta


class Standing(NamedTuple):
    """How somebody stands before a try.

    `wait` is how many seconds until the limits allow another one, 0 for now.
    `barred` says that the try must not even be looked at; with a `wait` and
    not barred, a right try is answered and a wrong one is told to wait.
    """

    wait: int
    barred: bool


PER_ADDRESS: Final = (Rule(10, timedelta(minutes=1)), Rule(60, timedelta(hours=1)))
PER_TARGET: Final = Rule(5, timedelta(minutes=15))
SUBMISSIONS_PER_ADDRESS: Final = Rule(10, timedelta(hours=1))
SUBMISSIONS_PER_PHONE: Final = Rule(5, timedelta(days=1))
APPLICATION: Final = "submit"
OPINION: Final = "submit opinion"
"""What is submitted; each kind is counted by itself."""
_SUBMITTED: Final = (APPLICATION, OPINION)
_KEPT: Final = max(rule.within for rule in (*PER_ADDRESS, PER_TARGET))
_SUBMITTED_KEPT: Final = max(SUBMISSIONS_PER_ADDRESS.within, SUBMISSIONS_PER_PHONE.within)


def standing(purpose: str, *, address: str, target: str, at: datetime) -> Standing:
    """How this address stands with this target now; reads only."""
    from_here = Attempt.objects.filter(purpose=purpose, address=lookup_digest(address))
    at_this = Attempt.objects.filter(purpose=purpose, target=lookup_digest(target))
    address_wait = max(_wait(from_here, rule, at) for rule in PER_ADDRESS)
    target_wait = _wait(at_this, PER_TARGET, at)
    again = (
        target_wait > 0
        and from_here.filter(target=lookup_digest(target), at__gt=at - PER_TARGET.within).exists()
    )
    return Standing(max(address_wait, target_wait), barred=address_wait > 0 or again)


def address_wait(purpose: str, *, address: str, at: datetime) -> int:
    """Seconds until this address may try again, whatever it tries; 0 for now."""
    from_here = Attempt.objects.filter(purpose=purpose, address=lookup_digest(address))
    return max(_wait(from_here, rule, at) for rule in PER_ADDRESS)


def submissions_exceeded(
    *, address: str, phone: str, at: datetime, purpose: str = APPLICATION
) -> Rule | None:
    """The limit that one more submission from this address, or with this phone, would exceed (I5).

    `phone` is "" where none is given: then the address alone counts.
    """
    sent = Attempt.objects.filter(purpose=purpose)
    if phone and _wait(sent.filter(target=lookup_digest(phone)), SUBMISSIONS_PER_PHONE, at):
        return SUBMISSIONS_PER_PHONE
    if _wait(sent.filter(address=lookup_digest(address)), SUBMISSIONS_PER_ADDRESS, at):
        return SUBMISSIONS_PER_ADDRESS
    return None


def note_submission(*, address: str, phone: str, at: datetime, purpose: str = APPLICATION) -> None:
    """Count one submission that was registered."""
    note_wrong(purpose, address=address, target=phone, at=at)


def note_wrong(purpose: str, *, address: str, target: str, at: datetime) -> None:
    """Count one wrong try, and forget those that no limit looks back at any more."""
    with write():
        Attempt.objects.filter(_forgettable(at)).delete()
        Attempt.objects.create(
            purpose=purpose, address=lookup_digest(address), target=lookup_digest(target), at=at
        )


def purge(at: datetime) -> int:
    """Forget the tries that no limit looks back at any more; returns how many."""
    with write():
        gone, _ = Attempt.objects.filter(_forgettable(at)).delete()
    return gone


def _forgettable(at: datetime) -> Q:
    return (Q(at__lte=at - _KEPT) & ~Q(purpose__in=_SUBMITTED)) | Q(at__lte=at - _SUBMITTED_KEPT)


def _wait(tries: QuerySet[Attempt], rule: Rule, at: datetime) -> int:
    """Seconds until the oldest of the last `most` tries is too old to count; 0 with fewer of them."""
    recent = tries.filter(at__gt=at - rule.within).order_by("-at").values_list("at", flat=True)[: rule.most]
    found = list(recent)
    if len(found) < rule.most:
        return 0
    return max(1, math.ceil((found[-1] + rule.within - at).total_seconds()))
