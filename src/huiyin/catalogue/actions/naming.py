"""Keep how items are called, for those who look for them by pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from huiyin.catalogue.models import ServiceItem
from huiyin.catalogue.queries.whose import names_of_items
from huiyin.organisation.models import Tenant
from huiyin.storage import spelling
from huiyin.storage.transactions import write

_BATCH: Final = 1_000


def name_items(items: Iterable[ServiceItem]) -> None:
    """Keep names, in the caller's transaction."""
    spelling.keep(names_of_items(items))


def name_all_items(tenant: Tenant) -> int:
    """Keep anew how every item of an office is called; returns how many.

    It is worked out from the catalogue alone, so nothing is recorded.
    """
    items = list(ServiceItem.objects.filter(tenant=tenant).only("id", "tenant_id", "name").order_by("id"))
    for start in range(0, len(items), _BATCH):
        with write():
            name_items(items[start : start + _BATCH])
    return len(items)
