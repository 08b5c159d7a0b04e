"""Events and dockets in few words, on ordinary days of March 2026.

    docket = after(application(), happen(e.ApplicationAccepted, "2026-03-03T10:00"))

The week of Monday 2 March to Friday 3 April 2026 has no holidays and no worked weekends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from huiyin.rules import events as e
from huiyin.rules.clauses import Values
from huiyin.rules.docket import Docket, Law, follow
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

BOOK: Final = load("township")
LAW: Final = Law(BOOK, load_calendar())
CLERK, COLLEAGUE, LEADER, MAIN_LEADER = "clerk", "colleague", "leader", "main-leader"
MORE: Final = Limit(5, Unit.WORKING_DAY)

_DUE: Final = datetime(2026, 3, 16, 17, 30, tzinfo=SHANGHAI)

_USUAL: Final[Mapping[type[e.Event], Mapping[str, Any]]] = {
    e.HandoverOffered: {"to": COLLEAGUE},
    e.CustodyAssigned: {"to": LEADER, "reason_digest": "d"},
    e.Readdressed: {"whose": COLLEAGUE, "to": LEADER, "reason_digest": "d"},
    e.HandoverBounced: {"reason_digest": "d"},
    e.NoticeIssued: {"number": "N-1", "ordinal": 1, "form": "written", "missing": 2},
    e.Routed: {"route": e.Route.OWN},
    e.Instructed: {"words_digest": "d"},
    e.PapersKept: {"to": COLLEAGUE, "count": 2, "reachable": True},
    e.PapersTaken: {"count": 2},
    e.ReceiptIssued: {"materials": 2, "pages": 5, "collect_at": _DUE, "document_digest": "d"},
    e.SpecialProcedureStarted: {"procedure": "hearing", "planned_days": 5, "number": "P-1"},
    e.ExtensionRequested: {"limit": MORE, "reason_digest": "d"},
    e.ExtensionApproved: {"limit": MORE, "level": "main_leader"},
    e.ExtensionRefused: {"reason_digest": "d"},
    e.ExtensionWithdrawn: {},
    e.SentToMeeting: {"how": "phone", "words_digest": "d"},
    e.ExtensionTold: {"how": "phone", "number": "E-1"},
    e.RefusalProposed: {"grounds_digest": "d", "basis_digest": "d"},
    e.RefusalFiled: {"to": LEADER, "level": "leader_in_charge"},
    e.RefusalApproved: {"level": "leader_in_charge", "final": True},
    e.RefusalOverturned: {"reason_digest": "d"},
    e.RefusalCorrected: {"reason_digest": "d"},
    e.InstructionAsked: {"to": LEADER, "question_digest": "d"},
    e.InstructionGiven: {"allows": True, "answer_digest": "d"},
    e.MaterialsReturned: {"number": "T-1", "identity": "id_card", "receiver_digest": "d"},
    e.Refused: {"number": "R-1", "document_digest": "d"},
    e.Answered: {"reply_digest": "d"},
    e.Delivered: {"how": "counter"},
    e.Rated: {"score": 5},
    e.ProgressReported: {"words_digest": "d"},
    e.SuperiorAnswered: {"how": "electronic", "words_digest": "d"},
    e.Finished: {"result_digest": "d"},
    e.SentBack: {"reason_digest": "d"},
    e.LatenessExplained: {"to": (LEADER,), "words_digest": "d"},
    e.Concluded: {"outcome": "proven", "words_digest": "d"},
    e.AccusedNamed: {"accused": (COLLEAGUE,)},
    e.StepBegun: {"number": 1, "to": LEADER, "limit": Limit(1, Unit.WORKING_DAY)},
    e.StepSigned: {"number": 1},
    e.StepPassed: {"number": 1, "to": COLLEAGUE},
    e.StepRecorded: {"step_digest": "d"},
    e.ClauseInvoked: {"clause": "p4.first-responder.4", "against": CLERK, "facts_digest": "d"},
    e.ClockRecomputed: {
        "key": "decide-1",
        "clause": "p4.time-limit.2",
        "due_before": _DUE,
        "due": _DUE.replace(day=17),
        "provisional": False,
        "calendar": "cn@0123456789ab",
    },
    e.PresentedToMainLeader: {"to": MAIN_LEADER},
    e.PresentedToLeader: {"to": LEADER},
    e.OpinionWritten: {"role": "leader", "opinion_digest": "d"},
    e.Circulated: {"to": COLLEAGUE},
    e.DocumentSent: {"to": COLLEAGUE},
    e.DocumentReturned: {"reason_digest": "d"},
    e.DelayExplained: {"addressees": ("assigning_department", "leader_in_charge"), "reason_digest": "d"},
    e.DocumentCompleted: {"result_digest": "d"},
    e.Drafted: {"to": COLLEAGUE, "draft_digest": "d"},
    e.DraftReturned: {"reason_digest": "d"},
    e.DraftChecked: {"to": LEADER},
    e.CountersignAsked: {"to": COLLEAGUE},
    e.DocumentNumbered: {"document_number": "D-1"},
    e.DocumentDispatched: {"how": "post"},
    e.DocumentArchived: {"archive_number": "A-1"},
    e.DocumentVoided: {"reason_digest": "d"},
    e.LimitPassed: {"what": "decide", "clause": "p4.time-limit.2", "bearer": CLERK},
    e.UnitConsulted: {"ordinal": 1, "unit": "unit", "to": COLLEAGUE, "question_digest": "d"},
    e.UnitAnswered: {"ordinal": 1, "unit": "unit", "verdict": "none"},
    e.DeemedAccepted: {
        "since": datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI),
        "clause": "law.licensing.32.4.b",
    },
    e.DutyUrged: {"key": "decide-1", "what": "decide", "bearer": CLERK},
    e.FlaggedUncertain: {"why_digest": "9f3a"},
    e.FlagTakenBack: {"why_digest": "9f3a"},
    e.ResultTold: {"can": True, "how": "phone", "words_digest": "9f3a"},
    e.NoticeExplained: {"explained_at": _DUE.replace(day=3), "words_digest": "9f3a"},
    e.OverrunExplained: {"reason_digest": "9f3a"},
    e.PaperServed: {
        "number": "告-2026-1",
        "paper": "one_time_notice",
        "how": "post",
        "served_at": datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI),
    },
}

Happening = TypeVar("Happening", bound=e.Event)


def at(text: str) -> datetime:
    """Return a moment on the office's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def happen(
    kind: type[Happening], when: str | datetime = "2026-03-03T10:00", actor: str = CLERK, **given: Any
) -> Happening:
    """Return an event with the usual fields where none are given."""
    moment = at(when) if isinstance(when, str) else when
    return kind(at=moment, actor=actor, **{**_USUAL.get(kind, {}), **given})


def application(when: str | datetime = "2026-03-02T10:00", **given: Any) -> e.Registered:
    """Return an application for an approval, taken at the counter."""
    return registered(e.MatterKind.APPLICATION, when, **{"approval": True, **given})


def enquiry(when: str | datetime = "2026-03-02T10:00", **given: Any) -> e.Registered:
    """Return an enquiry made at the counter."""
    return registered(e.MatterKind.ENQUIRY, when, **given)


def task(when: str | datetime = "2026-03-02T10:00", **given: Any) -> e.Registered:
    """Return a task that the leader assigned to the clerk, with a middling urgency and no limit."""
    usual = {"source": "assigned", "assigner": LEADER, "actor": LEADER}
    return registered(e.MatterKind.TASK, when, **{**usual, **given})


def report(when: str | datetime = "2026-03-02T10:00", **given: Any) -> e.Registered:
    """Return a named report of misconduct against a colleague."""
    return registered(e.MatterKind.REPORT, when, **{"accused": (COLLEAGUE,), "actor": "applicant", **given})


def registered(kind: e.MatterKind, when: str | datetime, **given: Any) -> e.Registered:
    """Return a registration by the one who keeps the matter."""
    usual = {"number": "QH202600000017K", "channel": e.Channel.COUNTER, "custodian": CLERK}
    return happen(e.Registered, when, matter_kind=kind, **{**usual, **given})


def after(*events: e.Event, law: Law = LAW) -> Docket:
    """Return the docket that the events lead to, the first of them a registration."""
    first, *rest = events
    docket = follow(None, first, law).docket
    for event in rest:
        docket = follow(docket, event, law).docket
    return docket


def without(*clauses: str, book: Rulebook = BOOK) -> Rulebook:
    """Return the township's rulebook with these clauses left out, named by id or by the part they play."""
    gone = {book.cite(clause) for clause in clauses}
    return replace(book, clauses={key: one for key, one in book.clauses.items() if key not in gone})


def rewritten(clause: str, **values: Any) -> Rulebook:
    """Return the township's rulebook with other values in one clause since 2000."""
    old = BOOK.clause(clause)
    new = replace(old, values=(Values(at("2000-01-01").date(), read=values),))
    return replace(BOOK, clauses={**BOOK.clauses, old.id: new})
