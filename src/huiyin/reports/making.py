"""Work that takes its time and says how far it is: a generator of counts that returns what it made."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

T = TypeVar("T")

Making = Generator[int, None, T]
"""Gives how many are done, again after each, and returns what was made of them all."""


def finish(making: Making[T], progress: Callable[[int], None] = lambda _: None) -> T:
    """Go on to the end and return what was made; `progress` is told of each that is done, by a 1."""
    while True:
        try:
            next(making)
        except StopIteration as end:
            made: T = end.value
            return made
        progress(1)
