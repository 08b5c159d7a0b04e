"""Sealed facts: what a page needs again on the next request and neither an address nor a cookie may carry.

A token is encrypted and authenticated under the installation's field keys,
says what it is for and when it was made, and opens for nothing else and no
longer than the opener allows. It travels in the body of a POST, so it is also
what proves that a form came from a page of this service.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from huiyin.storage.crypto import Unreadable, decrypt, encrypt

_LONGEST = 8000


def seal(purpose: str, facts: Mapping[str, str], at: datetime) -> str:
    """Return a token that holds `facts` for one purpose, made `at`."""
    text = json.dumps([purpose, at.timestamp(), dict(facts)], ensure_ascii=False)
    return base64.urlsafe_b64encode(encrypt(text)).decode("ascii")


def unseal(
    purpose: str, token: str, at: datetime, *, good_for: timedelta, longest: int = _LONGEST
) -> dict[str, str] | None:
    """Return the facts; None alike for a forged, damaged, foreign, expired or too long a token."""
    try:
        stored = base64.b64decode(token[:longest], altchars=b"-_", validate=True)
        meant_for, made, facts = json.loads(decrypt(stored))
    except (Unreadable, binascii.Error, ValueError):
        return None
    age = at - datetime.fromtimestamp(made, UTC)
    if meant_for != purpose or not timedelta(0) <= age <= good_for:
        return None
    return {str(name): str(value) for name, value in facts.items()}
