"""Limits on wrong tries, counted in the database: they hold across processes and survive a restart.

Two things are counted: how often one address was wrong, and how often one
target (a receipt number, say) was tried wrongly by anybody. Neither locks out
the person it belongs to: an address waits a minute, and a target that many
strangers tried is still looked at once from each address that did not.
Whether a target exists makes no difference.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import QuerySet

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
_KEPT: Final = max(rule.within for rule in (*PER_ADDRESS, PER_TARGET))


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


def note_wrong(purpose: str, *, address: str, target: str, at: datetime) -> None:
    """Count one wrong try, and forget those that no limit looks back at any more."""
    with write():
        Attempt.objects.filter(at__lte=at - _KEPT).delete()
        Attempt.objects.create(
            purpose=purpose, address=lookup_digest(address), target=lookup_digest(target), at=at
        )


def purge(at: datetime) -> int:
    """Forget the tries that no limit looks back at any more; returns how many."""
    with write():
        gone, _ = Attempt.objects.filter(at__lte=at - _KEPT).delete()
    return gone


def _wait(tries: QuerySet[Attempt], rule: Rule, at: datetime) -> int:
    """Seconds until the oldest of the last `most` tries is too old to count; 0 with fewer of them."""
    recent = tries.filter(at__gt=at - rule.within).order_by("-at").values_list("at", flat=True)[: rule.most]
    found = list(recent)
    if len(found) < rule.most:
        return 0
    return max(1, math.ceil((found[-1] + rule.within - at).total_seconds()))
