"""The steps (环节) an item is done in, each with its own limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.rules.vocabulary import Limit, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how long it takes; None where nothing is said about it."""

    name: str
    limit: Limit | None = None


def plain_steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps as JSON values; `read_steps` gives equal ones back."""
    return [
        {
            "name": one.name,
            "amount": one.limit.amount if one.limit else None,
            "unit": one.limit.unit.value if one.limit else "",
        }
        for one in steps
    ]


def read_steps(raw: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps that `plain_steps` wrote."""
    return tuple(
        Step(one["name"], Limit(one["amount"], Unit(one["unit"])) if one["unit"] else None) for one in raw
    )
