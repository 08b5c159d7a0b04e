"""Primary keys: UUID version 7, made here so that no insert has to ask the database for its key."""

import os
import secrets
import threading
import time
from uuid import UUID

_VERSION = 7 << 76
_VARIANT = 2 << 62
_COUNTER_BITS = 74
_COUNTER_TOP = 1 << _COUNTER_BITS

_lock = threading.Lock()
_last: list[int] = [0, 0]


def _forget() -> None:
    """Start afresh in a forked child, which would otherwise continue its parent's row of values."""
    _last[:] = 0, 0


os.register_at_fork(after_in_child=_forget)


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): Unix milliseconds, then 74 random bits.

    Within one process the values strictly increase, also inside one
    millisecond and when the clock steps back, so index pages fill in order.
    """
    now = time.time_ns() // 1_000_000
    with _lock:
        millisecond, tail = _last
        if now > millisecond:
            millisecond, tail = now, secrets.randbits(_COUNTER_BITS - 1)
        else:
            tail += 1 + secrets.randbits(32)
            if tail >= _COUNTER_TOP:
                millisecond, tail = millisecond + 1, secrets.randbits(_COUNTER_BITS - 1)
        _last[:] = millisecond, tail
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=millisecond << 80 | _VERSION | high << 64 | _VARIANT | low)
