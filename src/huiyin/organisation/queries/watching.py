"""Who watches over the regimes: the functions that the office's rulebook names, filled or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huiyin.organisation.models import Role, Tenant
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.queries.registers import tenant
from huiyin.organisation.queries.rulebooks import book_of
from huiyin.organisation.terms import Duty
from huiyin.rules import supervising
from huiyin.rules.regimes.time_limit import assigned
from huiyin.rules.workdays import SHANGHAI

WATCHERS: Final = frozenset(supervising.ROLES.values())
"""The functions that watch over something, which only some rulebooks know."""

INVESTIGATORS: Final = frozenset({Duty.COMPLAINT_OFFICE})
"""The functions that look into reports where the rulebook names them; else the efficiency office does."""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A function that a clause names and nobody in the office has."""

    role: str
    clause: str


def watched(asker: Asker) -> frozenset[str]:
    """Return the parts of the office's rulebook that this person watches over, of `supervising.PARTS`.

    No query for whoever has none of these functions.
    """
    mine = asker.roles & WATCHERS
    if not mine:
        return frozenset()
    day = asker.at.astimezone(SHANGHAI).date()
    book = book_of(tenant(asker.tenant_id), day)
    return frozenset(part for part in supervising.PARTS if mine & supervising.watching(part, book, day))


def functions(office: Tenant, at: datetime) -> list[Duty]:
    """Return the functions that the office has: those of every office, and those its rulebook names."""
    named = {*_named(office, at), investigators(office, at)[0]}
    return [one for one in Duty if one in named or one not in WATCHERS | INVESTIGATORS]


def investigators(office: Tenant, at: datetime) -> tuple[str, ...]:
    """Return the functions that look into reports, the one that the rulebook names before the usual one."""
    named = assigned.investigates(book_of(office, at.astimezone(SHANGHAI).date()))
    usual = Duty.EFFICIENCY_OFFICE.value
    return (named, usual) if named in INVESTIGATORS else (usual,)


def unfilled(office: Tenant, at: datetime) -> list[Unfilled]:
    """Return the functions that the office's rulebook names and nobody has."""
    held = set(
        Role.objects.filter(tenant=office, person__active=True).values_list("role", flat=True).distinct()
    )
    return [Unfilled(role, clause) for role, clause in _named(office, at).items() if role not in held]


def _named(office: Tenant, at: datetime) -> dict[str, str]:
    day = at.astimezone(SHANGHAI).date()
    return supervising.named_in(book_of(office, day), day)
