"""Collecting garbage seldom while much is made that stays until it is stored."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (200_000, 20, 1_000)
"""Objects before a collection, and collections before those of older objects."""


@contextmanager
def seldom() -> Iterator[None]:
    """Look for garbage a few hundred times less often than usual, and as before afterwards.

    For bulk work in one process: rows by the thousand live until they are
    stored, and a collector that goes through all of them again and again takes
    a quarter of the time. Memory still stays bounded.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
