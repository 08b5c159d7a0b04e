"""The steps (环节) an item is done in, each with its own limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.rules.vocabulary import Limit, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how long it takes; None where nothing is said about it.

    `post` is the code of the position that signs it; "" where whoever handles the matter does.
    """

    name: str
    limit: Limit | None = None
    post: str = ""


def plain_steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps as JSON values; `read_steps` gives equal ones back."""
    return [
        {
            "name": one.name,
            "amount": one.limit.amount if one.limit else None,
            "unit": one.limit.unit.value if one.limit else "",
            **({"post": one.post} if one.post else {}),
        }
        for one in steps
    ]


def read_steps(raw: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps that `plain_steps` wrote."""
    return tuple(
        Step(
            one["name"],
            Limit(one["amount"], Unit(one["unit"])) if one["unit"] else None,
            one.get("post", ""),
        )
        for one in raw
    )


def timed(steps: Iterable[Step]) -> list[Step]:
    """The steps that can be signed against a clock: those with a limit that begins when they do."""
    return [one for one in steps if one.limit is not None and one.limit.unit is not Unit.BEFORE_EVENT]
