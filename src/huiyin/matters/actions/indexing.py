"""Keep what was asked by pairs of characters, so that it is found who dealt with the like before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.matters.queries.likes import ROOM, texts_of
from huiyin.organisation.models import Tenant
from huiyin.storage import grams
from huiyin.storage.transactions import write

_BATCH: Final = 1_000


def keep_texts(matters: Sequence[Matter]) -> None:
    """Keep the subjects of new matters, in the caller's transaction; they are not changed afterwards."""
    grams.keep(ROOM, texts_of(matters))


def keep_all_texts(tenant: Tenant, progress: Callable[[int], None] = lambda _: None) -> int:
    """Keep the subjects of all matters of an office again, a batch a transaction; returns how many matters.

    For an index that was lost or made by an older version. It is worked out from the matters alone,
    so nothing is recorded.
    """
    rows = Matter.objects.filter(tenant=tenant).only("id", "tenant_id", "summary").order_by("id")
    last: UUID | None = None
    done = 0
    while some := list((rows.filter(id__gt=last) if last else rows)[:_BATCH]):
        with write():
            keep_texts(some)
        last = some[-1].id
        done += len(some)
        progress(len(some))
    return done
