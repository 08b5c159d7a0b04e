"""Which bodies watch over a regime (督促落实), and what a clause that names them opens to them.

The two bodies are functions of people in the office, filled by its administrator. What
no clause of the office's rulebook names watches over nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from huiyin.rules.rulebook import Rulebook

ROLES: Final[Mapping[str, str]] = {
    "general_administration_department": "general_admin",
    "resident_discipline_group": "discipline_group",
}
"""The function of a person who belongs to a body that the clauses name."""

CONTACTS: Final = "supervised_contacts"
NOTICES: Final = "supervised_notices"
LIMITS: Final = "supervised_limits"
BREACHES: Final = "supervised_breaches"
PARTS: Final = (CONTACTS, NOTICES, LIMITS, BREACHES)
"""What may be watched: records of first contacts, notices, limits that passed, and breaches."""


def watching(part: str, book: Rulebook, on: date) -> frozenset[str]:
    """The functions that watch over a part on a day; none where no clause names a body."""
    named = book.value(part, "supervisors", on) if book.has(part) else ()
    return frozenset(ROLES[one] for one in named)


def named_in(book: Rulebook, on: date) -> dict[str, str]:
    """The functions that the rulebook names, each with the first clause that does."""
    found: dict[str, str] = {}
    for part in PARTS:
        for role in sorted(watching(part, book, on)):
            found.setdefault(role, book.cite(part))
    return found
