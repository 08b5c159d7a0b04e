"""What a newer version of an item says otherwise, and what it made shorter."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.catalogue.queries.guides import Guide
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version says otherwise than another: which field, and what it was and is.

    `field` names a field of `Guide`, or is "step" or "material" with the name
    of one in `name`. Limits stay limits; everything else is text. `shorter`
    says that the person served waits less or brings less.
    """

    field: str
    name: str
    before: Limit | str | None
    after: Limit | str | None
    shorter: bool = False


_TEXTS = ("name", "unit", "position", "category", "legal_basis", "conditions", "procedure", "fee")
_ANSWERS = ("instant", "open_to_public")


def differences(before: Guide, after: Guide) -> list[Difference]:
    """What the later of two versions of an item says otherwise, field by field."""
    found = [
        Difference(name, "", str(getattr(before, name)), str(getattr(after, name)))
        for name in (*_TEXTS, *_ANSWERS)
        if getattr(before, name) != getattr(after, name)
    ]
    for name in ("statutory", "committed"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(Difference(name, "", old, new, is_shorter(old, new)))
    if before.bases != after.bases:
        found.append(Difference("bases", "", _laws(before), _laws(after)))
    return [*found, *_steps(before, after), *_materials(before, after)]


def is_shorter(old: Limit | None, new: Limit | None) -> bool:
    """Whether a limit got shorter; limits of different units cannot be compared."""
    return bool(old and new and old.unit is new.unit and new.amount < old.amount)


def _laws(guide: Guide) -> str:
    return "\n".join(f"{one.law} {one.article}".strip() for one in guide.bases)


def _steps(before: Guide, after: Guide) -> list[Difference]:
    old = {one.name: one.limit for one in before.steps}
    new = {one.name: one.limit for one in after.steps}
    found = [Difference("step", name, old[name], "", shorter=True) for name in old if name not in new]
    for name, limit in new.items():
        if name not in old:
            found.append(Difference("step", name, "", limit))
        elif old[name] != limit:
            found.append(Difference("step", name, old[name], limit, is_shorter(old[name], limit)))
    signed_by = {one.name: one.post for one in before.steps}
    found += [
        Difference("signer", one.name, signed_by[one.name], one.post)
        for one in after.steps
        if signed_by.get(one.name, one.post) != one.post
    ]
    return found


def _materials(before: Guide, after: Guide) -> list[Difference]:
    old = {one.name for one in before.materials}
    new = {one.name for one in after.materials}
    gone = [
        Difference("material", one.name, one.name, "", shorter=True)
        for one in before.materials
        if one.name not in new
    ]
    return [
        *gone,
        *(Difference("material", one.name, "", one.name) for one in after.materials if one.name not in old),
    ]
