"""What an import of items would do, worked out from the rows and the present catalogue; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from huiyin.catalogue.actions.items import set_limits
from huiyin.catalogue.bases import demanding, read_bases, statutory_on
from huiyin.catalogue.models import Material, ServiceItem
from huiyin.catalogue.promises import basis_fault, later_law_fault, limits_fault, papers_fault
from huiyin.catalogue.queries import limits_of
from huiyin.catalogue.sheets import ITEMS, MATERIALS
from huiyin.organisation.models import Position, Tenant, Unit
from huiyin.organisation.queries import book_of
from huiyin.organisation.sheets import POSITIONS, UNITS
from huiyin.rules.errors import msg
from huiyin.rules.importing import Faults, Row
from huiyin.rules.vocabulary import Limit

_T = TypeVar("_T", Unit, Position)
_TEXTS = ("legal_basis", "conditions", "procedure", "fee")
_ANSWERS = (("instant", False), ("open_to_public", True), ("active", True))
_LIMITS = ("statutory", "committed")
_VERSIONED = (
    "name",
    "unit_id",
    "position_id",
    "instant",
    "statutory_amount",
    "statutory_unit",
    "committed_amount",
    "committed_unit",
    *_TEXTS,
    "open_to_public",
    "active",
)
_MOST_PAPERS = 200


class Plan:
    """The outcome of reading all rows: what is new, what changes, what goes, and the counts."""

    def __init__(self, tenant: Tenant, faults: Faults, on: date) -> None:
        """Read the present catalogue of the office, under its rulebook of the day: four queries."""
        self.tenant, self.faults, self._on = tenant, faults, on
        self._book = book_of(tenant, on)
        self._units = _by_code_or_name(Unit.objects.filter(tenant=tenant))
        self._positions = _by_code_or_name(Position.objects.filter(tenant=tenant).select_related("unit"))
        stored = ServiceItem.objects.filter(tenant=tenant).select_related("unit", "position")
        self._items = {item.code.casefold(): item for item in stored}
        self._papers: dict[UUID, dict[str, Material]] = {}
        for paper in Material.objects.filter(tenant=tenant):
            self._papers.setdefault(paper.item_id, {})[paper.name] = paper
        self._changed: dict[UUID, ServiceItem] = {}
        self.created: list[ServiceItem] = []
        self.papers_created: list[Material] = []
        self.papers_changed: list[Material] = []
        self.gone: list[Material] = []
        self.counts = {"created": 0, "changed": 0, "unchanged": 0}

    def changed_items(self) -> list[ServiceItem]:
        """Return the stored items that begin a new version."""
        return list(self._changed.values())

    def read(self, found: Mapping[str, list[Row]]) -> None:
        """Plan every row; what cannot be done is added to the faults."""
        named = [item for row in found.get(ITEMS.name, ()) if (item := self._item(row))]
        if MATERIALS.name in found:
            self._read_papers(found[MATERIALS.name], {item.id: set() for item in named})
        for item in named:
            if item._state.adding:  # noqa: SLF001  (Django's word for "not stored yet")
                self.counts["created"] += 1
            else:
                self.counts["changed" if item.id in self._changed else "unchanged"] += 1

    def _read_papers(self, rows: Iterable[Row], listed: dict[UUID, set[str]]) -> None:
        for row in rows:
            self._paper(row, listed)
        by_id = {item.id: item for item in self._items.values()}
        for item_id, names in listed.items():
            for name, paper in self._papers.get(item_id, {}).items():
                if name not in names:
                    self.gone.append(paper)
                    self._changed[item_id] = by_id[item_id]

    def _item(self, row: Row) -> ServiceItem | None:
        position = self._find(self._positions, row, "position", POSITIONS.name)
        unit = self._find(self._units, row, "unit", UNITS.name) or (position.unit if position else None)
        if position is None or unit is None or not (row.text("code") and row.text("name")):
            return None
        item = self._items.get(row.text("code").casefold())
        if item is None:
            item = ServiceItem(
                tenant=self.tenant, code=row.text("code"), name=row.text("name"), unit=unit, position=position
            )
            self._items[item.code.casefold()] = item
            self.created.append(item)
        before = _values(item)
        self._fill(row, item, position, unit)
        if before != _values(item) and not item._state.adding:  # noqa: SLF001
            self._changed[item.id] = item
        return item

    def _fill(self, row: Row, item: ServiceItem, position: Position, unit: Unit) -> None:
        if "unit" in row.given or item.position_id != position.id:
            item.unit = unit
        item.name, item.position = row.text("name"), position
        for key in _TEXTS:
            if key in row.given:
                setattr(item, key, row.text(key))
        for key, blank in _ANSWERS:
            if key in row.given:
                value = row.values.get(key)
                setattr(item, key, blank if value is None else value)
        self._fill_limits(row, item)

    def _fill_limits(self, row: Row, item: ServiceItem) -> None:
        limits = dict(zip(_LIMITS, limits_of(item), strict=True))
        for key in _LIMITS:
            if key in row.given:
                value = row.values.get(key)
                limits[key] = value if isinstance(value, Limit) else None
        bases = read_bases(item.bases)
        if demanding(self._book, item.category) and not row.values.get("statutory"):
            limits["statutory"] = statutory_on(bases, self._on)
        set_limits(item, limits["statutory"], limits["committed"])
        unread = any(key in row.given and key not in row.values for key in _LIMITS)
        fault = (
            basis_fault(self._book, item.category, bases, limits["statutory"], self._on)
            or limits_fault(self._book, instant=item.instant, **limits)
            or later_law_fault(self._book, item.category, bases, limits["committed"], self._on)
        )
        if fault and not unread:
            self.faults.add(row, fault.field, fault.message, fault.remedy, clause=fault.clause)

    def _paper(self, row: Row, listed: dict[UUID, set[str]]) -> None:
        code, name = row.text("item"), row.text("name")
        item = self._items.get(code.casefold())
        if code and item is None:
            self._unknown(row, "item", code, ITEMS.name)
        if item is None or not name:
            return
        if fault := papers_fault(self._book, [name]):
            self.faults.add(row, "name", fault.message, fault.remedy, clause=fault.clause)
        names = listed.setdefault(item.id, set())
        names.add(name)
        if len(names) > _MOST_PAPERS:
            self.faults.add(
                row,
                "item",
                msg("一个事项的材料超过%(most)s种"),
                msg("请核对材料清单。"),
                params={"most": _MOST_PAPERS},
            )
        copies = row.values.get("copies")
        wanted: dict[str, object] = {"order": len(names)}
        if "copies" in row.given:
            wanted["copies"] = copies if isinstance(copies, int) else 1
        if "original" in row.given:
            wanted["original"] = row.text("original") == "yes"
        if "required" in row.given:
            wanted["required"] = row.text("required") != "no"
        self._settle_paper(item, name, wanted)

    def _settle_paper(self, item: ServiceItem, name: str, wanted: Mapping[str, object]) -> None:
        paper = self._papers.get(item.id, {}).get(name)
        if paper is None:
            self.papers_created.append(Material(tenant=self.tenant, item=item, name=name, **wanted))
            self.counts["created"] += 1
        elif any(getattr(paper, key) != value for key, value in wanted.items()):
            for key, value in wanted.items():
                setattr(paper, key, value)
            self.papers_changed.append(paper)
            self.counts["changed"] += 1
        else:
            self.counts["unchanged"] += 1
            return
        if not item._state.adding:  # noqa: SLF001
            self._changed.setdefault(item.id, item)

    def _find(self, register: Mapping[str, _T | None], row: Row, key: str, sheet: str) -> _T | None:
        text = row.text(key)
        found = register.get(text.casefold()) if text else None
        if text and found is None:
            self._unknown(row, key, text, sheet)
        return found

    def _unknown(self, row: Row, key: str, text: str, sheet: str) -> None:
        self.faults.add(
            row,
            key,
            msg("“%(value)s”在“%(sheet)s”中找不到，或名称不唯一"),
            msg("请填写编码，并确认“%(sheet)s”表或系统中已有。"),
            params={"value": text[:60], "sheet": sheet},
        )


def _by_code_or_name(rows: Iterable[_T]) -> dict[str, _T | None]:
    found: dict[str, _T | None] = {}
    known = list(rows)
    for row in known:
        name = str(row).casefold()
        found[name] = row if found.get(name, row) is row else None
    return found | {row.code.casefold(): row for row in known}


def _values(item: ServiceItem) -> dict[str, object]:
    return {key: getattr(item, key) for key in _VERSIONED}
