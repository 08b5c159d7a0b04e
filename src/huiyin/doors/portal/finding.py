"""Finding an item by whatever words a person has for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from huiyin.rules.identifiers import narrow

LONGEST: Final = 50
_NEARLY: Final = 8
_SHORTEST: Final = 2
_FILLERS: Final = re.compile("怎么办|如何办|我要办|我想办|怎么|如何|办理|申请|我要|我想|请问")


class Item(Protocol):
    """What the search looks at."""

    @property
    def name(self) -> str:
        """The item's name."""

    @property
    def code(self) -> str:
        """The item's code."""

    @property
    def conditions(self) -> str:
        """Who may ask for it."""


I = TypeVar("I", bound=Item)  # noqa: E741 - an item


@dataclass(frozen=True, slots=True)
class Found(Generic[I]):
    """The items that hold every word, or, with none of these, those that come near."""

    exact: list[I]
    near: list[I]


def find(items: Iterable[I], text: str) -> Found[I]:
    """Find items that hold every word of the text in name, code or conditions.

    When none does, those are near whose name holds the text's characters in
    order or shares pairs of them, the most alike first: people ask for
    低保怎么办, not for the item's official name.
    """
    known = list(items)
    words = narrow(text[:LONGEST]).casefold().split()
    exact = [item for item in known if words and all(word in _haystack(item) for word in words)]
    if exact or not words:
        return Found(exact, [])
    wanted = _FILLERS.sub(" ", "".join(words))
    scored = [(_likeness(wanted, narrow(item.name).casefold()), item) for item in known]
    near = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return Found([], [item for _, item in near[:_NEARLY]])


def _haystack(item: Item) -> str:
    return narrow(f"{item.name}\n{item.code}\n{item.conditions}").casefold()


def _likeness(wanted: str, name: str) -> int:
    """How many pairs of characters two texts share; most for a short name such as 低保 for 最低生活保障."""
    plain = wanted.replace(" ", "")
    if len(plain) >= _SHORTEST and _in_order(plain, name):
        return len(name)
    return len(_pairs(wanted) & _pairs(name))


def _in_order(short: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in short)


def _pairs(text: str) -> set[str]:
    return {pair for i in range(len(text) - 1) if " " not in (pair := text[i : i + 2])}
