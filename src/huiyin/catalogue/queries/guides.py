"""Items, and how to get them done: the guide of today and of any earlier version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Prefetch, QuerySet, UUIDField

from huiyin.catalogue.bases import Basis, demanding, read_bases, statutory_on
from huiyin.catalogue.models import ItemVersion, Material, ServiceItem
from huiyin.catalogue.stages import Step, read_steps
from huiyin.organisation.queries import Asker
from huiyin.rules.comparing import outlasts
from huiyin.rules.errors import NotFound
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.prepared import Prepared, given


@dataclass(frozen=True, slots=True)
class Paper:
    """A material of an item; `id` stays the same while its name does."""

    id: UUID
    order: int
    name: str
    copies: int
    original: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """An item as it stood in one version. `limit` is the one to keep: promised, else statutory.

    `place` and `phone` are those of the position today; they are "" for an
    earlier version, and so is `complaint_phone`.
    """

    item_id: UUID
    version: int
    code: str
    name: str
    unit_id: UUID
    unit: str
    position_id: UUID
    position: str
    instant: bool
    statutory: Limit | None
    committed: Limit | None
    legal_basis: str
    conditions: str
    procedure: str
    fee: str
    open_to_public: bool
    materials: tuple[Paper, ...]
    category: str = ""
    bases: tuple[Basis, ...] = ()
    steps: tuple[Step, ...] = ()
    place: str = ""
    phone: str = ""
    complaint_phone: str = ""

    @property
    def limit(self) -> Limit | None:
        """The limit the office keeps; None for an item done at once."""
        return self.committed or self.statutory


def items(asker: Asker, *, active: bool | None = True) -> QuerySet[ServiceItem]:
    """Return the items of the asker's office, by code; `active=None` also those taken off the list."""
    found = _items(asker.tenant_id)
    return found if active is None else found.filter(active=active)


def item_by_id(asker: Asker, item_id: UUID) -> ServiceItem:
    """Return an item of the asker's office, or raise NotFound."""
    return _one(_items(asker.tenant_id).filter(id=item_id))


def item(tenant_id: UUID, code: str) -> ServiceItem:
    """Return an active item of an office, or raise NotFound."""
    return _found(_ITEM.first(tenant=tenant_id, code=strip_marks(code)))


def public_items(tenant_id: UUID, *, closed_too: bool = False) -> QuerySet[ServiceItem]:
    """Return what the public may apply for, by unit and code, with materials fetched.

    With `closed_too` also what is offered and not on the public page.
    """
    return (
        _items(tenant_id)
        .filter(**{"active": True} if closed_too else {"active": True, "open_to_public": True})
        .prefetch_related(Prefetch("materials", queryset=Material.objects.order_by("order", "name")))
        .order_by("unit__code", "code")
    )


def guide(tenant_id: UUID, code: str, *, public: bool = True) -> Guide:
    """Return the guide of an active item; NotFound also for one that is not `public` when asked so.

    To the public a secret position has neither title, place nor phone (p3.post-responsibility.4.a).
    """
    found = item(tenant_id, code)
    if public and not found.open_to_public:
        raise NotFound
    content = snapshot(found, Material.objects.filter(item=found).order_by("order", "name"))
    shown = not (public and found.position.secret)
    return _guide(
        found.id,
        found.version,
        content if shown else {**content, "position": ""},
        place=found.position.place if shown else "",
        phone=(found.position.phone if shown else "") or found.tenant.phone,
        complaint_phone=found.tenant.complaint_phone,
    )


def began(guide: Guide) -> datetime:
    """Return since when an item stands as in this version."""
    return ItemVersion.objects.get(item_id=guide.item_id, version=guide.version).since


def steps_of(pairs: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], tuple[Step, ...]]:
    """Return the steps of items in the versions named, by item and version; one query."""
    rows = ItemVersion.objects.filter(item__in={item_id for item_id, _ in pairs})
    rows = rows.filter(version__in={version for _, version in pairs})
    return {(row.item_id, row.version): read_steps(row.content.get("steps", ())) for row in rows}


def versions(asker: Asker, item_id: UUID) -> list[tuple[datetime, Guide]]:
    """Return every version of an item of the asker's office with the moment it began, newest first."""
    rows = ItemVersion.objects.filter(tenant_id=asker.tenant_id, item_id=item_id).order_by("-version")
    return [(row.since, _guide(item_id, row.version, row.content)) for row in rows]


def version_on(asker: Asker, item_id: UUID, day: date) -> tuple[datetime, Guide] | None:
    """Return how an item stood at the end of a day and since when; None before its first version.

    None for another office's item as well (p1/p4.service-commitment.6).
    """
    after = datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)
    rows = ItemVersion.objects.filter(tenant_id=asker.tenant_id, item_id=item_id, since__lt=after)
    row = rows.order_by("-version").first()
    return (row.since, _guide(item_id, row.version, row.content)) if row else None


def item_version(tenant_id: UUID, item_id: UUID, version: int) -> Guide:
    """Return an item as it stood in a version, or raise NotFound."""
    found = ItemVersion.objects.filter(tenant_id=tenant_id, item_id=item_id, version=version).first()
    if found is None:
        raise NotFound
    return _guide(item_id, version, found.content)


def limits_of(found: ServiceItem) -> tuple[Limit | None, Limit | None]:
    """Return the statutory and the promised limit of an item."""
    return (
        _limit(found.statutory_amount, found.statutory_unit),
        _limit(found.committed_amount, found.committed_unit),
    )


def limits_on(found: ServiceItem, book: Rulebook, on: date) -> tuple[Limit | None, Limit | None]:
    """Return both limits as they bind what is received on a day.

    Where the office's rulebook takes the statutory limit from the item's legal
    basis, it is that of the provision in force that day, not of the day the item was written. A
    promise that a newer provision is stricter than binds nobody: the law's limit does.
    """
    statutory, committed = limits_of(found)
    if demanding(book, found.category):
        statutory = statutory_on(read_bases(found.bases), on)
        if statutory and committed and outlasts(committed, statutory):
            committed = None
    return statutory, committed


def snapshot(found: ServiceItem, materials: Iterable[Material]) -> dict[str, Any]:
    """Return what a version of an item keeps, as plain JSON."""
    return {
        "code": found.code,
        "name": found.name,
        "unit_id": str(found.unit_id),
        "unit": found.unit.name,
        "position_id": str(found.position_id),
        "position": found.position.title,
        "category": found.category,
        "instant": found.instant,
        "statutory": _plain(limits_of(found)[0]),
        "committed": _plain(limits_of(found)[1]),
        "legal_basis": found.legal_basis,
        "bases": found.bases,
        "steps": found.steps,
        "conditions": found.conditions,
        "procedure": found.procedure,
        "fee": found.fee,
        "open_to_public": found.open_to_public,
        "materials": [
            {
                "id": str(paper.id),
                "order": paper.order,
                "name": paper.name,
                "copies": paper.copies,
                "original": paper.original,
                "required": paper.required,
            }
            for paper in materials
        ],
    }


def _guide(
    item_id: UUID,
    version: int,
    content: Mapping[str, Any],
    *,
    place: str = "",
    phone: str = "",
    complaint_phone: str = "",
) -> Guide:
    fields = dict(content)
    papers = tuple(Paper(**(paper | {"id": UUID(paper["id"])})) for paper in fields.pop("materials"))
    for key in ("unit_id", "position_id"):
        fields[key] = UUID(fields[key])
    for key in ("statutory", "committed"):
        fields[key] = _limit(**fields[key]) if fields[key] else None
    # Versions kept before items had these say nothing of them.
    fields["bases"] = read_bases(fields.get("bases", ()))
    fields["steps"] = read_steps(fields.get("steps", ()))
    return Guide(
        item_id=item_id,
        version=version,
        materials=papers,
        place=place,
        phone=phone,
        complaint_phone=complaint_phone,
        **fields,
    )


def _items(tenant_id: UUID) -> QuerySet[ServiceItem]:
    found = ServiceItem.objects.filter(tenant_id=tenant_id)
    return found.select_related("unit", "position", "tenant").order_by("code")


def _one(found: QuerySet[ServiceItem]) -> ServiceItem:
    return _found(found.first())


def _found(row: ServiceItem | None) -> ServiceItem:
    if row is None:
        raise NotFound
    return row


def _limit(amount: int | None, unit: str) -> Limit | None:
    return Limit(amount, Unit(unit)) if amount is not None else None


def _plain(limit: Limit | None) -> dict[str, Any] | None:
    return {"amount": limit.amount, "unit": limit.unit.value} if limit else None


_ITEM = Prepared(
    lambda: _items(given("tenant", UUIDField())).filter(code=given("code", CharField()), active=True)
)
