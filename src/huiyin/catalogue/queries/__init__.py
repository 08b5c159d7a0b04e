"""Reads of the catalogue."""

from huiyin.catalogue.queries.guides import (
    Guide,
    Paper,
    guide,
    item,
    item_by_id,
    item_version,
    items,
    limits_of,
    public_items,
    snapshot,
)
from huiyin.catalogue.queries.whose import Answer, whose

__all__ = [
    "Answer",
    "Guide",
    "Paper",
    "guide",
    "item",
    "item_by_id",
    "item_version",
    "items",
    "limits_of",
    "public_items",
    "snapshot",
    "whose",
]
