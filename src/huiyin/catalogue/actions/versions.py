"""Every change of an item is a new version, and every version is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiyin.catalogue.models import ItemVersion, Material, ServiceItem
from huiyin.catalogue.queries import snapshot

_BATCH = 500


def keep_versions(items: Iterable[ServiceItem], at: datetime) -> None:
    """Store the present version of each of these items; call it inside `storage.write()`."""
    present = {item.id: item for item in items}
    papers: dict[object, list[Material]] = {}
    ids = list(present)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        for paper in Material.objects.filter(item__in=batch).order_by("order", "name"):
            papers.setdefault(paper.item_id, []).append(paper)
    ItemVersion.objects.bulk_create(
        [
            ItemVersion(
                tenant_id=item.tenant_id,
                item=item,
                version=item.version,
                since=at,
                content=snapshot(item, papers.get(item.id, ())),
            )
            for item in present.values()
        ],
        batch_size=_BATCH,
    )
