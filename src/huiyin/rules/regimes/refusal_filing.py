"""Refusal filing (否定报备): nobody is refused without a filing approved at the level named.

The clock runs from the moment somebody means to refuse until the form is with
the leader; it does not restart when the form goes to a stand-in leader.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty

FILE: Final = "file_refusal"
FORM: Final = "filing"
LEVELS: Final = "filing_levels"
FILING_LIMIT: Final = "filing_limit"


def levels(book: Rulebook, on: date) -> tuple[str, ...]:
    """The ranks that approve a refusal, one after the other: the regulation's own, else the house's."""
    return tuple(book.value(LEVELS, "levels", on))


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """No refusal without the approved form; no level skipped, none out of turn."""
    if before is None:
        return
    if isinstance(event, e.Refused) and not before.refusal_approved:
        yield Unlawful(
            msg("没有经批准的否定报备，不能作出不予办理决定"),
            code="refusal_not_filed",
            clause=book.cite(FORM) or book.cite(LEVELS),
            remedy=msg("请先填写否定报备情况表并报领导审批。"),
        )
    if isinstance(event, e.RefusalApproved):
        yield from _level_in_turn(before, event, book)


def _level_in_turn(before: State, event: e.RefusalApproved, book: Rulebook) -> Iterator[Unlawful]:
    wanted = levels(book, event.on)
    done = len(before.refusal_levels)
    expected = wanted[done] if done < len(wanted) else ""
    if event.level != expected or event.final != (done + 1 == len(wanted)):
        yield Unlawful(
            msg("否定报备须逐级审批，现在应由%(level)s审批"),
            code="level_out_of_turn",
            params={"level": expected},
            clause=book.cite(LEVELS),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start the filing clock when a refusal is meant; end it when the form is filed."""
    del before
    match event:
        case e.RefusalProposed() if book.has(FILING_LIMIT):
            limit = book.limit(FILING_LIMIT, event.on)
            yield Duty(FILE, book.cite(FILING_LIMIT), after.custodian, event.at, limit)
        case e.RefusalFiled():
            yield Discharge(FILE, event.at)
        case e.Withdrawn():
            yield Discharge(FILE, event.at, waived=True)
