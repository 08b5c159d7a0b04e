"""Clauses that nothing can keep by itself: a person points out that one was not kept.

How somebody was spoken to, whether an explanation was patient: a clause of the
kinds `ground` and `checklist` is kept by whoever is over the work, citing it
for what happened. Which clauses an office has is its rulebook's to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Finding

KINDS: Final = frozenset({"ground", "checklist"})
"""The ways of keeping (`clauses.KEPT`) that take a person."""

REGIMES: Final = (
    "first-responder",
    "one-time-notice",
    "time-limit",
    "service-commitment",
    "refusal-filing",
    "post-substitution",
    "post-responsibility",
)
"""The regimes that say how a matter is handled, in the order people look for them."""

ABOUT_NO_MATTER: Final = frozenset(
    {
        "commitment_each",
        "commitment_topics",
        "concrete_papers",
        "procedures_dated",
        "promise_shorter",
        "satisfaction",
        "step_limits",
    }
)
"""The parts of clauses about what an office publishes and how it sets its items: no matter breaks them."""

FINDING: Final = "invoked"

OVERRUN_PARTS: Final = ("no_delay", "overdue_measures")
"""The parts of the clauses that an overrun limit gives ground for."""


def takes_a_person(clause: Clause) -> bool:
    """Whether a person points out, on a matter, that it was not kept."""
    return clause.kept in KINDS and clause.regime in REGIMES and clause.plays not in ABOUT_NO_MATTER


def invocable(book: Rulebook) -> list[Clause]:
    """The clauses of the office's own regulation that a person may invoke, regime by regime."""
    found = [one for one in book.own.values() if takes_a_person(one)]
    return sorted(found, key=lambda one: REGIMES.index(one.regime))


def for_overrun(book: Rulebook) -> list[Clause]:
    """The clauses a person may invoke because a limit was overrun: the ban on it, and what it draws."""
    wanted = [book.cite(part) for part in OVERRUN_PARTS if book.has(part)]
    return [one for one in invocable(book) if one.id in wanted]


def measures(clause: Clause, on: date) -> tuple[str, ...]:
    """The measures that may be proposed for a breach of a clause: those it prints, and no other."""
    return tuple(clause.on(on).get("measures", ()))


def gravities(clause: Clause, on: date) -> tuple[str, ...]:
    """The degrees by which a clause goes; none where it knows none."""
    return tuple(clause.on(on).get("gravities", ()))


def objections(event: e.ClauseInvoked, book: Rulebook) -> Iterator[Unlawful]:
    """A clause that the matter's rulebook does not have, or that is kept in another way."""
    clause = book.own.get(event.clause)
    if clause is None or not takes_a_person(clause):
        yield Unlawful(
            msg("本单位的制度没有可以这样指出的条款 %(clause)s"),
            code="not_invocable",
            params={"clause": event.clause},
            remedy=msg("请从所列条款中选择。"),
        )
    else:
        yield from _wrong_proposal(event, clause)


def _wrong_proposal(event: e.ClauseInvoked, clause: Clause) -> Iterator[Unlawful]:
    graded, printed = gravities(clause, event.on), measures(clause, event.on)
    if graded and not event.gravity:
        yield Unlawful(
            msg("这一条按情节轻重处理，请选择情节"),
            code="gravity_needed",
            clause=clause.id,
            remedy=msg("请按查实的情况选择情节。"),
        )
    elif event.gravity and event.gravity not in graded:
        yield Unlawful(
            msg("这一条没有这样分情节"),
            code="no_such_gravity",
            clause=clause.id,
            remedy=msg("请选择这一条所分的情节，没有的不选。"),
        )
    if event.measure and event.measure not in printed:
        yield Unlawful(
            msg("这一条没有规定这种处理"),
            code="no_such_measure",
            clause=clause.id,
            remedy=msg("请选择这一条所列的处理，没有列的不选。"),
        )


def finding(event: e.ClauseInvoked) -> Finding:
    """What goes on record: the clause as it was named, against whom it was pointed out."""
    return Finding(FINDING, event.clause, event.at, event.against, event.measure, event.gravity)
