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


def wants_proof(clause: Clause, on: date) -> bool:
    """Whether a clause holds only against whom somebody complained of and it was found true.

    p3.first-responder.4 and p4.one-time-notice.6.
    """
    return bool(clause.on(on).get("verified"))


def wants_effect(clause: Clause, on: date) -> bool:
    """Whether a clause holds only for what had an adverse effect (p2.first-responder.8)."""
    return bool(clause.on(on).get("harm"))


def against_first(clause: Clause, on: date) -> bool:
    """Whether a clause holds whoever was asked first answerable, whose the matter is now or not."""
    return clause.on(on).get("whom") == "first_responder"


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
        yield from _unproved(event, clause)


def _unproved(event: e.ClauseInvoked, clause: Clause) -> Iterator[Unlawful]:
    if wants_proof(clause, event.on) and not event.verified_digest:
        yield Unlawful(
            msg("这一条要有人反映（投诉、举报）并查实才能追究"),
            code="unverified",
            clause=clause.id,
            remedy=msg("请写明谁在什么时候反映、怎样查实的；没有查实的不能记。"),
        )
    if wants_effect(clause, event.on) and not event.effect_digest:
        yield Unlawful(
            msg("这一条要造成了不良影响才能追究"),
            code="effect_needed",
            clause=clause.id,
            remedy=msg("请写明造成了什么不良影响；没有的不能按这一条记。"),
        )


def _wrong_proposal(event: e.ClauseInvoked, clause: Clause) -> Iterator[Unlawful]:
    graded, printed = gravities(clause, event.on), measures(clause, event.on)
    if graded and not event.gravity:
        yield Unlawful(
            msg("这一条分情节或者情形，请选择"),
            code="gravity_needed",
            clause=clause.id,
            remedy=msg("请按查实的情况选择。"),
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
