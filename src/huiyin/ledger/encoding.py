"""The bytes that an event's hash is taken over.

Every value becomes a type letter, its length in bytes, a colon and its bytes:
`T` text in UTF-8, `I` an integer in decimal, `B` raw bytes. Nothing is joined
by a separator that could also occur in a value, and JSON is never built a
second time: the stored text itself is hashed.

    T6:sha256 T32:<tenant> T7:matters T32:<subject> I1:3 T32:<id> … B32:<hash of the event before>

The same values give the same bytes on both databases: ids as 32 hexadecimal
digits, moments as `YYYY-MM-DD HH:MM:SS[.ffffff]` in UTC.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from huiyin.rules.vocabulary import JSONValue

ALGORITHM = "sha256"
NOTHING = b""
"""The `prev` of the first event of a chain."""

HASHED = (
    "algorithm",
    "tenant_id",
    "room",
    "subject_id",
    "seq",
    "id",
    "kind",
    "at",
    "recorded_at",
    "actor",
    "acting_for",
    "via",
    "body",
    "prev",
)
"""The columns under the hash, in this order."""

_LETTERS = {"seq": b"I", "prev": b"B"}
_LAYOUT = b"".join(_LETTERS.get(name, b"T") + b"%d:%b" for name in HASHED)

Values = tuple[str, str, str, str, int, str, str, str, str, str, str, str, str, bytes]


def event_hash(values: Values) -> bytes:
    """Return the SHA-256 of an event's values, given in the order of `HASHED`."""
    parts: list[int | bytes] = []
    for value in values:
        if isinstance(value, str):
            raw = value.encode()
        else:
            raw = value if isinstance(value, bytes) else b"%d" % value
        parts.append(len(raw))
        parts.append(raw)
    return hashlib.sha256(_LAYOUT % tuple(parts)).digest()


def moment(at: datetime) -> str:
    """Return an aware moment as the text both databases agree on."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


def canonical(body: Mapping[str, JSONValue]) -> str:
    """Return a body as JSON text with sorted keys and no blanks; raises ValueError or TypeError on NaN."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
