"""Adding and changing service items one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db.models import QuerySet

from huiyin.catalogue.actions.naming import name_items
from huiyin.catalogue.actions.versions import keep_versions
from huiyin.catalogue.bases import Basis, demanding, plain_bases, read_bases, statutory_on
from huiyin.catalogue.models import Material, ServiceItem
from huiyin.catalogue.permissions import may_edit_items
from huiyin.catalogue.promises import (
    Fault,
    basis_fault,
    later_law_fault,
    limits_fault,
    papers_fault,
    steps_fault,
)
from huiyin.catalogue.queries import Guide, item_version, limits_of, snapshot
from huiyin.catalogue.stages import Step, plain_steps, read_steps
from huiyin.catalogue.terms import Category
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Position, Unit
from huiyin.organisation.permissions import By, same_office
from huiyin.organisation.queries import book_of
from huiyin.rules.errors import Conflict, Invalid, NotFound, msg
from huiyin.rules.identifiers import narrow, strip_marks
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

ROOM = "catalogue"
_TEXTS = frozenset({"legal_basis", "conditions", "procedure", "fee"})
_ANSWERS = frozenset({"instant", "open_to_public", "active"})
_LONGEST_CODE = 64
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """A material to ask for; `required=False` may be handed in later."""

    name: str
    copies: int = 1
    original: bool = False
    required: bool = True


class ItemFields(TypedDict, total=False):
    """What may be said about an item besides its code, name and handler."""

    category: str
    bases: Sequence[Basis]
    steps: Sequence[Step]
    instant: bool
    statutory: Limit | None
    committed: Limit | None
    legal_basis: str
    conditions: str
    procedure: str
    fee: str
    open_to_public: bool
    active: bool


def add_item(
    position: Position,
    *,
    code: str,
    name: str,
    by: By,
    at: datetime,
    unit: Unit | None = None,
    materials: Sequence[PaperSpec] = (),
    **fields: Unpack[ItemFields],
) -> ServiceItem:
    """Add an item that `position` handles, in version 1; its unit is the position's unless named.

    Raises:
        Forbidden: the asker is no administrator. NotFound: rows of another office.
        Invalid: a code that is taken, a promise not shorter than the law, no
            limit though it is not done at once, a limit of the law without its
            provision where the rulebook asks for one, or the same paper twice.
    """
    same_office(by, position.tenant_id)
    may_edit_items(by).require()
    if unit is not None and unit.tenant_id != position.tenant_id:
        raise NotFound
    item = ServiceItem(
        tenant_id=position.tenant_id,
        code="".join(narrow(code).split()),
        name=" ".join(strip_marks(name).split()),
        unit=unit or position.unit,
        position=position,
    )
    _apply(item, fields, at.astimezone(SHANGHAI).date())
    _refuse(papers_fault(_book(item, at), [one.name for one in materials]))
    with write():
        if ServiceItem.objects.filter(tenant_id=item.tenant_id, code=item.code).exists():
            raise Invalid({"code": msg("此编码在本单位已被使用")}, code="taken")
        item.save(force_insert=True)
        _replace_materials(item, materials)
        name_items([item])
        keep_versions([item], at)
        body: dict[str, str | int | bool | None] = {"code": item.code, "version": item.version}
        note(
            "item_added",
            tenant_id=item.tenant_id,
            subject_id=item.id,
            by=by,
            at=at,
            body=body,
            new=True,
            room=ROOM,
        )
    return item


def change_item(
    item: ServiceItem,
    *,
    by: By,
    at: datetime,
    name: str | None = None,
    position: Position | None = None,
    materials: Sequence[PaperSpec] | None = None,
    seen: int | None = None,
    **fields: Unpack[ItemFields],
) -> ServiceItem:
    """Change an item: the next version begins, earlier ones stay readable. What is not named stays.

    `materials` replaces the whole list. A change that changes nothing makes no version. `seen`
    is the version that whoever changes it looked at.
    Raises like `add_item`, and Conflict when the item is at another version than the one `seen`.
    """
    same_office(by, item.tenant_id)
    may_edit_items(by).require()
    if position is not None and position.tenant_id != item.tenant_id:
        raise NotFound
    with write():
        current = ServiceItem.objects.select_for_update().get(id=item.id)
        if seen is not None and current.version != seen:
            raise Conflict(
                msg("这个事项刚刚已由他人改过"),
                code="stale",
                remedy=msg("您填的内容还在下面；请对照现在的版本，再保存一次。"),
            )
        before = (current.active, snapshot(current, _papers(current)))
        if name is not None:
            current.name = " ".join(strip_marks(name).split())
        if position is not None:
            current.position, current.unit = position, position.unit
        _apply(current, fields, at.astimezone(SHANGHAI).date())
        if materials is not None:
            _refuse(papers_fault(_book(current, at), [one.name for one in materials]))
            _replace_materials(current, materials)
        if before == (current.active, snapshot(current, _papers(current))):
            return current
        current.version += 1
        current.save(force_update=True)
        name_items([current])
        keep_versions([current], at)
        body = {"version": current.version}
        note(
            "item_changed",
            tenant_id=current.tenant_id,
            subject_id=current.id,
            by=by,
            at=at,
            body=body,
            room=ROOM,
        )
    return current


def try_change(item: ServiceItem, *, save: bool, by: By, at: datetime, **changes: Any) -> Guide:
    """Return the item as `change_item` would make it; it is made so with `save` only. Raises like it."""
    found: Guide | None = None
    with suppress(_NotNow), write():
        changed = change_item(item, by=by, at=at, **changes)
        found = item_version(changed.tenant_id, changed.id, changed.version)
        if not save:
            raise _NotNow
    assert found is not None  # noqa: S101 - whatever else happens is raised
    return found


class _NotNow(Exception):
    """Takes back what was only tried."""


def set_limits(item: ServiceItem, statutory: Limit | None, committed: Limit | None) -> None:
    """Put both limits into the row's columns."""
    item.statutory_amount = statutory.amount if statutory else None
    item.statutory_unit = statutory.unit.value if statutory else ""
    item.committed_amount = committed.amount if committed else None
    item.committed_unit = committed.unit.value if committed else ""


def _apply(item: ServiceItem, fields: ItemFields, on: date) -> None:
    statutory, committed = limits_of(item)
    set_limits(item, fields.get("statutory", statutory), fields.get("committed", committed))
    for key, value in fields.items():
        if key in _TEXTS:
            setattr(item, key, strip_marks(str(value)).strip())
        elif key in _ANSWERS:
            setattr(item, key, bool(value))
    item.category = fields.get("category", item.category)
    if "bases" in fields:
        item.bases = plain_bases(fields["bases"])
    if "steps" in fields:
        item.steps = plain_steps(_with_posts(item.tenant_id, fields["steps"]))
    _refuse_faults(item, on, given="statutory" in fields and fields["statutory"] is not None)


def _with_posts(tenant_id: UUID, steps: Sequence[Step]) -> list[Step]:
    """The steps with the codes of the posts that sign them, which may be named by their titles.

    Raises Invalid for a post that the office does not have, or a title that several have.
    """
    if not any(one.post for one in steps):
        return list(steps)
    posts = list(Position.objects.filter(tenant_id=tenant_id).values_list("code", "title"))
    codes = {code for code, _ in posts}
    found = []
    for one in steps:
        titled = [code for code, title in posts if title == one.post]
        if one.post in codes or not one.post:
            found.append(one)
        elif len(titled) == 1:
            found.append(replace(one, post=titled[0]))
        else:
            raise Invalid(
                {"steps": msg("“%(post)s”不是本单位的岗位，或有几个同名的岗位")},
                params={"post": one.post},
                remedy=msg("请照岗位名册填写岗位名称；同名的写岗位编码。"),
            )
    return found


def _refuse_faults(item: ServiceItem, on: date, *, given: bool) -> None:
    wrong = {}
    if not 0 < len(item.code) <= _LONGEST_CODE:
        wrong["code"] = msg("事项编码应为1至64个字符")
    if not 0 < len(item.name) <= _LONGEST_NAME:
        wrong["name"] = msg("事项名称应为1至200个字")
    if item.category not in Category.values:
        wrong["category"] = msg("没有这种事项类别")
    if wrong:
        raise Invalid(wrong)
    book = book_of(item.tenant, on)
    bases = read_bases(item.bases)
    statutory, committed = limits_of(item)
    if demanding(book, item.category) and not given:
        # Nobody typed one: it is the provision's, whatever stood there before.
        statutory = statutory_on(bases, on)
        set_limits(item, statutory, committed)
    _refuse(basis_fault(book, item.category, bases, statutory, on))
    _refuse(steps_fault(book, item.category, read_steps(item.steps)))
    _refuse(limits_fault(book, instant=item.instant, statutory=statutory, committed=committed))
    _refuse(later_law_fault(book, item.category, bases, committed, on))


def _refuse(fault: Fault | None) -> None:
    if fault:
        raise Invalid({fault.field: fault.message}, code="limits", clause=fault.clause, remedy=fault.remedy)


def _book(item: ServiceItem, at: datetime) -> Rulebook:
    return book_of(item.tenant, at.astimezone(SHANGHAI).date())


def _papers(item: ServiceItem) -> QuerySet[Material]:
    return Material.objects.filter(item=item).order_by("order", "name")


def _replace_materials(item: ServiceItem, materials: Sequence[PaperSpec]) -> None:
    known = {paper.name: paper for paper in Material.objects.filter(item=item)}
    names = [" ".join(strip_marks(paper.name).split()) for paper in materials]
    if len(set(names)) < len(names) or not all(0 < len(name) <= _LONGEST_NAME for name in names):
        raise Invalid({"materials": msg("材料名称须填写且不能重复")})
    Material.objects.filter(item=item).exclude(name__in=names).delete()
    for order, (name, spec) in enumerate(zip(names, materials, strict=True), start=1):
        paper = known.get(name) or Material(tenant_id=item.tenant_id, item=item, name=name)
        paper.order, paper.copies = order, spec.copies
        paper.original, paper.required = spec.original, spec.required
        paper.save()
