"""What work that was given waits for before it ends: an answer, a report, a reason."""

from __future__ import annotations

from huiyin.matters.permissions import conditions
from huiyin.matters.permissions.case import Case
from huiyin.matters.queries.assigned import reports_up, unreported
from huiyin.matters.queries.one import law_for
from huiyin.obligations import queries as duties
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes.time_limit import assigned, parts, petitions
from huiyin.rules.sources import INSIDE


def may_end(case: Case) -> bool:
    """Whether nothing stands against striking it off: a pending hand-over, or word that is owed."""
    return not case.state.offered_to and not case.state.extension_untold and _all_told(case)


def may_take_back(case: Case) -> bool:
    """Whether it may be taken back; of what was given, not while anybody waits for word of it."""
    if petitions.sent_down(case.state, law_for(case.matter, case.at).book):
        return False
    return case.state.kind not in assigned.GIVEN or _all_told(case)


def may_report(case: Case) -> bool:
    """Whether progress is reported at all: of an enquiry only where a rulebook has that go up the line."""
    enquiry = case.state.kind is MatterKind.ENQUIRY
    return not enquiry or reports_up(case.matter, law_for(case.matter, case.at), case.at)


def may_answer(case: Case) -> bool:
    """Whether it may be answered, and the person served was told that it takes longer where that is owed."""
    return conditions.answerable(case) and not unreported(case.matter, law_for(case.matter, case.at), case.at)


def wants_answer(case: Case) -> bool:
    """Whether it came from somebody outside who can be answered."""
    return bool(case.state.source) and case.state.source not in INSIDE


def must_explain(case: Case) -> bool:
    """Whether it ran out of time, and the rulebook names somebody who has not heard why."""
    return any(
        row.what == parts.EXPLAIN and row.ended_at is None for row in duties.of_subject(case.matter.id)
    )


def _all_told(case: Case) -> bool:
    book = law_for(case.matter, case.at).book
    owed = assigned.answer_owed(case.state, book) or assigned.report_owed(case.state, book)
    return not owed and not must_explain(case)
