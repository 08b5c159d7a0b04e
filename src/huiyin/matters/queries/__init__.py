"""Reads of matters. Every look-up takes the person asking; 'not yours' answers like 'not found'."""

from huiyin.matters.queries.decisions import Decision, decisions
from huiyin.matters.queries.lists import Found, Owed, handovers_to, matters, owed
from huiyin.matters.queries.one import (
    Clock,
    Moment,
    Pending,
    by_id,
    clocks_of,
    document,
    documents_of,
    get,
    handovers_of,
    law_of,
    locked,
    locked_by_code,
    locked_for_sweep,
    materials_of,
    pending_of,
    public_asker,
    timeline,
    visible_to,
)
from huiyin.matters.queries.shown import Applicant, applicant_of, deals_with
from huiyin.matters.queries.tracking import Tracked, office_of, track
from huiyin.matters.queries.verbs import Choice, lawful_verbs

__all__ = [
    "Applicant",
    "Choice",
    "Clock",
    "Decision",
    "Found",
    "Moment",
    "Owed",
    "Pending",
    "Tracked",
    "applicant_of",
    "by_id",
    "clocks_of",
    "deals_with",
    "decisions",
    "document",
    "documents_of",
    "get",
    "handovers_of",
    "handovers_to",
    "law_of",
    "lawful_verbs",
    "locked",
    "locked_by_code",
    "locked_for_sweep",
    "materials_of",
    "matters",
    "office_of",
    "owed",
    "pending_of",
    "public_asker",
    "timeline",
    "track",
    "visible_to",
]
