"""Relations point downwards. A model can name another by a string, which no import contract can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from tests.architecture import house


def test_no_relation_points_to_a_higher_room_or_touches_the_ledger() -> None:
    assert list(misdirected(apps.get_models(include_auto_created=True))) == []


def test_there_are_models_to_walk() -> None:
    rooms = {room_of(model) for model in apps.get_models()}
    assert {"ledger", "organisation", "matters"} <= rooms


def misdirected(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Give a line for each relation that points upwards, anywhere, or to or from the ledger."""
    storeys = house.storeys()
    for model in found:
        room = room_of(model)
        if room not in storeys:
            continue
        for field in _relations(model):
            target = field.related_model
            name = f"{model.__name__}.{field.name}"
            if not isinstance(target, type):
                yield f"{room}: {name} may point anywhere"
                continue
            other = room_of(target)
            if "ledger" in {room, other}:
                yield f"{room}: {name} ties the ledger to {other if room == 'ledger' else room}"
            elif other in storeys and storeys.index(other) < storeys.index(room):
                yield f"{room}: {name} points up to {other}"


def room_of(model: type[models.Model]) -> str:
    """Return the room a model lives in, or nothing for a model of another package."""
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "huiyin" else ""


def _relations(model: type[models.Model]) -> Iterator[models.Field]:  # type: ignore[type-arg]
    own = (*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields)
    return (field for field in own if field.is_relation)
