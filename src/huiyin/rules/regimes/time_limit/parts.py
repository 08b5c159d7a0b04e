"""The duties that time limits put on people, and the parts that clauses play in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules import examining, joint, official_documents, signing, unsure
from huiyin.rules.events import MatterKind
from huiyin.rules.rulebook import Rulebook

ANSWER: Final = "answer"
DECIDE: Final = "decide"
DELIVER: Final = "deliver"
FINISH: Final = "finish"
TELL_EXTENSION: Final = "tell_extension"
END_PROCEDURE: Final = "end_procedure"

AT_ONCE: Final = "at_once"
COMPLETE_AT_ONCE: Final = "complete_at_once"
LEFT_OPEN: Final = "left_open"
ONCE_WHOLE: Final = "once_whole"
MADE_WHOLE: Final = "made_whole"
INCOMPLETE: Final = "incomplete_explained"
MEETING: Final = "meeting_explained"
REVIEWED: Final = "reviewed_promptly"
RECEIPT: Final = "receipt_issued"
RECEIPT_FIELDS: Final = "receipt_fields"
CLASSIFIED: Final = "promise_needed"
ITEM_LIMIT: Final = "item_limit"
ITEM_LIMIT_BY_LAW: Final = "item_limit_by_law"
COMMITTED_LIMIT: Final = "committed_limit"
STATUTORY_LIMIT: Final = "statutory_limit"
ANSWER_AT_ONCE: Final = "answer_at_once"
ANSWER_BY_URGENCY: Final = "answer_by_urgency"
NO_DELAY: Final = "no_delay"
EXTENSION: Final = "extension"
EXTENSION_CAP: Final = "extension_cap"
HOUSE_CAP: Final = "extension_house_cap"
TELL: Final = "tell_extension"
GENERAL_LIMIT: Final = "general_limit"
DELIVERY_LIMIT: Final = "delivery_limit"
PROCEDURES: Final = "procedures"
OVERRUN: Final = "overrun_reason"
REASON: Final = "delay_reason"

SETTLE: Final = "settle"
INVESTIGATE: Final = "investigate"
ANSWER_SUPERIOR: Final = "answer_superior"
EXPLAIN: Final = "explain_lateness"
STUDY: Final = "study"

TASK_LIMIT: Final = "task_limit"
TASK_BY_URGENCY: Final = "task_by_urgency"
MEETING_LIMIT: Final = "meeting_limit"
SUPERVISED_LIMIT: Final = "supervised_limit"
SUPERIOR_ANSWER: Final = "superior_answer"
SUPERIOR_STUDY: Final = "superior_study"
MOTION_LIMIT: Final = "motion_limit"
URGENT_AT_ONCE: Final = "urgent_at_once"
RECEPTION: Final = "reply"
PETITION_LIMIT: Final = "petition_limit"
PETITION_BY_URGENCY: Final = "petition_by_urgency"
PETITION_BY_LAW: Final = "petition_basis"
PETITION_LAW: Final = "petition_law"
PETITION_EXTENSION: Final = "petition_extension"
APPROVAL_BY_LAW: Final = "approval_basis"
REPORT_LIMIT: Final = "report_limit"
REPORT_RESULT: Final = "report_result"
ANONYMOUS_EXEMPT: Final = "anonymous_exempt"
UNFINISHED: Final = "unfinished"
DEFINITE: Final = "definite_answer"
TIME_USED: Final = "time_used"
REPORT_LEADER: Final = "supervised_report"

MAIN: Final[Mapping[MatterKind, str]] = {
    MatterKind.ENQUIRY: ANSWER,
    MatterKind.APPLICATION: DECIDE,
    MatterKind.TASK: SETTLE,
    MatterKind.PROPOSAL: SETTLE,
    MatterKind.PETITION: SETTLE,
    MatterKind.REPORT: INVESTIGATE,
    MatterKind.DOCUMENT_IN: official_documents.COMPLETE,
    MatterKind.DOCUMENT_OUT: official_documents.DISPATCH,
}
"""The duty that each kind is about: the one that more time is asked for."""

AWAITED: Final = frozenset(MAIN.values())
"""The duties that somebody outside waits for."""

FINISHING: Final = AWAITED | {"handle", FINISH}
"""The duties to be done with a matter, whichever regime sets their limit."""

INSIDE: Final = frozenset({joint.CONSULT, signing.SIGN, unsure.REFER})
"""What one colleague owes another on the way: whoever is served waits for none of it."""

FLAGGED_ELSEWHERE: Final = frozenset(
    {joint.CONSULT, examining.EXAMINE, examining.NOTIFY, signing.SIGN, unsure.REFER}
)
"""The duties of which a clause of their own says what their lateness is."""


def signed_for(kind: str, *, instant: bool, book: Rulebook) -> bool:
    """Whether papers are signed for as they come in: those of what takes time (p3.time-limit.3.a)."""
    return kind == MatterKind.APPLICATION and not instant and book.has(RECEIPT)
