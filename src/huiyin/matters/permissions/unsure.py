"""When the steps around what a handler is not sure of are offered."""

from __future__ import annotations

from huiyin.matters.permissions import conditions
from huiyin.matters.permissions.case import Case
from huiyin.matters.queries.one import law_for
from huiyin.rules import unsure
from huiyin.rules.lifecycle.states import ASKED, TOLD, TOLD_NO, UNANSWERED, WORDS


def may_flag(case: Case) -> bool:
    """Whether a clause speaks of it, and nothing that was flagged is under way."""
    asked = bool(case.state.instruction_to) or case.state.uncertain not in {"", TOLD, TOLD_NO}
    return not asked and law_for(case.matter).book.has(unsure.UNSURE)


def to_unflag(case: Case) -> bool:
    """Whether it is flagged and nobody was asked yet."""
    return case.state.uncertain in UNANSWERED - ASKED


def to_tell(case: Case) -> bool:
    """Whether there is a word on it that the applicant was not told."""
    return case.state.uncertain in WORDS


def decidable(case: Case) -> bool:
    """Not while more time is asked for, nor before there is a word on what was not clear."""
    return conditions.settled(case) and not unsure.waits(case.state)
