"""Events as they were written down, read back into the types that rules work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import EnumType
from functools import cache
from typing import Any, get_type_hints

from huiyin.rules import events as e

PERSON = "person:"


def read_back(
    kind: str, *, at: datetime, actor: str, acting_for: str, body: Mapping[str, Any]
) -> e.Event | None:
    """The event that was written so; None for a kind that is nothing of a matter's own.

    What a later version wrote besides is left out; what an earlier one did not
    write yet has its usual value. Raises ValueError for a body that lacks what
    the event cannot be without.
    """
    found = e.EVENTS.get(kind)
    if found is None:
        return None
    hints = _hints(kind)
    facts = {name: _typed(hints[name], value) for name, value in body.items() if name in hints}
    try:
        return found(
            at=at,
            actor=actor.removeprefix(PERSON),
            acting_for=acting_for.removeprefix(PERSON),
            **facts,
        )
    except TypeError as error:
        raise ValueError(f"{kind}: {error}") from error


@cache
def _hints(kind: str) -> Mapping[str, Any]:
    apart = {"at", "actor", "acting_for"}
    event = e.EVENTS[kind]
    hints = get_type_hints(event)
    return {one.name: hints[one.name] for one in fields(event) if one.name not in apart}


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(hint, EnumType):
        return hint(value)
    if isinstance(value, Mapping):
        return e.limit_of(value)
    if isinstance(value, list):
        return tuple(value)
    if hint is bool:
        return bool(value)
    return value
