"""The dry run: the office's own record told again under another rulebook. It writes nothing."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from huiyin.matters.queries import law_of
from huiyin.matters.queries.chains import Chain, chains, count_chains
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.reports.making import Making
from huiyin.rules.docket import Law
from huiyin.rules.dry_run import Change, Difference, difference
from huiyin.rules.overlays import Overlay, tried
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.workdays import SHANGHAI

COUNTS: Final = (
    "matters",
    "matters_changed",
    "duties_changed",
    "duties_new",
    "duties_gone",
    "newly_late",
    "saved",
    "findings_new",
    "findings_gone",
    "not_allowed",
    "not_followed",
)
"""Every figure of a dry run, in the order it is shown."""


Theirs = Callable[[date], Rulebook]
"""The other rulebook for the day a matter was received."""


@dataclass(frozen=True, slots=True)
class Affected:
    """One matter that the other rulebook would have treated differently."""

    number: str
    unit: str
    received_at: datetime
    difference: Difference


@dataclass(slots=True)
class DryRun:
    """What would have been different, in all, and by unit and month of receipt.

    `ours` and `theirs` are versions of rulebooks, `by_month` maps (unit,
    "2026-03") to the same figures as `total`. `forbidden` counts what the
    other rulebook would not have allowed, by code and clause. `affected`
    holds at most as many matters as asked for, the earliest received first. `last` is the matter that
    a portion ended with, None where nothing can be left after it.
    """

    ours: str
    theirs: str
    since: datetime | None
    until: datetime | None
    total: Counter[str] = field(default_factory=Counter)
    by_month: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    forbidden: Counter[tuple[str, str]] = field(default_factory=Counter)
    affected: list[Affected] = field(default_factory=list)
    last: UUID | None = None


def dry_run(
    tenant: Tenant,
    theirs: Theirs,
    *,
    asker: Asker | None,
    at: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 200,
    after: UUID | None = None,
    portion: int = sys.maxsize,
) -> Making[DryRun]:
    """Tell every matter received in [since, until) again under `theirs`, as things stand at `at`.

    `theirs` gives the other rulebook for the day a matter was received: a change of the
    office's own is tried on top of what bound the matter. A person sees what comes of the matters
    they may see; `asker` None is for commands on the machine. The calendar is the office's own on
    both sides. A `portion` of so many matters `after` one is told by itself; the next begins after its
    `last`.
    """
    today = at.astimezone(SHANGHAI).date()
    found = DryRun(law_of(tenant, at).book.version, theirs(today).version, since, until)
    done, last = 0, after
    for chain in chains(asker, tenant.id, since=since, until=until, after=after, most=portion):
        ours = law_of(tenant, chain.received_at)
        other = Law(theirs(chain.received_at.astimezone(SHANGHAI).date()), ours.calendar)
        _count(found, chain, difference(chain.events, ours, other, at), most)
        done, last = done + 1, chain.matter_id
        yield done
    found.last = last if done == portion else None
    found.affected.sort(key=lambda one: (one.received_at, one.number))
    return found


def under(book: Rulebook) -> Theirs:
    """Try one rulebook for everything."""
    return lambda _began: book


def trying(tenant: Tenant, overlay: Overlay, since: date) -> Theirs:
    """Try a change as if it had held since a day, on top of what bound each matter.

    A change of another rulebook than the office's is tried on that one. Raises RulebookError for
    one that does not fit.
    """
    if overlay.base != tenant.rulebook:
        return under(tried(load(overlay.base), overlay, since))
    known: dict[str, Rulebook] = {}

    def on(began: date) -> Rulebook:
        ours = organisation.book_of(tenant, began)
        if ours.version not in known:
            known[ours.version] = tried(ours, overlay, since)
        return known[ours.version]

    on(since)
    return on


def count(
    tenant: Tenant, *, asker: Asker | None, since: datetime | None = None, until: datetime | None = None
) -> int:
    """How many matters the dry run would tell again."""
    return count_chains(asker, tenant.id, since=since, until=until)


def _count(found: DryRun, chain: Chain, differs: Difference, most: int) -> None:
    figures = _figures(chain, differs)
    month = chain.received_at.astimezone(SHANGHAI).strftime("%Y-%m")
    found.total.update(figures)
    found.by_month.setdefault((chain.unit, month), Counter()).update(figures)
    found.forbidden.update(differs.forbidden)
    if differs and len(found.affected) < most:
        found.affected.append(Affected(chain.number, chain.unit, chain.received_at, differs))


def _figures(chain: Chain, differs: Difference) -> dict[str, int]:
    return {
        "matters": 1,
        "matters_changed": int(bool(differs)),
        "duties_changed": sum(one.ours is not None and one.theirs is not None for one in differs.changes),
        "duties_new": sum(one.ours is None for one in differs.changes),
        "duties_gone": sum(one.theirs is None for one in differs.changes),
        "newly_late": sum(_newly_late(one) for one in differs.changes),
        "saved": sum(one.was_late and not one.would_be_late for one in differs.changes),
        "findings_new": len(differs.findings_new),
        "findings_gone": len(differs.findings_gone),
        "not_allowed": len(differs.forbidden),
        "not_followed": int(bool(chain.unreadable or differs.broken)),
    }


def _newly_late(one: Change) -> bool:
    return one.would_be_late and not one.was_late
